#include <fmt/format.h>

#include <array>
#include <map>
#include <set>
#include <utility>

#include "rules/plan_checks.hpp"
#include "rules/transit_view.hpp"

namespace netproof {

namespace {

/// How many there are of something at one object.
struct Amount {
  std::string subject;  ///< "tgw:main"
  Location where;
  std::size_t count = 0;
};

using Amounts = std::vector<Amount>;
using Count = Amounts (*)(const TopologyParts&);

std::string name_of(const TransitGateway& gateway) {
  return "tgw:" + gateway.name;
}

/// Counts something by transit gateway.
class ByGateway {
 public:
  explicit ByGateway(const TopologyParts& parts) {
    for (const TransitGateway& gateway : parts.transit_gateways) {
      amounts_.push_back({name_of(gateway), gateway.where, 0});
    }
  }
  void add(const Ref<TransitGateway>& ref, std::size_t count = 1) {
    if (ref) amounts_[ref.id->index()].count += count;
  }
  Amounts take() { return std::move(amounts_); }

 private:
  Amounts amounts_;
};

Amounts gateways_of_accounts(const TopologyParts& parts) {
  std::map<std::string, Amount> accounts;
  for (const TransitGateway& gateway : parts.transit_gateways) {
    const auto [at, fresh] = accounts.try_emplace(
        gateway.account,
        Amount{"account:" + gateway.account, gateway.where, 0});
    ++at->second.count;
  }
  Amounts amounts;
  for (auto& entry : accounts) amounts.push_back(std::move(entry.second));
  return amounts;
}

Amounts tables_of_gateways(const TopologyParts& parts) {
  ByGateway by(parts);
  for (const auto& table : parts.transit_route_tables) by.add(table.gateway);
  return by.take();
}

// Of equal prefixes a table shows one.
Amounts routes_of_gateways(const TopologyParts& parts) {
  ByGateway by(parts);
  for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    std::set<IpPrefix> prefixes;
    for (const StaticLine& line : static_lines(parts, t)) {
      prefixes.insert(line.prefix);
    }
    for (const Learned& one : learned_by(parts, t)) prefixes.insert(one.prefix);
    by.add(parts.transit_route_tables[t].gateway, prefixes.size());
  }
  return by.take();
}

Amounts attachments_of_gateways(const TopologyParts& parts) {
  ByGateway by(parts);
  for (const auto& one : parts.transit_attachments) by.add(one.gateway);
  return by.take();
}

Amounts peerings_of_gateways(const TopologyParts& parts) {
  ByGateway by(parts);
  for (const auto& one : parts.transit_attachments) {
    if (one.kind == AttachmentKind::kPeering) by.add(one.gateway);
  }
  return by.take();
}

Amounts direct_connects_of_gateways(const TopologyParts& parts) {
  ByGateway by(parts);
  for (const auto& one : parts.transit_attachments) {
    if (one.kind == AttachmentKind::kDirectConnect) by.add(one.gateway);
  }
  return by.take();
}

// By the two names in order, so that both ends of one peering count once.
Amounts peerings_of_pairs(const TopologyParts& parts) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, Amount> pairs;
  for (std::uint32_t i = 0; i < parts.transit_attachments.size(); ++i) {
    const TransitAttachment& one = parts.transit_attachments[i];
    if (!one.peer || !one.peer->id || one.peer->id->value < i) continue;
    const auto& other = parts.transit_attachments.at(one.peer->id->index());
    if (!one.gateway || !other.gateway) continue;
    const auto key =
        std::minmax(one.gateway.id->value, other.gateway.id->value);
    const auto [at, fresh] = pairs.try_emplace(
        {key.first, key.second},
        Amount{"tgw:" + one.gateway.name + " with tgw:" + other.gateway.name,
               one.where, 0});
    ++at->second.count;
  }
  Amounts amounts;
  for (auto& entry : pairs) amounts.push_back(std::move(entry.second));
  return amounts;
}

using Key = std::pair<std::uint32_t, std::uint32_t>;  ///< VPC, gateway

std::map<Key, Amount> by_vpc_and_gateway(const TopologyParts& parts) {
  std::map<Key, Amount> all;
  for (const TransitAttachment& one : parts.transit_attachments) {
    if (!one.vpc || !one.vpc->id || !one.gateway) continue;
    const auto [at, fresh] =
        all.try_emplace({one.vpc->id->value, one.gateway.id->value},
                        Amount{"vpc:" + one.vpc->name, one.where, 0});
    ++at->second.count;
  }
  return all;
}

