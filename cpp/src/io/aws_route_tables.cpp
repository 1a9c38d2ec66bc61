#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

struct TargetKey {
  std::string_view key;
  TargetKind kind;
};

constexpr auto kTargets = std::to_array<TargetKey>({
    {"NatGatewayId", TargetKind::kNatGateway},
    {"TransitGatewayId", TargetKind::kTransitGateway},
    {"VpcPeeringConnectionId", TargetKind::kPeering},
    {"NetworkInterfaceId", TargetKind::kInterface},
    {"EgressOnlyInternetGatewayId", TargetKind::kEgressOnlyGateway},
});

TargetKind kind_of_id(std::string_view id) {
  if (id == "local") return TargetKind::kLocal;
  if (id.starts_with("igw-")) return TargetKind::kInternetGateway;
  if (id.starts_with("eigw-")) return TargetKind::kEgressOnlyGateway;
  if (id.starts_with("vgw-")) return TargetKind::kVpnGateway;
  if (id.starts_with("vpce-")) return TargetKind::kEndpoint;
  if (id.starts_with("nat-")) return TargetKind::kNatGateway;
  return TargetKind::kUnknown;
}

template <class Kind>
bool lists(const std::vector<Kind>& objects, const std::string& name) {
  return std::ranges::any_of(
      objects, [&](const Kind& object) { return object.name == name; });
}

// By its beginning; a gateway that is only declared has no such id.
TargetKind kind_of_gateway(const AwsBuild& build, const std::string& id) {
  const TopologyParts& p = build.parts;
  if (lists(p.internet_gateways, id)) return TargetKind::kInternetGateway;
  if (lists(p.egress_only_gateways, id)) return TargetKind::kEgressOnlyGateway;
  if (lists(p.vpn_gateways, id)) return TargetKind::kVpnGateway;
  if (build.endpoints.contains(id)) return TargetKind::kEndpoint;
  return kind_of_id(id);
}

bool exists(const AwsBuild& build, const std::string& vpc,
            const RouteTarget& target) {
  const TopologyParts& p = build.parts;
  switch (target.kind) {
    case TargetKind::kInternetGateway:
      return lists(p.internet_gateways, target.name);
    case TargetKind::kEgressOnlyGateway:
      return lists(p.egress_only_gateways, target.name);
    case TargetKind::kNatGateway:
      return lists(p.nat_gateways, target.name);
    case TargetKind::kTransitGateway:
      return build.attached.contains({vpc, target.name});
    case TargetKind::kPeering:
      return lists(p.peerings, target.name);
    case TargetKind::kInterface:
      return build.interfaces.contains(target.name);
    case TargetKind::kEndpoint:
      return build.endpoints.contains(target.name);
    case TargetKind::kVpnGateway:
      return lists(p.vpn_gateways, target.name);
    case TargetKind::kUnknown:
    case TargetKind::kLocal:
    case TargetKind::kBlackhole:
      break;
  }
  return true;
}

class TableBuilder {
 public:
  TableBuilder(AwsBuild& build, const AwsResource& resource)
      : build_{build}, fields_{build.reading, resource} {
    fields_.knows({"Associations", "OwnerId", "PropagatingVgws", "RouteTableId",
                   "Routes", "Tags", "VpcId"});
    build.name(table_, resource, fields_, "RouteTableId");
    table_.vpc = ref<Vpc>(fields_.text("VpcId"), fields_.where("VpcId"));
    vpc_ = build.vpc(table_.vpc.name, table_.vpc.where).index;
    table_.routes.where = fields_.where("Routes");
    for (const AwsObject& route : fields_.list("Routes")) add(route);
    // Elsewhere the answer shows what has propagated.
    if (!build.snapshot.declared) return;
    for (const AwsObject& one : fields_.list("PropagatingVgws")) {
      table_.propagating.push_back(
          ref<VpnGateway>(one.text("GatewayId"), one.where()));
    }
  }

