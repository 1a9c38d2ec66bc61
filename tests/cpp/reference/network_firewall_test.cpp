#include "reference/network_firewall.hpp"

#include <gtest/gtest.h>

#include "ask.hpp"

namespace netproof {
namespace {

using reference::FirewallJudge;
using reference::View;
using testing::FirewallText;
using testing::Network;
using testing::tcp;
using testing::udp;

const Flow kWeb = tcp("10.0.1.5", "10.0.2.5", 443);

Network firewall(const std::vector<FirewallText>& stateless,
                 const std::vector<FirewallText>& stateful) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.network_firewall("f", "v", "p");
  n.rule_group("less", false, stateless);
  n.rule_group("full", true, stateful);
  n.firewall_policy("p", {"less"}, {"full"});
  return n;
}

/// "kept uninspected first rest", each as y, n or ?, of one packet.
std::string asked(const Network& network, const Flow& flow,
                  const std::string& name = "f") {
  const Topology topology = network.build();
  const View view{topology};
  Ref<NetworkFirewall> named{name, {}, {}};
  if (name == "f") named.id = Id<NetworkFirewall>{0};
  const FirewallJudge judge{view, named};
  std::string text;
  for (const auto& one :
       {judge.kept(flow), judge.uninspected(flow), judge.passes(flow, true),
        judge.passes(flow, false)}) {
    text += one.answer == reference::Answer3::kYes  ? 'y'
            : one.answer == reference::Answer3::kNo ? 'n'
                                                    : '?';
  }
  return text;
}

// covers S81, S82
TEST(FirewallJudge, TheLineOfTheLowestPriorityDecides) {
  Network n = firewall({{"pass", {"10.0.0.0/16"}, {}, "tcp"}, {"drop"}}, {});
  EXPECT_EQ(asked(n, kWeb), "yyyy");
  EXPECT_EQ(asked(n, udp("10.0.1.5", "10.0.2.5", 53)), "nnyy");
  auto& lines = n.get<FirewallRuleGroup>("less").lines.items;
  std::swap(lines[0].priority, lines[1].priority);
  EXPECT_EQ(asked(n, kWeb), "nnyy");
}

// covers S85
TEST(FirewallJudge, ALineThatMayMatchIsFollowedBothWays) {
  const FirewallText may{"drop", {}, {}, "tcp", false, "TCP flags"};
  EXPECT_EQ(asked(firewall({may}, {}), kWeb), "?nyy");
  // Whatever it does, the next line does the same.
  EXPECT_EQ(asked(firewall({may, {"drop"}}, {}), kWeb), "nnyy");
  EXPECT_EQ(asked(firewall({may, {"pass"}}, {}), kWeb), "?yyy");
}

// covers S83, S84
TEST(FirewallJudge, OrderAndDefaultsDecideTogether) {
  Network n = firewall({}, {{"drop", {}, {}, "tcp/22"}, {"pass"}});
  const Flow ssh = tcp("10.0.1.5", "10.0.2.5", 22);
  EXPECT_EQ(asked(n, ssh), "ynyy");
  FirewallPolicy& policy = n.get<FirewallPolicy>("p");
  policy.strict_order.value = true;
  EXPECT_EQ(asked(n, ssh), "ynnn");
  policy.strict_order.unknown = true;
  EXPECT_EQ(asked(n, ssh), "yn??");
  policy.strict_order.unknown = false;
  n.get<FirewallRuleGroup>("full").lines.items.clear();
  policy.unmatched.value = Unmatched::kDropEstablished;
  EXPECT_EQ(asked(n, ssh), "ynyn");
  EXPECT_EQ(asked(n, udp("10.0.1.5", "10.0.2.5", 53)), "ynnn");
}

// covers S85
TEST(FirewallJudge, AnAlertDecidesNothingAndAnActionMayBeAnything) {
  EXPECT_EQ(asked(firewall({}, {{"alert"}, {"drop"}}), kWeb), "ynnn");
  Network replies = firewall({}, {{"drop"}});
  replies.get<FirewallRuleGroup>("full").lines.items[0].part =
      FlowPart::kReplies;
  EXPECT_EQ(asked(replies, kWeb), "ynyy");
  EXPECT_EQ(asked(firewall({}, {{"unknown"}}), kWeb), "yn??");
  // Where all that passes comes first it does not matter what the other does.
  EXPECT_EQ(asked(firewall({}, {{"unknown"}, {"pass"}}), kWeb), "ynyy");
}

// covers S85
TEST(FirewallJudge, SidesLeaveOut) {
  const auto from = [](const testing::Texts& sources) {
    return firewall({}, {{"drop", sources}});
  };
  EXPECT_EQ(asked(from({"$HOME_NET"}), kWeb), "ynnn");
  EXPECT_EQ(asked(from({"!$HOME_NET"}), kWeb), "ynyy");
  EXPECT_EQ(asked(from({"10.0.0.0/8", "!10.0.1.0/24"}), kWeb), "ynyy");
  EXPECT_EQ(asked(from({"unknown"}), kWeb), "yn??");
  EXPECT_EQ(asked(from({"unknown", "!10.0.1.0/24"}), kWeb), "ynyy");
  EXPECT_EQ(asked(from({"pl:ghost"}), kWeb), "yn??");
  Network n = from({"$HOME_NET"});
  n.get<Vpc>("v").cidrs.items.clear();
  n.get<Vpc>("v").cidrs.open = true;
  EXPECT_EQ(asked(n, kWeb), "yn??");
}

// covers S160
TEST(FirewallJudge, RepliesAreSureIfALinePassedTheFlowOrNoneDropsThem) {
  const auto sure = [](const Network& network) {
    const Topology topology = network.build();
    const View view{topology};
    const FirewallJudge judge{view, {"f", Id<NetworkFirewall>{0}, {}}};
    const Flow reply = tcp("10.0.2.5", "10.0.1.5", 40000);
    return std::string{judge.lined(kWeb) ? "lined" : "-"} +
           (judge.answers(reply) ? " answers" : " -");
  };
  const FirewallText back{"drop", {"10.0.2.0/24"}};
  EXPECT_EQ(sure(firewall({}, {})), "- answers");
  EXPECT_EQ(sure(firewall({}, {back})), "- -");
  EXPECT_EQ(sure(firewall({}, {back, {"pass", {"10.0.1.0/24"}}})), "lined -");
  EXPECT_EQ(sure(firewall({}, {back, {"pass"}})), "lined answers");
  Network n = firewall({}, {back, {"pass"}});
  n.get<FirewallPolicy>("p").strict_order.value = true;
  EXPECT_EQ(sure(n), "lined -");
  auto& lines = n.get<FirewallRuleGroup>("full").lines.items;
  lines[1].part = FlowPart::kRequests;
  EXPECT_EQ(sure(n), "- -");
  lines[0].part = FlowPart::kRequests;
  EXPECT_EQ(sure(n), "- answers");
  n.get<FirewallPolicy>("p").unmatched.value = Unmatched::kDrop;
  EXPECT_EQ(sure(n), "- -");
  lines[1].part = FlowPart::kBoth;
  EXPECT_EQ(sure(n), "lined answers");
  lines[1].part = FlowPart::kReplies;
  EXPECT_EQ(sure(n), "- answers");
  lines[1].part = FlowPart::kBoth;
  lines[1].condition = "tls.sni";
  EXPECT_EQ(sure(n), "- -");
  n.get<FirewallRuleGroup>("full").lines.open = true;
  EXPECT_EQ(sure(n), "- -");
}

// covers S87
TEST(FirewallJudge, WhatIsOpenMayDoAnything) {
  EXPECT_EQ(asked(firewall({}, {}), kWeb, "ghost"), "????");
  Network n = firewall({}, {});
  n.get<FirewallRuleGroup>("less").lines.open = true;
  n.get<FirewallPolicy>("p").stateful.items[0].group.name = "ghost";
  EXPECT_EQ(asked(n, kWeb), "????");
  Network other = firewall({}, {});
  other.get<FirewallRuleGroup>("full").stateful = false;
  EXPECT_EQ(asked(other, kWeb), "yn??");
  n.get<NetworkFirewall>("f").policy.unknown = true;
  EXPECT_EQ(asked(n, kWeb), "????");
}

}  // namespace
}  // namespace netproof
