#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

IpPrefix v4(std::uint32_t address, int length) {
  return IpPrefix::enclosing(IpAddress::v4(address), length);
}

constexpr std::uint32_t address(std::uint32_t a, std::uint32_t b) {
  return a << 24U | b << 16U;
}

/// The rows of the table in S10: what a VPC with a block of `holds` cannot add.
enum class Range { k10, k172, k192, k198, kOther };

bool lies_in(IpPrefix prefix, Range range) {
  switch (range) {
    case Range::k10:
      return v4(address(10, 0), 8).contains(prefix);
    case Range::k172:
      return v4(address(172, 16), 12).contains(prefix);
    case Range::k192:
      return v4(address(192, 168), 16).contains(prefix);
    case Range::k198:
      return v4(address(198, 19), 16).contains(prefix);
    case Range::kOther:
      return !lies_in(prefix, Range::k10) && !lies_in(prefix, Range::k172) &&
             !lies_in(prefix, Range::k192) && !lies_in(prefix, Range::k198);
  }
  return false;
}

bool private_use(IpPrefix prefix) {
  return lies_in(prefix, Range::k10) || lies_in(prefix, Range::k172) ||
         lies_in(prefix, Range::k192);
}

bool cannot_join(IpPrefix held, IpPrefix added) {
  const bool benchmark = lies_in(added, Range::k198);
  if (lies_in(held, Range::k10)) {
    return benchmark || lies_in(added, Range::k172) ||
           lies_in(added, Range::k192) ||
           (v4(address(10, 0), 15).contains(held) &&
            v4(address(10, 0), 16).contains(added));
  }
  if (lies_in(held, Range::k172)) {
    return benchmark || lies_in(added, Range::k10) ||
           lies_in(added, Range::k192) ||
           v4(address(172, 31), 16).contains(added);
  }
  if (lies_in(held, Range::k192)) {
    return benchmark || lies_in(added, Range::k10) ||
           lies_in(added, Range::k172);
  }
  if (lies_in(held, Range::k198)) return private_use(added);
  return private_use(added) || benchmark;
}

void check_pair(const Vpc& vpc, const WrittenPrefix& held,
                const WrittenPrefix& added, std::vector<Finding>& found) {
  const bool overlap = held.prefix.overlaps(added.prefix);
  const bool v4_pair = held.prefix.family() == Family::kV4 &&
                       added.prefix.family() == Family::kV4;
  if (!overlap && !(v4_pair && cannot_join(held.prefix, added.prefix))) return;
  const std::string name = "vpc:" + vpc.name;
  Finding finding =
      make_finding("secondary-cidr-is-allowed",
                   fmt::format("{} has {}; AWS does not add {} to it{}", name,
                               to_string(held.prefix), to_string(added.prefix),
                               overlap ? ": they overlap" : ""),
                   added.where, name);
  finding.related.push_back({"the block that it has", held.where});
  found.push_back(std::move(finding));
}

// S16: a subnet's own block may be routed to an appliance or NAT gateway.
bool middlebox(const Route& route) {
  return std::ranges::any_of(route.targets, [](const RouteTarget& target) {
    return target.kind == TargetKind::kInterface ||
           target.kind == TargetKind::kNatGateway ||
           target.kind == TargetKind::kEndpoint ||
           target.kind == TargetKind::kLocal;
  });
}

void check_against_routes(const PlanContext& context, std::uint32_t vpc,
                          const WrittenPrefix& added,
                          std::vector<Finding>& found) {
  for (const RouteTable& table : context.parts().route_tables) {
    if (!table.vpc || table.vpc.id->value != vpc) continue;
    for (const Route& route : table.routes.items) {
      if (!route.destination || middlebox(route) ||
          !added.prefix.contains(route.destination->prefix)) {
        continue;
      }
      const std::string name = "vpc:" + context.parts().vpcs[vpc].name;
      Finding finding = make_finding(
          "secondary-cidr-is-allowed",
          fmt::format("{} has a route to {}; AWS does not add {} to it", name,
                      to_string(route.destination->prefix),
                      to_string(added.prefix)),
          added.where, name);
      finding.related.push_back({"the route", route.where});
      found.push_back(std::move(finding));
    }
  }
}

}  // namespace

void check_secondary_cidrs(const PlanContext& context,
                           std::vector<Finding>& found) {
  const auto& vpcs = context.parts().vpcs;
  for (std::uint32_t v = 0; v < vpcs.size(); ++v) {
    const auto& cidrs = vpcs[v].cidrs.items;
    for (std::size_t i = 1; i < cidrs.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        check_pair(vpcs[v], cidrs[k], cidrs[i], found);
      }
      check_against_routes(context, v, cidrs[i], found);
    }
  }
}

void check_subnets_in_vpc(const PlanContext& context,
                          std::vector<Finding>& found) {
  for (const Subnet& subnet : context.parts().subnets) {
    if (!subnet.vpc) continue;
    const Vpc& vpc = context.parts().vpcs.at(subnet.vpc.id->index());
    if (vpc.cidrs.open) continue;
    for (const WrittenPrefix& cidr : subnet.cidrs.items) {
      const bool inside =
          std::ranges::any_of(vpc.cidrs.items, [&](const WrittenPrefix& block) {
            return block.prefix.contains(cidr.prefix);
          });
      if (inside) continue;
      const std::string name = "subnet:" + subnet.name;
      Finding finding =
          make_finding("subnet-lies-in-its-vpc",
                       fmt::format("{} ({}) lies in no block of vpc:{}", name,
                                   to_string(cidr.prefix), vpc.name),
                       cidr.where, name);
      for (const WrittenPrefix& block : vpc.cidrs.items) {
        finding.related.push_back(
            {fmt::format("vpc:{} has {}", vpc.name, to_string(block.prefix)),
             block.where});
      }
      found.push_back(std::move(finding));
    }
  }
}

void check_peered_vpcs(const PlanContext& context,
                       std::vector<Finding>& found) {
  const auto& vpcs = context.parts().vpcs;
  for (const Peering& peering : context.parts().peerings) {
    if (!peering.requester || !peering.accepter) continue;
    const Vpc& a = vpcs.at(peering.requester.id->index());
    const Vpc& b = vpcs.at(peering.accepter.id->index());
    for (const WrittenPrefix& x : a.cidrs.items) {
      for (const WrittenPrefix& y : b.cidrs.items) {
        if (!x.prefix.overlaps(y.prefix)) continue;
        const std::string name = "peering:" + peering.name;
        Finding finding = make_finding(
            "peered-vpcs-do-not-overlap",
            fmt::format("{} fails: {} of vpc:{} overlaps {} of vpc:{}", name,
                        to_string(x.prefix), a.name, to_string(y.prefix),
                        b.name),
            peering.where, name);
        finding.related = {{"one block", x.where}, {"the other", y.where}};
        found.push_back(std::move(finding));
      }
    }
  }
}

}  // namespace netproof
