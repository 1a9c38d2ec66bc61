#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/fields.hpp"
#include "io/node.hpp"
#include "io/pending.hpp"
#include "io/problems.hpp"
#include "netproof/model/topology.hpp"

namespace netproof::io {

/// The two lists of a transit gateway route table that hold attachments.
enum class Membership { kAssociation, kPropagation };

/// An element {select: ...} of such a list, expanded once all is read.
struct PendingSelector {
  std::string table;
  Membership membership = Membership::kAssociation;
  LabelChoice select;
  LabelChoice minus;
  Location where;
};

/// An attachment that names its table, the other way round.
struct PendingMembership {
  Ref<TransitRouteTable> table;
  Ref<TransitAttachment> attachment;
  Membership membership = Membership::kAssociation;
};

/// An attachment whose tables are `unknown`.
struct UnknownMembership {
  std::string gateway;
  Membership membership = Membership::kAssociation;
};

/// An object that could not be read, and what it named (in keep-going).
struct LostObject {
  std::string kind;
  std::string name;
  std::vector<std::string> touches;  ///< names, by kind what they are
};

/// A topology while its files are read: parts without resolved names, and what
/// can only be settled when all files are known.
struct Draft {
  Problems problems;
  TopologyParts parts;
  std::map<std::string, std::map<std::string, Location>, std::less<>> names;
  /// Names that stand for no object although there is one: given twice, or of
  /// objects that a lost one was part of.
  std::set<std::pair<std::string, std::string>> unusable;
  std::vector<PendingSelector> selectors;
  std::vector<PendingMembership> memberships;
  std::vector<UnknownMembership> unknown_memberships;
  std::vector<LostObject> lost;
  Unfinished<SecurityGroup, PendingPeers> groups;
  Unfinished<RouteTable, PendingRoutes<Route>> route_tables;
  Unfinished<TransitRouteTable, PendingRoutes<TransitRoute>> transit_tables;
  Unfinished<NetworkAcl, NothingPending> acls;
  Unfinished<Endpoint, NothingPending> endpoints;
  /// Objects of which a label is not known: any selection may hold them.
  Diagnostics unlabelled;
  /// A file could not be read at all: keeping going would pass over silently
  /// what it holds.
  bool fatal = false;
};

/// Takes `name` for an object of `kind` (the key of its table); an error if it
/// is taken.
void register_name(Draft& draft, std::string_view kind, const std::string& name,
                   const Location& where);

/// Takes `name` as register_name() does, without the error: false, and the
/// place of the first in `first`, if it is taken.
bool take_name(Draft& draft, std::string_view kind, const std::string& name,
               const Location& where, Location& first);

/// Name, account, labels and description. `kind` empty: the name is none of an
/// object.
void read_common(Draft& draft, Fields& fields, std::string_view kind,
                 Object& object);

/// Calls `read` with each object of a list. `open`, if there is one, takes the
/// word `unknown`.
void each_object(Draft& draft, const Node* list, bool* open,
                 const std::function<void(const Node&)>& read);

/// {name: TEXT} for a text, else the node itself.
Node object_of(const Node& node);

/// How a table is called: its key, and one of its objects in messages.
struct TableWords {
  std::string_view kind;
  const char* what;
};

/// Reads one object of the table of `words` by `body(Fields&, Object&)` and
/// adds it to `table`; returns it instead if it is broken.
template <class Kind, class Body>
std::optional<Kind> read_object(Draft& draft, const Node& node,
                                const TableWords& words,
                                std::vector<Kind>& table, Body body) {
  const ElementScope scope{draft.problems, false};
  const int before = draft.problems.failures();
  const Node wrapped = node.is_scalar() ? object_of(node) : Node{};
  Fields fields{draft.problems, node.is_scalar() ? wrapped : node, words.what};
  Kind object;
  object.where = node.where;
  if (fields.map().is_map()) {
    read_common(draft, fields, words.kind, object);
    body(fields, object);
    fields.finish();
  }
  if (draft.problems.failures() == before) {
    table.push_back(std::move(object));
    return std::nullopt;
  }
  draft.problems.forgive(before);
  return object;
}

/// Records a broken object of `kind` and the names it touches.
template <class Kind, class... Names>
void record_lost(Draft& draft, std::string kind,
                 const std::optional<Kind>& object, const Names&... names) {
  if (object) {
    draft.lost.push_back({std::move(kind), object->name, {names...}});
  }
}

/// The owner of a nested object, or the reference under `key`.
template <class Kind>
Ref<Kind> owner_or(Fields& fields, const std::optional<Ref<Kind>>& owner,
                   const std::string& key) {
  return owner ? *owner : fields.need_ref<Kind>(key);
}

/// A reference to the object itself, for what is nested in it.
template <class Kind>
Ref<Kind> ref_to(const Kind& object) {
  return {object.name, std::nullopt, object.where};
}

using VpcOwner = std::optional<Ref<Vpc>>;
using SubnetOwner = std::optional<Ref<Subnet>>;

void read_account(Draft& draft, const Node& node);
void read_vpc(Draft& draft, const Node& node);
void read_subnet(Draft& draft, const Node& node, const VpcOwner& owner);
void read_interface(Draft& draft, const Node& node, const SubnetOwner& owner);
void read_route_table(Draft& draft, const Node& node, const VpcOwner& owner);
void read_internet_gateway(Draft& draft, const Node& node,
                           const VpcOwner& owner);
void read_egress_only_gateway(Draft& draft, const Node& node,
                              const VpcOwner& owner);
void read_vpn_gateway(Draft& draft, const Node& node, const VpcOwner& owner);
void read_nat_gateway(Draft& draft, const Node& node, const SubnetOwner& owner);
void read_peering(Draft& draft, const Node& node);
void read_endpoint(Draft& draft, const Node& node, const VpcOwner& owner);
void read_prefix_list(Draft& draft, const Node& node);
void read_security_group(Draft& draft, const Node& node, const VpcOwner& owner);
void read_network_acl(Draft& draft, const Node& node, const VpcOwner& owner);
void read_transit_gateway(Draft& draft, const Node& node);
void read_transit_attachment(Draft& draft, const Node& node,
                             const VpcOwner& owner);
void read_transit_table(Draft& draft, const Node& node,
                        const std::optional<Ref<TransitGateway>>& owner);
void read_site(Draft& draft, const Node& node);
void read_direct_connect_gateway(Draft& draft, const Node& node);
void read_virtual_interface(Draft& draft, const Node& node);
void read_vpn_connection(Draft& draft, const Node& node);
void read_segment(Draft& draft, const Node& node);
void read_host(Draft& draft, const Node& node,
               const std::optional<Ref<Segment>>& owner);
void read_router(Draft& draft, const Node& node);
void read_firewall(Draft& draft, const Node& node);
void read_cluster(Draft& draft, const Node& node);
/// Finds the nodes of pods and the interfaces that carry them (S174). Only one
/// cluster by itself may have pods of which nobody knows where they are.
void place_pods(Draft& draft);
void read_network_firewall(Draft& draft, const Node& node);
void read_firewall_policy(Draft& draft, const Node& node);
void read_firewall_rule_group(Draft& draft, const Node& node);
void read_address_block(Draft& draft, const Node& node);
void read_bucket(Draft& draft, const Node& node);
void read_dns_record(Draft& draft, const Node& node);

/// The prefixes of `destination`, which may be one or a list; `unknown` opens
/// the list of routes around.
std::vector<WrittenPrefix> read_destinations(Problems& problems,
                                             const Node& node);

/// An element of `destination`: a prefix, or what stands for those of VPCs.
using Destination = std::variant<WrittenPrefix, VpcPrefixes>;

/// The same where elements may stand for VPCs.
std::vector<Destination> read_vpc_destinations(Problems& problems,
                                               const Node& node, bool in_vpc);

/// Adds a route for each destination, and to `pending` what is settled later.
template <class RouteKind>
void add_routes(RouteKind route, const std::vector<Destination>& destinations,
                std::vector<RouteKind>& routes,
                std::vector<PendingRoutes<RouteKind>>& pending) {
  for (const Destination& each : destinations) {
    if (const auto* prefixes = std::get_if<VpcPrefixes>(&each)) {
      route.destination.reset();
      route.where = prefixes->where;
      pending.push_back({route, routes.size(), *prefixes});
      continue;
    }
    route.destination = std::get<WrittenPrefix>(each);
    route.where = route.destination->where;
    routes.push_back(route);
  }
}

}  // namespace netproof::io
