#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "netproof/report/write.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

using Keys = std::vector<std::string>;

Keys keys_of(const nlohmann::ordered_json& json) {
  Keys keys;
  for (const auto& entry : json.items()) keys.push_back(entry.key());
  return keys;
}

Report report() {
  Report made;
  RuleResult rule;
  rule.id = "prod-cannot-reach-dev";
  rule.verdict = Verdict::kUnknown;
  rule.from = "prod";
  rule.to = "dev";
  rule.detail = "1 place may be reached";
  rule.unknown = {"rtb:x may hold another route"};
  rule.witnesses.resize(1);
  made.rules = {rule};
  Finding finding;
  finding.id = "prefix-has-no-host-bits";
  finding.message = "host bits in \xff";
  finding.subjects = {"vpc:a"};
  finding.related = {{"the other", {"a.yaml", 1, 2, 1, 3}}};
  made.findings = {finding};
  return made;
}

TEST(JsonReport, KeysAreThoseOfTheContract) {
  const auto json = nlohmann::ordered_json::parse(to_json(report()));
  EXPECT_EQ(keys_of(json), (Keys{"schema", "rules", "findings", "summary"}));
  EXPECT_EQ(keys_of(json["rules"][0]),
            (Keys{"id", "verdict", "waived", "verb", "level", "scope", "detail",
                  "witnesses", "assumptions", "limits", "source"}));
  EXPECT_EQ(keys_of(json["rules"][0]["scope"]), (Keys{"from", "to"}));
  EXPECT_EQ(keys_of(json["rules"][0]["witnesses"][0]), (Keys{"flow", "trace"}));
  EXPECT_EQ(
      keys_of(json["findings"][0]),
      (Keys{"id", "level", "message", "source", "related", "subjects", "fix"}));
  EXPECT_EQ(keys_of(json["summary"]),
            (Keys{"proved", "violated", "vacuous", "unknown", "findings"}));
}

TEST(JsonReport, AnUnknownVerdictNamesItsFacts) {
  const auto json = nlohmann::json::parse(to_json(report()));
  EXPECT_EQ(json["rules"][0]["detail"],
            "1 place may be reached; not known: rtb:x may hold another route");
}

TEST(JsonReport, IsTheSameEveryTime) {
  EXPECT_EQ(to_json(report()), to_json(report()));
}

TEST(JsonReport, OverlapsHaveTheirOwnSchema) {
  Overlap overlap;
  overlap.a = {
      OverlapKind::kVpc, 0, "vpc:a", testing::prefix("10.0.0.0/8"), {}};
  overlap.b = {
      OverlapKind::kVpc, 1, "vpc:b", testing::prefix("10.1.0.0/16"), {}};
  overlap.intersection = overlap.b.cidr;
  overlap.relation = OverlapRelation::kContains;
  const auto json =
      nlohmann::ordered_json::parse(to_json(std::vector<Overlap>{overlap}));
  EXPECT_EQ(json["schema"], "netproof/overlaps/1");
  EXPECT_EQ(
      keys_of(json["overlaps"][0]),
      (Keys{"a", "b", "intersection", "relation", "shares_routing_domain"}));
  EXPECT_EQ(json["overlaps"][0]["relation"], "contains");
  EXPECT_EQ(json["overlaps"][0]["a"]["cidr"], "10.0.0.0/8");
}

TEST(JsonReport, SizesOfSetsAreDecimalText) {
  ReachAnswer answer;
  answer.certain = PacketSet::all(Family::kV6);
  const auto json = nlohmann::json::parse(to_json(answer));
  EXPECT_EQ(json["schema"], "netproof/reach/1");
  EXPECT_TRUE(json["certain"]["size"].is_string());
  EXPECT_EQ(json["certain"]["size"],
            to_string(PacketSet::all(Family::kV6).size()));
}

TEST(JsonReport, AMatrixIsAListOfRows) {
  Matrix matrix;
  matrix.service = "any";
  matrix.zones = {"a", "b"};
  matrix.cells = {{Cell::kNone, Cell::kAll}, {Cell::kSome, Cell::kUnknown}};
  const auto json = nlohmann::json::parse(to_json(matrix));
  EXPECT_EQ(json["schema"], "netproof/matrix/1");
  EXPECT_EQ(json["cells"][0][1], "all");
  EXPECT_EQ(json["cells"][1][1], "unknown");
  EXPECT_TRUE(json["by"].is_null());
}

TEST(JsonReport, ADifferenceHasItsSetsAndItsVerdicts) {
  Comparison comparison;
  ReachChange change;
  change.from = "subnet:a";
  change.to = "subnet:b";
  change.closed = PacketSet::all();
  comparison.levels = {{Level::kConnection, {change}, {"site:hq may"}}};
  comparison.now_fixed = {{"rule", Verdict::kViolated, std::nullopt}};
  const std::string text = to_json(comparison, -1);
  EXPECT_EQ(text.find(R"({"schema":"netproof/diff/1","same":false,"levels":)"
                      R"([{"level":"connection","changes":[{"from":"subnet:a",)"
                      R"("to":"subnet:b","opened":{"size":"0","complete":true,)"
                      R"("boxes":[]})"),
            0U);
  EXPECT_NE(text.find(R"("unknown":["site:hq may"])"), std::string::npos);
  EXPECT_NE(text.find(R"("now_fixed":[{"id":"rule","before":"violated",)"
                      R"("after":null}])"),
            std::string::npos);
}

}  // namespace
}  // namespace netproof
