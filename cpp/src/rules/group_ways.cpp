#include "rules/group_ways.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "rules/transit_view.hpp"

namespace netproof {

namespace {

using Groups = std::optional<OpenList<Ref<SecurityGroup>>>;

/// Gathers carriers; a VPC with a list that nobody knows may carry any of its
/// groups anywhere.
class Gathering {
 public:
  explicit Gathering(const TopologyParts& parts)
      : parts_{parts},
        carriers_(parts.security_groups.size()),
        open_(parts.vpcs.size(), false) {}

  std::vector<std::vector<Carrier>> gather() {
    for (std::uint32_t v = 0; v < parts_.vpcs.size(); ++v) look(v);
    for (std::uint32_t s = 0; s < parts_.subnets.size(); ++s) look_at_subnet(s);
    for (const Interface& interface : parts_.interfaces) look_at(interface);
    for (std::size_t g = 0; g < carriers_.size(); ++g) {
      const Ref<Vpc>& vpc = parts_.security_groups[g].vpc;
      if (any_ || !vpc || open_[vpc.id->index()]) carriers_[g].clear();
    }
    return std::move(carriers_);
  }

 private:
  void open(const Ref<Vpc>& vpc) {
    if (vpc) {
      open_[vpc.id->index()] = true;
    } else {
      any_ = true;
    }
  }

  void look(std::uint32_t v) {
    const Vpc& vpc = parts_.vpcs[v];
    if (vpc.subnets_open) open_[v] = true;
    if (vpc.security_groups && vpc.security_groups->open) open_[v] = true;
  }

  void add(const Groups& groups, const Ref<Vpc>& vpc, const Carrier& carrier) {
    if (!groups) return;
    if (groups->open) open(vpc);
    for (const auto& ref : groups->items) {
      if (ref) carriers_[ref.id->index()].push_back(carrier);
    }
  }

  void look_at_subnet(std::uint32_t s) {
    const Subnet& subnet = parts_.subnets[s];
    if (!subnet.vpc || subnet.cidrs.open || subnet.interfaces_open) {
      open(subnet.vpc);
    }
    // Groups of the VPC stand where a subnet has none of its own.
    const Groups* groups = &subnet.security_groups;
    if (!*groups && subnet.vpc) {
      groups = &parts_.vpcs[subnet.vpc.id->index()].security_groups;
    }
    for (const WrittenPrefix& cidr : subnet.cidrs.items) {
      add(*groups, subnet.vpc, {s, cidr.prefix});
    }
  }

  void look_at(const Interface& interface) {
    if (!interface.subnet) {
      any_ = true;
      return;
    }
    const std::uint32_t s = interface.subnet.id->value;
    const Ref<Vpc>& vpc = parts_.subnets[s].vpc;
    Groups groups = interface.security_groups;
    if (!groups && vpc && parts_.vpcs[vpc.id->index()].default_group) {
      groups.emplace();
      groups->items.push_back(*parts_.vpcs[vpc.id->index()].default_group);
    }
    for (const IpAddress address : interface.addresses) {
      add(groups, vpc, {s, IpPrefix::host(address)});
    }
    for (const Pod& pod : parts_.pods) {
      if (!pod.interface ||
          &parts_.interfaces[pod.interface.id->index()] != &interface)
        continue;
      for (const IpAddress address : pod.addresses) {
        add(groups, vpc, {s, IpPrefix::host(address)});
      }
    }
  }

  const TopologyParts& parts_;
  std::vector<std::vector<Carrier>> carriers_;
  std::vector<bool> open_;
  bool any_ = false;
};

template <class T>
const T* named(const std::vector<T>& table, std::string_view name) {
  const auto at = std::ranges::find(table, name, &T::name);
  return at == table.end() ? nullptr : &*at;
}

}  // namespace

std::vector<std::vector<Carrier>> carriers_of_groups(
    const TopologyParts& parts) {
  return Gathering{parts}.gather();
}

GroupWays::GroupWays(const TopologyParts& parts)
    : parts_{parts},
      tables_{plan_tables(parts)},
      associated_(parts.transit_attachments.size()) {
  for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    for (const std::uint32_t attachment : associated_with(parts, t)) {
      associated_[attachment].push_back(t);
    }
  }
}

