#include "io/draft.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

TEST(Draft, ATextStandsForTheObjectOfThatName) {
  Node text;
  text.kind = NodeKind::kScalar;
  text.text = "a";
  const Node object = object_of(text);
  ASSERT_TRUE(object.is_map());
  EXPECT_EQ(object.find("name")->text, "a");
}

TEST(Draft, ANameIsTakenOncePerKind) {
  Draft draft;
  register_name(draft, "vpcs", "a", {"f", 1, 1, 1, 2});
  register_name(draft, "sites", "a", {"f", 2, 1, 2, 2});
  EXPECT_EQ(draft.problems.failures(), 0);
  register_name(draft, "vpcs", "a", {"f", 3, 1, 3, 2});
  EXPECT_EQ(draft.problems.failures(), 1);
  EXPECT_TRUE(draft.unusable.contains({"vpcs", "a"}));
  EXPECT_FALSE(draft.unusable.contains({"sites", "a"}));
}

TEST(Draft, EveryObjectHasAnAccountLabelsAndADescription) {
  const auto parts = parts_of(
      "sites: [{name: s, prefixes: [], account: a, labels: {x: 1, y: true}, "
      "description: unknown, x-any: [thing]}]");
  EXPECT_EQ(parts.sites.at(0).account, "a");
  EXPECT_EQ(parts.sites[0].labels, (Labels{{"x", "1"}, {"y", "true"}}));
}

}  // namespace
}  // namespace netproof::io
