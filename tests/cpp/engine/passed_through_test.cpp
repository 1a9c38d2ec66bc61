#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/tables.hpp"
#include "support/network.hpp"

namespace netproof {
namespace {

// Two spokes and an inspection VPC; `to_inspection` is what the table of the
// spokes says beside what it learns.
std::vector<bool> passed(const std::vector<testing::Line>& to_inspection) {
  testing::Network n;
  n.transit("hub");
  for (const char* name : {"a", "b", "inspection"}) {
    const std::string vpc = name;
    const std::string block = vpc == "a"   ? "10.1.0.0/16"
                              : vpc == "b" ? "10.2.0.0/16"
                                           : "10.9.0.0/16";
    n.vpc(vpc, {block});
    n.attach_vpc("x-" + vpc, "hub", vpc);
  }
  testing::TransitLines lines;
  lines.associations = {"x-a", "x-b"};
  lines.propagations = {"x-a", "x-b", "x-inspection"};
  lines.routes = to_inspection;
  n.transit_table("spokes", "hub", lines);
  const Topology topology = n.build();
  const engine::Network network{topology};
  return engine::Tables{network}.passed_through;
}

TEST(PassedThrough, NobodyIsWhereEachGetsItsOwn) {
  EXPECT_EQ(passed({}), (std::vector<bool>{false, false, false}));
  EXPECT_EQ(passed({{"10.1.7.0/24", "x-a"}}),
            (std::vector<bool>{false, false, false}));
}

TEST(PassedThrough, WhoGetsWhatIsNotItsOwnIs) {
  EXPECT_EQ(passed({{"0.0.0.0/0", "x-inspection"}}),
            (std::vector<bool>{false, false, true}));
  EXPECT_EQ(passed({{"10.2.7.0/24", "x-a"}}),
            (std::vector<bool>{true, false, false}));
  EXPECT_EQ(passed({{"2001:db8::/32", "x-b"}}),
            (std::vector<bool>{false, true, false}));
}

TEST(PassedThrough, EverybodyMayBeWhereATableIsOpen) {
  EXPECT_EQ(passed({{"10.7.0.0/16", "unknown"}}),
            (std::vector<bool>{true, true, true}));
}

}  // namespace
}  // namespace netproof
