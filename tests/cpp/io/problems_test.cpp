#include "io/problems.hpp"

#include "reading.hpp"

namespace netproof::io {
namespace {

TEST(Problems, AreSortedByPlaceAndStandOnce) {
  Problems problems;
  const Diagnostic late{"a", {"f", 2, 1, 2, 2}, "w", "", ""};
  const Diagnostic early{"b", {"f", 1, 9, 1, 10}, "w", "", ""};
  problems.add(late);
  problems.add(early);
  problems.add(late);
  EXPECT_EQ(problems.failures(), 3);
  EXPECT_EQ(problems.take(), (Diagnostics{early, late}));
  EXPECT_TRUE(problems.diagnostics().empty());
}

TEST(Problems, FragmentsAreShortAndOnOneLine) {
  Problems problems;
  problems.add({"a", {}, "w", "x\n\x1b" + std::string(200, 'y'), ""});
  problems.add({"b", {}, "w", std::string(79, 'z') + "製造", ""});
  const auto found = problems.take();
  EXPECT_EQ(found[0].fragment, "x  " + std::string(77, 'y') + "...");
  EXPECT_EQ(found[1].fragment, std::string(79, 'z') + "製...");
}

TEST(Problems, AnUnknownIsForTheListAround) {
  Problems problems;
  {
    const ElementScope scope{problems, true};
    problems.add_unknown({});
    const ElementScope object{problems, false};
    problems.add_unknown({});
  }
  EXPECT_EQ(problems.failures(), 2);
  EXPECT_EQ(problems.diagnostics().size(), 1U);
  EXPECT_FALSE(problems.in_open_list());
}

}  // namespace
}  // namespace netproof::io
