// Asking for many places at once must say what asking one by one says.

#include "engine/starts.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <utility>

#include "netproof/engine/engine.hpp"
#include "support/network.hpp"
#include "support/random_network.hpp"

namespace netproof {
namespace {

/// Six VPCs on one transit gateway; ACLs and groups differ in name, in part
/// also in content; one VPC has no route to the transit gateway. With
/// `entries` their attachments list a subnet in their zone.
Topology six_vpcs(bool entries = false) {
  testing::Network n;
  n.transit("hub");
  testing::TransitLines lines;
  for (int i = 0; i < 6; ++i) {
    const std::string id = std::to_string(i);
    const std::string block = "10." + id + ".0.0/16";
    n.vpc("v" + id, {block});
    n.table("t" + id, "v" + id,
            i == 4 ? std::vector<testing::Line>{}
                   : std::vector<testing::Line>{{"10.0.0.0/8", "tgw:hub"}});
    n.acl("a" + id, "v" + id, {{100, "allow", "any", "0.0.0.0/0"}},
          {{100, "allow", i % 2 == 0 ? "tcp/443" : "any", "0.0.0.0/0"}});
    n.subnet("s" + id, "v" + id, {"10." + id + ".1.0/24"}, "az1", "t" + id,
             "a" + id);
    n.attach_vpc(
        "x" + id, "hub", "v" + id,
        entries ? std::optional<testing::Texts>{{"e" + id}} : std::nullopt);
    lines.associations.push_back("x" + id);
    lines.propagations.push_back("x" + id);
  }
  for (int i = 0; entries && i < 6; ++i) {
    const std::string id = std::to_string(i);
    n.subnet("e" + id, "v" + id, {"10." + id + ".9.0/28"}, "az1");
  }
  n.transit_table("core", "hub", lines);
  return n.build();
}

/// Six VPCs whose packets pass the firewall of a seventh. Its lines tell them
/// apart: by stateless and stateful lines, handshakes and what nobody knows.
Topology six_behind_a_firewall(bool strict, bool doubtful) {
  testing::Network n;
  n.transit("hub");
  n.vpc("guard", {"10.9.0.0/16"});
  n.table("in", "guard", {{"0.0.0.0/0", "endpoint:fw"}});
  n.table("out", "guard", {{"10.0.0.0/8", "tgw:hub"}});
  n.subnet("in", "guard", {"10.9.1.0/24"}, "az1", "in");
  n.subnet("fw", "guard", {"10.9.2.0/24"}, "az1", "out");
  n.attach_vpc("guard", "hub", "guard", testing::Texts{"in"});
  testing::TransitLines spokes;
  testing::TransitLines back;
  spokes.routes = {{"10.0.0.0/8", "guard"}};
  back.associations = {"guard"};
  for (int i = 0; i < 6; ++i) {
    const std::string id = std::to_string(i);
    n.vpc("v" + id, {"10." + id + ".0.0/16"});
    n.table("t" + id, "v" + id, {{"10.0.0.0/8", "tgw:hub"}});
    n.subnet("s" + id, "v" + id, {"10." + id + ".1.0/24"}, "az1", "t" + id);
    n.attach_vpc("x" + id, "hub", "v" + id);
    spokes.associations.push_back("x" + id);
    back.propagations.push_back("x" + id);
  }
  n.transit_table("spokes", "hub", spokes);
  n.transit_table("back", "hub", back);
  n.network_firewall("nfw", "guard", "policy");
  n.firewall_endpoint("fw", "fw", "nfw");
  FirewallPolicy& policy = n.firewall_policy("policy", {"plain"}, {"deep"});
  policy.strict_order.value = strict;
  policy.unmatched.value = Unmatched::kDropEstablished;
  n.rule_group("plain", false,
               {{"drop", {"10.0.0.0/16"}, {"10.1.0.0/16"}},
                {"pass", {"10.1.0.0/16"}, {"10.2.0.0/15"}, "udp"},
                {"forward"}});
  n.rule_group("deep", true,
               {{"drop", {"10.2.0.0/16"}, {"10.0.0.0/13"}, "tcp/443"},
                {"pass", {"10.2.0.0/15"}, {"10.4.0.0/15"}},
                {"drop", {"10.4.0.0/16"}, {}, "tcp/22", true},
                {"pass",
                 {"10.5.0.0/16"},
                 {"10.0.0.0/14"},
                 "any",
                 false,
                 doubtful ? "tls.sni" : ""},
                {"pass",
                 {"10.0.0.0/15"},
                 {"10.0.0.0/14"},
                 "tcp/22",
                 false,
                 "",
                 FlowPart::kRequests},
                {"pass", {"10.0.0.0/14"}, {"10.0.0.0/14"}, "tcp"}});
  return n.build();
}

std::vector<Scope> scopes(const Engine& engine) {
  std::vector<Scope> found;
  for (const Engine::Member& member : engine.members()) {
    if (member.place.kind == PlaceKind::kSubnet && member.place.index < 6) {
      found.push_back({member.place, member.addresses});
    }
  }
  return found;
}

std::map<Place, PacketSet> by_source(const Answer& answer) {
  std::map<Place, PacketSet> found;
  for (const Passage& passage : answer.passages) {
    for (const Scope& scope : passage.from) {
      found[scope.place] |= passage.some_always.restrict_src(scope.addresses);
    }
  }
  std::erase_if(found, [](const auto& entry) { return entry.second.empty(); });
  return found;
}

void expect_the_same_one_by_one(const Topology& topology) {
  const Engine engine{topology};
  const std::vector<Scope> all = scopes(engine);
  for (const Level level : {Level::kPacket, Level::kConnection}) {
    Question together;
    together.from = {all.begin(), all.begin() + 5};
    together.to = {all.back()};
    together.level = level;
    const Answer whole = engine.ask(together);
    EXPECT_TRUE(whole.accounting.balances());

    std::map<Place, PacketSet> passed;
    std::map<DropPlace, BigUint> dropped;
    for (const Scope& scope : together.from) {
      Question alone = together;
      alone.from = {scope};
      const Answer part = engine.ask(alone);
      for (const auto& [place, set] : by_source(part)) passed[place] |= set;
      for (const auto& [place, count] : part.accounting.dropped) {
        dropped[place] += count;
      }
    }
    EXPECT_EQ(by_source(whole), passed);
    EXPECT_EQ(whole.accounting.dropped, dropped);
    EXPECT_FALSE(passed.empty());
    EXPECT_GE(dropped.size(), 3U);
  }
}

TEST(Starts, ManyAtOnceSayWhatOneByOneSays) {
  expect_the_same_one_by_one(six_vpcs());
}

TEST(Starts, SoTheyDoThroughEntriesInTheirZone) {
  expect_the_same_one_by_one(six_vpcs(true));
}

TEST(Starts, OneOpenEntryInTheZoneKeepsThemTogether) {
  const Topology topology = six_vpcs(true);
  const engine::Compiled compiled{topology};
  const std::vector<Scope> all = scopes(Engine{topology});
  const std::vector<Scope> from{all.begin(), all.begin() + 5};
  const IpSet& to = all.back().addresses;
  EXPECT_EQ(engine::starts_of(compiled, from, to).size(), 3U);
  // A subnet that drops what enters it may be the entry of one of them.
  EXPECT_EQ(
      engine::starts_of(compiled, from, to, {.enters_freely = false}).size(),
      5U);
}

TEST(Starts, GroupWhatMeetsTheSameAndNothingElse) {
  const Topology topology = six_vpcs();
  engine::Compiled compiled{topology};
  const Engine engine{topology};
  const std::vector<Scope> all = scopes(engine);
  const std::vector<Scope> from{all.begin(), all.begin() + 5};
  const auto starts = engine::starts_of(compiled, from, all.back().addresses);
  // v0 and v2 let tcp/443 out, v1 and v3 everything, v4 has no route.
  ASSERT_EQ(starts.size(), 3U);
  std::size_t members = 0;
  for (const engine::Start& start : starts) members += start.scopes.size();
  EXPECT_EQ(members, 5U);
}

/// What passes to each place from each source, by all four bounds.
using Passed = std::map<std::pair<Place, Place>, std::array<PacketSet, 4>>;

Passed by_pair(const Answer& answer) {
  Passed found;
  for (const Passage& passage : answer.passages) {
    // Alternatives: a place of its own, so that they are not taken for ends.
    const Place to = passage.to.size() == 1 ? passage.to.front()
                                            : Place{PlaceKind::kInternet, 1000};
    for (const Scope& scope : passage.from) {
      const bool alone = passage.from.size() == 1;
      const auto part = [&](const PacketSet& set) {
        return alone ? set : set.restrict_src(scope.addresses);
      };
      auto& sets = found[{to, scope.place}];
      sets[0] |= part(passage.some_always);
      sets[1] |= part(passage.some_possibly);
      sets[2] |= part(passage.all_always);
      sets[3] |= part(passage.all_possibly);
    }
  }
  std::erase_if(found, [](const auto& one) { return one.second[1].empty(); });
  return found;
}

/// What the networks of a test held, so that it is not true of nothing.
struct Seen {
  std::size_t grouped = 0;  ///< ways that several senders share
  std::size_t denied = 0;   ///< endpoints whose firewall drops packets
};

// Every place to every place, its own included: groups of senders with holes
// where each is at home, and tables that stand for others, against walks of
// one sender.
void expect_pairs_one_by_one(const Topology& topology, Level level,
                             Seen& seen) {
  const Engine engine{topology};
  Question all;
  for (const Engine::Member& member : engine.members()) {
    if (member.addresses.empty()) continue;
    all.from.push_back({member.place, member.addresses});
  }
  all.to = all.from;
  all.level = level;
  all.keep_dropped = false;
  const Answer together = engine.ask(all);
  EXPECT_TRUE(together.accounting.balances());
  for (const Passage& passage : together.passages) {
    seen.grouped += passage.from.size() > 1 ? 1 : 0;
  }
  for (const auto& [place, count] : together.accounting.dropped) {
    const bool firewall = place.code == DropCode::kFirewallDeny;
    seen.denied += firewall && place.at.starts_with("endpoint:") ? 1 : 0;
  }
  Passed apart;
  Accounting sum;
  for (const Scope& scope : all.from) {
    Question alone = all;
    alone.from = {scope};
    const Answer answer = engine.ask(alone);
    apart.merge(by_pair(answer));
    sum.sent += answer.accounting.sent;
    sum.delivered += answer.accounting.delivered;
    sum.unknown += answer.accounting.unknown;
    sum.mixed += answer.accounting.mixed;
  }
  EXPECT_EQ(by_pair(together), apart);
  EXPECT_EQ(together.accounting.sent, sum.sent);
  EXPECT_EQ(together.accounting.delivered, sum.delivered);
  EXPECT_EQ(together.accounting.unknown, sum.unknown);
  EXPECT_EQ(together.accounting.mixed, sum.mixed);
}

TEST(Starts, EveryPlaceToEveryPlaceSaysWhatOneByOneSays) {
  Seen seen;
  for (const Level level : {Level::kPacket, Level::kConnection}) {
    expect_pairs_one_by_one(six_vpcs(), level, seen);
    expect_pairs_one_by_one(six_vpcs(true), level, seen);
  }
  EXPECT_GT(seen.grouped, 10U);
}

// covers S81, S84, S160
TEST(Starts, SoItDoesBehindAFirewall) {
  for (const Level level : {Level::kPacket, Level::kConnection}) {
    for (const bool strict : {false, true}) {
      Seen seen;
      expect_pairs_one_by_one(six_behind_a_firewall(strict, false), level,
                              seen);
      EXPECT_EQ(seen.denied, 1U);
      // Replies that are not sure to come back are looked at one by one.
      if (level == Level::kPacket) {
        EXPECT_GE(seen.grouped, 6U);
      }
      expect_pairs_one_by_one(six_behind_a_firewall(strict, true), level, seen);
      EXPECT_EQ(seen.denied, 2U);
    }
  }
}

/// Without ACLs, and with groups that let everything through: then senders
/// differ by tables, zones and associations only, and many are alike.
Topology without_filters(const Topology& topology) {
  TopologyParts parts = topology.parts();
  for (Subnet& subnet : parts.subnets) subnet.acl.reset();
  SecurityGroupRule everything;
  everything.service.value = TransportSet::all();
  for (const Family family : {Family::kV4, Family::kV6}) {
    WrittenPrefix all;
    all.prefix = all.exact = IpPrefix::all(family);
    everything.peers.items.emplace_back(all);
  }
  for (SecurityGroup& group : parts.security_groups) {
    group.ingress = group.egress = {{everything}, false, {}};
  }
  return Topology{std::move(parts)};
}

TEST(Starts, SoItDoesOnRandomNetworks) {
  Seen seen;
  std::size_t with_firewalls = 0;
  for (std::uint32_t seed = 1; seed <= 80; ++seed) {
    SCOPED_TRACE(seed);
    const testing::RandomNetwork drawn = testing::random_network(seed);
    const std::size_t before = seen.grouped;
    expect_pairs_one_by_one(without_filters(drawn.topology),
                            seed % 2 == 0 ? Level::kPacket : Level::kConnection,
                            seen);
    const bool guarded = !drawn.topology->network_firewalls.empty();
    with_firewalls += guarded && seen.grouped > before ? 1 : 0;
  }
  EXPECT_GT(seen.grouped, 10U);
  EXPECT_GE(with_firewalls, 3U);
  EXPECT_GE(seen.denied, 10U);
}

}  // namespace
}  // namespace netproof
