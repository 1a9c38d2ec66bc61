#include "report/excerpt.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace netproof::report {
namespace {

class ExcerptTest : public ::testing::Test {
 protected:
  ExcerptTest() {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "net.yaml")
        << "vpcs:\n  - cidr: 10.0.1.0/16\n  - 製造: 10.0.0.0/8\n\x1b[31m: x\n";
  }
  ~ExcerptTest() override { std::filesystem::remove_all(folder_); }

  std::string at(const Location& where) {
    SourceFiles files(folder_.string());
    return excerpt(files, where, Style(false));
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / "netproof_excerpt_test";
};

TEST_F(ExcerptTest, CaretsStandUnderWhatIsMeant) {
  EXPECT_EQ(at({"net.yaml", 2, 11, 2, 22}),
            " --> net.yaml:2:11\n"
            "  |\n"
            "2 |   - cidr: 10.0.1.0/16\n"
            "  |           ^^^^^^^^^^^\n");
}

TEST_F(ExcerptTest, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(at({"net.yaml", 3, 9, 3, 19}),
            " --> net.yaml:3:9\n"
            "  |\n"
            "3 |   - 製造: 10.0.0.0/8\n"
            "  |           ^^^^^^^^^^\n");
}

TEST_F(ExcerptTest, ControlCharactersAreNotPrinted) {
  EXPECT_EQ(at({"net.yaml", 4, 1, 4, 2}).find('\x1b'), std::string::npos);
}

TEST_F(ExcerptTest, WithoutTheFileThePlaceRemains) {
  EXPECT_EQ(at({"gone.yaml", 2, 1, 2, 2}), " --> gone.yaml:2:1\n");
  EXPECT_EQ(at({"net.yaml", 99, 1, 99, 2}), "  --> net.yaml:99:1\n");
  EXPECT_EQ(at({}), "");
}

TEST(Style, ColoursAreLeftOutWhenNotWanted) {
  EXPECT_EQ(Style(false).red("x"), "x");
  EXPECT_EQ(Style(true).red("x"), "\x1b[1;31mx\x1b[0m");
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("製造"), 4U);
  EXPECT_EQ(display_width("é"), 1U);
}

}  // namespace
}  // namespace netproof::report
