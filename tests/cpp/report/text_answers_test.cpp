#include <gtest/gtest.h>

#include "netproof/report/write.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

TEST(TextAnswers, ATraceShowsEachHopAndTheDrop) {
  NamedTrace named;
  named.at = "subnet:a";
  named.trace.flow = testing::tcp("10.0.0.4", "10.1.0.4", 443);
  TracePath path;
  path.hops = {{"subnet:a",
                "routed",
                "10.0.0.0/8 -> tgw:main",
                {},
                {"net.yaml", 3, 5, 3, 9}}};
  path.drop = Drop{DropCode::kNoRoute, "tgw-rtb:rt", "", {}};
  named.trace.forward = {Fate::kDropped, {}, path.drop, {path}};
  named.trace.connection = ConnectionFate::kBlocked;
  named.trace.connection_direction = "forward";
  named.trace.connection_drop = path.drop;
  EXPECT_EQ(to_text(named),
            "dropped: 10.0.0.4:49152 -> 10.1.0.4:443/tcp from subnet:a\n"
            "   1  subnet:a  routed  10.0.0.0/8 -> tgw:main  (net.yaml:3:5)\n"
            "      dropped: NO_ROUTE at tgw-rtb:rt\n"
            "connection: blocked, forward direction, NO_ROUTE at tgw-rtb:rt\n");
}

TEST(TextAnswers, AMatrixIsATable) {
  Matrix matrix;
  matrix.service = "any";
  matrix.zones = {"dev", "prod"};
  matrix.cells = {{Cell::kAll, Cell::kNone}, {Cell::kSome, Cell::kUnknown}};
  EXPECT_EQ(to_text(matrix),
            "from row to column, any, packet level\n"
            "         dev      prod   \n"
            "dev      all      none   \n"
            "prod     some     unknown\n");
}

TEST(TextAnswers, OverlapsAreOneLineEach) {
  Overlap overlap;
  overlap.a = {
      OverlapKind::kVpc, 0, "vpc:a", testing::prefix("10.0.0.0/16"), {}};
  overlap.b = {
      OverlapKind::kVpc, 1, "vpc:b", testing::prefix("10.0.0.0/16"), {}};
  overlap.shares_routing_domain = false;
  EXPECT_EQ(to_text(std::vector<Overlap>{overlap}),
            "vpc:a 10.0.0.0/16 equals vpc:b 10.0.0.0/16 (no table knows "
            "both)\n1 overlap\n");
}

TEST(TextAnswers, ReachSaysWhatGetsThroughAndWhatPerhaps) {
  ReachAnswer answer;
  answer.from = "a";
  answer.to = "b";
  answer.service = "tcp/443";
  EXPECT_EQ(to_text(answer),
            "nothing gets through: a to b, tcp/443, packet level\n");
  ReachPassage passage;
  passage.from = {"subnet:a"};
  passage.to = "subnet:b";
  passage.possible = PacketSet::of(testing::tcp("10.0.0.4", "10.1.0.4", 443));
  answer.possible = passage.possible;
  answer.passages = {passage};
  const std::string text = to_text(answer);
  EXPECT_EQ(text.find("not known: a to b"), 0U);
  EXPECT_NE(text.find("    perhaps: "), std::string::npos);
}

TEST(TextAnswers, ADifferenceIsSaidByPair) {
  Comparison comparison;
  comparison.levels = {{Level::kPacket, {}, {}}};
  EXPECT_EQ(to_text(comparison), "no difference, packet level\n");
  ReachChange change;
  change.from = "subnet:a";
  change.to = "subnet:b";
  change.opened = PacketSet::of(testing::tcp("10.0.0.4", "10.1.0.4", 443));
  change.unknown = {"rtb:a may route elsewhere"};
  comparison.levels[0].changes = {change};
  comparison.now_failing = {
      {"a-is-kept-out", Verdict::kProved, Verdict::kViolated}};
  comparison.otherwise = {{"c-is-kept-out", std::nullopt, Verdict::kProved}};
  EXPECT_EQ(to_text(comparison),
            "newly reachable, packet level\n"
            "  subnet:a -> subnet:b\n"
            "    tcp/443 from 49152 from 10.0.0.4/32 to 10.1.0.4/32\n"
            "    not known: rtb:a may route elsewhere\n"
            "rules now failing\n"
            "  a-is-kept-out: violated, was proved\n"
            "other verdicts\n"
            "  c-is-kept-out: proved, was no such rule there\n");
}

TEST(TextAnswers, ManyDifferencesAreCounted) {
  Comparison comparison;
  comparison.levels = {{Level::kPacket, {}, {}}};
  for (int i = 0; i < 23; ++i) {
    ReachChange change;
    change.closed = PacketSet::of(testing::tcp("10.0.0.4", "10.1.0.4", 443));
    comparison.levels[0].changes.push_back(change);
  }
  const std::string text = to_text(comparison);
  EXPECT_EQ(text.find("no longer reachable, packet level\n"), 0U);
  EXPECT_NE(text.find("  and 3 more\n"), std::string::npos);
  TextOptions all;
  all.verbose = true;
  EXPECT_EQ(to_text(comparison, all).find("more"), std::string::npos);
}

}  // namespace
}  // namespace netproof
