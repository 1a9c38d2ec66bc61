#include <set>
#include <utility>

#include "support/aws_cut.hpp"

namespace netproof::testing {
namespace {

class TransitCut {
 public:
  explicit TransitCut(TopologyParts& parts) : parts_{parts} {}

  void run() {
    std::set<std::pair<std::string, std::string>> attached;
    std::erase_if(parts_.transit_attachments, [&](const auto& one) {
      return one.vpc &&
             !attached.emplace(one.gateway.name, one.vpc->name).second;
    });
    for (TransitAttachment& one : parts_.transit_attachments) {
      close(one.available);
      close(one.ipv6);
      close(one.appliance_mode);
      close(one.group_referencing);
      if (one.created.empty()) one.created = "2024-06-01";
      one.created += "T00:00:00";
      if (one.vpc) settle_entries(one);
      if (one.peer && one.gateway.name == "t1") {
        one.available = attachment(one.peer->name)->available;
      }
    }
    for (TransitGateway& gateway : parts_.transit_gateways) {
      close(gateway.group_referencing);
      if (overlapping(gateway)) gateway.default_propagation.reset();
    }
    std::set<std::string> associated;
    for (TransitRouteTable& table : parts_.transit_route_tables) {
      cut_members(table, associated);
      cut_transit_routes(table);
    }
  }

 private:
  const TransitAttachment* attachment(const std::string& name) const {
    return find(parts_.transit_attachments, name);
  }

  /// Whether two VPCs of a gateway overlap.
  bool overlapping(const TransitGateway& gateway) const {
    std::vector<std::string> seen;
    for (const TransitAttachment& one : parts_.transit_attachments) {
      if (!one.vpc || one.gateway.name != gateway.name) continue;
      for (const std::string& other : seen) {
        if (overlap(one.vpc->name, other)) return true;
      }
      seen.push_back(one.vpc->name);
    }
    return false;
  }

  /// One subnet of a zone.
  void settle_entries(TransitAttachment& attachment) {
    std::set<std::string> named;
    const bool all = !attachment.subnets || attachment.subnets->items.empty();
    if (!all) {
      for (const auto& ref : attachment.subnets->items) named.insert(ref.name);
    }
    attachment.subnets.emplace();
    std::set<std::string> zones;
    for (const Subnet& subnet : parts_.subnets) {
      if (subnet.vpc.name != attachment.vpc->name) continue;
      if (!all && !named.contains(subnet.name)) continue;
      if (!zones.insert(subnet.zone.value).second) continue;
      attachment.subnets->items.push_back({subnet.name, {}, {}});
    }
  }

  void cut_members(TransitRouteTable& table,
                   std::set<std::string>& associated) {
    table.associations.open = false;
    table.propagations.open = false;
    std::erase_if(table.associations.items, [&](const auto& ref) {
      return attachment(ref.name) == nullptr ||
             !associated.insert(ref.name).second;
    });
    // VPCs that overlap do not propagate to one table (S52), and peerings do
    // not propagate (S65).
    std::vector<std::string> seen;
    std::erase_if(table.propagations.items, [&](const auto& ref) {
      const TransitAttachment* one = attachment(ref.name);
      if (one == nullptr || !one->vpc) return true;
      for (const std::string& other : seen) {
        if (overlap(one->vpc->name, other)) return true;
      }
      seen.push_back(one->vpc->name);
      return false;
    });
  }

  bool overlap(const std::string& a, const std::string& b) const {
    for (const WrittenPrefix& one : find(parts_.vpcs, a)->cidrs.items) {
      for (const WrittenPrefix& two : find(parts_.vpcs, b)->cidrs.items) {
        if (one.prefix.overlaps(two.prefix)) return true;
      }
    }
    return false;
  }

  /// One line for a prefix and for a list.
  void cut_transit_routes(TransitRouteTable& table) {
    table.routes.open = false;
    std::set<std::string> written;
    std::erase_if(table.routes.items, [&](TransitRoute& route) {
      std::erase_if(route.targets, [&](const auto& ref) {
        return attachment(ref.name) == nullptr;
      });
      if (route.target_unknown) return true;
      if (!route.blackhole && route.targets.empty()) return true;
      if (route.prefix_list &&
          !find(parts_.prefix_lists, route.prefix_list->name)) {
        return true;
      }
      route.targets.resize(std::min<std::size_t>(route.targets.size(), 1));
      return !written
                  .insert(route.destination
                              ? to_string(route.destination->prefix)
                              : route.prefix_list->name)
                  .second;
    });
  }

  TopologyParts& parts_;
};

}  // namespace

void cut_transit(TopologyParts& parts) { TransitCut{parts}.run(); }

}  // namespace netproof::testing
