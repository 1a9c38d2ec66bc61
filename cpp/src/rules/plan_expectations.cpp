#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>

#include "netproof/rules/scope.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

// Accounts count by name: those listed and those that only objects name.
std::size_t count_accounts(const TopologyParts& parts) {
  std::set<std::string> names;
  std::map<std::string, std::string> by_id;
  for (const Account& account : parts.accounts) {
    names.insert(account.name);
    if (!account.id.empty()) by_id[account.id] = account.name;
  }
  for (const Vpc& vpc : parts.vpcs) {
    if (vpc.account.empty()) continue;
    const auto at = by_id.find(vpc.account);
    names.insert(at == by_id.end() ? vpc.account : at->second);
  }
  return names.size();
}

std::map<std::string, std::size_t> counts_of(const TopologyParts& parts) {
  return {
      {"accounts", count_accounts(parts)},
      {"vpcs", parts.vpcs.size()},
      {"subnets", parts.subnets.size()},
      {"interfaces", parts.interfaces.size()},
      {"route_tables", parts.route_tables.size()},
      {"internet_gateways", parts.internet_gateways.size()},
      {"nat_gateways", parts.nat_gateways.size()},
      {"peerings", parts.peerings.size()},
      {"endpoints", parts.endpoints.size()},
      {"security_groups", parts.security_groups.size()},
      {"network_acls", parts.network_acls.size()},
      {"transit_gateways", parts.transit_gateways.size()},
      {"transit_attachments", parts.transit_attachments.size()},
      {"transit_route_tables", parts.transit_route_tables.size()},
      {"sites", parts.sites.size()},
      {"segments", parts.segments.size()},
      {"hosts", parts.hosts.size()},
      {"routers", parts.routers.size()},
      {"vpn_connections", parts.vpn_connections.size()},
      {"virtual_interfaces", parts.virtual_interfaces.size()},
  };
}

}  // namespace

void check_expectations(const PlanContext& context,
                        std::vector<Finding>& found) {
  const auto counts = counts_of(context.parts());
  for (const Expectation& expected : context.parts().expectations) {
    std::string key = expected.what;
    for (char& c : key) {
      if (c == '-') c = '_';
    }
    const auto at = counts.find(key);
    if (at == counts.end()) {
      std::vector<std::string> known;
      for (const auto& entry : counts) known.push_back(entry.first);
      Finding finding = make_finding(
          "claim-holds",
          fmt::format("the design claims {} {}, which nothing can count",
                      expected.count, expected.what),
          expected.where, expected.what);
      const std::string near = nearest(key, known);
      if (!near.empty()) finding.fix = fmt::format("did you mean '{}'?", near);
      found.push_back(std::move(finding));
      continue;
    }
    if (static_cast<std::int64_t>(at->second) == expected.count) continue;
    found.push_back(
        make_finding("claim-holds",
                     fmt::format("the design claims {} {} and lists {}",
                                 expected.count, expected.what, at->second),
                     expected.where, expected.what));
  }
}

}  // namespace netproof
