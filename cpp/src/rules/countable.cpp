#include "rules/countable.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace netproof {

namespace {

constexpr std::size_t kPlacesShown = 20;

void add(Count& count, const std::string& name, const Location& where) {
  ++count.value;
  if (count.places.size() < kPlacesShown) count.places.push_back({name, where});
}

template <auto kTable>
Count count_table(const TopologyParts& parts, const LabelIndex& labels,
                  const LabelChoice& choice) {
  Count count;
  for (const auto& object : parts.*kTable) {
    if (choice.empty() || matches(labels.of(object), choice)) {
      add(count, object.name, object.where);
    }
  }
  return count;
}

// Accounts count by name: those listed and those that only VPCs name.
Count count_accounts(const TopologyParts& parts, const LabelIndex& labels,
                     const LabelChoice& choice) {
  std::set<std::string> listed;
  for (const Account& account : parts.accounts) {
    listed.insert(account.name);
    if (!account.id.empty()) listed.insert(account.id);
  }
  Count count = count_table<&TopologyParts::accounts>(parts, labels, choice);
  for (const Vpc& vpc : parts.vpcs) {
    if (vpc.account.empty() || !listed.insert(vpc.account).second) continue;
    if (!matches({{"account", vpc.account}}, choice)) continue;
    add(count, vpc.account, vpc.where);
  }
  return count;
}

bool has_open_vpc(const TopologyParts& parts) {
  return std::ranges::any_of(parts.vpcs, &Vpc::subnets_open);
}

Count count_subnets(const TopologyParts& parts, const LabelIndex& labels,
                    const LabelChoice& choice) {
  Count count = count_table<&TopologyParts::subnets>(parts, labels, choice);
  count.open = has_open_vpc(parts);
  return count;
}

Count count_interfaces(const TopologyParts& parts, const LabelIndex& labels,
                       const LabelChoice& choice) {
  Count count = count_table<&TopologyParts::interfaces>(parts, labels, choice);
  count.open = has_open_vpc(parts) ||
               std::ranges::any_of(parts.subnets, &Subnet::interfaces_open);
  return count;
}

using Parts = TopologyParts;

constexpr Countable kKinds[] = {
    {"accounts", count_accounts},
    {"address_blocks", count_table<&Parts::address_blocks>},
    {"buckets", count_table<&Parts::buckets>},
    {"clusters", count_table<&Parts::clusters>},
    {"direct_connect_gateways", count_table<&Parts::direct_connect_gateways>},
    {"dns_records", count_table<&Parts::dns_records>},
    {"egress_only_gateways", count_table<&Parts::egress_only_gateways>},
    {"endpoints", count_table<&Parts::endpoints>},
    {"firewall_policies", count_table<&Parts::firewall_policies>},
    {"firewall_rule_groups", count_table<&Parts::firewall_rule_groups>},
    {"firewalls", count_table<&Parts::firewalls>},
    {"hosts", count_table<&Parts::hosts>},
    {"interfaces", count_interfaces},
    {"internet_gateways", count_table<&Parts::internet_gateways>},
    {"nat_gateways", count_table<&Parts::nat_gateways>},
    {"network_acls", count_table<&Parts::network_acls>},
    {"network_firewalls", count_table<&Parts::network_firewalls>},
    {"peerings", count_table<&Parts::peerings>},
    {"prefix_lists", count_table<&Parts::prefix_lists>},
    {"route_tables", count_table<&Parts::route_tables>},
    {"routers", count_table<&Parts::routers>},
    {"security_groups", count_table<&Parts::security_groups>},
    {"segments", count_table<&Parts::segments>},
    {"sites", count_table<&Parts::sites>},
    {"subnets", count_subnets},
    {"transit_gateway_attachments", count_table<&Parts::transit_attachments>},
    {"transit_gateway_route_tables", count_table<&Parts::transit_route_tables>},
    {"transit_gateways", count_table<&Parts::transit_gateways>},
    {"virtual_interfaces", count_table<&Parts::virtual_interfaces>},
    {"vpcs", count_table<&Parts::vpcs>},
    {"vpn_connections", count_table<&Parts::vpn_connections>},
    {"vpn_gateways", count_table<&Parts::vpn_gateways>},
};

static_assert(std::ranges::is_sorted(kKinds, {}, &Countable::name));

}  // namespace

std::span<const Countable> countable_kinds() { return kKinds; }

const Countable* find_countable(std::string_view name) {
  std::string key{name};
  std::ranges::replace(key, '-', '_');
  const auto at = std::ranges::lower_bound(kKinds, std::string_view{key}, {},
                                           &Countable::name);
  return at == std::end(kKinds) || at->name != key ? nullptr : at;
}

}  // namespace netproof
