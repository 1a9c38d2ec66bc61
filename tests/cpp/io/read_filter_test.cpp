#include "reading.hpp"

namespace netproof {
namespace {

TEST(ReadFilter, SecurityGroups) {
  const auto parts = parts_of(R"(
security_groups:
  - name: web
    vpc: v
    ingress:
      - {service: [tcp/80, tcp/443], sources: [0.0.0.0/0, "sg:web", "prefix_list:none"]}
      - {name: odd, service: unknown, sources: unknown}
    egress: []
  - {name: fresh, vpc: v, ingress: unknown}
)");
  ASSERT_EQ(parts.security_groups.size(), 2U);
  const SecurityGroup& web = parts.security_groups[0];
  ASSERT_EQ(web.ingress.items.size(), 2U);
  EXPECT_EQ(web.ingress.items[0].name, "sg:web ingress #1");
  EXPECT_EQ(to_string(web.ingress.items[0].service.value), "tcp/80, tcp/443");
  const auto& peers = web.ingress.items[0].peers.items;
  ASSERT_EQ(peers.size(), 3U);
  EXPECT_EQ(std::get<WrittenPrefix>(peers[0]).text, "0.0.0.0/0");
  EXPECT_EQ(std::get<Ref<SecurityGroup>>(peers[1]).id, (Id<SecurityGroup>{0}));
  EXPECT_FALSE(std::get<Ref<PrefixList>>(peers[2]));
  EXPECT_EQ(web.ingress.items[1].name, "odd");
  EXPECT_TRUE(web.ingress.items[1].service.unknown);
  EXPECT_TRUE(web.ingress.items[1].peers.open);
  EXPECT_TRUE(web.egress.items.empty());
  EXPECT_TRUE(parts.security_groups[1].ingress.open);
}

// covers S70
TEST(ReadFilter, AGroupWithoutEgressLetsEverythingOut) {
  const auto parts = parts_of("security_groups: [{name: g, vpc: v}]");
  const auto& egress = parts.security_groups.at(0).egress;
  ASSERT_EQ(egress.items.size(), 1U);
  EXPECT_EQ(egress.items[0].service.value, TransportSet::all());
  EXPECT_EQ(egress.items[0].peers.items.size(), 2U);
  EXPECT_TRUE(parts.security_groups[0].ingress.items.empty());
}

TEST(ReadFilter, NetworkAclsStandAsWritten) {
  const auto parts = parts_of(R"(
network_acls:
  - name: a
    vpc: v
    inbound:
      - {rule: 200, action: allow, service: any, cidr: 0.0.0.0/0}
      - {rule: 100, action: unknown, service: unknown, cidr: unknown}
    outbound: unknown
)");
  const NetworkAcl& acl = parts.network_acls.at(0);
  ASSERT_EQ(acl.inbound.items.size(), 2U);
  EXPECT_EQ(acl.inbound.items[0].number, 200);
  EXPECT_TRUE(acl.inbound.items[0].allow.is(true));
  EXPECT_EQ(acl.inbound.items[0].cidr.value.text, "0.0.0.0/0");
  EXPECT_TRUE(acl.inbound.items[1].allow.unknown);
  EXPECT_TRUE(acl.inbound.items[1].service.unknown);
  EXPECT_TRUE(acl.inbound.items[1].cidr.unknown);
  EXPECT_TRUE(acl.outbound.open);
  EXPECT_FALSE(acl.inbound.open);
}

TEST(ReadFilter, PrefixLists) {
  const auto parts =
      parts_of("prefix_lists: [{name: p, entries: [10.0.0.0/8, unknown]}]");
  EXPECT_EQ(parts.prefix_lists.at(0).entries.items.size(), 1U);
  EXPECT_TRUE(parts.prefix_lists[0].entries.open);
}

}  // namespace
}  // namespace netproof
