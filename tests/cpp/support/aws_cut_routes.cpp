#include <set>
#include <utility>

#include "support/aws_cut.hpp"

namespace netproof::testing {
namespace {

class RouteCut {
 public:
  explicit RouteCut(TopologyParts& parts) : parts_{parts} {}

  void run() {
    for (RouteTable& table : parts_.route_tables) cut_table(table);
  }

 private:
  /// Whether a target exists, in the VPC of the table.
  bool is_here(const RouteTarget& target, const std::string& vpc) const {
    const auto in = [&](const std::string& subnet) {
      const Subnet* home = find(parts_.subnets, subnet);
      return home != nullptr && home->vpc.name == vpc;
    };
    switch (target.kind) {
      case TargetKind::kUnknown:
        return false;
      case TargetKind::kLocal:
      case TargetKind::kBlackhole:
        return true;
      case TargetKind::kInternetGateway: {
        const auto* one = find(parts_.internet_gateways, target.name);
        return one != nullptr && one->vpc && one->vpc->name == vpc;
      }
      case TargetKind::kEgressOnlyGateway: {
        const auto* one = find(parts_.egress_only_gateways, target.name);
        return one != nullptr && one->vpc.name == vpc;
      }
      case TargetKind::kNatGateway: {
        const auto* one = find(parts_.nat_gateways, target.name);
        return one != nullptr && in(one->subnet.name);
      }
      case TargetKind::kTransitGateway:
        return find(parts_.transit_gateways, target.name) != nullptr;
      case TargetKind::kPeering: {
        const auto* one = find(parts_.peerings, target.name);
        return one != nullptr &&
               (one->requester.name == vpc || one->accepter.name == vpc);
      }
      case TargetKind::kInterface: {
        const auto* one = find(parts_.interfaces, target.name);
        return one != nullptr && in(one->subnet.name);
      }
      case TargetKind::kEndpoint: {
        const auto* one = find(parts_.endpoints, target.name);
        return one != nullptr && one->vpc.name == vpc;
      }
      case TargetKind::kVpnGateway: {
        const auto* one = find(parts_.vpn_gateways, target.name);
        return one != nullptr && one->vpc && one->vpc->name == vpc;
      }
    }
    return false;
  }

  void cut_table(RouteTable& table) {
    table.routes.open = false;
    std::set<std::string> written;
    std::erase_if(table.routes.items, [&](Route& route) {
      std::erase_if(route.targets, [&](const RouteTarget& target) {
        return !is_here(target, table.vpc.name);
      });
      if (route.targets.empty()) return true;
      if (route.prefix_list &&
          !find(parts_.prefix_lists, route.prefix_list->name)) {
        return true;
      }
      route.targets.resize(1);
      return !written
                  .insert(route.destination
                              ? to_string(route.destination->prefix)
                              : route.prefix_list->name)
                  .second;
    });
    std::erase_if(table.propagating, [&](const auto& ref) {
      const VpnGateway* gateway = find(parts_.vpn_gateways, ref.name);
      return gateway == nullptr || !gateway->vpc ||
             gateway->vpc->name != table.vpc.name;
    });
  }

  TopologyParts& parts_;
};

}  // namespace

void cut_routes(TopologyParts& parts) { RouteCut{parts}.run(); }

}  // namespace netproof::testing
