#include "netproof/reference/evaluator.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/network.hpp"
#include "support/vector_networks.hpp"

namespace netproof {
namespace {

using testing::ip;
using testing::Network;
using testing::place;
using testing::tcp;
using testing::Texts;

std::vector<std::string> said(const TracePath& path) {
  std::vector<std::string> lines;
  for (const Hop& hop : path.hops) {
    lines.push_back(hop.at + " " + hop.did +
                    (hop.entry.empty() ? "" : " " + hop.entry));
  }
  return lines;
}

// covers S6
TEST(EvaluatorTrace, TellsEachHopWithTheLineThatDecided) {
  const Topology t =
      testing::filtered({{100, "allow", "tcp/443", "10.0.1.0/24"}},
                        {{7, "allow", "any", "0.0.0.0/0"}})
          .build();
  const Trace trace = Evaluator{t}.trace(place(t, "subnet:client"),
                                         tcp("10.0.1.5", "10.0.2.5", 443));
  ASSERT_EQ(trace.forward.paths.size(), 1U);
  EXPECT_EQ(said(trace.forward.paths[0]),
            (std::vector<std::string>{
                "subnet:client sent", "rtb:A/main routed 10.0.0.0/16 -> local",
                "acl:W allowed inbound #100", "subnet:server delivered"}));
  ASSERT_TRUE(trace.reply);
  ASSERT_EQ(trace.reply->paths.size(), 1U);
  EXPECT_EQ(said(trace.reply->paths[0]),
            (std::vector<std::string>{
                "subnet:server sent", "rtb:A/main routed 10.0.0.0/16 -> local",
                "acl:W allowed outbound #7", "subnet:client delivered"}));
}

// covers S6, S149
TEST(EvaluatorTrace, ShowsWhatIsRewrittenAndTheDropLast) {
  const Topology t = testing::central_egress().build();
  const Trace trace = Evaluator{t}.trace(place(t, "subnet:client"),
                                         tcp("10.1.0.5", "1.1.1.1", 443));
  ASSERT_EQ(trace.forward.paths.size(), 1U);
  const auto& hops = trace.forward.paths[0].hops;
  const auto nat = std::ranges::find(hops, "nat:nat", &Hop::at);
  ASSERT_NE(nat, hops.end());
  EXPECT_EQ(nat->did, "translated");
  ASSERT_TRUE(nat->flow);
  EXPECT_EQ(nat->flow->src, ip("10.100.1.5"));
  EXPECT_EQ(hops.back().at, "internet");
}

// covers S138
TEST(EvaluatorTrace, NamesTheFactsThatTheFateDependsOn) {
  Network n = testing::hairpin(false);
  const Topology t = n.build();
  const Trace trace = Evaluator{t}.trace(place(t, "subnet:client"),
                                         tcp("10.1.0.5", "10.2.0.5", 443));
  EXPECT_EQ(trace.forward.fate, Fate::kUnknown);
  EXPECT_EQ(trace.forward.unknown,
            (std::vector<std::string>{
                "nobody knows whether site:hq forwards between its links"}));
}

TEST(EvaluatorTrace, TheSourceTellsWhereAPacketStarts) {
  Network n;
  n.vpc("a", {"10.0.0.0/16"});
  n.vpc("b", {"10.0.0.0/24"});
  const Topology t = n.build();
  const Evaluator evaluator{t};
  const Trace one = evaluator.trace(tcp("10.0.9.5", "10.0.9.6", 1));
  EXPECT_EQ(one.at, place(t, "subnet:a"));
  const Trace two = evaluator.trace(tcp("10.0.0.5", "10.0.9.6", 1));
  EXPECT_EQ(two.forward.fate, Fate::kUnknown);
  EXPECT_EQ(two.forward.drop->code, DropCode::kAmbiguousSource);
  const Trace none = evaluator.trace(tcp("172.16.0.5", "10.0.9.6", 1));
  EXPECT_EQ(none.forward.fate, Fate::kDropped);
  EXPECT_EQ(none.forward.drop->code, DropCode::kNoSuchAddress);
  EXPECT_EQ(none.forward.drop->at, "source");
  EXPECT_EQ(evaluator.trace(tcp("1.1.1.1", "8.8.8.8", 1)).at,
            place(t, "internet"));
}

// covers S2, S137
TEST(EvaluatorJudge, OneFactIsOneChoiceForAllThatMeetIt) {
  Network n = testing::filtered({{1, "unknown", "any", "0.0.0.0/0"}},
                                {{1, "allow", "any", "0.0.0.0/0"}});
  const Topology t = n.build();
  const auto anywhere = [](Place) { return true; };
  const Evaluator evaluator{t};
  const Flow flow = tcp("10.0.1.5", "10.0.2.5", 443);
  const Place at = place(t, "subnet:client");
  EXPECT_EQ(evaluator.judge(at, flow, anywhere, Level::kPacket, true),
            (Bounds{false, true, false, true}));
  EXPECT_EQ(evaluator.judge(at, flow, anywhere, Level::kConnection, true),
            (Bounds{false, true, false, true}));
  EXPECT_EQ(evaluator.judge(
                at, flow, [](Place) { return false; }, Level::kPacket, true),
            Bounds{});
}

TEST(EvaluatorJudge, WithoutAPlaceOnTheWayNothingArrives) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.subnet("a", "v", {"10.0.1.0/24"}, "", "rtb");
  n.subnet("b", "v", {"10.0.2.0/24"});
  n.subnet("fw", "v", {"10.0.9.0/24"});
  n.table("rtb", "v", {{"10.0.2.0/24", "endpoint:nfw"}});
  n.inspection_endpoint("nfw", "fw", true);
  const Topology t = n.build();
  const Evaluator evaluator{t};
  const auto judged = [&](const char* without) {
    const Place blocked = place(t, without);
    return evaluator
        .judge_without(
            place(t, "subnet:a"), tcp("10.0.1.5", "10.0.2.5", 443),
            [](Place) { return true; }, [&](Place p) { return p == blocked; },
            Level::kPacket, true)
        .some_possibly;
  };
  EXPECT_FALSE(judged("subnet:fw"));
  EXPECT_FALSE(judged("subnet:b"));
  EXPECT_TRUE(judged("subnet:a"));
}

// covers S159
TEST(EvaluatorOwners, AreThePlacesInTheirOrder) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.subnet("a", "v", {"10.0.1.0/24"});
  n.interface("web", "a", {"10.0.1.5"});
  n.nat_gateway("nat", "a", "10.0.1.9");
  n.site("hq", {"10.0.1.0/24"});
  const Topology t = n.build();
  const Evaluator evaluator{t};
  EXPECT_EQ(
      evaluator.owners(ip("10.0.1.5")),
      (std::vector<Place>{place(t, "interface:web"), place(t, "site:hq")}));
  EXPECT_EQ(evaluator.owners(ip("10.0.1.6")),
            (std::vector<Place>{place(t, "subnet:a"), place(t, "site:hq")}));
  EXPECT_EQ(evaluator.owners(ip("10.0.1.9")),
            (std::vector<Place>{place(t, "site:hq")}));
}

}  // namespace
}  // namespace netproof
