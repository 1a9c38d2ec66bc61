// Configurations here are written by hand in the shape of those of AWS Landing
// Zone Accelerator.
#include "io/lza_reader.hpp"

#include "lza_landing.hpp"

namespace netproof {
namespace {

class LzaReader : public Landing {
 protected:
  static std::string vpc(const std::string& name) {
    return "vpcs: [{name: " + name +
           ", account: A, region: eu-west-1, cidrs: [10.0.0.0/16]}]\n";
  }
};

TEST_F(LzaReader, KnowsAFolderByItsContent) {
  EXPECT_FALSE(io::is_landing_zone(path_));
  write("network-config.yaml", "vpcs: []\n");
  EXPECT_FALSE(io::is_landing_zone(path_));
  write("network-config.yaml", kHead);
  EXPECT_TRUE(io::is_landing_zone(path_));
  write("zone.yaml", "x: 1\ntransitGateways: []\n");
  EXPECT_TRUE(io::is_landing_zone(path_ / "zone.yaml"));
  write("other.yaml", "x: {defaultVpc: 1}\n");
  EXPECT_FALSE(io::is_landing_zone(path_ / "other.yaml"));
  write("zone.json", "transitGateways: []\n");
  EXPECT_FALSE(io::is_landing_zone(path_ / "zone.json"));
}

TEST_F(LzaReader, ATopologyBesideItComesFirst) {
  write("network-config.yaml", kHead + vpc("V"));
  write("topology.yaml", "vpcs: [{name: W, cidrs: 10.0.0.0/16}]\n");
  EXPECT_EQ(names_of(read().value().parts().vpcs), Names({"W"}));
  const ReadOptions forced{false, "lza"};
  EXPECT_EQ(names_of(read("", forced).value().parts().vpcs), Names({"V"}));
}

TEST_F(LzaReader, AForcedFolderHasTheFile) {
  const auto result = read("", {false, "lza"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().front().code, "file-exists");
}

// covers S163: values of the folder are put in, others are looked up later.
TEST_F(LzaReader, VariablesOfTheFolderAreReplaced) {
  write("replacements-config.yaml",
        "globalReplacements:\n"
        "  - {key: Name, type: String, value: W}\n"
        "  - {key: Far, path: /x}\n"
        "  - {key: Far2, type: SSM, path: /x, value: no}\n"
        "  - {key: Many, type: StringList, value: [10.0.0.0/16]}\n");
  write("accounts-config.yaml", "workloadAccounts: [{name: Net}]\n");
  const TopologyParts read = parts(
      "vpcs:\n"
      "  - {name: \"{{ Name }}\", account: '{{ Net }}', region: eu-west-1, "
      "cidrs: [\"{{ Far }}\", \"{{ Many }}\", {{ Far2 }}]}\n");
  const Vpc& one = named(read.vpcs, "W");
  EXPECT_EQ(one.account, "Net");
  EXPECT_TRUE(one.cidrs.items.empty());
  EXPECT_TRUE(one.cidrs.open);
  for (const char* name : {"'{{ Far }}'", "'{{ Many }}'", "'{{ Far2 }}'"}) {
    EXPECT_NE(gaps_of(read).find(name), std::string::npos) << name;
  }
}

TEST_F(LzaReader, RegionsThatAreNotEnabledAreDoubted) {
  write("global-config.yaml",
        "homeRegion: us-east-1\nenabledRegions: [us-east-1]\n");
  const TopologyParts read = parts(
      "vpcs: [{name: V, account: A, region: eu-west-1, cidrs: [10.0.0.0/16], "
      "transitGatewayAttachments: [{name: X, transitGateway: {name: G, "
      "account: A}, subnets: []}]}]\n");
  EXPECT_TRUE(named(read.transit_attachments, "V/X").available.unknown);
  EXPECT_NE(gaps_of(read).find("'eu-west-1'"), std::string::npos);
}

// covers S161: keys that are not known are named, and open what they stand in.
TEST_F(LzaReader, GapsNameWhatIsNotUnderstood) {
  write("network-config.yaml",
        "defaultVpc: {delete: false}\nnewThing: 1\n" + vpc("V"));
  write("customizations-config.yaml", "firewalls:\n  instances: []\n");
  const TopologyParts read = this->read().value().parts();
  EXPECT_NE(gaps_of(read).find("'newThing'"), std::string::npos);
  EXPECT_NE(gaps_of(read).find("default VPCs"), std::string::npos);
  EXPECT_NE(gaps_of(read).find("customizations-config.yaml:1:1"),
            std::string::npos);
}

TEST_F(LzaReader, ErrorsOfAllFilesAreReported) {
  write("accounts-config.yaml", "workloadAccounts: {}\n");
  write("organization-config.yaml", "a: 1\na: 2\n");
  write("global-config.yaml", "enabledRegions: !include x.yaml\n");
  write("replacements-config.yaml", "- a\n");
  const std::string said = refused("vpcs: 1\ntransitGateways: 2\n");
  for (const char* file :
       {"accounts-config.yaml:1:19", "organization-config.yaml:2:1",
        "global-config.yaml:1:", "replacements-config.yaml:1:1",
        "network-config.yaml:3:7", "network-config.yaml:4:18"}) {
    EXPECT_NE(said.find(file), std::string::npos) << file << "\n" << said;
  }
}

TEST_F(LzaReader, WhatNoOneCanReadIsAnErrorWhenGoingOnToo) {
  const std::vector<std::string> broken{
      "vpcs: [\n",
      "vpcs: 3\n",
      "vpcs: [{name: V, name: W, account: A, region: r}]\n",
      "vpcs: [{name: {}, account: A, region: r}]\n",
      "transitGatewayPeering: [{name: P}]\n",
      "vpcTemplates: [{name: T, region: r, deploymentTargets: x}]\n",
  };
  for (const std::string& text : broken) {
    write("network-config.yaml", kHead + text);
    EXPECT_FALSE(read()) << text;
    EXPECT_FALSE(read("", {true, ""})) << text;
  }
}

// Anything in the place of anything: an error or a network, never a crash.
TEST_F(LzaReader, NothingItReadsBreaksIt) {
  const std::vector<std::string> values{
      "",  "~",   "3",           "[]",        "{}",          "[[]]",
      "x", "[x]", "[{name: x}]", "{name: x}", "\"{{ X }}\"", "[3, {}, ~]"};
  const std::vector<std::string> keys{"vpcs",
                                      "vpcTemplates",
                                      "transitGateways",
                                      "transitGatewayPeering",
                                      "vpcPeering",
                                      "prefixLists",
                                      "directConnectGateways",
                                      "customerGateways",
                                      "centralNetworkServices",
                                      "transitGatewayConnects"};
  const std::vector<std::string> inner{"subnets",
                                       "routeTables",
                                       "securityGroups",
                                       "networkAcls",
                                       "cidrs",
                                       "natGateways",
                                       "transitGatewayAttachments",
                                       "gatewayEndpoints",
                                       "tags",
                                       "ipv6Cidrs",
                                       "outposts",
                                       "internetGateway"};
  int read_well = 0;
  for (const std::string& value : values) {
    for (const std::string& key : keys) {
      write("network-config.yaml", kHead + key + ": " + value + "\n");
      read_well += read() ? 1 : 0;
    }
    for (const std::string& key : inner) {
      write("network-config.yaml",
            kHead +
                "vpcs: [{name: V, account: A, region: r, cidrs: "
                "[10.0.0.0/16], " +
                (key == "cidrs" ? "ipamAllocations" : key) + ": " +
                (value.empty() ? "~" : value) + "}]\n");
      read_well += read() ? 1 : 0;
    }
  }
  EXPECT_GT(read_well, 60);
  EXPECT_LT(read_well, 250);
}

}  // namespace
}  // namespace netproof
