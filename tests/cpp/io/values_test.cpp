#include "io/values.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

Node scalar(const std::string& text, bool quoted = false) {
  Node node;
  node.kind = NodeKind::kScalar;
  node.text = text;
  node.quoted = quoted;
  return node;
}

TEST(Values, NumbersAreDecimalAndBare) {
  Problems problems;
  EXPECT_EQ(read_int(problems, scalar("0"), 0, 9), 0);
  EXPECT_EQ(read_int(problems, scalar("-3"), -9, 9), -3);
  for (const char* text : {"", "10", "0x1", "1.0", "07", "1 ", "one"}) {
    EXPECT_FALSE(read_int(problems, scalar(text), 0, 9)) << text;
  }
  EXPECT_FALSE(read_int(problems, scalar("1", true), 0, 9));
}

TEST(Values, TextsAreOneLine) {
  Problems problems;
  EXPECT_EQ(read_text(problems, scalar("0123", true)), "0123");
  EXPECT_EQ(read_text(problems, scalar("製造 部門")), "製造 部門");
  for (const char* text : {"", " a", "a ", "a\nb", "0123"}) {
    EXPECT_FALSE(read_text(problems, scalar(text))) << text;
  }
}

TEST(Values, KindAndName) {
  Problems problems;
  const auto read = [&](const char* text) {
    return read_kind_name(problems, scalar(text), {"tgw", "nat"}, {"local"});
  };
  EXPECT_EQ(read("tgw:a:b")->name, "a:b");
  EXPECT_EQ(read("local")->kind, "local");
  EXPECT_FALSE(read("tgw:"));
  EXPECT_FALSE(read("tgw"));
  EXPECT_FALSE(read(":a"));
}

}  // namespace
}  // namespace netproof::io