Amounts attachments_of_pairs(const TopologyParts& parts) {
  Amounts amounts;
  for (auto& entry : by_vpc_and_gateway(parts)) {
    amounts.push_back(std::move(entry.second));
  }
  return amounts;
}

Amounts gateways_of_vpcs(const TopologyParts& parts) {
  Amounts amounts;
  for (const Vpc& vpc : parts.vpcs) {
    amounts.push_back({"vpc:" + vpc.name, vpc.where, 0});
  }
  for (const auto& entry : by_vpc_and_gateway(parts)) {
    ++amounts[entry.first.first].count;
  }
  return amounts;
}

Amounts subnets_of_zones(const TopologyParts& parts) {
  Amounts amounts;
  for (const TransitAttachment& one : parts.transit_attachments) {
    if (!one.subnets) continue;
    std::map<std::string, std::size_t> zones;
    for (const auto& ref : one.subnets->items) {
      if (!ref) continue;
      const Open<std::string>& zone = parts.subnets.at(ref.id->index()).zone;
      if (!zone.unknown && !zone.value.empty()) ++zones[zone.value];
    }
    for (const auto& [zone, count] : zones) {
      amounts.push_back({"tgw-attachment:" + one.name + " in " + zone,
                         one.subnets->where, count});
    }
  }
  return amounts;
}

template <class Has>
Amounts associations(const TopologyParts& parts, const Has& has) {
  Amounts amounts;
  for (const DirectConnectGateway& gateway : parts.direct_connect_gateways) {
    Amount amount{"dxgw:" + gateway.name, gateway.where, 0};
    for (const DirectConnectAssociation& one : gateway.associations) {
      if (has(one)) ++amount.count;
    }
    amounts.push_back(std::move(amount));
  }
  return amounts;
}

Amounts transit_of_direct_connect(const TopologyParts& parts) {
  return associations(parts, [](const DirectConnectAssociation& one) {
    return one.transit_gateway.has_value();
  });
}

Amounts vpn_of_direct_connect(const TopologyParts& parts) {
  return associations(parts, [](const DirectConnectAssociation& one) {
    return one.vpn_gateway.has_value();
  });
}

Amounts allowed_prefixes(const TopologyParts& parts) {
  Amounts amounts;
  for (const DirectConnectGateway& gateway : parts.direct_connect_gateways) {
    for (const DirectConnectAssociation& one : gateway.associations) {
      if (!one.transit_gateway) continue;
      amounts.push_back(
          {"dxgw:" + gateway.name + " for tgw:" + one.transit_gateway->name,
           one.where, one.allowed_prefixes.items.size()});
    }
  }
  return amounts;
}

Amounts received_over_vpns(const TopologyParts& parts) {
  Amounts amounts;
  for (const VpnConnection& vpn : parts.vpn_connections) {
    if (!vpn.bgp || vpn.vpn_gateway) continue;
    amounts.push_back(
        {"vpn:" + vpn.name, vpn.where, vpn.advertised.items.size()});
  }
  return amounts;
}

struct Quota {
  std::string_view what;
  std::size_t limit = 0;
  Count count = nullptr;
};

// S56, S69, S89, S91. Open lists only add to a number.
constexpr std::array<Quota, 14> kQuotas = {{
    {"transit gateways", 5, gateways_of_accounts},
    {"route tables", 20, tables_of_gateways},
    {"routes in all its tables", 10'000, routes_of_gateways},
    {"attachments", 5'000, attachments_of_gateways},
    {"peerings", 50, peerings_of_gateways},
    {"peerings", 1, peerings_of_pairs},
    {"Direct Connect gateways", 20, direct_connects_of_gateways},
    {"transit gateways", 5, gateways_of_vpcs},
    {"attachments to one transit gateway", 1, attachments_of_pairs},
    {"subnets", 1, subnets_of_zones},
    {"transit gateways", 6, transit_of_direct_connect},
    {"VPN gateways", 20, vpn_of_direct_connect},
    {"allowed prefixes", 200, allowed_prefixes},
    {"prefixes received by BGP", 1'000, received_over_vpns},
}};

}  // namespace

void check_quotas(const PlanContext& context, std::vector<Finding>& found) {
  for (const Quota& quota : kQuotas) {
    for (const Amount& amount : quota.count(context.parts())) {
      if (amount.count <= quota.limit) continue;
      found.push_back(
          make_finding("quota-is-kept",
                       fmt::format("{} has {} {}; AWS takes {}", amount.subject,
                                   amount.count, quota.what, quota.limit),
                       amount.where, amount.subject));
    }
  }
}

}  // namespace netproof
