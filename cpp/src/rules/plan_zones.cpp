#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "rules/plan_checks.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

constexpr std::size_t kRelatedShown = 20;

using Key = std::pair<std::uint32_t, std::uint32_t>;  ///< VPC, gateway

/// Where one VPC is attached to one transit gateway.
struct Entries {
  std::set<std::string> zones;
  const TransitAttachment* attachment = nullptr;
  bool open = false;  ///< in more zones, perhaps in all
};

bool zone_known(const Subnet& subnet) {
  return !subnet.zone.unknown && !subnet.zone.value.empty();
}

// Without written subnets an attachment has an entry in every zone.
void add(const TopologyParts& parts, const TransitAttachment& attachment,
         Entries& entries) {
  if (entries.attachment == nullptr) entries.attachment = &attachment;
  if (!attachment.subnets || attachment.subnets->open) {
    entries.open = true;
    return;
  }
  for (const auto& ref : attachment.subnets->items) {
    if (!ref || !zone_known(parts.subnets.at(ref.id->index()))) {
      entries.open = true;
      return;
    }
    entries.zones.insert(parts.subnets.at(ref.id->index()).zone.value);
  }
}

std::map<Key, Entries> entries_of(const TopologyParts& parts) {
  std::map<Key, Entries> all;
  for (const TransitAttachment& attachment : parts.transit_attachments) {
    if (!attachment.vpc || !attachment.vpc->id || !attachment.gateway) continue;
    add(parts, attachment,
        all[{attachment.vpc->id->value, attachment.gateway.id->value}]);
  }
  return all;
}

const RouteTable* table_of(const TopologyParts& parts, const Subnet& subnet) {
  const Ref<RouteTable>* ref = nullptr;
  if (subnet.route_table) {
    if (subnet.route_table->unknown) return nullptr;
    ref = &subnet.route_table->value;
  } else {
    const auto& main = parts.vpcs.at(subnet.vpc.id->index()).main_table;
    if (!main) return nullptr;
    ref = &*main;
  }
  return ref->id ? &parts.route_tables.at(ref->id->index()) : nullptr;
}

// One target: of several, nobody knows which will be there.
std::set<std::uint32_t> gateways_of(const RouteTable& table) {
  std::set<std::uint32_t> gateways;
  for (const Route& route : table.routes.items) {
    if (route.blackhole || route.targets.size() != 1) continue;
    const RouteTarget& target = route.targets.front();
    if (target.kind == TargetKind::kTransitGateway && target.index) {
      gateways.insert(*target.index);
    }
  }
  return gateways;
}

/// The subnets of one zone that are cut off from one gateway.
using CutOff =
    std::map<std::pair<Key, std::string>, std::vector<const Subnet*>>;

CutOff cut_off(const TopologyParts& parts,
               const std::map<Key, Entries>& entries) {
  CutOff all;
  for (const Subnet& subnet : parts.subnets) {
    if (!subnet.vpc || !zone_known(subnet)) continue;
    const RouteTable* table = table_of(parts, subnet);
    if (table == nullptr) continue;
    for (const std::uint32_t gateway : gateways_of(*table)) {
      const Key key{subnet.vpc.id->value, gateway};
      const auto at = entries.find(key);
      if (at == entries.end() || at->second.open ||
          at->second.zones.contains(subnet.zone.value)) {
        continue;
      }
      all[{key, subnet.zone.value}].push_back(&subnet);
    }
  }
  return all;
}

}  // namespace

// S57: what a subnet sends to the gateway is dropped (AZ_NOT_ATTACHED).
void check_attached_zones(const PlanContext& context,
                          std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  if (!parts.left_out.empty()) return;
  const auto entries = entries_of(parts);
  for (const auto& [key, subnets] : cut_off(parts, entries)) {
    const TransitAttachment& attachment = *entries.at(key.first).attachment;
    const std::string name = "tgw-attachment:" + attachment.name;
    std::vector<std::string> names;
    for (const Subnet* subnet : subnets) {
      names.push_back("subnet:" + subnet->name);
    }
    Finding finding = make_finding(
        "zone-with-subnets-is-attached",
        fmt::format("{} has no subnet in {}: what {} send{} to tgw:{} is "
                    "dropped",
                    name, key.second, some_of(names),
                    names.size() == 1 ? "s" : "", attachment.gateway.name),
        attachment.subnets->where, name);
    for (const Subnet* subnet : subnets) {
      if (finding.related.size() == kRelatedShown) break;
      finding.subjects.push_back("subnet:" + subnet->name);
      finding.related.push_back({"a subnet in this zone", subnet->where});
    }
    found.push_back(std::move(finding));
  }
}

}  // namespace netproof
