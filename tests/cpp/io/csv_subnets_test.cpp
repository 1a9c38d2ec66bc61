#include "folder.hpp"
#include "reading.hpp"

namespace netproof {
namespace {

TopologyParts table_of(const std::string& text) {
  return parts_of(text, false, "table.csv");
}

TEST(CsvSubnets, ARowIsASubnet) {
  const auto parts = table_of(
      "subnet,vpc,cidr,zone,route_table,network_acl,security_groups,tier,"
      "comment\n"
      "s,v,10.0.0.0/24 2001:db8::/64,apne1-az1,r,a,g h,web,hello\n"
      "t,v,unknown,unknown,unknown,unknown,unknown,,\n"
      "u,w,10.0.1.0/24 unknown,,,,,,\n");
  ASSERT_EQ(parts.subnets.size(), 3U);
  const Subnet& s = parts.subnets[0];
  EXPECT_EQ(s.name, "s");
  EXPECT_EQ(span_of(s.where), "table.csv:2:1-2");
  EXPECT_EQ(s.vpc.name, "v");
  ASSERT_EQ(s.cidrs.items.size(), 2U);
  EXPECT_EQ(span_of(s.cidrs.items[1].where), "table.csv:2:17-30");
  EXPECT_EQ(s.zone.value, "apne1-az1");
  EXPECT_EQ(s.route_table->value.name, "r");
  EXPECT_EQ(s.acl->value.name, "a");
  EXPECT_EQ(names_of(s.security_groups->items), (Names{"g", "h"}));
  EXPECT_EQ(s.labels, (Labels{{"tier", "web"}}));
  const Subnet& t = parts.subnets[1];
  EXPECT_TRUE(t.cidrs.open);
  EXPECT_TRUE(t.zone.unknown);
  EXPECT_TRUE(t.route_table->unknown);
  EXPECT_TRUE(t.acl->unknown);
  EXPECT_TRUE(t.security_groups->open);
  const Subnet& u = parts.subnets[2];
  EXPECT_TRUE(u.cidrs.open);
  EXPECT_EQ(u.cidrs.items.size(), 1U);
  EXPECT_FALSE(u.route_table);
  EXPECT_FALSE(u.security_groups);
}

TEST(CsvSubnets, ARowIsAnInterface) {
  const auto parts = table_of(
      "interface,subnet,address,public_address,security_groups,source_check,"
      "role\n"
      "i,s,10.0.0.10 2001:db8::1,18.176.0.10,g h,false,proxy\n"
      "j,s,10.0.0.11,,unknown,unknown,\n");
  ASSERT_EQ(parts.interfaces.size(), 2U);
  const Interface& i = parts.interfaces[0];
  EXPECT_EQ(i.subnet.name, "s");
  EXPECT_EQ(i.addresses.size(), 2U);
  EXPECT_EQ(i.public_addresses.size(), 1U);
  EXPECT_EQ(names_of(i.security_groups->items), (Names{"g", "h"}));
  EXPECT_TRUE(i.source_check.is(false));
  EXPECT_EQ(i.labels, (Labels{{"role", "proxy"}}));
  EXPECT_TRUE(parts.interfaces[1].source_check.unknown);
  EXPECT_TRUE(parts.interfaces[1].security_groups->open);
}

using CsvFolder = Folder;

TEST_F(CsvFolder, AttachmentsEnterByTheirSubnets) {
  write("topology.yaml",
        "files: [subnets.csv, plan.csv]\n"
        "transit_gateway_attachments:\n"
        "  - {name: written, transit_gateway: t, vpc: v, subnets: [x]}\n");
  write("plan.csv", "vpc,cidr,transit_gateway\nw,10.1.0.0/16,t\n");
  write("subnets.csv",
        "subnet,vpc,cidr,attachment\n"
        "a,v,10.0.0.0/24,written\n"
        "b,w,10.1.0.0/24,w\nc,w,10.1.1.0/24,w\nd,w,10.1.2.0/24,\n");
  const auto result = read();
  ASSERT_TRUE(result) << lines_of(result.error());
  const auto& attachments = result.value()->transit_attachments;
  ASSERT_EQ(attachments.size(), 2U);
  EXPECT_EQ(names_of(attachments[0].subnets->items), (Names{"x", "a"}));
  EXPECT_EQ(names_of(attachments[1].subnets->items), (Names{"b", "c"}));
  EXPECT_EQ(attachments[1].subnets->items[0].id, (Id<Subnet>{1}));
}

TEST_F(CsvFolder, ABrokenRowOpensItsOwners) {
  write("topology.yaml",
        "files: [subnets.csv, interfaces.csv]\n"
        "vpcs: [{name: v, cidr: 10.0.0.0/16}]\n"
        "transit_gateway_attachments:\n"
        "  - {name: a, transit_gateway: t, vpc: v}\n");
  write("subnets.csv",
        "subnet,vpc,cidr,attachment\ns,v,,a\nt,v,10.0.1.0/24,a\n");
  write("interfaces.csv",
        "interface,subnet,address\ni,t,10.0.1.300\nj,t,10.0.1.10\n");
  const auto result = read("", {true, ""});
  ASSERT_TRUE(result) << lines_of(result.error());
  const TopologyParts& parts = result.value().parts();
  EXPECT_EQ(parts.left_out.size(), 2U) << lines_of(parts.left_out);
  EXPECT_TRUE(parts.vpcs.at(0).subnets_open);
  ASSERT_EQ(parts.subnets.size(), 1U);
  EXPECT_TRUE(parts.subnets[0].interfaces_open);
  EXPECT_EQ(parts.interfaces.size(), 1U);
  EXPECT_TRUE(parts.transit_attachments.at(0).subnets->open);
}

TEST(CsvSubnets, AreRefusedWithPlaceAndWayOut) {
  const std::vector<Refusal> rows{
      {"csv-header", "subnet,vpc\ns,v\n", 1, 1, "no 'cidr'", "column 'cidr'"},
      {"csv-header", "zone,interface,subnet\na,i,s\n", 1, 1, "no 'address'",
       "column 'interface'"},
      {"csv-column", "subnet,vpc,cidr,route_tabel\ns,v,10.0.0.0/24,r\n", 1, 17,
       "route_tabel", "did you mean 'route_table'?"},
      {"csv-column", "subnets,vpc,cidr\ns,v,10.0.0.0/24\n", 1, 1, "subnets",
       "did you mean 'subnet'?"},
      {"csv-column", "interfaces,account\ni,v\n", 1, 1, "interfaces",
       "did you mean 'interface'?"},
      {"missing-key", "subnet,vpc,cidr\n,v,10.0.0.0/24\n", 2, 1, "",
       "has 'name'"},
      {"missing-key", "subnet,vpc,cidr\ns,,10.0.0.0/24\n", 2, 1, "",
       "has 'vpc'"},
      {"prefix", "subnet,vpc,cidr\ns,v,10.0.0.0/24 10.0.300.0/24\n", 2, 17,
       "10.0.300.0/24", ""},
      {"duplicate-name", "subnet,vpc,cidr\ns,v,10.0.0.0/24\ns,v,10.0.1.0/24\n",
       3, 1, "s", "first at table.csv:2:1"},
      {"unknown-name", "subnet,vpc,cidr,attachment\ns,v,10.0.0.0/24,a\n", 2, 17,
       "a", "entry of exists"},
      {"boolean", "interface,subnet,address,source_check\ni,s,10.0.0.1,no\n", 2,
       14, "no", "write false"},
      {"address", "interface,subnet,address\ni,s,10.0.0.256\n", 2, 5,
       "10.0.0.256", ""},
  };
  for (const Refusal& row : rows) {
    expect_refusal(row, errors_of(row.text, "table.csv"));
  }
}

TEST(CsvSubnets, AllErrorsOfATableInOneRun) {
  EXPECT_EQ(errors_of("subnet,vpc,cidr\ns,,10.0.0.0/24\nt,v,10.0.0.0/33\n",
                      "table.csv")
                .size(),
            2U);
}

}  // namespace
}  // namespace netproof
