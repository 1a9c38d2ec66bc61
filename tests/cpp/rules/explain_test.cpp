#include "netproof/rules/explain.hpp"

#include <gtest/gtest.h>

#include "netproof/rules/plan.hpp"

namespace netproof {
namespace {

TEST(Explain, EveryIdHasAText) {
  const auto ids = explained_ids();
  EXPECT_EQ(ids.size(), finding_kinds().size() + 21);
  for (const std::string& id : ids) {
    const auto text = explain(id);
    ASSERT_TRUE(text) << id;
    EXPECT_EQ(text->find(id), 0U);
    EXPECT_TRUE(text->ends_with("\n"));
  }
}

TEST(Explain, AnUnknownIdHasNone) { EXPECT_FALSE(explain("nothing-like-it")); }

TEST(Explain, ShowsBadAndGoodAndFix) {
  const std::string text = explain("prefix-has-no-host-bits").value();
  EXPECT_NE(text.find("bad:\n  10.0.1.0/16\n"), std::string::npos) << text;
  EXPECT_NE(text.find("fix:\n  write the block"), std::string::npos) << text;
}

TEST(Explain, NamesTheCodeOfAws) {
  EXPECT_NE(explain("SG_DENY")->find("ENI_SG_RULES_MISMATCH"),
            std::string::npos);
}

}  // namespace
}  // namespace netproof
