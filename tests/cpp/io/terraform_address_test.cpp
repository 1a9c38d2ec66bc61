#include "io/terraform_address.hpp"

#include <gtest/gtest.h>

namespace netproof::io {
namespace {

TEST(TerraformAddress, HasItsParts) {
  const auto address = parse_terraform_address(
      R"(module.net["a.b]"].module.vpc[0].aws_subnet.main["x"])");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->module,
            (TerraformPath{{"net", "\"a.b]\""}, {"vpc", "0"}}));
  EXPECT_EQ(address->type, "aws_subnet");
  EXPECT_EQ(address->name, "main");
  EXPECT_EQ(address->key, "\"x\"");
  EXPECT_EQ(address->rest, "");
  EXPECT_FALSE(address->data);
}

TEST(TerraformAddress, AReferenceGoesOn) {
  const auto address =
      parse_terraform_address("data.aws_vpc.main[0].cidr_block[1]");
  ASSERT_TRUE(address);
  EXPECT_TRUE(address->data);
  EXPECT_EQ(address->bare(), "data.aws_vpc.main");
  EXPECT_EQ(address->key, "0");
  EXPECT_EQ(address->rest, "cidr_block[1]");
}

TEST(TerraformAddress, OtherTextsAreNone) {
  for (const char* text :
       {"", "aws_vpc", "aws_vpc.", ".main", "module.", "module.a",
        "module.a.aws_vpc", "data.", "data.aws_vpc", "aws_vpc.a b",
        "aws_vpc.a[\"x", "module.a[0", "aws_vpc.a]"}) {
    EXPECT_FALSE(parse_terraform_address(text)) << text;
  }
}

}  // namespace
}  // namespace netproof::io
