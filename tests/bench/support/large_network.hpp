#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "netproof/model/topology.hpp"

namespace netproof::bench {

/// How large the network is. Tables divide the VPCs evenly; a table belongs
/// to an environment, tables of an environment follow each other.
struct Size {
  std::uint32_t vpcs = 5000;
  std::uint32_t tables = 20;
  std::uint32_t environments = 4;
  bool filters = false;      ///< subnets, groups and ACLs
  bool full_tables = false;  ///< every table learns every VPC
};

template <class Kind>
Ref<Kind> ref(std::string name, std::uint32_t index) {
  return {std::move(name), Id<Kind>{index}, {}};
}

inline WrittenPrefix written(IpPrefix prefix) {
  return {prefix, prefix, false, to_string(prefix), {}};
}

inline WrittenPrefix written(std::uint32_t address, int length) {
  return written(IpPrefix::enclosing(IpAddress::v4(address), length));
}

/// 10.0.0.0/8 in blocks of /21: room for 8,192 VPCs; more go on in 11/8 ...
inline std::uint32_t block_of(std::uint32_t vpc) {
  return (10U << 24U) + (vpc << 11U);
}

inline TransportSet tcp(std::uint16_t first, std::uint16_t last) {
  return TransportSet::to_ports(6, first, last);
}

/// Web, application and operations lines as accounts of a landing zone have
/// them: twenty lines over two groups.
inline SecurityGroup group_of(std::uint32_t vpc, std::uint32_t kind) {
  SecurityGroup group;
  group.name = "sg-" + std::to_string(vpc) + (kind == 0 ? "-web" : "-db");
  group.vpc = ref<Vpc>("", vpc);
  const auto allow = [&](TransportSet service, WrittenPrefix from) {
    SecurityGroupRule rule;
    rule.service.value = std::move(service);
    rule.peers.items.emplace_back(std::move(from));
    group.ingress.items.push_back(std::move(rule));
  };
  for (std::uint32_t i = 0; i < 6; ++i) {
    const auto port =
        static_cast<std::uint16_t>(kind == 0 ? 8000 + i : 5430 + i);
    allow(tcp(port, port), written(block_of((vpc / 250) * 250 + i), 21));
  }
  allow(tcp(443, 443), written(10U << 24U, 8));
  allow(tcp(22, 22), written((172U << 24U) + (16U << 16U), 12));
  allow(TransportSet::icmp(1, 8, 8, 0, 0), written(10U << 24U, 8));
  allow(TransportSet::to_ports(17, 161, 161),
        written((192U << 24U) + (168U << 16U), 16));
  SecurityGroupRule out;
  out.service.value = TransportSet::all();
  out.peers.items.emplace_back(written(0, 0));
  group.egress.items.push_back(std::move(out));
  return group;
}

inline NetworkAcl acl_of(std::uint32_t vpc) {
  NetworkAcl acl;
  acl.name = "acl-" + std::to_string(vpc);
  acl.vpc = ref<Vpc>("", vpc);
  const auto add = [&](OpenList<AclEntry>& list, bool allow,
                       TransportSet service, WrittenPrefix cidr) {
    AclEntry entry;
    entry.number = 100 + 10 * static_cast<int>(list.items.size());
    entry.allow.value = allow;
    entry.service.value = std::move(service);
    entry.cidr.value = std::move(cidr);
    list.items.push_back(std::move(entry));
  };
  add(acl.inbound, false, tcp(22, 22), written(0, 0));
  add(acl.inbound, false, tcp(3389, 3389), written(0, 0));
  add(acl.inbound, true, TransportSet::all(), written(10U << 24U, 8));
  add(acl.inbound, true, tcp(1024, 65535), written(0, 0));
  add(acl.outbound, true, TransportSet::all(), written(0, 0));
  return acl;
}

inline void add_filters(TopologyParts& parts, std::uint32_t vpc) {
  for (std::uint32_t kind = 0; kind < 2; ++kind) {
    parts.security_groups.push_back(group_of(vpc, kind));
    Subnet subnet;
    subnet.name = "subnet-" + std::to_string(vpc) + "-" + std::to_string(kind);
    subnet.vpc = ref<Vpc>("", vpc);
    subnet.cidrs.items.push_back(written(block_of(vpc) + kind * 1024U, 22));
    subnet.zone.value = kind == 0 ? "az1" : "az2";
    subnet.acl = Open<Ref<NetworkAcl>>{ref<NetworkAcl>("", vpc), false, {}};
    subnet.security_groups = OpenList<Ref<SecurityGroup>>{
        {ref<SecurityGroup>("", 2 * vpc + kind)}, false, {}};
    parts.subnets.push_back(std::move(subnet));
  }
  parts.network_acls.push_back(acl_of(vpc));
}

/// Accounts on one transit gateway, a table for each department of each
/// environment; every table learns the VPCs of its own environment and ten
/// shared ones.
inline Topology large_network(const Size& size) {
  TopologyParts parts;
  TransitGateway gateway;
  gateway.name = "main";
  parts.transit_gateways.push_back(gateway);
  const std::uint32_t per_table = size.vpcs / size.tables;
  const std::uint32_t per_environment = size.tables / size.environments;
  const auto table_of = [&](std::uint32_t vpc) {
    return std::min(vpc / per_table, size.tables - 1);
  };
  for (std::uint32_t t = 0; t < size.tables; ++t) {
    TransitRouteTable table;
    table.name = "table-" + std::to_string(t);
    table.gateway = ref<TransitGateway>("main", 0);
    parts.transit_route_tables.push_back(std::move(table));
  }
  for (std::uint32_t v = 0; v < size.vpcs; ++v) {
    const std::string name = std::to_string(v);
    Vpc vpc;
    vpc.name = "vpc-" + name;
    vpc.cidrs.items.push_back(written(block_of(v), 21));
    vpc.labels["environment"] =
        "env-" + std::to_string(table_of(v) / per_environment);
    vpc.main_table = ref<RouteTable>("", v);
    parts.vpcs.push_back(std::move(vpc));
    RouteTable table;
    table.name = "rtb-" + name;
    table.vpc = ref<Vpc>("", v);
    Route route;
    route.destination = written(10U << 24U, 8);
    route.targets.push_back({TargetKind::kTransitGateway, "main", 0, {}});
    table.routes.items.push_back(std::move(route));
    parts.route_tables.push_back(std::move(table));
    TransitAttachment attachment;
    attachment.name = "att-" + name;
    attachment.gateway = ref<TransitGateway>("main", 0);
    attachment.vpc = ref<Vpc>("", v);
    attachment.created = "2026-01-01";
    parts.transit_attachments.push_back(std::move(attachment));
    if (size.filters) add_filters(parts, v);
  }
  for (std::uint32_t t = 0; t < size.tables; ++t) {
    TransitRouteTable& table = parts.transit_route_tables[t];
    for (std::uint32_t v = 0; v < size.vpcs; ++v) {
      const bool same = table_of(v) / per_environment == t / per_environment;
      if (table_of(v) == t) {
        table.associations.items.push_back(ref<TransitAttachment>("", v));
      }
      if (size.full_tables || same || v < 10) {
        table.propagations.items.push_back(ref<TransitAttachment>("", v));
      }
    }
  }
  return Topology{std::move(parts)};
}

}  // namespace netproof::bench
