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
        << "\xef\xbb\xbfvpcs:\n  - cidr: 10.0.1.0/16\n  - 製造: 10.0.0.0/8\n"
        << "c:\t\x1b[31m\xe2\x80\xaex\n"
        << std::string(300, 'a') + "製造" + std::string(300, 'b') << "\n";
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

TEST_F(ExcerptTest, NothingOfAFileMovesTheCursor) {
  EXPECT_EQ(at({"net.yaml", 4, 10, 4, 11}),
            " --> net.yaml:4:10\n"
            "  |\n"
            "4 | c:  [31m x\n"
            "  |          ^\n");
}

TEST_F(ExcerptTest, LongLinesAreCutAroundThePlace) {
  EXPECT_EQ(at({"net.yaml", 5, 301, 5, 303}),
            " --> net.yaml:5:301\n"
            "  |\n"
            "5 | ..." +
                std::string(60, 'a') + "製造" + std::string(98, 'b') +
                "...\n"
                "  | " +
                std::string(63, ' ') + "^^^^\n");
}

TEST_F(ExcerptTest, WhatGoesOnBehindTheLineEndsWithIt) {
  EXPECT_EQ(at({"net.yaml", 1, 3, 2, 4}),
            " --> net.yaml:1:3\n"
            "  |\n"
            "1 | vpcs:\n"
            "  |   ^^^\n");
}

TEST_F(ExcerptTest, APlaceBehindTheLineGetsOneCaret) {
  EXPECT_EQ(at({"net.yaml", 1, 6, 1, 6}),
            " --> net.yaml:1:6\n"
            "  |\n"
            "1 | vpcs:\n"
            "  |      ^\n");
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
