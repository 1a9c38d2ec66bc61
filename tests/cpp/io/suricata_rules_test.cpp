#include "io/suricata_rules.hpp"

#include <gtest/gtest.h>

namespace netproof::io {
namespace {

// covers S85
TEST(SuricataRules, ARuleIsItsParts) {
  const SuricataRules read = parse_suricata_rules(
      "# a comment\n\n"
      "alert tcp [10.0.0.0/8, !10.1.0.0/16] any -> $HOME_NET [80,443] "
      "(msg:\"a; (b) \\\"c\\\"\"; sid:7; nocase;)\r\n"
      "pass ip any any \\\n  <> any any (sid:8;)\n"
      "drop udp any any -> any 53 ()",
      "g", {});
  EXPECT_TRUE(read.unreadable.empty());
  ASSERT_EQ(read.rules.size(), 3U);
  const RuleText& one = read.rules[0];
  EXPECT_EQ(one.name, "g sid:7");
  EXPECT_EQ(one.action, "alert");
  EXPECT_EQ(one.source, "[10.0.0.0/8, !10.1.0.0/16]");
  EXPECT_EQ(one.destination, "$HOME_NET");
  EXPECT_EQ(one.destination_port, "[80,443]");
  ASSERT_EQ(one.options.size(), 3U);
  EXPECT_EQ(one.options[0].second, "\"a; (b) \\\"c\\\"\"");
  EXPECT_EQ(one.options[2].first, "nocase");
  EXPECT_EQ(read.rules[1].direction, "<>");
  EXPECT_EQ(read.rules[2].name, "g #3");
}

// covers S85, S87
TEST(SuricataRules, WhatIsNoRuleIsKeptAsSuch) {
  for (const char* text :
       {"pass tcp any any -> any", "pass tcp any any -> any 80 sid:1;",
        "pass tcp any any -> any 80 (sid:1;", "pass (sid:1;)",
        "pass tcp any any -> any 80 more (sid:1;)", "words",
        "pass tcp any any -> any 80 (msg:\"a; flow:established; sid:1;)",
        "pass tcp any any -> any 80 (flow:established\\)",
        "pass tcp any any -> any 80 (sid:1;) \\"}) {
    const SuricataRules read = parse_suricata_rules(text, "g", {});
    EXPECT_TRUE(read.rules.empty()) << text;
    EXPECT_EQ(read.unreadable, std::vector<std::string>{text});
  }
}

// covers S85
TEST(SuricataRules, LinesAreJoinedAsTheyStand) {
  const SuricataRules read = parse_suricata_rules(
      "# a comment \\\npass tcp any any -> any 4\\ \n43 (msg:\"\\\"; (\"; "
      "sid:1;)\n"
      "drop ip any any -> any any \\\n# (sid:2;)\n",
      "g", {});
  ASSERT_EQ(read.rules.size(), 1U);
  EXPECT_EQ(read.rules[0].destination_port, "443");
  EXPECT_EQ(read.rules[0].options.at(1).first, "sid");
  EXPECT_EQ(read.unreadable,
            std::vector<std::string>{"drop ip any any -> any any # (sid:2;)"});
}

}  // namespace
}  // namespace netproof::io
