#include "netproof/reference/interface_filters.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "reference/filters.hpp"

namespace netproof {

using reference::Answer3;
using reference::Filters;
using reference::Judgement;
using reference::View;

namespace {

/// Where the values of a type or code begin that some line tells apart.
struct IcmpCuts {
  /// With echo and its replies: they are what a log shows of each other.
  std::set<std::uint16_t> types = {0, 8, 128, 129};
  std::set<std::uint16_t> codes = {0};

  void add(const Open<TransportSet>& service, std::uint8_t protocol) {
    for (const TransportRange& range : service.value.ranges()) {
      if (range.protocol != protocol) continue;
      cut(types, range.sport_first, range.sport_last);
      cut(codes, range.dport_first, range.dport_last);
    }
  }

  static void cut(std::set<std::uint16_t>& starts, int first, int last) {
    starts.insert(static_cast<std::uint16_t>(first));
    if (last < 255) starts.insert(static_cast<std::uint16_t>(last + 1));
  }
};

IcmpCuts icmp_cuts(const TopologyParts& parts, std::uint8_t protocol) {
  IcmpCuts cuts;
  for (const NetworkAcl& acl : parts.network_acls) {
    for (const AclEntry& one : acl.inbound.items)
      cuts.add(one.service, protocol);
    for (const AclEntry& one : acl.outbound.items) {
      cuts.add(one.service, protocol);
    }
  }
  for (const SecurityGroup& group : parts.security_groups) {
    for (const auto& rule : group.ingress.items)
      cuts.add(rule.service, protocol);
    for (const auto& rule : group.egress.items)
      cuts.add(rule.service, protocol);
  }
  return cuts;
}

/// The subnet of an appliance, NAT gateway or endpoint that a route leads to.
std::optional<Id<Subnet>> subnet_of_hop(const TopologyParts& parts,
                                        const RouteTarget& target) {
  if (!target.index) return std::nullopt;
  switch (target.kind) {
    case TargetKind::kInterface:
      return parts.interfaces[*target.index].subnet.id;
    case TargetKind::kNatGateway:
      return parts.nat_gateways[*target.index].subnet.id;
    case TargetKind::kEndpoint: {
      const auto& subnet = parts.endpoints[*target.index].subnet;
      return subnet ? subnet->id : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

/// True for what may put an appliance between two interfaces of one VPC.
bool may_divert(const RouteTarget& target) {
  return target.kind == TargetKind::kInterface ||
         target.kind == TargetKind::kEndpoint ||
         target.kind == TargetKind::kUnknown;
}

IpAddress after(IpAddress first, unsigned steps) {
  return IpAddress::make(first.family(), first.value() + steps);
}

/// The router and the resolver of a block.
bool reserved(const std::vector<WrittenPrefix>& cidrs, IpAddress address) {
  return std::ranges::any_of(cidrs, [&](const WrittenPrefix& one) {
    const IpPrefix& block = one.prefix;
    const bool room = block.length() <= address_bits(block.family()) - 2;
    return room && (address == after(block.first(), 1) ||
                    address == after(block.first(), 2));
  });
}

bool link_local(IpAddress address) {
  static const std::vector<IpPrefix> blocks = {
      IpPrefix::parse("169.254.0.0/16").value(),
      IpPrefix::parse("255.255.255.255/32").value(),
      IpPrefix::parse("fe80::/10").value(),
      IpPrefix::parse("fd00:ec2::/32").value()};
  return std::ranges::any_of(
      blocks, [&](const IpPrefix& one) { return one.contains(address); });
}

FilterSays said(const Judgement& judgement) {
  using Verdict = FilterSays::Verdict;
  const bool passes =
      judgement.at.empty() || judgement.verdict == Judgement::Verdict::kPass;
  const bool denies = judgement.verdict == Judgement::Verdict::kDeny;
  return {passes   ? Verdict::kPasses
          : denies ? Verdict::kDenies
                   : Verdict::kUnknown,
          judgement.at, judgement.entry, judgement.where, judgement.fact.text};
}

}  // namespace

struct InterfaceFilters::Impl {
  explicit Impl(Topology topology)
      : view{std::move(topology)},
        filters{view},
        icmp{icmp_cuts(view.parts(), kIcmp)},
        icmpv6{icmp_cuts(view.parts(), kIcmpv6)} {
    const TopologyParts& parts = view.parts();
    for (std::uint32_t i = 0; i < parts.interfaces.size(); ++i) {
      names.try_emplace(parts.interfaces[i].name, i);
    }
    has_hop.resize(parts.subnets.size());
    diverts.resize(parts.vpcs.size());
    for (const RouteTable& table : parts.route_tables) add(table);
  }

  void add(const RouteTable& table) {
    const auto divert = [&] {
      if (table.vpc) diverts[table.vpc.id->index()] = true;
    };
    if (table.routes.open) divert();
    for (const Route& route : table.routes.items) {
      for (const RouteTarget& target : route.targets) {
        if (may_divert(target)) divert();
        const auto subnet = subnet_of_hop(view.parts(), target);
        if (subnet) has_hop[subnet->index()] = true;
      }
    }
  }

  const Interface& interface(std::uint32_t index) const {
    return view.parts().interfaces[index];
  }

  View view;
  Filters filters;
  IcmpCuts icmp;
  IcmpCuts icmpv6;
  std::unordered_map<std::string, std::uint32_t> names;
  std::vector<bool> has_hop;  ///< by subnet: a next hop stands in it
  std::vector<bool> diverts;  ///< by VPC: packets may pass an appliance
};

InterfaceFilters::InterfaceFilters(Topology topology)
    : impl_{std::make_shared<const Impl>(std::move(topology))} {}

std::optional<std::uint32_t> InterfaceFilters::find(
    std::string_view name) const {
  const auto at = impl_->names.find(std::string(name));
  if (at == impl_->names.end()) return std::nullopt;
  return at->second;
}

bool InterfaceFilters::lists(std::uint32_t interface, IpAddress address) const {
  const std::vector<std::uint32_t> carriers = impl_->view.carriers(address);
  return std::ranges::find(carriers, interface) != carriers.end();
}

bool InterfaceFilters::exempt(std::uint32_t interface, IpAddress remote) const {
  if (link_local(remote)) return true;
  const Ref<Subnet>& subnet = impl_->interface(interface).subnet;
  if (!subnet) return false;
  const TopologyParts& parts = impl_->view.parts();
  if (reserved(parts.subnets[subnet.id->index()].cidrs.items, remote)) {
    return true;
  }
  const auto vpc = impl_->view.vpc_of_interface(interface);
  return vpc && reserved(parts.vpcs[vpc->index()].cidrs.items, remote);
}

FilterSays InterfaceFilters::groups(std::uint32_t interface, const Flow& flow,
                                    bool ingress) const {
  const auto vpc = impl_->view.vpc_of_interface(interface);
  const bool direct = vpc && !impl_->diverts[vpc->index()];
  return said(impl_->filters.group_by_header(
      flow, interface, ingress, direct ? Answer3::kYes : Answer3::kUnknown));
}

FilterSays InterfaceFilters::acl(std::uint32_t interface, const Flow& flow,
                                 bool ingress) const {
  const Ref<Subnet>& ref = impl_->interface(interface).subnet;
  const std::string name = "interface:" + impl_->interface(interface).name;
  if (!ref) {
    return {FilterSays::Verdict::kUnknown,
            name,
            "",
            {},
            "the subnet of " + name + " is not known"};
  }
  const std::size_t subnet = ref.id->index();
  const Subnet& written = impl_->view.parts().subnets[subnet];
  const IpAddress remote = ingress ? flow.src : flow.dst;
  const bool inside = std::ranges::any_of(
      written.cidrs.items,
      [&](const WrittenPrefix& one) { return one.prefix.contains(remote); });
  if (inside) return {};
  reference::Packet packet;
  packet.flow = flow;
  FilterSays says = said(impl_->filters.acl(packet, subnet, ingress));
  if (says.verdict != FilterSays::Verdict::kDenies) return says;
  if (impl_->has_hop[subnet] || written.cidrs.open) {
    says.verdict = FilterSays::Verdict::kUnknown;
    says.fact = "whether packets of " + name +
                " cross the border of its subnet depends on their way";
  }
  return says;
}

std::vector<Flow> InterfaceFilters::icmp_headers(const Flow& flow) const {
  const IcmpCuts& cuts = flow.protocol == kIcmp ? impl_->icmp : impl_->icmpv6;
  std::vector<Flow> headers;
  for (const std::uint16_t type : cuts.types) {
    for (const std::uint16_t code : cuts.codes) {
      Flow one = flow;
      one.sport = type;
      one.dport = code;
      headers.push_back(one);
    }
  }
  return headers;
}

}  // namespace netproof
