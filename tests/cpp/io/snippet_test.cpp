#include "netproof/io/snippet.hpp"

#include <filesystem>
#include <fstream>

#include "reading.hpp"

namespace netproof {
namespace {

class Snippet : public testing::Test {
 protected:
  Snippet() : root_{testing::TempDir()} {
    std::ofstream{root_ + "/snippet.yaml", std::ios::binary}
        << "a: b\n  製造: 10.0.0.0/33 # x\nc:\t\x1b[31m\xe2\x80\xae\n"
        << std::string(400, 'x') << "\n";
  }
  ~Snippet() override { std::filesystem::remove(root_ + "/snippet.yaml"); }

  std::string shown(const Location& where, bool color = false) const {
    return render({{"prefix", where, "a rule", "bad", "do this"}},
                  {color, root_, "error"});
  }

  std::string root_;
};

TEST_F(Snippet, UnderlinesWhatIsMeant) {
  EXPECT_EQ(shown({"snippet.yaml", 2, 7, 2, 18}),
            "error[prefix]: a rule, not 'bad'\n"
            " --> snippet.yaml:2:7\n"
            "  |\n"
            "2 |   製造: 10.0.0.0/33 # x\n"
            "  |         ^^^^^^^^^^^\n"
            "  = help: do this\n");
}

TEST_F(Snippet, ShowsThePlaceWhereThereIsNoText) {
  EXPECT_EQ(shown({"none.yaml", 12, 7, 12, 18}),
            "error[prefix]: a rule, not 'bad'\n"
            "  --> none.yaml:12:7\n"
            "   = help: do this\n");
  EXPECT_EQ(shown({"snippet.yaml", 99, 1, 99, 2}),
            "error[prefix]: a rule, not 'bad'\n"
            "  --> snippet.yaml:99:1\n"
            "   = help: do this\n");
  EXPECT_EQ(shown({}), "error[prefix]: a rule, not 'bad'\n = help: do this\n");
}

TEST_F(Snippet, NothingOfAFileMovesTheCursor) {
  const std::string text = shown({"snippet.yaml", 3, 1, 3, 2});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\t'), std::string::npos);
  EXPECT_NE(text.find("c: ?[31m?\n"), std::string::npos) << text;
}

TEST_F(Snippet, LongLinesAreCutAroundThePlace) {
  const std::string text = shown({"snippet.yaml", 4, 300, 4, 310});
  EXPECT_NE(text.find(" ...x"), std::string::npos);
  EXPECT_NE(text.find(" ^^^^^^^^^^\n"), std::string::npos);
  EXPECT_LT(text.size(), 500U);
}

TEST_F(Snippet, APlaceBehindTheLineGetsOneCaret) {
  const std::string text = shown({"snippet.yaml", 1, 5, 2, 1});
  EXPECT_NE(text.find("  |     ^\n"), std::string::npos) << text;
}

TEST_F(Snippet, ColorsAreOnlyThereWhenAsked) {
  EXPECT_NE(shown({"snippet.yaml", 1, 1, 1, 2}, true).find("\x1b[1;31merror"),
            std::string::npos);
}

TEST(Render, SeparatesDiagnosticsByAnEmptyLine) {
  const Diagnostic one{"a", {}, "b", "", ""};
  EXPECT_EQ(render({one, one}), "error[a]: b\n\nerror[a]: b\n");
  EXPECT_EQ(render({}), "");
}

}  // namespace
}  // namespace netproof
