#include <algorithm>
#include <utility>

#include "reference/walk.hpp"

namespace netproof::reference {
namespace {

// At equal length (S141).
constexpr int kStatic = 0;
constexpr int kLocal = 1;
constexpr int kPrefixList = 2;
constexpr int kPropagated = 3;

bool in_vpc(const std::optional<Id<Vpc>>& where, Id<Vpc> vpc) {
  return where && *where == vpc;
}

/// A VPC attachment of this VPC.
bool attaches(const TransitAttachment& one, Id<Vpc> vpc) {
  return one.kind == AttachmentKind::kVpc && one.vpc &&
         in_vpc(one.vpc->id, vpc) && one.gateway;
}

}  // namespace

/// True if the gateway exists for this VPC: attached to it or placed in it.
bool Walk::belongs(Id<Vpc> vpc, TargetKind kind, std::uint32_t index) const {
  const TopologyParts& parts = view_.parts();
  const auto attached = [&](const auto& gateway) {
    return gateway.vpc && in_vpc(gateway.vpc->id, vpc);
  };
  switch (kind) {
    case TargetKind::kInternetGateway:
      return attached(parts.internet_gateways[index]);
    case TargetKind::kVpnGateway:
      return attached(parts.vpn_gateways[index]);
    case TargetKind::kEgressOnlyGateway:
      return in_vpc(parts.egress_only_gateways[index].vpc.id, vpc);
    case TargetKind::kNatGateway:
      return in_vpc(view_.vpc_of_nat(index), vpc);
    case TargetKind::kInterface:
      return in_vpc(view_.vpc_of_interface(index), vpc);
    case TargetKind::kPeering:
      return in_vpc(parts.peerings[index].requester.id, vpc) ||
             in_vpc(parts.peerings[index].accepter.id, vpc);
    case TargetKind::kEndpoint: {
      const Endpoint& endpoint = parts.endpoints[index];
      if (endpoint.kind == EndpointKind::kInspection) {
        return endpoint.subnet &&
               in_vpc(view_.vpc_of_subnet(*endpoint.subnet), vpc);
      }
      return endpoint.kind == EndpointKind::kGateway &&
             in_vpc(endpoint.vpc.id, vpc);
    }
    case TargetKind::kTransitGateway:
      return std::ranges::any_of(
          parts.transit_attachments, [&](const TransitAttachment& one) {
            return attaches(one, vpc) && one.gateway.id->value == index;
          });
    default:
      return false;
  }
}

/// The step to a target; a blackhole if the target is gone or elsewhere (S20).
VpcStep Walk::step_to(VpcTable table, const RouteTarget& target, bool blackhole,
                      const std::string& prefix, const Location& where) const {
  VpcStep step;
  step.table = name_of(table);
  step.prefix = prefix;
  step.where = where;
  step.kind = VpcStep::Kind::kBlackhole;
  if (blackhole || target.kind == TargetKind::kBlackhole) return step;
  if (target.kind == TargetKind::kLocal) {
    step.kind = VpcStep::Kind::kLocal;
    return step;
  }
  step.target = target.kind;
  step.index = *target.index;
  // The edge table of a VPN gateway cannot lead to an endpoint (S23).
  const auto& edge = table.written->gateway;
  const bool refused = target.kind == TargetKind::kEndpoint && edge &&
                       edge->kind == TargetKind::kVpnGateway;
  if (!refused && belongs(table.vpc, target.kind, step.index)) {
    step.kind = VpcStep::Kind::kTarget;
  }
  return step;
}

/// What one line may mean: its targets, or anything if one is not known.
std::vector<VpcStep> Walk::steps_of(VpcTable table, const Route& route,
                                    Family family,
                                    const std::string& prefix) const {
  const Location& where = route.where;
  std::vector<VpcStep> steps;
  if (route.blackhole) {
    return {step_to(table, {}, true, prefix, where)};
  }
  bool unknown = route.targets.empty();
  for (const RouteTarget& target : route.targets) {
    const bool needs_index = target.kind != TargetKind::kLocal &&
                             target.kind != TargetKind::kBlackhole;
    if (needs_index && !target.index) {
      unknown = true;
    } else {
      steps.push_back(step_to(table, target, false, prefix, where));
    }
  }
  if (!unknown) return steps;
  for (VpcStep& one : gateways(table, family, false)) {
    one.prefix = prefix;
    one.where = where;
    steps.push_back(std::move(one));
  }
  VpcStep none;
  none.table = name_of(table);
  none.prefix = prefix;
  none.where = where;
  steps.push_back(none);
  return steps;
}

/// Every gateway that a line of this VPC could name, in the order of S141;
/// `inside` a VPC CIDR only what may stand there (S16).
std::vector<VpcStep> Walk::gateways(VpcTable table, Family family,
                                    bool inside) const {
  const TopologyParts& parts = view_.parts();
  std::vector<VpcStep> steps;
  const auto add = [&](TargetKind kind, std::uint32_t index) {
    VpcStep step;
    step.kind = VpcStep::Kind::kTarget;
    step.target = kind;
    step.index = index;
    step.table = name_of(table);
    step.prefix = "unknown";
    steps.push_back(step);
  };
  const auto each = [&](const auto& list, TargetKind kind) {
    for (std::uint32_t i = 0; i < list.size(); ++i) {
      if (belongs(table.vpc, kind, i)) add(kind, i);
    }
  };
  const bool v6 = family == Family::kV6;
  if (!inside) each(parts.internet_gateways, TargetKind::kInternetGateway);
  if (!inside && v6) {
    each(parts.egress_only_gateways, TargetKind::kEgressOnlyGateway);
  }
  each(parts.nat_gateways, TargetKind::kNatGateway);
  for (std::uint32_t a = 0; !inside && a < parts.transit_attachments.size();
       ++a) {
    const TransitAttachment& one = parts.transit_attachments[a];
    if (!attaches(one, table.vpc)) continue;
    add(TargetKind::kTransitGateway, one.gateway.id->value);
    steps.back().attachment = a;
  }
  if (!inside) each(parts.peerings, TargetKind::kPeering);
  for (std::uint32_t i = 0; i < parts.interfaces.size(); ++i) {
    const Open<bool>& check = parts.interfaces[i].source_check;
    const bool forwards = check.unknown || !check.value;
    if (forwards && belongs(table.vpc, TargetKind::kInterface, i)) {
      add(TargetKind::kInterface, i);
    }
  }
  for (std::uint32_t i = 0; i < parts.endpoints.size(); ++i) {
    const bool bump = parts.endpoints[i].kind == EndpointKind::kInspection;
    if ((bump || !inside) && belongs(table.vpc, TargetKind::kEndpoint, i)) {
      add(TargetKind::kEndpoint, i);
    }
  }
  if (!inside) each(parts.vpn_gateways, TargetKind::kVpnGateway);
  return steps;
}

/// Every line that contains the destination, with what is doubtful about it.
std::vector<Candidate<VpcStep>> Walk::candidates(const Packet& packet,
                                                 VpcTable table) const {
  const IpAddress dst = packet.flow.dst;
  std::vector<Candidate<VpcStep>> result;
  const auto add = [&](const WrittenPrefix& prefix, int rank,
                       const std::vector<VpcStep>& steps,
                       const std::vector<Fact>& doubts) {
    if (!prefix.prefix.contains(dst)) return;
    for (const VpcStep& step : steps) {
      result.push_back({prefix.prefix.length(), {rank, 0, 0}, doubts, step});
    }
  };
  for (const WrittenPrefix& cidr : view_.blocks(table.vpc)) {
    VpcStep step;
    step.kind = VpcStep::Kind::kLocal;
    step.table = name_of(table);
    step.prefix = cidr.text;
    step.where = cidr.where;
    add(cidr, kLocal, {step}, {});
  }
  if (table.written == nullptr) return result;
  for (const Route& route : table.written->routes.items) {
    if (route.destination) {
      const std::string& text = route.destination->text;
      add(*route.destination, kStatic,
          steps_of(table, route, dst.family(), text), {});
    } else if (route.prefix_list && *route.prefix_list) {
      const auto& list =
          view_.parts().prefix_lists[route.prefix_list->id->index()];
      for (const WrittenPrefix& entry : list.entries.items) {
        add(entry, kPrefixList,
            steps_of(table, route, dst.family(), entry.text), {});
      }
    }
  }
  // Inside the VPC nothing that is propagated counts (S18).
  if (view_.has_cidr(table.vpc, dst)) return result;
  for (const Ref<VpnGateway>& gateway : table.written->propagating) {
    // A gateway that is not attached propagates nothing.
    if (!gateway ||
        !belongs(table.vpc, TargetKind::kVpnGateway, gateway.id->value)) {
      continue;
    }
    RouteTarget target{TargetKind::kVpnGateway, gateway.name, gateway.id->value,
                       gateway.where};
    for (const auto& known : site_links(view_, gateway.id->value, dst)) {
      VpcStep step =
          step_to(table, target, false, known.what.prefix, known.what.where);
      result.push_back({known.length, {kPropagated, 0, 0}, known.doubts, step});
    }
  }
  return result;
}

}  // namespace netproof::reference