const std::string& GroupWays::middlebox(const Carrier& from,
                                        const Carrier& to) {
  const auto [at, fresh] = known_.try_emplace({from.subnet, to.at});
  if (fresh) at->second = find(from, to);
  return at->second;
}

std::string GroupWays::find(const Carrier& from, const Carrier& to) const {
  if (from.subnet == to.subnet) return "";
  const Subnet& subnet = parts_.subnets[from.subnet];
  if (!subnet.vpc) return "";
  std::optional<Ref<RouteTable>> table =
      parts_.vpcs[subnet.vpc.id->index()].main_table;
  if (subnet.route_table) {
    if (subnet.route_table->unknown) return "";
    table = subnet.route_table->value;
  }
  if (!table || !table->id) return "";
  const PlanEntry* entry = decides(table->id->index(), to.at);
  return entry == nullptr ? "" : behind(entry->target, from, to);
}

std::string GroupWays::behind(const std::string& target, const Carrier& from,
                              const Carrier& to) const {
  const auto colon = target.find(':');
  if (colon == std::string::npos) return "";
  const std::string name = target.substr(colon + 1);
  const std::string_view kind = std::string_view{target}.substr(0, colon);
  if (kind == "tgw") return by_transit(name, from, to);
  if (kind == "endpoint") {
    const Endpoint* endpoint = named(parts_.endpoints, name);
    const bool inspects =
        endpoint != nullptr && endpoint->kind == EndpointKind::kInspection;
    return inspects ? target : "";
  }
  if (kind != "interface") return "";
  const Interface* box = named(parts_.interfaces, name);
  const bool itself =
      box == nullptr || std::ranges::any_of(box->addresses, [&](IpAddress one) {
        return to.at.contains(one);
      });
  return itself ? "" : target;
}

/// A transit gateway that hands it to another VPC: what comes out of there has
/// crossed the gateway twice (S63).
std::string GroupWays::by_transit(const std::string& gateway,
                                  const Carrier& from,
                                  const Carrier& to) const {
  const auto& vpc = parts_.subnets[from.subnet].vpc;
  std::optional<std::uint32_t> table;
  for (std::uint32_t a = 0; a < parts_.transit_attachments.size(); ++a) {
    const TransitAttachment& attachment = parts_.transit_attachments[a];
    if (attachment.gateway.name != gateway || !attachment.vpc ||
        attachment.vpc->id != vpc.id) {
      continue;
    }
    if (table || associated_[a].size() != 1) return "";
    table = associated_[a].front();
  }
  if (!table || parts_.transit_route_tables[*table].associations.open) {
    return "";
  }
  const PlanEntry* entry = decides(parts_.route_tables.size() + *table, to.at);
  if (entry == nullptr || !entry->target.starts_with("tgw-attachment:")) {
    return "";
  }
  const TransitAttachment* hop = named(
      parts_.transit_attachments, std::string_view{entry->target}.substr(15));
  if (hop == nullptr || !hop->vpc || !hop->vpc->id) return "";
  const bool arrives = hop->vpc->id == parts_.subnets[to.subnet].vpc.id;
  return arrives ? "" : "vpc:" + hop->vpc->name;
}

/// The entry that decides about all of `at`; null if that is not certain.
const PlanEntry* GroupWays::decides(std::size_t table,
                                    const IpPrefix& at) const {
  const PlanTable& asked = tables_[table];
  if (asked.open) return nullptr;
  const std::vector<EntryGroup> groups =
      groups_of(asked.entries, [](const PlanEntry&) { return true; });
  const EntryGroup* longest = nullptr;
  for (const EntryGroup& group : groups) {
    const IpPrefix prefix = group.prefix();
    if (prefix != at && at.contains(prefix)) return nullptr;
    if (prefix.contains(at)) longest = &group;
  }
  return longest == nullptr ? nullptr : longest->winner();
}

}  // namespace netproof
