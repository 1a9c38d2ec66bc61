#include "io/suggest.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

TEST(Suggest, DistanceCountsEditsAndSwaps) {
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("vpsc", "vpcs"), 1);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("same", "same"), 0);
}

TEST(Suggest, OnlyWhatIsNear) {
  const Names known{"cidrs", "route_tables", "subnets"};
  EXPECT_EQ(suggestion("subnts", known), "did you mean 'subnets'?");
  EXPECT_EQ(suggestion("RouteTables", known), "did you mean 'route_tables'?");
  EXPECT_EQ(suggestion("colour", known), "");
  EXPECT_EQ(suggestion("", known), "");
  EXPECT_EQ(suggestion(std::string(100000, 'a'), known), "");
}

}  // namespace
}  // namespace netproof::io
