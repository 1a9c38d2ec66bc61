#include "netproof/model/place.hpp"

#include <initializer_list>
#include <string_view>

#include "netproof/base/contract.hpp"

namespace netproof {
namespace {

IpSet blocks(std::initializer_list<std::string_view> texts) {
  std::vector<IpPrefix> prefixes;
  for (const std::string_view text : texts) {
    prefixes.push_back(IpPrefix::parse(text).value());
  }
  return IpSet::from_prefixes(prefixes);
}

std::vector<IpPrefix> masked(const std::vector<WrittenPrefix>& written) {
  std::vector<IpPrefix> prefixes;
  prefixes.reserve(written.size());
  for (const WrittenPrefix& one : written) prefixes.push_back(one.prefix);
  return prefixes;
}

SubnetView view_of(const Subnet& subnet) {
  SubnetView view;
  view.name = subnet.name;
  // A subnet of a VPC that does not exist keeps its index but no addresses:
  // nothing leads to it.
  view.vpc = subnet.vpc.id.value_or(Id<Vpc>{UINT32_MAX});
  if (subnet.vpc) view.cidrs = masked(subnet.cidrs.items);
  view.written = &subnet;
  return view;
}

/// Whether subnets of a VPC are listed, by VPC.
std::vector<bool> vpcs_that_list(const Topology& topology) {
  std::vector<bool> lists(topology->vpcs.size(), false);
  for (const Subnet& subnet : topology->subnets) {
    if (subnet.vpc) lists[subnet.vpc.id->index()] = true;
  }
  return lists;
}

template <class Kind>
const std::string& name_at(const std::vector<Kind>& objects,
                           std::uint32_t index) {
  expects(index < objects.size(), "a place exists in its topology");
  return objects[index].name;
}

// Implied subnets follow the listed ones, by VPC, then by CIDR.
const std::string& subnet_name(const Topology& topology, std::uint32_t index) {
  if (index < topology->subnets.size()) return topology->subnets[index].name;
  std::size_t left = index - topology->subnets.size();
  const std::vector<bool> lists = vpcs_that_list(topology);
  for (std::size_t v = 0; v < topology->vpcs.size(); ++v) {
    const Vpc& vpc = topology->vpcs[v];
    if (lists[v] && !vpc.subnets_open) continue;
    if (left < vpc.cidrs.items.size()) return vpc.name;
    left -= vpc.cidrs.items.size();
  }
  throw ContractViolation("a place exists in its topology");
}

}  // namespace

std::vector<SubnetView> subnets_of(const Topology& topology) {
  std::vector<SubnetView> views;
  for (const Subnet& subnet : topology->subnets) {
    views.push_back(view_of(subnet));
  }
  const std::vector<bool> lists = vpcs_that_list(topology);
  for (std::uint32_t v = 0; v < topology->vpcs.size(); ++v) {
    const Vpc& vpc = topology->vpcs[v];
    if (lists[v] && !vpc.subnets_open) continue;
    for (const WrittenPrefix& cidr : vpc.cidrs.items) {
      views.push_back(SubnetView{
          vpc.name, Id<Vpc>{v}, {cidr.prefix}, nullptr, vpc.subnets_open});
    }
  }
  return views;
}

IpSet assignable(const std::vector<IpPrefix>& prefixes) {
  IpSet result;
  for (const IpPrefix& prefix : prefixes) {
    const Uint128 first = prefix.first().value();
    const Uint128 last = prefix.last().value();
    if (last - first < 5) continue;
    result |= IpSet::range(IpAddress::make(prefix.family(), first + 4),
                           IpAddress::make(prefix.family(), last - 1));
  }
  return result;
}

const IpSet& global_unicast() {
  static const IpSet set =
      (IpSet::all(Family::kV4) - unroutable() -
       blocks({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
               "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4"})) |
      blocks({"2000::/3"});
  return set;
}

const IpSet& unroutable() {
  static const IpSet set =
      blocks({"0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4",
              "255.255.255.255/32", "::/128", "::1/128", "fe80::/10",
              "ff00::/8", "fd00:ec2::/32"});
  return set;
}

std::optional<Id<Interface>> carrier_of(const TopologyParts& parts,
                                        Place place) {
  if (place.kind == PlaceKind::kInterface) return Id<Interface>{place.index};
  if (place.kind != PlaceKind::kPod) return std::nullopt;
  return parts.pods[place.index].interface.id;
}

std::string to_string(const Topology& topology, Place place) {
  switch (place.kind) {
    case PlaceKind::kInterface:
      return "interface:" + name_at(topology->interfaces, place.index);
    case PlaceKind::kSubnet:
      return "subnet:" + subnet_name(topology, place.index);
    case PlaceKind::kHost:
      return "host:" + name_at(topology->hosts, place.index);
    case PlaceKind::kSegment:
      return "segment:" + name_at(topology->segments, place.index);
    case PlaceKind::kSite:
      return "site:" + name_at(topology->sites, place.index);
    case PlaceKind::kEndpoint:
      return "endpoint:" + name_at(topology->endpoints, place.index);
    case PlaceKind::kPod:
      return "pod:" + name_at(topology->pods, place.index);
    case PlaceKind::kInternet:
      return "internet";
  }
  throw ContractViolation("a place has one of the kinds");
}

}  // namespace netproof
