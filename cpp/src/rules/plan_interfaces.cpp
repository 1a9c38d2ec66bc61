#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "netproof/model/place.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

/// An address that something in a subnet has.
struct Placed {
  std::string name;  ///< "interface:web"
  IpAddress address;
  const Subnet* subnet = nullptr;
  Location where;
};

// NAT gateways have an interface of their own in a snapshot, so their addresses
// are compared with each other only.
std::vector<Placed> of_interfaces(const TopologyParts& parts) {
  std::vector<Placed> all;
  for (const Interface& interface : parts.interfaces) {
    if (!interface.subnet) continue;
    const Subnet& subnet = parts.subnets.at(interface.subnet.id->index());
    for (const IpAddress address : interface.addresses) {
      all.push_back(
          {"interface:" + interface.name, address, &subnet, interface.where});
    }
  }
  return all;
}

// Those with the host's network have the address of their node.
std::vector<Placed> of_pods(const TopologyParts& parts) {
  std::vector<Placed> all;
  for (const Pod& pod : parts.pods) {
    if (!pod.interface || pod.host_network) continue;
    const Ref<Subnet>& subnet =
        parts.interfaces.at(pod.interface.id->index()).subnet;
    if (!subnet) continue;
    for (const IpAddress address : pod.addresses) {
      all.push_back({"pod:" + pod.name, address,
                     &parts.subnets.at(subnet.id->index()), pod.where});
    }
  }
  return all;
}

std::vector<Placed> of_nat_gateways(const TopologyParts& parts) {
  std::vector<Placed> all;
  for (const NatGateway& gateway : parts.nat_gateways) {
    if (!gateway.subnet || gateway.private_address == IpAddress::v4(0))
      continue;
    all.push_back({"nat:" + gateway.name, gateway.private_address,
                   &parts.subnets.at(gateway.subnet.id->index()),
                   gateway.where});
  }
  return all;
}

const WrittenPrefix* block_of(const Placed& placed) {
  const auto& cidrs = placed.subnet->cidrs.items;
  const auto at = std::ranges::find_if(cidrs, [&](const WrittenPrefix& cidr) {
    return cidr.prefix.contains(placed.address);
  });
  return at == cidrs.end() ? nullptr : &*at;
}

std::string blocks_of(const Subnet& subnet) {
  std::string text;
  for (const WrittenPrefix& cidr : subnet.cidrs.items) {
    text += (text.empty() ? "" : ", ") + to_string(cidr.prefix);
  }
  return text.empty() ? "no block" : text;
}

void check_place(const Placed& placed, std::vector<Finding>& found) {
  if (placed.subnet->cidrs.open || block_of(placed) != nullptr) return;
  Finding finding =
      make_finding("interface-lies-in-its-subnet",
                   fmt::format("{} has {}, which is not in subnet:{} ({})",
                               placed.name, to_string(placed.address),
                               placed.subnet->name, blocks_of(*placed.subnet)),
                   placed.where, placed.name);
  finding.subjects.push_back("subnet:" + placed.subnet->name);
  finding.related.push_back({"the subnet", placed.subnet->where});
  found.push_back(std::move(finding));
}

// S11: network, router, resolver, future use, broadcast.
std::string_view use_of(IpPrefix block, IpAddress address) {
  if (address == block.last()) return "the last address";
  const Uint128 offset = address.value() - block.first().value();
  if (offset == 0) return "the network address";
  if (offset == 1) return "the VPC router";
  if (offset == 2) return "the resolver";
  return "kept for future use";
}

void check_reserved(const Placed& placed, std::vector<Finding>& found) {
  const WrittenPrefix* block = block_of(placed);
  if (block == nullptr) return;
  if (assignable({block->prefix}).contains(placed.address)) return;
  Finding finding = make_finding(
      "interface-address-is-assignable",
      fmt::format("{} has {}, which AWS keeps for itself in subnet:{} ({}): {}",
                  placed.name, to_string(placed.address), placed.subnet->name,
                  to_string(block->prefix),
                  use_of(block->prefix, placed.address)),
      placed.where, placed.name);
  finding.related.push_back({"the subnet", block->where});
  found.push_back(std::move(finding));
}

void check_twice(const std::vector<Placed>& all, std::vector<Finding>& found) {
  std::map<std::pair<std::uint32_t, IpAddress>, const Placed*> first;
  for (const Placed& placed : all) {
    if (!placed.subnet->vpc) continue;
    const std::uint32_t vpc = placed.subnet->vpc.id->value;
    const auto [at, fresh] = first.try_emplace({vpc, placed.address}, &placed);
    if (fresh || at->second->name == placed.name) continue;
    Finding finding = make_finding(
        "interface-address-is-unique",
        fmt::format("{} and {} both have {} in vpc:{}", at->second->name,
                    placed.name, to_string(placed.address),
                    placed.subnet->vpc.name),
        placed.where, placed.name);
    finding.subjects.push_back(at->second->name);
    finding.related.push_back({"the first one", at->second->where});
    found.push_back(std::move(finding));
  }
}

template <class Check>
void for_each_placed(const TopologyParts& parts, const Check& check) {
  for (const Placed& placed : of_interfaces(parts)) check(placed);
  for (const Placed& placed : of_pods(parts)) check(placed);
  for (const Placed& placed : of_nat_gateways(parts)) check(placed);
}

}  // namespace

void check_interface_places(const PlanContext& context,
                            std::vector<Finding>& found) {
  for_each_placed(context.parts(),
                  [&](const Placed& placed) { check_place(placed, found); });
}

void check_interface_addresses(const PlanContext& context,
                               std::vector<Finding>& found) {
  for_each_placed(context.parts(),
                  [&](const Placed& placed) { check_reserved(placed, found); });
}

void check_interface_twins(const PlanContext& context,
                           std::vector<Finding>& found) {
  std::vector<Placed> all = of_interfaces(context.parts());
  std::ranges::move(of_pods(context.parts()), std::back_inserter(all));
  check_twice(all, found);
  check_twice(of_nat_gateways(context.parts()), found);
}

}  // namespace netproof
