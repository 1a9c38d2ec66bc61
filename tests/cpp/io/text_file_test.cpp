#include "io/text_file.hpp"

#include <fstream>

#include "reading.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

TEST(TextFile, NamesAreRelativeWithSlashes) {
  EXPECT_EQ(display_name("/a/b/c.yaml", "/a"), "b/c.yaml");
  EXPECT_EQ(display_name("/a/b/../c.yaml", "/a/b"), "../c.yaml");
}

TEST(TextFile, ReadsTextAndSaysWhyNot) {
  const fs::path path = fs::path(testing::TempDir()) / "text_file_test.yaml";
  std::ofstream{path, std::ios::binary} << "a: 製\n";
  Problems problems;
  const auto source = read_text_file(path, "shown.yaml", {}, problems);
  ASSERT_TRUE(source);
  EXPECT_EQ(source->file(), "shown.yaml");
  EXPECT_EQ(source->text(), "a: 製\n");
  EXPECT_TRUE(parse_document(*source, problems));
  const Location named{"net.yaml", 3, 4, 3, 9};
  EXPECT_FALSE(read_text_file(testing::TempDir(), "folder", named, problems));
  ASSERT_EQ(problems.diagnostics().size(), 1U);
  EXPECT_EQ(problems.diagnostics()[0].where, named);
  fs::remove(path);
}

}  // namespace
}  // namespace netproof::io
