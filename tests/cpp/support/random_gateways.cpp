#include <algorithm>
#include <utility>

#include "support/random_network_maker.hpp"

namespace netproof::testing {

/// Gateways of one VPC, and with them the targets of its routes.
void NetworkMaker::make_gateways(VpcPlan& plan) {
  const auto likely = [&](const std::string& target, int times) {
    for (int i = 0; i < times; ++i) plan.targets.push_back(target);
  };
  if (has(60, "internet gateway")) {
    net_.internet_gateway("igw-" + plan.name, plan.name);
    likely("igw:igw-" + plan.name, 3);
    plan.gateways_v6.push_back("igw:igw-" + plan.name);
    if (has(20, "edge table")) make_edge_table(plan, "igw:igw-" + plan.name);
  }
  if (has(30, "egress-only gateway")) {
    net_.egress_only_gateway("eigw-" + plan.name, plan.name);
    plan.gateways_v6.push_back("eigw:eigw-" + plan.name);
    likely("eigw:eigw-" + plan.name, 1);
  }
  if (has(30, "VPN gateway")) {
    plan.vgw = true;
    VpnGateway& made = net_.vpn_gateway("vgw-" + plan.name, plan.name);
    if (dice_.percent(5)) made.vpc.reset();
    likely("vgw:vgw-" + plan.name, 2);
    if (has(15, "VPN edge table"))
      make_edge_table(plan, "vgw:vgw-" + plan.name);
  }
  if (has(25, "gateway endpoint")) {
    net_.gateway_endpoint("s3-" + plan.name, plan.name);
  }
  if (!plan.subnets.empty()) make_boxes(plan);
}

void NetworkMaker::make_boxes(VpcPlan& plan) {
  if (has(35, "NAT gateway")) {
    const SubnetPlan& subnet = dice_.of(plan.subnets);
    const bool open = dice_.percent(75);
    if (!open) note("private NAT gateway");
    net_.nat_gateway("nat-" + plan.name, subnet.name,
                     to_string(host_in(subnet.blocks.front(), 12)),
                     open ? "52.0.0." + std::to_string(1 + publics_++) : "");
    for (int i = 0; i < 2; ++i) plan.targets.push_back("nat:nat-" + plan.name);
    plan.middleboxes.push_back("nat:nat-" + plan.name);
  }
  if (has(25, "inspection endpoint")) {
    const SubnetPlan& subnet = dice_.of(plan.subnets);
    std::optional<bool> passes = dice_.percent(85);
    if (doubt("inspection")) passes.reset();
    net_.inspection_endpoint("fw-" + plan.name, subnet.name, passes);
    plan.targets.push_back("endpoint:fw-" + plan.name);
    plan.middleboxes.push_back("endpoint:fw-" + plan.name);
  }
}

void NetworkMaker::make_edge_table(VpcPlan& plan, const std::string& gateway) {
  std::vector<Line> lines;
  if (!plan.middleboxes.empty() && !plan.subnets.empty()) {
    const SubnetPlan& subnet = dice_.of(plan.subnets);
    lines.push_back(
        {to_string(subnet.blocks.front()), dice_.of(plan.middleboxes)});
  }
  net_.edge_table("edge-" + gateway.substr(gateway.find(':') + 1), plan.name,
                  gateway, lines);
}

void NetworkMaker::make_peerings() {
  for (std::size_t a = 0; a < vpcs_.size(); ++a) {
    for (std::size_t b = a + 1; b < vpcs_.size(); ++b) {
      if (!has(40, "peering")) continue;
      const std::string name = vpcs_[a].name + vpcs_[b].name;
      Peering& made = net_.peering(name, vpcs_[a].name, vpcs_[b].name);
      made.active.value = !has(8, "inactive peering");
      made.active.unknown = doubt("peering");
      for (const std::size_t end : {a, b}) {
        vpcs_[end].targets.push_back("peering:" + name);
        vpcs_[end].targets.push_back("peering:" + name);
      }
    }
  }
}

/// What makes a table useful: a way to the others and one to the internet.
std::vector<Line> NetworkMaker::base_lines(const VpcPlan& plan) {
  std::vector<Line> lines;
  if (plan.targets.empty()) return lines;
  const auto transit = std::ranges::find_if(
      plan.targets, [](auto& one) { return one.starts_with("tgw:"); });
  if (transit != plan.targets.end() &&
      has(references_ == References::kAny ? 10 : 25, "out and back")) {
    lines.push_back({to_string(plan.blocks.front()), *transit});
  }
  if (hub_ && transit != plan.targets.end()) {
    lines.push_back({"10.0.0.0/16", *transit});
    return lines;
  }
  if (dice_.percent(75))
    lines.push_back({"10.0.0.0/8", dice_.of(plan.targets)});
  for (const VpcPlan& other : vpcs_) {
    if (other.number == plan.number || !dice_.percent(60)) continue;
    const std::string direct =
        "peering:" + vpcs_[std::min(plan.number, other.number)].name +
        vpcs_[std::max(plan.number, other.number)].name;
    const bool peered =
        std::ranges::find(plan.targets, direct) != plan.targets.end();
    const std::string target = peered ? direct : dice_.of(plan.targets);
    for (const IpPrefix& block : other.blocks) {
      if (dice_.percent(70)) lines.push_back({to_string(block), target});
    }
  }
  if (dice_.percent(70)) lines.push_back({"0.0.0.0/0", dice_.of(plan.targets)});
  if (!plan.gateways_v6.empty() && dice_.percent(60)) {
    lines.push_back({"::/0", dice_.of(plan.gateways_v6)});
  }
  return lines;
}

Line NetworkMaker::line(const VpcPlan& plan) {
  Line made;
  made.destination = some_block();
  made.to = plan.targets.empty() ? "blackhole" : dice_.of(plan.targets);
  switch (dice_.below(14)) {
    case 0:
      note("blackhole state");
      made.blackhole = true;
      break;
    case 1:
      note("several targets");
      made.to += "|blackhole";
      break;
    case 2:
      note("prefix-list route");
      made.destination = dice_.percent(50) ? "pl:pl0" : "pl:pl1";
      break;
    case 3:
      made.to = "igw:" + std::string{dice_.percent(50) ? "ghost" : "igw-v0"};
      note("target elsewhere");
      break;
    case 4:
    case 5:
      if (plan.middleboxes.empty() || plan.subnets.empty()) break;
      note("middlebox route");
      made.destination = to_string(dice_.of(plan.subnets).blocks.front());
      made.to = dice_.of(plan.middleboxes);
      break;
    case 6:
      made.to = "local";
      made.destination = to_string(plan.blocks.front());
      break;
    default:
      break;
  }
  if (doubt("route target")) made.to = "unknown";
  if (doubt("dangling prefix list")) made.destination = "pl:ghost";
  return made;
}

void NetworkMaker::make_tables(VpcPlan& plan) {
  for (const std::string& name : plan.tables) {
    std::vector<Line> lines = base_lines(plan);
    const std::uint32_t more = dice_.below(4);
    for (std::uint32_t i = 0; i < more; ++i) lines.push_back(line(plan));
    if (features_.contains("gateway endpoint") && dice_.percent(40)) {
      lines.push_back({"pl:s3", "endpoint:s3-" + plan.name});
    }
    Texts propagating;
    if (plan.vgw && has(70, "propagated")) {
      propagating.push_back("vgw-" + plan.name);
    }
    RouteTable& made = net_.table(name, plan.name, lines, propagating);
    made.routes.open = doubt("routes");
  }
  if (!plan.entries.empty() &&
      has(hub_ ? 90 : 60, "middlebox behind an attachment")) {
    make_inspection(plan);
  }
}

/// A middlebox that gets what transit gateways bring into the VPC. Mostly its
/// group lets in by reference alone (S156).
void NetworkMaker::make_inspection(const VpcPlan& plan) {
  const std::string name = plan.name + "box";
  std::vector<GroupLine> ingress;
  for (const VpcPlan& other : vpcs_) {
    if (references_ == References::kNone) break;
    if (references_ == References::kOwn && other.name != plan.name) continue;
    ingress.push_back({"any", {"sg:" + other.name + "g0"}});
    if (dice_.percent(60)) {
      ingress.push_back({"any", {"sg:" + other.name + "g1"}});
    }
  }
  if (ingress.empty() || dice_.percent(20)) {
    ingress.push_back(group_line(plan, true));
  }
  net_.group(name, plan.name, ingress, {{"any", {"0.0.0.0/0", "::/0"}}});

  // Better not in an entry: what it sends on would come back to it.
  std::vector<SubnetPlan> places = plan.subnets;
  std::erase_if(places, [&](const SubnetPlan& one) {
    return std::ranges::find(plan.entries, one.name) != plan.entries.end();
  });
  const SubnetPlan subnet = dice_.of(places.empty() ? plan.subnets : places);
  Interface& box = net_.interface(
      name, subnet.name, {to_string(host_in(subnet.blocks.front(), 40))},
      Texts{name});
  box.source_check = Open<bool>{false, false, {}};
  box.forwards = dice_.percent(90);

  std::vector<Line> lines = base_lines(plan);
  for (const SubnetPlan& behind : plan.subnets) {
    for (const IpPrefix& block : behind.blocks) {
      if (dice_.percent(90)) {
        lines.push_back({to_string(block), "interface:" + name});
      }
    }
  }
  net_.table(plan.name + "in", plan.name, lines);
  for (const std::string& entry : plan.entries) {
    if (entry == subnet.name || !dice_.percent(80)) continue;
    net_.get<Subnet>(entry).route_table =
        Open<Ref<RouteTable>>{{plan.name + "in", {}, {}}, false, {}};
  }
}

}  // namespace netproof::testing
