#include "netproof/base/diagnostic.hpp"

#include <gtest/gtest.h>

namespace netproof {
namespace {

TEST(Diagnostic, ReadsAsARuleAboutGoodInput) {
  const Diagnostic diagnostic{.code = "prefix-length",
                              .where = {"net.yaml", 14, 11, 14, 13},
                              .what = "a prefix length is 0 to 32",
                              .fragment = "33",
                              .help = ""};
  EXPECT_EQ(
      to_string(diagnostic),
      "net.yaml:14:11: prefix-length: a prefix length is 0 to 32, not '33'");
}

TEST(Diagnostic, OffersTheWayOutInBrackets) {
  const Diagnostic diagnostic{.code = "unknown-node",
                              .where = {"net.yaml", 20, 9, 20, 14},
                              .what = "a link ends at a node of this file",
                              .fragment = "web-3",
                              .help = "did you mean 'web-2'?"};
  EXPECT_EQ(to_string(diagnostic),
            "net.yaml:20:9: unknown-node: a link ends at a node of this file, "
            "not 'web-3' (did you mean 'web-2'?)");
}

TEST(Diagnostic, NamesTheFileIfTheLineIsNotKnown) {
  const Diagnostic diagnostic{.code = "file-missing",
                              .where = {.file = "plan.csv"},
                              .what = "every named file exists",
                              .fragment = "",
                              .help = ""};
  EXPECT_EQ(to_string(diagnostic),
            "plan.csv: file-missing: every named file exists");
}

TEST(Diagnostic, NeedsNoPlace) {
  const Diagnostic diagnostic{.code = "nothing-loaded",
                              .where = {},
                              .what = "there is something to check",
                              .fragment = "",
                              .help = ""};
  EXPECT_EQ(to_string(diagnostic),
            "nothing-loaded: there is something to check");
}

}  // namespace
}  // namespace netproof