  void finish() {
    std::vector<RouteTarget> gateways;
    for (const AwsObject& one : fields_.list("Associations")) {
      associate(one, gateways);
    }
    // What enters by one gateway and by another is two tables to the model.
    for (std::size_t i = 1; i < gateways.size(); ++i) {
      RouteTable twin = table_;
      twin.name += "/" + gateways[i].name;
      twin.gateway = gateways[i];
      build_.parts.route_tables.push_back(std::move(twin));
    }
    if (!gateways.empty()) table_.gateway = gateways.front();
    build_.parts.route_tables.push_back(std::move(table_));
  }

 private:
  Vpc& vpc() { return build_.parts.vpcs[vpc_]; }

  void associate(const AwsObject& one, std::vector<RouteTarget>& gateways) {
    one.knows({"AssociationState", "GatewayId", "Main",
               "RouteTableAssociationId", "RouteTableId", "SubnetId"});
    const std::string state = one.object("AssociationState").text("State");
    const bool settled = state.empty() || state == "associated";
    const bool gone = state == "disassociated" || state == "failed";
    if (gone) return;
    if (one.flag("Main").value_or(false)) {
      if (settled) vpc().main_table = ref<RouteTable>(table_.name, one.where());
    } else if (one.has("SubnetId")) {
      const auto at = build_.subnets.find(one.text("SubnetId"));
      if (at == build_.subnets.end()) return;
      Open<Ref<RouteTable>> chosen;
      chosen.value = ref<RouteTable>(table_.name, one.where());
      chosen.unknown = !settled;
      chosen.where = one.where();
      build_.parts.subnets[at->second].route_table = std::move(chosen);
    } else if (one.has("GatewayId")) {
      const std::string id = one.text("GatewayId");
      const TargetKind kind = kind_of_gateway(build_, id);
      if (kind == TargetKind::kInternetGateway ||
          kind == TargetKind::kVpnGateway) {
        gateways.push_back({kind, id, std::nullopt, one.where("GatewayId")});
      } else {
        one.report_unknown("GatewayId");
        build_.doubted_vpcs.insert(table_.vpc.name);
      }
    }
  }

  std::vector<RouteTarget> targets_of(const AwsObject& route) {
    std::vector<RouteTarget> targets;
    const auto add_target = [&](TargetKind kind, std::string_view key) {
      targets.push_back(
          {kind, route.text(key), std::nullopt, route.where(key)});
    };
    if (route.has("GatewayId")) {
      const TargetKind kind = kind_of_gateway(build_, route.text("GatewayId"));
      add_target(kind, "GatewayId");
      if (kind == TargetKind::kUnknown) not_modelled(route, "GatewayId");
    }
    for (const TargetKey& one : kTargets) {
      if (route.has(one.key)) add_target(one.kind, one.key);
    }
    // These are ways that are not modelled.
    for (const char* key : {"LocalGatewayId", "CarrierGatewayId",
                            "CoreNetworkArn", "OdbNetworkArn"}) {
      if (!route.has(key)) continue;
      not_modelled(route, key);
      add_target(TargetKind::kUnknown, key);
    }
    return targets;
  }

  void not_modelled(const AwsObject& route, std::string_view key) {
    build_.reading.gap("snapshot-is-understood", route.where(key),
                       "a route leads to a gateway that is modelled",
                       route.text(key), "where the route leads is unknown");
  }

  bool in_vpc(const IpPrefix& prefix) {
    return std::ranges::any_of(vpc().cidrs.items, [&](const auto& cidr) {
      return cidr.prefix.contains(prefix);
    });
  }

  // The state and origin decide whether a line counts, and for certain.
  bool is_certain(const AwsObject& route, bool& blackhole) {
    bool certain = true;
    const std::string state = route.text("State");
    blackhole = state == "blackhole";
    if (!state.empty() && state != "active" && !blackhole) {
      route.report_unknown("State");
      certain = false;
    }
    const std::string origin = route.text("Origin");
    for (const char* known : {"", "CreateRouteTable", "CreateRoute",
                              "EnableVgwRoutePropagation", "Advertisement"}) {
      if (origin == known) return certain;
    }
    route.report_unknown("Origin");
    return false;
  }

