#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "netproof/model/object.hpp"
#include "netproof/model/open.hpp"
#include "netproof/net/ip_prefix.hpp"
#include "netproof/net/transport_set.hpp"

namespace netproof {

struct Vpc;
struct PrefixList;
struct SecurityGroup;

/// A managed prefix list (S19, S53, S72).
struct PrefixList : Object {
  OpenList<WrittenPrefix> entries;
};

/// The other side of a filter line: a block, a prefix list or the interfaces
/// that carry a security group.
using Peer = std::variant<WrittenPrefix, Ref<PrefixList>, Ref<SecurityGroup>>;

/// One allow line of a security group (S70-S72). The line matches if any peer
/// matches; an unknown peer or service opens the line.
struct SecurityGroupRule {
  std::string name;  ///< "sg:web ingress #2" when the author gave none
  Open<TransportSet> service;
  OpenList<Peer> peers;
  Location where;
};

/// A stateful, allow-only set of lines (S70). Open lists may allow more.
struct SecurityGroup : Object {
  Ref<Vpc> vpc;
  OpenList<SecurityGroupRule> ingress;
  OpenList<SecurityGroupRule> egress;
};

/// One numbered line of a network ACL (S76, S77).
struct AclEntry {
  int number = 0;
  Open<bool> allow;
  Open<TransportSet> service;
  Open<WrittenPrefix> cidr;
  Location where;
};

/// A stateless first-match list per direction, ended by deny (S76). Entries
/// stand as written and are not sorted. An open list may hold any line at any
/// number.
struct NetworkAcl : Object {
  Ref<Vpc> vpc;
  OpenList<AclEntry> inbound;
  OpenList<AclEntry> outbound;
};

}  // namespace netproof
