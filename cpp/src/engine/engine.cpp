#include "netproof/engine/engine.hpp"

#include <algorithm>
#include <utility>

#include "engine/engine_impl.hpp"

namespace netproof {
namespace engine {
namespace {

/// The addresses behind a gateway endpoint: what the lists routed to it hold.
IpSet service_addresses(const TopologyParts& parts, Index endpoint) {
  IpSet found;
  for (const RouteTable& table : parts.route_tables) {
    for (const Route& route : table.routes.items) {
      const bool here =
          std::ranges::any_of(route.targets, [&](const RouteTarget& target) {
            return target.kind == TargetKind::kEndpoint &&
                   target.index == endpoint;
          });
      if (!here) continue;
      if (route.destination) found |= IpSet::of(route.destination->prefix);
      if (!route.prefix_list || !route.prefix_list->id) continue;
      for (const WrittenPrefix& entry :
           parts.prefix_lists[route.prefix_list->id->index()].entries.items) {
        found |= IpSet::of(entry.prefix);
      }
    }
  }
  return found;
}

IpSet hosts_set(const std::vector<IpAddress>& addresses) {
  std::vector<IpPrefix> prefixes;
  for (const IpAddress& address : addresses) {
    prefixes.push_back(IpPrefix::host(address));
  }
  return IpSet::from_prefixes(prefixes);
}

}  // namespace

std::vector<Engine::Member> members_of(const Network& network) {
  const TopologyParts& parts = network.parts();
  std::vector<Engine::Member> members;
  const auto add = [&](PlaceKind kind, std::size_t index, IpSet addresses) {
    Engine::Member member;
    member.place = {kind, static_cast<Index>(index)};
    member.addresses = std::move(addresses);
    members.push_back(std::move(member));
    return &members.back();
  };
  for (std::size_t i = 0; i < parts.interfaces.size(); ++i) {
    add(PlaceKind::kInterface, i, hosts_set(parts.interfaces[i].addresses))
        ->listed = true;
  }
  for (const Endpoint& endpoint : parts.endpoints) {
    if (endpoint.kind != EndpointKind::kInterface) continue;
    for (const Ref<Interface>& interface : endpoint.interfaces) {
      if (interface.id) members[interface.id->index()].answers_only = true;
    }
  }
  for (std::size_t s = 0; s < network.subnets.size(); ++s) {
    const SubnetInfo& subnet = network.subnets[s];
    Engine::Member* member = add(PlaceKind::kSubnet, s, subnet.unlisted);
    member->addresses_unknown =
        subnet.cidrs_open ||
        (subnet.vpc != kNone && parts.vpcs[subnet.vpc].cidrs.open &&
         subnet.implied);
  }
  for (std::size_t h = 0; h < parts.hosts.size(); ++h) {
    add(PlaceKind::kHost, h, hosts_set(parts.hosts[h].addresses))->listed =
        true;
  }
  for (std::size_t s = 0; s < parts.segments.size(); ++s) {
    IpSet addresses = network.segment_prefixes[s];
    for (const Index host : network.hosts_of_segment[s]) {
      addresses -= hosts_set(parts.hosts[host].addresses);
    }
    add(PlaceKind::kSegment, s, std::move(addresses))->addresses_unknown =
        parts.segments[s].prefixes.open;
  }
  for (std::size_t s = 0; s < parts.sites.size(); ++s) {
    Engine::Member* member = add(PlaceKind::kSite, s, network.site_prefixes[s]);
    member->listed = true;
    member->addresses_unknown = parts.sites[s].prefixes.open;
  }
  for (std::size_t e = 0; e < parts.endpoints.size(); ++e) {
    if (parts.endpoints[e].kind != EndpointKind::kGateway) continue;
    add(PlaceKind::kEndpoint, e,
        service_addresses(parts, static_cast<Index>(e)))
        ->answers_only = true;
  }
  for (std::size_t p = 0; p < parts.pods.size(); ++p) {
    add(PlaceKind::kPod, p, hosts_set(parts.pods[p].addresses))->listed = true;
  }
  add(PlaceKind::kInternet, 0, global_unicast() - network.owned);
  return members;
}

}  // namespace engine

Engine::Engine(Topology topology)
    : impl_{std::make_shared<const Impl>(topology)} {}

const std::vector<Engine::Member>& Engine::members() const {
  return impl_->members;
}

bool Accounting::balances() const {
  BigUint sum = delivered + mixed + unknown;
  for (const auto& [_, count] : dropped) sum += count;
  return sum == sent;
}

}  // namespace netproof
