#include <utility>

#include "support/random_network_maker.hpp"

namespace netproof::testing {

void NetworkMaker::make_groups(VpcPlan& plan) {
  const std::uint32_t count = 2 + dice_.below(2);
  for (std::uint32_t g = 0; g < count; ++g) {
    plan.groups.push_back(plan.name + "g" + std::to_string(g));
  }
  net_.open_group(plan.groups.front(), plan.name);
  for (std::uint32_t g = 1; g < count; ++g) {
    if (g == 2 && references_ != References::kNone) {
      // Who gets in depends on the groups of one VPC alone (S63, S72).
      const std::string peer = "sg:" + referred(plan).name + "g";
      net_.group(plan.groups[g], plan.name, {{"any", {peer + "0", peer + "1"}}},
                 {{"any", {"0.0.0.0/0", "::/0"}}});
      note("group of references");
      continue;
    }
    std::vector<GroupLine> ingress;
    std::vector<GroupLine> egress;
    for (std::uint32_t i = 0; i < 2; ++i) {
      ingress.push_back(group_line(plan, true));
    }
    egress.push_back(group_line(plan, false));
    if (dice_.percent(60)) egress.push_back({"any", {"0.0.0.0/0", "::/0"}});
    SecurityGroup& made =
        net_.group(plan.groups[g], plan.name, ingress, egress);
    made.ingress.open = doubt("group lines");
    made.egress.open = doubt("group lines");
  }
}

const NetworkMaker::VpcPlan& NetworkMaker::referred(const VpcPlan& plan) {
  return references_ == References::kAny ? dice_.of(vpcs_) : plan;
}

GroupLine NetworkMaker::group_line(const VpcPlan& plan, bool ingress) {
  GroupLine made;
  made.service = service();
  const std::uint32_t peers = 1 + dice_.below(2);
  for (std::uint32_t p = 0; p < peers; ++p) {
    const bool refers = references_ != References::kNone;
    const std::uint32_t kind = refers ? dice_.below(10) : 5 + dice_.below(5);
    if (kind < 3) {
      note(ingress ? "group reference" : "egress group reference");
      made.peers.push_back("sg:" + plan.name + "g" +
                           std::to_string(dice_.below(3)));
    } else if (kind < 5) {
      const VpcPlan& other = referred(plan);
      if (other.name != plan.name) note("remote group reference");
      made.peers.push_back("sg:" + other.name + "g" +
                           std::to_string(dice_.below(2)));
    } else if (kind == 5) {
      made.peers.push_back("pl:pl0");
    } else {
      made.peers.push_back(some_block());
    }
  }
  if (doubt("group peers")) made.peers.push_back("unknown");
  return made;
}

std::vector<AclLine> NetworkMaker::acl_lines(bool inbound) {
  std::vector<AclLine> lines;
  if (dice_.percent(85)) {
    // Replies come to client ports: often only these are open, and those from
    // 1024 are what a NAT gateway chooses from (S29).
    const std::string wide = dice_.percent(70)              ? "any"
                             : inbound && dice_.percent(50) ? "tcp"
                                                            : "tcp/1024-65535";
    lines.push_back({900, "allow", wide, "0.0.0.0/0"});
    lines.push_back({901, "allow", wide, "::/0"});
  }
  const std::uint32_t more = dice_.below(3);
  for (std::uint32_t i = 0; i < more; ++i) {
    // In no order: the number decides (S76).
    AclLine line{static_cast<int>(100 - 10 * i),
                 dice_.percent(50) ? "deny" : "allow", service(), some_block()};
    if (doubt("acl action")) line.action = "unknown";
    if (doubt("acl block")) line.cidr = "unknown";
    lines.push_back(std::move(line));
  }
  return lines;
}

void NetworkMaker::make_acls(VpcPlan& plan) {
  for (std::uint32_t a = 0; a < 2; ++a) {
    const std::string name = plan.name + "a" + std::to_string(a);
    plan.acls.push_back(name);
    const std::vector<AclLine> inbound = acl_lines(true);
    NetworkAcl& made = net_.acl(name, plan.name, inbound, acl_lines(false));
    made.inbound.open = doubt("acl entries");
    made.outbound.open = doubt("acl entries");
  }
}

std::string NetworkMaker::firewall(const std::string& name,
                                   const Texts& segments,
                                   const Texts& neighbours) {
  Texts inside;
  Texts outside;
  for (const std::string& segment : segments) {
    (dice_.percent(60) ? inside : outside).push_back(segment);
  }
  std::vector<ZoneLine> zones = {{"in", inside, {}}, {"out", outside, {}}};
  for (const std::string& neighbour : neighbours) {
    if (dice_.percent(80)) {
      zones[dice_.percent(30) ? 0 : 1].neighbours.push_back(neighbour);
    }
  }
  std::vector<PolicyLine> rules;
  const std::vector<Texts> sides = {{}, {"in"}, {"out"}, {"in", "out"}};
  const std::uint32_t count = 1 + dice_.below(3);
  for (std::uint32_t i = 0; i < count; ++i) {
    PolicyLine rule{"p" + std::to_string(i),
                    dice_.of(sides),
                    dice_.of(sides),
                    {},
                    {},
                    service(),
                    dice_.percent(65) ? "allow" : "deny"};
    if (dice_.percent(30)) rule.sources = {some_block()};
    if (dice_.percent(30)) rule.destinations = {some_block()};
    if (doubt("policy")) rule.action = "unknown";
    if (doubt("policy sources")) rule.sources.push_back("unknown");
    rules.push_back(std::move(rule));
  }
  if (dice_.percent(50))
    rules.push_back({"rest", {}, {}, {}, {}, "any", "allow"});
  ZoneFirewall& made = net_.firewall(name, zones, rules);
  made.default_allow.value = dice_.percent(30);
  made.intra_zone_allow = Open<bool>{dice_.percent(70), false, {}};
  if (doubt("intra-zone")) made.intra_zone_allow.unknown = true;
  if (doubt("firewall default")) made.default_allow.unknown = true;
  made.rules.open = doubt("firewall rules");
  return name;
}

}  // namespace netproof::testing