  void add(const AwsObject& fields) {
    OddScope odd{build_.reading};
    fields.knows({"CarrierGatewayId", "CoreNetworkArn", "DestinationCidrBlock",
                  "DestinationIpv6CidrBlock", "DestinationPrefixListId",
                  "EgressOnlyInternetGatewayId", "GatewayId", "InstanceId",
                  "InstanceOwnerId", "IpAddress", "LocalGatewayId",
                  "NatGatewayId", "NetworkInterfaceId", "OdbNetworkArn",
                  "Origin", "State", "TransitGatewayId",
                  "VpcPeeringConnectionId"});
    Route route;
    route.where = fields.where();
    route.destination = fields.prefix("DestinationCidrBlock");
    if (!route.destination) {
      route.destination = fields.prefix("DestinationIpv6CidrBlock");
    }
    const std::string list = fields.text("DestinationPrefixListId");
    if (!route.destination && list.empty()) {
      table_.routes.open = true;
      build_.reading.gap("snapshot-is-understood", fields.where(),
                         "a route has a destination");
      return;
    }
    if (!route.destination) {
      route.prefix_list =
          ref<PrefixList>(list, fields.where("DestinationPrefixListId"));
    }
    const bool certain = is_certain(fields, route.blackhole);
    route.targets = targets_of(fields);
    const bool local = route.targets.size() == 1 &&
                       route.targets[0].kind == TargetKind::kLocal;
    const bool propagated =
        fields.text("Origin") == "EnableVgwRoutePropagation";
    if (route.destination && propagated && route.targets.size() == 1) {
      build_.learned[route.targets[0].name].push_back(*route.destination);
    }
    // `local` is implied (S15), and wins over what propagates (S18).
    if (route.destination && (local || propagated) &&
        in_vpc(route.destination->prefix)) {
      return;
    }
    settle(fields, route, certain && !odd.odd());
    odd.settle();
    table_.routes.items.push_back(std::move(route));
  }

  void settle(const AwsObject& fields, Route& route, bool certain) {
    if (route.blackhole && certain) {
      route.targets.clear();
      route.targets.push_back(
          {TargetKind::kBlackhole, "", std::nullopt, fields.where()});
      return;
    }
    bool unknown = !certain || route.targets.size() != 1;
    if (certain && unknown) {
      build_.reading.gap("snapshot-is-understood", fields.where(),
                         "an active route has one target", "",
                         "where the route leads is unknown");
    }
    if (!unknown && !exists(build_, table_.vpc.name, route.targets[0])) {
      build_.reading.gap("snapshot-is-understood", route.targets[0].where,
                         "a snapshot describes what its routes lead to",
                         route.targets[0].name,
                         "where the route leads is unknown");
      unknown = true;
    }
    unknown = unknown || route.targets[0].kind == TargetKind::kUnknown;
    if (!unknown) return;
    route.blackhole = false;
    route.targets.clear();
    route.targets.push_back(
        {TargetKind::kUnknown, "", std::nullopt, fields.where()});
    build_.doubted_vpcs.insert(table_.vpc.name);
  }

  AwsBuild& build_;
  AwsObject fields_;
  RouteTable table_;
  std::size_t vpc_ = 0;
};

}  // namespace

void build_route_tables(AwsBuild& build) {
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kRouteTables)) {
    const OddScope odd{build.reading};
    TableBuilder table{build, one};
    table.finish();
    if (odd.odd()) {
      build.parts.route_tables.back().routes.open = true;
      build.doubted_vpcs.insert(build.parts.route_tables.back().vpc.name);
    }
  }
}

}  // namespace netproof::io
