#include "io/resolve.hpp"

namespace netproof::io {
namespace {

// Calls `open` for the object of that name; for all if the name is not known.
template <class Kind, class Action>
void for_named(std::vector<Kind>& table, const std::string& name, Action open) {
  for (Kind& object : table) {
    if (name.empty() || object.name == name) open(object);
  }
}

template <class Kind>
void make_unusable(Draft& draft, const char* kind,
                   const std::vector<Kind>& table, const std::string& name) {
  for (const Kind& object : table) {
    if (name.empty() || object.name == name) {
      draft.unusable.emplace(kind, object.name);
    }
  }
}

void open_tables_of(Draft& draft, const std::string& gateway) {
  for (TransitRouteTable& table : draft.parts.transit_route_tables) {
    if (!gateway.empty() && table.gateway.name != gateway) continue;
    table.associations.open = true;
    table.propagations.open = true;
  }
}

// In place of a table that could not be read stands one that may say anything.
void add_open_table(Draft& draft, const LostObject& lost) {
  TransitRouteTable table;
  table.name = lost.name;
  table.gateway.name = lost.touches.front();
  table.associations.open = true;
  table.propagations.open = true;
  table.routes.open = true;
  draft.parts.transit_route_tables.push_back(std::move(table));
}

// A link ends at a gateway; without the link nobody knows what that reaches.
void lose_link(Draft& draft, const LostObject& lost) {
  const std::string& direct_connect = lost.touches[1];
  const std::string& vpn_gateway = lost.touches[2];
  TopologyParts& p = draft.parts;
  make_unusable(draft, "sites", p.sites, lost.touches[0]);
  if (!direct_connect.empty() || vpn_gateway.empty()) {
    make_unusable(draft, "direct_connect_gateways", p.direct_connect_gateways,
                  direct_connect);
  }
  if (!vpn_gateway.empty() || direct_connect.empty()) {
    make_unusable(draft, "vpn_gateways", p.vpn_gateways, vpn_gateway);
  }
}

void open_around(Draft& draft, const LostObject& lost) {
  TopologyParts& p = draft.parts;
  const std::string owner = lost.touches.empty() ? "" : lost.touches.front();
  if (lost.kind == "subnets") {
    for_named(p.vpcs, owner, [](Vpc& vpc) { vpc.subnets_open = true; });
  } else if (lost.kind == "interfaces" || lost.kind == "nat_gateways") {
    for_named(p.subnets, owner,
              [](Subnet& subnet) { subnet.interfaces_open = true; });
  } else if (lost.kind == "internet_gateways") {
    make_unusable(draft, "vpcs", p.vpcs, owner);
  } else if (lost.kind == "route_tables") {
    make_unusable(draft, "internet_gateways", p.internet_gateways, owner);
    make_unusable(draft, "vpn_gateways", p.vpn_gateways, owner);
  } else if (lost.kind == "transit_gateway_attachments") {
    open_tables_of(draft, owner);
  } else if (lost.kind == "transit_gateway_route_tables") {
    add_open_table(draft, lost);
  } else if (lost.kind == "virtual_interfaces" ||
             lost.kind == "vpn_connections") {
    lose_link(draft, lost);
  } else if (lost.kind == "segments") {
    for_named(p.routers, owner,
              [](Router& router) { router.routes.open = true; });
  } else if (lost.kind == "hosts") {
    for_named(p.segments, owner,
              [](Segment& segment) { segment.prefixes.open = true; });
  }
}

}  // namespace

void open_around_lost(Draft& draft) {
  for (const LostObject& lost : draft.lost) open_around(draft, lost);
}

}  // namespace netproof::io
