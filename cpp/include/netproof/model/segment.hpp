#pragma once

#include <optional>
#include <string>
#include <vector>

#include "netproof/model/site.hpp"

namespace netproof {

struct Router;
struct Segment;
struct ZoneFirewall;

/// A layer-2 domain with its prefixes (S119). Hosts of one segment reach each
/// other without filters unless `port_isolation`.
struct Segment : Object {
  OpenList<WrittenPrefix> prefixes;
  std::optional<Ref<Router>> router;  ///< empty: isolated at layer 3
  Open<bool> port_isolation{false, false, {}};
  bool spoofs = false;
};

/// A host with its addresses in a segment.
struct Host : Object {
  Ref<Segment> segment;
  std::vector<IpAddress> addresses;
};

/// One static line of a router: to another router, a segment's router is
/// implied for its own prefixes; no next hop and no blackhole: unknown.
struct RouterRoute {
  WrittenPrefix destination;
  std::optional<Ref<Router>> router;
  std::optional<Ref<Site>> site;
  bool internet = false;
  bool blackhole = false;
  bool unknown = false;
  Location where;
};

/// A router (one VRF) between segments, with an optional zone firewall on it.
struct Router : Object {
  OpenList<RouterRoute> routes;
  std::optional<Ref<ZoneFirewall>> firewall;
};

/// One ordered line of a zone firewall. Empty zone lists mean any zone; empty
/// prefix lists mean any address.
struct FirewallRule {
  std::string name;
  std::vector<std::string> from_zones;
  std::vector<std::string> to_zones;
  OpenList<WrittenPrefix> sources;
  OpenList<WrittenPrefix> destinations;
  Open<TransportSet> service;
  Open<bool> allow;
  Location where;
};

/// A stateful firewall with zones and first-match rules (S116-S118). A segment
/// belongs to at most one zone; what comes from or goes to another router or a
/// site belongs to the zone of that name in `neighbours`.
struct ZoneFirewall : Object {
  struct Zone {
    std::string name;
    std::vector<Ref<Segment>> segments;
    std::vector<std::string>
        neighbours;  ///< "router:core", "site:hq", "internet"
    Location where;
  };
  std::vector<Zone> zones;
  OpenList<FirewallRule> rules;
  Open<bool> default_allow{false, false, {}};
  /// Traffic that stays in one zone and that no rule matches (S117).
  Open<bool> intra_zone_allow{false, true, {}};
};

}  // namespace netproof
