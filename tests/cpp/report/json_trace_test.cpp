#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "netproof/report/write.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

NamedTrace blocked() {
  NamedTrace named;
  named.at = "subnet:app-a";
  Trace& trace = named.trace;
  trace.flow = testing::tcp("10.0.30.100", "10.1.30.101", 9091, 40000);
  const Drop drop{DropCode::kBlackholeRoute,
                  "tgw-rtb:prod",
                  "10.0.0.0/20",
                  {"tables.yaml", 41, 9, 41, 20}};
  TracePath path;
  path.drop = drop;
  path.hops = {{"subnet:app-a", "routed", "10.0.0.0/8 -> tgw:main", {}, {}}};
  trace.forward = {Fate::kDropped, {}, drop, {path}};
  trace.connection = ConnectionFate::kBlocked;
  trace.connection_direction = "forward";
  trace.connection_drop = drop;
  return named;
}

TEST(JsonTrace, EveryKeyIsThereInTheOrderOfTheContract) {
  const auto json = nlohmann::ordered_json::parse(to_json(blocked()));
  std::vector<std::string> keys;
  for (const auto& entry : json.items()) keys.push_back(entry.key());
  EXPECT_EQ(keys, (std::vector<std::string>{"schema", "flow", "at", "to",
                                            "forward", "connection"}));
  EXPECT_EQ(json["schema"], "netproof/trace/1");
  EXPECT_EQ(json["flow"]["sport"], 40000);
  EXPECT_TRUE(json["to"].is_null());
  EXPECT_EQ(json["forward"]["verdict"], "dropped");
  EXPECT_EQ(json["forward"]["drop"]["code"], "BLACKHOLE_ROUTE");
  EXPECT_EQ(json["forward"]["drop"]["source"]["end_column"], 20);
  EXPECT_EQ(json["forward"]["paths"][0]["hops"][0]["did"], "routed");
  EXPECT_TRUE(json["forward"]["paths"][0]["hops"][0]["flow"].is_null());
  EXPECT_TRUE(json["forward"]["paths"][0]["hops"][0]["source"].is_null());
  EXPECT_EQ(json["connection"]["verdict"], "blocked");
  EXPECT_EQ(json["connection"]["direction"], "forward");
  EXPECT_TRUE(json["connection"]["return"].is_null());
}

TEST(JsonTrace, ALineIsOneLine) {
  const std::string line = to_json(blocked(), -1);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
}

TEST(JsonTrace, IcmpHasTypeAndCode) {
  NamedTrace named;
  named.trace.flow = testing::ping("10.0.0.1", "10.0.0.2");
  const auto json = nlohmann::json::parse(to_json(named));
  EXPECT_EQ(json["flow"]["type"], 8);
  EXPECT_EQ(json["flow"]["code"], 0);
  EXPECT_TRUE(json["flow"]["sport"].is_null());
}

TEST(JsonTrace, ABadLineAnswersInItsPlace) {
  const Diagnostic error{"flow", {}, "a flow has a dst", "{}", ""};
  const auto json = nlohmann::json::parse(to_json(error, 7, -1));
  EXPECT_EQ(json["schema"], "netproof/trace/1");
  EXPECT_EQ(json["line"], 7);
  EXPECT_EQ(json["error"]["message"], "a flow has a dst");
}

}  // namespace
}  // namespace netproof
