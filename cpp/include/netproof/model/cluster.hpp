#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "netproof/model/object.hpp"
#include "netproof/model/open.hpp"
#include "netproof/net/ip_address.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof {

struct Cluster;
struct Interface;

/// One condition of a label selector (S110). kNotIn holds for objects without
/// the key too.
struct LabelCondition {
  enum class Operator : std::uint8_t { kIn, kNotIn, kExists, kDoesNotExist };
  std::string key;
  Operator condition = Operator::kIn;
  std::vector<std::string> values;
};

/// Conditions that all have to hold; none: every object.
using LabelSelector = std::vector<LabelCondition>;

/// A block without its exceptions (S110, S111).
struct IpBlock {
  WrittenPrefix cidr;
  std::vector<WrittenPrefix> except;
};

/// The other side of a rule: a block, or pods. Without `namespaces` pods of the
/// policy's own namespace; without `pods` all of them (S110).
struct PolicyPeer {
  std::optional<LabelSelector> pods;
  std::optional<LabelSelector> namespaces;
  std::optional<IpBlock> block;
  Location where;
};

/// Ports of one protocol: all of them, from `port` to `end_port`, or those that
/// a pod calls `name` (S112).
struct PolicyPort {
  std::uint8_t protocol = kTcp;
  std::optional<std::uint16_t> port;
  std::optional<std::uint16_t> end_port;
  std::string name;
  Location where;
};

/// What one rule allows; a list that is empty and not open: everything (S109).
struct PolicyRule {
  OpenList<PolicyPeer> peers;
  OpenList<PolicyPort> ports;
  Location where;
};

/// A NetworkPolicy (S107-S112). A direction without a list is not among its
/// types; an empty list allows nothing.
struct NetworkPolicy : Object {
  std::string space;  ///< the namespace
  LabelSelector pods;
  std::optional<OpenList<PolicyRule>> ingress;
  std::optional<OpenList<PolicyRule>> egress;
};

struct Namespace : Object {};

/// By which addresses besides its own a pod is reached (S113).
enum class Served : std::uint8_t {
  kNone,
  kInside,   ///< by a Service's, inside the cluster
  kOutside,  ///< by a node's or a load balancer's too
};

/// A port of a pod with a name.
struct PodPort {
  std::string name;
  std::uint8_t protocol = kTcp;
  std::uint16_t port = 0;
};

/// With which source pods send to addresses outside their VPC (S174).
enum class PodSource : std::uint8_t {
  kOwn,
  kNode,  ///< IPv4: the first address of their node
};

/// A machine that runs pods in a VPC (S174). What it sends for its pods under
/// its own address leaves by its first interface.
struct ClusterNode : Object {
  std::vector<IpAddress> addresses;  ///< its own, where they are known
  std::vector<Ref<Interface>> interfaces;
};

/// A pod; its name is "namespace/name".
struct Pod : Object {
  Ref<Cluster> cluster;
  std::string space;  ///< the namespace
  std::vector<IpAddress> addresses;
  /// Index in the nodes of its cluster, and the interface of that node which
  /// carries the pod: both, or neither, and then nobody knows where it is.
  Ref<ClusterNode> node;
  Ref<Interface> interface;
  bool host_network = false;
  bool made_up = false;  ///< nobody knows its address: these stand for it
  std::vector<PodPort> ports;
  Open<Served> served{Served::kNone, false, {}};
};

/// A Kubernetes cluster. What its network plugin does is known only as far as
/// it is written (S113, S114). A namespace that is not listed has labels that
/// nobody knows.
struct Cluster : Object {
  std::string plugin;  ///< empty: nobody says that policies are enforced
  /// Ranges of ports are enforced as such, not by their first port (S112).
  Open<bool> port_ranges{false, true, {}};
  /// Policies see the addresses of pods, not those of Services (S113).
  Open<bool> rewrites_first{false, true, {}};
  Open<PodSource> pod_source{PodSource::kOwn, true, {}};
  std::vector<Namespace> namespaces;
  std::vector<ClusterNode> nodes;
  OpenList<NetworkPolicy> policies;
};

}  // namespace netproof
