#include "netproof/rules/finding.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

Finding at(const std::string& file, int line, const std::string& id) {
  Finding made;
  made.id = id;
  made.source = {file, line, 1, line, 2};
  return made;
}

TEST(SortFindings, ByPlaceThenIdAndEqualOnesOnce) {
  std::vector<Finding> found = {at("b", 1, "x"), at("a", 2, "y"),
                                at("a", 2, "x"), at("a", 10, "x"),
                                at("a", 2, "y")};
  sort_findings(found);
  const std::vector<Finding> expected = {at("a", 2, "x"), at("a", 2, "y"),
                                         at("a", 10, "x"), at("b", 1, "x")};
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace netproof
