#include "reference/view.hpp"

#include <algorithm>
#include <utility>

namespace netproof::reference {

bool contains(const std::vector<WrittenPrefix>& prefixes, IpAddress address) {
  return std::ranges::any_of(prefixes, [&](const WrittenPrefix& one) {
    return one.prefix.contains(address);
  });
}

bool contains(const std::vector<IpPrefix>& prefixes, IpAddress address) {
  return std::ranges::any_of(
      prefixes, [&](const IpPrefix& one) { return one.contains(address); });
}

View::View(Topology topology)
    : topology_{std::move(topology)}, subnets_{subnets_of(topology_)} {
  index_interfaces();
  index_listed();
  index_nodes();
  index_unlisted();
  index_blocks();
  index_owned();
  index_gateways();
  index_mappings();
}

void View::index_interfaces() {
  interfaces_.resize(subnets_.size());
  for (std::uint32_t i = 0; i < parts().interfaces.size(); ++i) {
    const Ref<Subnet>& subnet = parts().interfaces[i].subnet;
    if (subnet) interfaces_[subnet.id->index()].push_back(i);
  }
}

// What is known of the blocks of an open VPC: its subnets lie in them (S141).
void View::index_blocks() {
  for (const Vpc& vpc : parts().vpcs) blocks_.push_back(vpc.cidrs.items);
  for (const Subnet& subnet : parts().subnets) {
    if (!subnet.vpc) continue;
    const std::size_t vpc = subnet.vpc.id->index();
    const OpenList<WrittenPrefix>& known = parts().vpcs[vpc].cidrs;
    if (!known.open) continue;
    IpSet covered;
    for (const WrittenPrefix& one : known.items) {
      covered |= IpSet::of(one.prefix);
    }
    for (const WrittenPrefix& block : subnet.cidrs.items) {
      const bool inside = IpSet::of(block.prefix).lies_inside(covered);
      if (!inside) blocks_[vpc].push_back(block);
    }
  }
}

/// By subnet, the addresses of its interfaces, pods and NAT gateways.
std::vector<std::vector<IpPrefix>> View::taken() const {
  std::vector<std::vector<IpPrefix>> found(subnets_.size());
  for (const auto& [address, places] : listed_) {
    for (const Place place : places) {
      const auto subnet = subnet_of(place);
      if (subnet) found[*subnet].push_back(IpPrefix::host(address));
    }
  }
  for (const NatGateway& nat : parts().nat_gateways) {
    if (!nat.subnet) continue;
    found[nat.subnet.id->index()].push_back(
        IpPrefix::host(nat.private_address));
  }
  return found;
}

void View::index_unlisted() {
  const std::vector<std::vector<IpPrefix>> taken_by = taken();
  for (std::size_t s = 0; s < subnets_.size(); ++s) {
    IpSet addresses = assignable(subnets_[s].cidrs);
    addresses -= IpSet::from_prefixes(taken_by[s]);
    if (subnets_[s].open) addresses -= listed_in(subnets_[s].vpc);
    unlisted_.push_back(std::move(addresses));
  }
}

/// The blocks of the subnets that a VPC lists.
IpSet View::listed_in(Id<Vpc> vpc) const {
  std::vector<IpPrefix> blocks;
  for (const Subnet& subnet : parts().subnets) {
    if (subnet.vpc.id != vpc) continue;
    for (const WrittenPrefix& one : subnet.cidrs.items) {
      blocks.push_back(one.prefix);
    }
  }
  return IpSet::from_prefixes(blocks);
}

void View::index_owned() {
  std::vector<IpPrefix> owned;
  const auto add = [&](const std::vector<WrittenPrefix>& list) {
    for (const WrittenPrefix& one : list) owned.push_back(one.prefix);
  };
  const auto add_hosts = [&](const std::vector<IpAddress>& list) {
    for (const IpAddress& one : list) owned.push_back(IpPrefix::host(one));
  };
  for (const auto& blocks : blocks_) add(blocks);
  for (const Site& site : parts().sites) add(site.prefixes.items);
  for (const Segment& segment : parts().segments) add(segment.prefixes.items);
  for (const Interface& one : parts().interfaces) {
    add_hosts(one.public_addresses);
  }
  for (const Pod& pod : parts().pods) add_hosts(pod.addresses);
  for (const NatGateway& nat : parts().nat_gateways) {
    if (nat.public_address) {
      owned.push_back(IpPrefix::host(*nat.public_address));
    }
  }
  owned_ = IpSet::from_prefixes(owned);
}

const Cluster& View::cluster_of(std::uint32_t pod) const {
  return parts().clusters[parts().pods[pod].cluster.id->index()];
}

std::vector<const Pod*> View::pods_at(const Cluster& cluster,
                                      IpAddress address) const {
  std::vector<const Pod*> found;
  const auto at = listed_.find(address);
  if (at == listed_.end()) return found;
  for (const Place place : at->second) {
    if (place.kind == PlaceKind::kPod && &cluster_of(place.index) == &cluster) {
      found.push_back(&parts().pods[place.index]);
    }
  }
  return found;
}

bool View::has_cidr(Id<Vpc> vpc, IpAddress address) const {
  return contains(blocks(vpc), address);
}

std::vector<std::size_t> View::holders(Id<Vpc> vpc, IpAddress address) const {
  std::vector<std::size_t> listed;
  std::vector<std::size_t> implied;
  for (const std::size_t s : subnets_of_[vpc.index()]) {
    const SubnetView& one = subnets_[s];
    if (!contains(one.cidrs, address)) continue;
    (one.written != nullptr ? listed : implied).push_back(s);
  }
  return listed.empty() ? implied : listed;
}

std::optional<std::uint32_t> View::nat_at(std::size_t subnet,
                                          IpAddress address) const {
  for (std::uint32_t n = 0; n < parts().nat_gateways.size(); ++n) {
    const NatGateway& nat = parts().nat_gateways[n];
    if (nat.subnet && nat.subnet.id->index() == subnet &&
        nat.private_address == address) {
      return n;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> View::subnet_of(Place place) const {
  if (place.kind == PlaceKind::kSubnet) return place.index;
  const auto interface = carrier_of(parts(), place);
  if (!interface) return std::nullopt;
  const Ref<Subnet>& subnet = parts().interfaces[interface->index()].subnet;
  if (!subnet) return std::nullopt;
  return subnet.id->index();
}

std::optional<Id<Vpc>> View::vpc_of(Place place) const {
  if (place.kind == PlaceKind::kEndpoint) {
    return parts().endpoints[place.index].vpc.id;
  }
  const auto subnet = subnet_of(place);
  if (!subnet || subnets_[*subnet].vpc.index() >= parts().vpcs.size()) {
    return std::nullopt;
  }
  return subnets_[*subnet].vpc;
}

std::optional<Id<Vpc>> View::vpc_of_subnet(const Ref<Subnet>& subnet) const {
  if (!subnet) return std::nullopt;
  return parts().subnets[subnet.id->index()].vpc.id;
}

std::optional<Id<Vpc>> View::vpc_of_nat(std::uint32_t nat) const {
  return vpc_of_subnet(parts().nat_gateways[nat].subnet);
}

std::optional<Id<Vpc>> View::vpc_of_interface(std::uint32_t interface) const {
  return vpc_of_subnet(parts().interfaces[interface].subnet);
}

std::optional<std::uint32_t> View::internet_gateway_of(Id<Vpc> vpc) const {
  return internet_gateways_[vpc.index()];
}

namespace {

/// Calls `found(private, public)` for each mapping of an interface.
template <class Found>
void for_each_mapping(const Interface& interface, Found found) {
  std::size_t next = 0;
  for (const IpAddress& address : interface.addresses) {
    if (address.family() != Family::kV4) continue;
    if (next >= interface.public_addresses.size()) return;
    found(address, interface.public_addresses[next++]);
  }
}

}  // namespace

void View::index_gateways() {
  subnets_of_.resize(parts().vpcs.size());
  for (std::size_t s = 0; s < subnets_.size(); ++s) {
    const std::size_t vpc = subnets_[s].vpc.index();
    if (vpc < subnets_of_.size()) subnets_of_[vpc].push_back(s);
  }
  internet_gateways_.resize(parts().vpcs.size());
  for (std::uint32_t g = 0; g < parts().internet_gateways.size(); ++g) {
    const auto& at = parts().internet_gateways[g].vpc;
    if (!at || !at->id) continue;
    auto& known = internet_gateways_[at->id->index()];
    if (!known) known = g;
  }
}

/// The first that is written counts.
void View::index_mappings() {
  for (std::uint32_t i = 0; i < parts().interfaces.size(); ++i) {
    const auto vpc = vpc_of_interface(i);
    if (!vpc) continue;
    for_each_mapping(
        parts().interfaces[i], [&](IpAddress inside, IpAddress outside) {
          public_.try_emplace({vpc->index(), inside}, outside);
          if (!internet_gateway_of(*vpc)) return;
          private_.try_emplace(outside, PrivateAddress{*vpc, inside});
        });
  }
  for (std::uint32_t n = 0; n < parts().nat_gateways.size(); ++n) {
    const NatGateway& nat = parts().nat_gateways[n];
    if (!nat.public_address) continue;
    nats_.try_emplace(*nat.public_address, n);
    const auto vpc = vpc_of_nat(n);
    if (nat.is_private || !vpc) continue;
    public_.try_emplace({vpc->index(), nat.private_address},
                        *nat.public_address);
  }
}

void View::index_listed() {
  const auto add = [this](const std::vector<IpAddress>& addresses,
                          Place place) {
    for (const IpAddress& one : addresses) {
      std::vector<Place>& here = listed_[one];
      if (here.empty() || here.back() != place) here.push_back(place);
    }
  };
  for (std::uint32_t i = 0; i < parts().interfaces.size(); ++i) {
    add(parts().interfaces[i].addresses, {PlaceKind::kInterface, i});
  }
  for (std::uint32_t h = 0; h < parts().hosts.size(); ++h) {
    add(parts().hosts[h].addresses, {PlaceKind::kHost, h});
  }
  for (std::uint32_t p = 0; p < parts().pods.size(); ++p) {
    add(parts().pods[p].addresses, {PlaceKind::kPod, p});
  }
}

std::optional<IpAddress> View::public_of(Id<Vpc> vpc, IpAddress address) const {
  const auto at = public_.find({vpc.index(), address});
  if (at == public_.end()) return std::nullopt;
  return at->second;
}

std::optional<View::PrivateAddress> View::private_of(IpAddress address) const {
  const auto at = private_.find(address);
  if (at == private_.end()) return std::nullopt;
  return at->second;
}

std::optional<std::uint32_t> View::nat_with_public(IpAddress address) const {
  const auto at = nats_.find(address);
  if (at == nats_.end()) return std::nullopt;
  return at->second;
}

bool View::in_segment(const Segment& segment, IpAddress address) const {
  return contains(segment.prefixes.items, address);
}

std::optional<std::uint32_t> View::host_at(std::uint32_t segment,
                                           IpAddress address) const {
  for (std::uint32_t h = 0; h < parts().hosts.size(); ++h) {
    const Host& host = parts().hosts[h];
    if (host.segment && host.segment.id->value == segment &&
        std::ranges::find(host.addresses, address) != host.addresses.end()) {
      return h;
    }
  }
  return std::nullopt;
}

bool View::lists_hosts(std::uint32_t segment) const {
  return std::ranges::any_of(parts().hosts, [&](const Host& host) {
    return host.segment && host.segment.id->value == segment;
  });
}

}  // namespace netproof::reference
