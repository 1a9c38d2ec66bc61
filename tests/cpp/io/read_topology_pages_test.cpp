// The examples on the pages of the two formats load.
#include <fstream>
#include <sstream>

#include "reading.hpp"
#include "support/source_dir.hpp"

namespace netproof {
namespace {

struct Block {
  std::string text;
  int line = 0;
};

std::vector<Block> blocks_of(const std::string& page,
                             const std::string& language) {
  std::ifstream stream{testing::source_dir() + "/" + page};
  EXPECT_TRUE(stream) << page;
  std::vector<Block> blocks;
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (!inside && line == "```" + language) {
      inside = true;
      blocks.push_back({"", number});
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

TEST(Pages, EveryTopologyLoads) {
  const auto blocks = blocks_of("topologies/README.md", "yaml");
  EXPECT_GE(blocks.size(), 6U);
  for (const Block& block : blocks) {
    SCOPED_TRACE(block.line);
    parts_of(block.text);
  }
}

TEST(Pages, EveryTableLoads) {
  const auto blocks = blocks_of("topologies/README.md", "csv");
  ASSERT_EQ(blocks.size(), 3U);
  const auto plan = parts_of(blocks[0].text, false, "plan.csv");
  EXPECT_EQ(plan.accounts.size(), 3U);
  EXPECT_EQ(plan.vpcs.size(), 2U);
  EXPECT_EQ(plan.transit_attachments.size(), 1U);
  EXPECT_EQ(parts_of(blocks[1].text, false, "s.csv").subnets.size(), 2U);
  EXPECT_EQ(parts_of(blocks[2].text, false, "i.csv").interfaces.size(), 2U);
}

TEST(Pages, EveryRuleFileLoads) {
  const auto blocks = blocks_of("rules/README.md", "yaml");
  EXPECT_GE(blocks.size(), 4U);
  for (const Block& block : blocks) {
    SCOPED_TRACE(block.line);
    rules_of(block.text);
  }
}

}  // namespace
}  // namespace netproof
