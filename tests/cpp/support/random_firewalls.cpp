#include <algorithm>
#include <set>
#include <utility>

#include "support/random_network_maker.hpp"

namespace netproof::testing {

bool NetworkMaker::fire_doubt(const std::string& what) {
  if (doubts_ == 0 || !fire_.per_mille(2 * doubts_)) return false;
  note("unknown " + what);
  return true;
}

/// Firewalls of AWS in place of what passes all or nothing, and in the way of
/// what transit gateways bring.
void NetworkMaker::make_firewalls() {
  for (const VpcPlan& plan : vpcs_) {
    if (features_.contains("inspection endpoint")) {
      for (const std::string& target : plan.middleboxes) {
        if (!target.starts_with("endpoint:") || !fire_.percent(70)) continue;
        Endpoint& endpoint = net_.get<Endpoint>(target.substr(9));
        endpoint.passes.reset();
        endpoint.firewall =
            Ref<NetworkFirewall>{network_firewall(plan.name), {}, {}};
      }
    }
    if (!plan.entries.empty() && fire_.percent(hub_ ? 60 : 30)) {
      guard_entries(plan);
    }
  }
}

/// An inspection VPC: each entry leads to an endpoint of one firewall, which
/// sends on by the table of its own subnet (S60).
void NetworkMaker::guard_entries(const VpcPlan& plan) {
  note("firewall behind an attachment");
  const std::string firewall = network_firewall(plan.name);
  const auto transit = std::ranges::find_if(
      plan.targets, [](auto& one) { return one.starts_with("tgw:"); });
  std::vector<Line> out;
  if (transit != plan.targets.end()) out.push_back({"10.0.0.0/8", *transit});
  net_.table(plan.name + "guarded", plan.name, out);
  std::vector<SubnetPlan> places = plan.subnets;
  std::erase_if(places, [&](const SubnetPlan& one) {
    return std::ranges::find(plan.entries, one.name) != plan.entries.end();
  });
  if (places.empty()) places = plan.subnets;
  const auto use = [&](const std::string& subnet, const std::string& table) {
    net_.get<Subnet>(subnet).route_table =
        Open<Ref<RouteTable>>{{table, {}, {}}, false, {}};
  };
  const std::set<std::string> entries(plan.entries.begin(), plan.entries.end());
  for (const std::string& entry : entries) {
    const std::string name = "guard-" + entry;
    const SubnetPlan& subnet = fire_.of(places);
    net_.firewall_endpoint(name, subnet.name, firewall);
    std::vector<Line> lines = {{"0.0.0.0/0", "endpoint:" + name}};
    for (const SubnetPlan& behind : plan.subnets) {
      if (!fire_.percent(85)) continue;
      lines.push_back({to_string(behind.blocks.front()), "endpoint:" + name});
    }
    net_.table(plan.name + "to-" + entry, plan.name, lines);
    if (subnet.name == entry) continue;
    if (fire_.percent(80)) use(subnet.name, plan.name + "guarded");
    use(entry, plan.name + "to-" + entry);
  }
}

std::string NetworkMaker::network_firewall(const std::string& vpc) {
  note("network firewall");
  const std::string name = "nfw" + std::to_string(++firewalls_);
  if (fire_doubt("firewall policy")) {
    net_.network_firewall(name, vpc, "unknown");
    return name;
  }
  net_.network_firewall(name, vpc, name);
  Texts stateless;
  if (fire_.percent(60)) stateless = rule_groups(name + "-stateless", false);
  if (!stateless.empty()) note("stateless group");
  FirewallPolicy& policy = net_.firewall_policy(
      name, stateless, rule_groups(name + "-stateful", true));
  static const std::vector<FirewallAction> kDefaults = {
      FirewallAction::kForward, FirewallAction::kForward,
      FirewallAction::kForward, FirewallAction::kPass, FirewallAction::kDrop};
  policy.stateless_default.value = fire_.of(kDefaults);
  policy.stateless_default.unknown = fire_doubt("stateless default");
  policy.strict_order.value = fire_.percent(60);
  note(policy.strict_order.value ? "strict order" : "action order");
  policy.strict_order.unknown = fire_doubt("rule order");
  static const std::vector<Unmatched> kUnmatched = {
      Unmatched::kPass, Unmatched::kPass, Unmatched::kDrop,
      Unmatched::kDropEstablished};
  policy.unmatched.value = fire_.of(kUnmatched);
  if (fire_.percent(20)) {
    policy.stateless_default.value = FirewallAction::kForward;
    policy.strict_order.value = true;
    policy.unmatched.value = Unmatched::kDropEstablished;
    policy.stateless.items.clear();
    policy.stateful.items.clear();
  }
  if (policy.unmatched.value == Unmatched::kDropEstablished) {
    note("drop established");
  }
  policy.unmatched.unknown = fire_doubt("stateful default");
  if (fire_.percent(40)) {
    policy.home_net.emplace();
    WrittenPrefix home;
    home.prefix = prefix(fire_.percent(50) ? "10.0.0.0/8" : "10.0.0.0/23");
    policy.home_net->items.push_back(home);
    policy.home_net->open = fire_doubt("home net");
  }
  return name;
}

Texts NetworkMaker::rule_groups(const std::string& name, bool stateful) {
  Texts groups;
  const std::uint32_t count = 1 + fire_.below(2);
  for (std::uint32_t g = 0; g < count; ++g) {
    groups.push_back(name + std::to_string(g));
    std::vector<FirewallText> lines;
    const std::uint32_t most = 1 + fire_.below(3);
    for (std::uint32_t i = 0; i < most; ++i) {
      lines.push_back(firewall_line(stateful));
    }
    FirewallRuleGroup& made = net_.rule_group(groups.back(), stateful, lines);
    made.lines.open = fire_doubt("rule group");
    // Their order is that of the priorities.
    if (!stateful) std::ranges::reverse(made.lines.items);
  }
  if (fire_doubt("rule group")) groups.push_back("ghost");
  return groups;
}

Texts NetworkMaker::firewall_side() {
  static const Texts kWide = {"10.0.0.0/8",  "10.0.0.0/16", "10.0.0.0/21",
                              "8.8.8.0/24",  "2600::/16",   "10.0.0.128/25",
                              "10.0.1.0/24", "pl:pl0",      "pl:pl1"};
  const auto some = [&]() -> std::string {
    if (fire_.percent(20)) {
      note("home net");
      return "$HOME_NET";
    }
    return fire_.percent(50) || blocks_.empty() ? fire_.of(kWide)
                                                : fire_.of(blocks_);
  };
  Texts side;
  if (fire_.percent(45)) side.push_back(some());
  if (fire_.percent(15)) side.push_back(some());
  if (fire_.percent(15)) side.push_back("!" + some());
  if (fire_doubt("firewall side")) side.push_back("unknown");
  return side;
}

FirewallText NetworkMaker::firewall_line(bool stateful) {
  static const Texts kServices = {"any",     "any",    "tcp",
                                  "tcp/443", "udp",    "tcp/80-90",
                                  "udp/53",  "icmp",   "tcp/1024-65535",
                                  "tcp/22",  "icmpv6", "udp/1024-65535"};
  static const Texts kStateless = {"pass", "pass", "drop", "forward",
                                   "forward"};
  static const Texts kStateful = {"pass", "pass", "pass",
                                  "drop", "drop", "alert"};
  FirewallText line;
  line.action = fire_.of(stateful ? kStateful : kStateless);
  if (line.action == "alert") note("alert");
  if (fire_doubt("firewall action")) line.action = "unknown";
  line.sources = firewall_side();
  line.destinations = firewall_side();
  line.service =
      fire_doubt("firewall service") ? "unknown" : fire_.of(kServices);
  if (stateful && fire_.percent(15)) {
    note("established line");
    line.established = true;
  }
  if (stateful && fire_.percent(25)) {
    note("line of one side");
    line.part = fire_.percent(70) ? FlowPart::kRequests : FlowPart::kReplies;
  }
  if (doubts_ > 0 && fire_.percent(6)) {
    note("condition");
    line.condition = "tls.sni";
  }
  return line;
}

}  // namespace netproof::testing
