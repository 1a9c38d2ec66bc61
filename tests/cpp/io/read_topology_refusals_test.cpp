// Every code that a topology can be refused with: text, place, fragment.
#include "reading.hpp"

namespace netproof {
namespace {

const std::vector<Refusal>& yaml_rows() {
  static const std::vector<Refusal> rows{
      {"yaml-syntax", "vpcs: [\n", 2, 1, "", "well-formed YAML"},
      {"yaml-tab", "vpcs:\n\t- a\n", 2, 1, "a tab", "with spaces"},
      {"yaml-anchor", "name: &a x\n", 1, 7, "&", "no anchor"},
      {"yaml-merge-key", "vpcs:\n  - {name: a, cidr: 10.0.0.0/8, <<: {}}\n", 2,
       33, "<<", "merge keys are not applied"},
      {"yaml-tag", "name: !!str x\n", 1, 7, "tag:yaml.org,2002:str", "no tag"},
      {"yaml-documents", "name: a\n---\nname: b\n", 2, 1, "---",
       "one document"},
      {"nesting-depth", std::string(65, '[') + std::string(65, ']'), 1, 65, "",
       "at most 64"},
      {"duplicate-key", "name: a\nname: b\n", 2, 1, "name", "first in line 1"},
      {"key-is-text", "? [a]\n: b\n", 1, 3, "a list", "a key is a text"},
      {"file-encoding", std::string("name: \xff\n"), 1, 7, "", "UTF-8"},
      {"file-encoding", std::string("na\0me", 5), 1, 3, "", "NUL"},
      {"value-type", "vpcs: {a: b}\n", 1, 7, "a mapping", "a list"},
      {"value-type", "- a\n", 1, 1, "a list", "a mapping"},
      {"value-missing", "vpcs:\n", 1, 1, "nothing", "leave the key out"},
      {"unknown-key", "vpsc: []\n", 1, 1, "vpsc", "did you mean 'vpcs'?"},
      {"unknown-key", "routeTables: []\n", 1, 1, "routeTables",
       "did you mean 'route_tables'?"},
      {"missing-key", "vpcs: [{name: a}]\n", 1, 8, "", "has 'cidrs'"},
      {"one-of-keys", "vpcs: [{name: a, cidr: [], cidrs: []}]\n", 1, 24, "both",
       "either 'cidrs' or 'cidr'"},
      {"text-plain", "name: ' a'\n", 1, 7, " a", "one line of text"},
      {"leading-zero", "accounts: [{name: a, id: 0123}]\n", 1, 26, "0123",
       "write \"0123\""},
      {"account-id", "accounts: [{name: a, id: '0123'}]\n", 1, 26, "0123",
       "twelve digits"},
      {"boolean", "transit_gateways: [{name: a, vpn_ecmp: yes}]\n", 1, 40,
       "yes", "write true"},
      {"boolean", "transit_gateways: [{name: a, vpn_ecmp: 'false'}]\n", 1, 40,
       "false", "without quotes"},
      {"number",
       "network_acls: [{name: a, vpc: v, inbound: [{rule: 32767, action: "
       "deny, service: any, cidr: 0.0.0.0/0}]}]\n",
       1, 51, "32767", "from 1 to 32766"},
      {"choice", "vpcs: [{name: a, cidr: [], public_access: alowed}]\n", 1, 43,
       "alowed", "did you mean 'allowed'?"},
      {"prefix", "prefix_lists: [{name: a, entries: 10.1.300.0/24}]\n", 1, 35,
       "10.1.300.0/24", ""},
      {"prefix", "prefix_lists: [{name: a, entries: [10.0.0.1]}]\n", 1, 36,
       "10.0.0.1", ""},
      {"address", "hosts: [{name: a, segment: s, address: 10.0.0.256}]\n", 1,
       40, "10.0.0.256", ""},
      {"service",
       "security_groups: [{name: a, vpc: v, ingress: [{service: tcp/70000, "
       "sources: []}]}]\n",
       1, 57, "tcp/70000", ""},
      {"empty-list",
       "security_groups: [{name: a, vpc: v, ingress: [{service: [], sources: "
       "[]}]}]\n",
       1, 57, "[]", "names some"},
      {"kind-name",
       "route_tables: [{name: a, vpc: v, routes: [{destination: 10.0.0.0/8, "
       "target: tgv:x}]}]\n",
       1, 77, "tgv:x", "did you mean 'tgw'?"},
      {"unknown-not-allowed",
       "hosts: [{name: a, segment: s, address: unknown}]", 1, 40, "unknown",
       "is known"},
      {"duplicate-name",
       "sites:\n  - {name: a, prefixes: []}\n"
       "  - {name: a, prefixes: []}\n",
       3, 12, "a", "first at net.yaml:2:12"},
      {"unknown-name",
       "transit_gateway_attachments: [{name: a, transit_gateway: t, vpc: v, "
       "route_table_associations: spoke}]\n"
       "transit_gateway_route_tables: [{name: spokes, transit_gateway: t}]\n",
       1, 95, "spoke", "did you mean 'spokes'?"},
      {"empty-selector",
       "transit_gateway_route_tables: [{name: r, transit_gateway: t, "
       "associations: [{select: {a: b}}]}]\n",
       1, 77, "nothing matched", "matches an attachment"},
      {"timestamp",
       "transit_gateway_attachments: [{name: a, transit_gateway: t, vpc: v, "
       "created: 1.4.2025}]\n",
       1, 78, "1.4.2025", "2025-04-01"},
      {"version", "version: 2\n", 1, 10, "2", "is 1"},
      {"file-exists", "files: [a.yaml]\n", 1, 9, "a.yaml", ""},
      {"not-supported-yet", "Vpcs: []\n", 1, 1, "an AWS snapshot",
       "on its own"},
      {"not-supported-yet",
       "route_tables: [{name: a, vpc: v, routes: [{destination: 10.0.0.0/8, "
       "target: local, active: h}]}]\n",
       1, 92, "active", "not supported yet"},
  };
  return rows;
}

TEST(TopologyRefusals, SayCodePlaceFragmentAndWayOut) {
  for (const Refusal& row : yaml_rows()) {
    expect_refusal(row, errors_of(row.text));
  }
}

TEST(TopologyRefusals, AnAliasIsRefusedAtItsPlace) {
  const auto errors = errors_of("name: &a x\ndescription: *a\n");
  ASSERT_EQ(errors.size(), 2U) << lines_of(errors);
  EXPECT_EQ(errors[0].code, "yaml-anchor");
  EXPECT_EQ(errors[1].code, "yaml-alias");
  EXPECT_EQ(span_of(errors[1].where), "net.yaml:2:14-15");
}

TEST(TopologyRefusals, OfJsonAndCsv) {
  const std::vector<Refusal> json{
      {"json-syntax", "{\"name\": }", 1, 10, "", "well-formed JSON"},
      {"duplicate-key", "{\"name\": \"a\",\n \"name\": \"b\"}", 2, 2, "name",
       "first in line 1"},
      {"boolean",
       "{\"sites\": [{\"name\": \"s\", \"prefixes\": [], "
       "\"internet\": \"true\"}]}",
       1, 54, "true", "without quotes"},
  };
  for (const Refusal& row : json) {
    expect_refusal(row, errors_of(row.text, "net.json"));
  }
  const std::vector<Refusal> csv{
      {"csv-header", "# nothing\n", 1, 1, "an empty file", "first line"},
      {"csv-header", "name,cidr\na,10.0.0.0/8\n", 1, 1, "name",
       "'account' or 'vpc'"},
      {"csv-column", "vpc,cidrs\na,10.0.0.0/8\n", 1, 5, "cidrs",
       "did you mean 'cidr'?"},
      {"csv-column", "vpc,a,a\nx,y,z\n", 1, 7, "a", "each another one"},
      {"csv-cells", "vpc,cidr\na\n", 2, 1, "1", "2 cells"},
      {"csv-quote", "vpc,cidr\n\"a,b\n", 2, 1, "\"", "is closed"},
      {"csv-quote", "vpc,cidr\n\"a\"b,c\n", 2, 4, "b", "is doubled"},
      {"csv-row", "vpc,account\n,\n", 2, 1, "neither", "names an account"},
      {"csv-conflict", "vpc,env\na,prod\na,dev\n", 3, 3, "dev", "'prod'"},
      {"prefix", "vpc,cidr\na, 10.0.0.0/8 10.0.0.0/33 \n", 2, 15, "10.0.0.0/33",
       ""},
  };
  for (const Refusal& row : csv) {
    expect_refusal(row, errors_of(row.text, "plan.csv"));
  }
}

TEST(TopologyRefusals, AllOfThemInOneRun) {
  const auto errors = errors_of(
      "vpsc: []\n"
      "vpcs:\n"
      "  - {name: a, cidrs: [10.1.300.0/24, 10.0.0.0/40]}\n"
      "  - {cidrs: [], name: b, name: c}\n");
  EXPECT_EQ(errors.size(), 4U) << lines_of(errors);
}

}  // namespace
}  // namespace netproof
