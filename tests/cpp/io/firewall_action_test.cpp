#include "io/firewall_action.hpp"

#include <gtest/gtest.h>

namespace netproof::io {
namespace {

using Words = std::vector<std::string>;

// covers S81
TEST(FirewallAction, AStatelessRuleDoesOneThing) {
  const auto does = [](const Words& words) {
    const auto action = stateless_action(words, {});
    return action.unknown ? std::nullopt : std::optional{action.value};
  };
  EXPECT_EQ(does({"aws:pass"}), FirewallAction::kPass);
  EXPECT_EQ(does({"metric", "aws:drop"}), FirewallAction::kDrop);
  EXPECT_EQ(does({"aws:forward_to_sfe"}), FirewallAction::kForward);
  for (const Words& odd :
       {Words{}, Words{"metric"}, Words{"aws:pass", "aws:drop"},
        Words{"aws:pass", "aws:novel"}, Words{"aws:drop", ""}}) {
    EXPECT_EQ(does(odd), std::nullopt);
  }
}

// covers S84
TEST(FirewallAction, OneDefaultAtMostDrops) {
  const auto drops = [](const Words& words) {
    const auto rest = stateful_default(words, {});
    return rest.unknown ? std::nullopt : std::optional{rest.value};
  };
  EXPECT_EQ(drops({}), Unmatched::kPass);
  EXPECT_EQ(drops({"aws:alert_strict", "aws:alert_established"}),
            Unmatched::kPass);
  EXPECT_EQ(drops({"aws:drop_strict", "aws:alert_strict"}), Unmatched::kDrop);
  EXPECT_EQ(drops({"aws:alert_established", "aws:drop_established"}),
            Unmatched::kDropEstablished);
  for (const char* odd :
       {"aws:drop_novel", "aws:alert_novel", "drop_strict", "",
        "aws:drop_established_app_layer",
        "aws:drop_established_app_layer_to_server", "aws:drop_established"}) {
    EXPECT_EQ(drops({"aws:drop_strict", odd}), std::nullopt) << odd;
  }
}

}  // namespace
}  // namespace netproof::io
