#include "netproof/base/location.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

TEST(Location, ReadsAsFileLineColumn) {
  EXPECT_EQ(to_string(Location{"tables.yaml", 41, 9, 41, 20}),
            "tables.yaml:41:9");
}

TEST(Location, LeavesOutAColumnThatIsNotKnown) {
  EXPECT_EQ(to_string(Location{.file = "plan.csv", .line = 3}), "plan.csv:3");
}

TEST(Location, SaysNothingIfThePlaceIsNotKnown) {
  EXPECT_EQ(to_string(Location{}), "");
  EXPECT_EQ(to_string(Location{.file = "plan.csv"}), "");
}

}  // namespace
}  // namespace netproof
