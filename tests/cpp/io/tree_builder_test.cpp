#include "io/tree_builder.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

TEST(TreeBuilder, PutsKeysAndValuesTogether) {
  const SourceText source{"f", "{a: [b], c: }"};
  Problems problems;
  TreeBuilder builder{source, problems};
  ASSERT_TRUE(builder.open(NodeKind::kMap, 0));
  builder.scalar("a", false, 1, 2);
  ASSERT_TRUE(builder.open(NodeKind::kList, 4));
  builder.scalar("b", false, 5, 6);
  builder.close(7);
  builder.scalar("c", false, 9, 10);
  builder.null(12, 12, false);
  builder.close(13);
  const Node root = builder.take_root();
  EXPECT_EQ(span_of(root.where), "f:1:1-14");
  EXPECT_EQ(root.find("a")->items.at(0).text, "b");
  EXPECT_EQ(root.find("c")->kind, NodeKind::kNull);
  EXPECT_EQ(span_of(root.find("c")->where), "f:1:10-11");
  EXPECT_EQ(root.find("a")->begin, 4U);
  EXPECT_EQ(root.find("a")->end, 7U);
}

TEST(TreeBuilder, ARefusedKeyTakesItsValueAlong) {
  const SourceText source{"f", "abcdef"};
  Problems problems;
  TreeBuilder builder{source, problems};
  ASSERT_TRUE(builder.open(NodeKind::kMap, 0));
  for (const char* text : {"a", "1", "a", "2", "b", "3"}) {
    builder.scalar(text, false, 0, 1);
  }
  builder.close(6);
  const Node root = builder.take_root();
  EXPECT_TRUE(root.broken);
  ASSERT_EQ(root.items.size(), 2U);
  EXPECT_EQ(root.find("a")->text, "1");
  EXPECT_EQ(root.find("b")->text, "3");
  EXPECT_EQ(problems.diagnostics().size(), 1U);
}

}  // namespace
}  // namespace netproof::io
