#include "io/firewall_side.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "firewall_text.hpp"

namespace netproof::io {
namespace {

RuleVariables variables() {
  RuleVariables known;
  known.addresses["ALL"] = {"10.0.0.0/8", "!10.1.0.0/16"};
  known.addresses["LOOP"] = {"$LOOP"};
  known.addresses["EMPTY"] = {};
  known.prefix_lists["SPARE"] = "pl-1";
  return known;
}

// covers S85
TEST(FirewallSide, AddressesAreWhatRulesWrite) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"any", "any"},
      {"10.0.0.0/8", "10.0.0.0/8"},
      {"10.0.0.7", "10.0.0.7/32"},
      {"2600::1", "2600::1/128"},
      {"[10.0.0.0/8, 192.168.0.0/16]", "10.0.0.0/8 192.168.0.0/16"},
      {"[10.0.0.0/8,!10.1.0.0/16]", "10.0.0.0/8 but 10.1.0.0/16"},
      {"[10.0.0.0/8,[11.0.0.0/8,12.0.0.0/8]]",
       "10.0.0.0/8 11.0.0.0/8 12.0.0.0/8"},
      {"!10.0.0.0/8", "any but 10.0.0.0/8"},
      {"[any,!10.0.0.0/8]", "any but 10.0.0.0/8"},
      {"$HOME_NET", "HOME"},
      {"!$HOME_NET", "any but HOME"},
      {"$EXTERNAL_NET", "any but HOME"},
      {"!$EXTERNAL_NET", "HOME"},
      {"[!10.0.0.0/8,$EXTERNAL_NET]", "any but 10.0.0.0/8 HOME"},
      {"$ALL", "10.0.0.0/8 but 10.1.0.0/16"},
      {"@SPARE", "@pl-1"},
      {"@pl-9", "open"},
      {"[10.0.0.0/8,@pl-9]", "open"},
      // What one element leaves out another may hold: nobody works it out.
      {"[$ALL,10.1.2.0/24]", "open"},
      {"[10.1.2.0/24,$ALL]", "open"},
      {"[$EXTERNAL_NET,10.0.0.0/8]", "open"},
      {"[10.0.0.0/8,!$EXTERNAL_NET]", "open"},
      {"!$ALL", "open"},
      {"!any", "open"},
      {"$GHOST", "open"},
      {"$LOOP", "open"},
      {"$EMPTY", "open"},
      {"10.0.0.0/33", "open"},
      {"", "open"}};
  for (const auto& [written, meant] : rows) {
    EXPECT_EQ(text_of(read_side(written, variables(), {})), meant) << written;
  }
}

TEST(FirewallSide, APrefixListIsNamedItselfWhereThatIsTheWay) {
  RuleVariables known = variables();
  known.lists_by_name = true;
  EXPECT_EQ(text_of(read_side("@pl-9", known, {})), "@pl-9");
  EXPECT_EQ(text_of(read_side("@SPARE", known, {})), "@pl-1");
}

// covers S85
TEST(FirewallSide, HomeOfTheGroupIsNotThatOfThePolicy) {
  RuleVariables own;
  own.addresses["HOME_NET"] = {"10.3.0.0/16"};
  EXPECT_EQ(text_of(read_side("$HOME_NET", own, {})), "10.3.0.0/16");
  EXPECT_EQ(text_of(read_side("$EXTERNAL_NET", own, {})),
            "any but 10.3.0.0/16");
}

}  // namespace
}  // namespace netproof::io
