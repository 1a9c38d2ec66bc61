#include "reading.hpp"

namespace netproof {
namespace {

const char* const kNetwork = R"(
vpcs:
  - name: web
    account: sales
    region: ap-northeast-1
    labels: {environment: prod, tier: 2}
    cidrs: [10.1.0.0/16, 10.2.1.0/16, unknown]
    main_route_table: main
    public_access: ingress-blocked
    default_security_group: base
    security_groups: [base, {name: base, egress: []}, unknown]
    subnets:
      - name: a
        zone: apne1-az1
        cidr: 10.1.0.0/24
        route_table: unknown
        network_acl: none
        interfaces: [{name: i, address: [10.1.0.9, "2001:db8::9"], source_check: unknown, forwards: true}, unknown]
      - {name: b, zone: unknown, cidrs: unknown, security_groups: []}
      - unknown
    route_tables: [main]
)";

TEST(ReadVpc, KeepsWhatIsWritten) {
  const auto parts = parts_of(kNetwork);
  ASSERT_EQ(parts.vpcs.size(), 1U);
  const Vpc& vpc = parts.vpcs[0];
  EXPECT_EQ(vpc.account, "sales");
  EXPECT_EQ(vpc.region, "ap-northeast-1");
  EXPECT_EQ(vpc.labels.at("tier"), "2");
  EXPECT_EQ(span_of(vpc.where), "net.yaml:3:11-14");
  EXPECT_EQ(vpc.main_table->id, (Id<RouteTable>{0}));
  EXPECT_EQ(vpc.default_group->id, (Id<SecurityGroup>{0}));
  EXPECT_TRUE(vpc.public_access.is(PublicAccess::kIngressBlocked));
  EXPECT_TRUE(vpc.subnets_open);
  ASSERT_TRUE(vpc.security_groups);
  EXPECT_TRUE(vpc.security_groups->open);
  EXPECT_EQ(names_of(vpc.security_groups->items), Names{"base"});
}

TEST(ReadVpc, KeepsHostBitsAndPlacesOfPrefixes) {
  const auto parts = parts_of(kNetwork);
  const auto& cidrs = parts.vpcs.at(0).cidrs;
  EXPECT_TRUE(cidrs.open);
  ASSERT_EQ(cidrs.items.size(), 2U);
  EXPECT_FALSE(cidrs.items[0].host_bits);
  const WrittenPrefix& odd = cidrs.items[1];
  EXPECT_TRUE(odd.host_bits);
  EXPECT_EQ(odd.text, "10.2.1.0/16");
  EXPECT_EQ(to_string(odd.prefix), "10.2.0.0/16");
  EXPECT_EQ(to_string(odd.exact), "10.2.1.0/24");
  EXPECT_EQ(span_of(odd.where), "net.yaml:7:26-37");
}

TEST(ReadVpc, SubnetsAndInterfacesKnowTheirOwner) {
  const auto parts = parts_of(kNetwork);
  ASSERT_EQ(parts.subnets.size(), 2U);
  const Subnet& a = parts.subnets[0];
  EXPECT_EQ(a.vpc.id, (Id<Vpc>{0}));
  EXPECT_EQ(a.zone.value, "apne1-az1");
  EXPECT_TRUE(a.route_table->unknown);
  EXPECT_EQ(a.acl->value.name, "none");
  EXPECT_FALSE(a.acl->value);
  EXPECT_TRUE(a.interfaces_open);
  EXPECT_TRUE(parts.subnets[1].zone.unknown);
  EXPECT_TRUE(parts.subnets[1].cidrs.open);
  EXPECT_TRUE(parts.subnets[1].security_groups->items.empty());
  ASSERT_EQ(parts.interfaces.size(), 1U);
  EXPECT_EQ(parts.interfaces[0].subnet.id, (Id<Subnet>{0}));
  EXPECT_EQ(parts.interfaces[0].addresses.size(), 2U);
  EXPECT_TRUE(parts.interfaces[0].source_check.unknown);
  EXPECT_EQ(parts.interfaces[0].forwards, true);
}

TEST(ReadVpc, AGroupThatIsOnlyDefinedIsCarriedByNobody) {
  const auto parts = parts_of(
      "vpcs: [{name: v, cidr: 10.0.0.0/16, security_groups: [{name: g}]}]");
  EXPECT_FALSE(parts.vpcs.at(0).security_groups);
  EXPECT_EQ(parts.security_groups.size(), 1U);
}

TEST(ReadVpc, AccountsAreTheirOwnOwners) {
  const auto parts =
      parts_of("accounts: [plain, {name: a, id: 111122223333, ou: infra}]");
  ASSERT_EQ(parts.accounts.size(), 2U);
  EXPECT_EQ(parts.accounts[0].name, "plain");
  EXPECT_EQ(parts.accounts[0].account, "plain");
  EXPECT_EQ(parts.accounts[1].id, "111122223333");
  EXPECT_EQ(parts.accounts[1].organisational_unit, "infra");
}

}  // namespace
}  // namespace netproof
