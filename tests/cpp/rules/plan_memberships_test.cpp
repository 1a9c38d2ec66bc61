#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;
using testing::two_vpcs;

constexpr const char* kTwice = "attachment-has-one-association";
constexpr const char* kForeign = "table-and-attachment-share-a-gateway";

// covers S42
TEST(PlanMemberships, AnAttachmentHasOneAssociation) {
  Network net = two_vpcs();
  EXPECT_TRUE(findings(net.build(), kTwice).empty());
  net.transit_table("second", "main", {{"att-b"}, {}, {}});
  net.transit_table("third", "main", {{"att-b"}, {}, {}});
  const Topology topology = net.build();
  const auto found = findings(topology, kTwice);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "tgw-attachment:att-b (vpc:b) is associated with 3 route tables: "
            "tgw-rtb:rt, tgw-rtb:second, tgw-rtb:third; AWS takes one, and "
            "which is not known");
  EXPECT_EQ(found[0].subjects.front(), "tgw-attachment:att-b");
  EXPECT_EQ(found[0].source,
            topology->transit_route_tables[2].associations.items[0].where);
  ASSERT_EQ(found[0].related.size(), 3U);
  EXPECT_EQ(found[0].related[1].message, "in tgw-rtb:rt");
}

// covers S42
TEST(PlanMemberships, TheSameTableTwiceIsSaidSo) {
  Network net = two_vpcs();
  net.transit_table("second", "main", {{"att-c", "att-c"}, {}, {}});
  net.attach_vpc("att-c", "main", "a");
  const auto found = findings(net.build(), kTwice);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "tgw-attachment:att-c (vpc:a) is associated with tgw-rtb:second 2 "
            "times");
}

// covers S42, S65
TEST(PlanMemberships, ATableIsForTheAttachmentsOfItsGateway) {
  Network net = two_vpcs();
  EXPECT_TRUE(findings(net.build(), kForeign).empty());
  net.transit("other");
  net.transit_table("far", "other",
                    {{"att-a"}, {"att-b"}, {{"10.9.0.0/16", "att-a"}}});
  const auto found = findings(net.build(), kForeign);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "tgw-rtb:far of tgw:other is associated with tgw-attachment:att-a "
            "of tgw:main");
  EXPECT_EQ(found[0].related.size(), 2U);
}

}  // namespace
}  // namespace netproof
