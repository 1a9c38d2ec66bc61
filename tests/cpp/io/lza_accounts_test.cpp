#include "io/lza_accounts.hpp"

#include "lza_landing.hpp"

namespace netproof {
namespace {

class LzaAccounts : public Landing {
 protected:
  LzaAccounts() {
    write("accounts-config.yaml",
          "mandatoryAccounts:\n"
          "  - {name: Management, email: M@x.org, organizationalUnit: Root}\n"
          "workloadAccounts:\n"
          "  - {name: Net, email: net@x.org, organizationalUnit: Infra}\n"
          "  - {name: A, email: a@x.org, organizationalUnit: Work}\n"
          "  - {name: B, email: b@x.org, organizationalUnit: Work/Prod}\n"
          "  - {name: C, email: c@x.org, organizationalUnit: Gone}\n"
          "accountIds:\n"
          "  - {email: m@X.org, accountId: \"111122223333\"}\n");
    write("organization-config.yaml",
          "enable: true\norganizationalUnits:\n"
          "  - {name: Infra}\n  - {name: Work}\n  - {name: Work/Prod}\n"
          "  - {name: Gone, ignore: true}\n");
  }
  /// Whether an attachment of account B to a gateway that is shared comes
  /// about.
  bool available(const std::string& share) const {
    const TopologyParts read = parts(
        "transitGateways:\n"
        "  - {name: G, account: Net, region: eu-west-1, asn: 1, "
        "autoAcceptSharingAttachments: enable, routeTables: [], "
        "shareTargets: " +
        share +
        "}\n"
        "vpcs:\n"
        "  - {name: V, account: B, region: eu-west-1, cidrs: [10.0.0.0/16], "
        "transitGatewayAttachments: [{name: V, transitGateway: {name: G, "
        "account: Net}, subnets: []}]}\n");
    return !named(read.transit_attachments, "V/V").available.unknown;
  }
  Names deployed(const std::string& targets) const {
    return names_of(parts(templates(targets)).vpcs);
  }
  static std::string templates(const std::string& targets) {
    return "vpcTemplates:\n"
           "  - {name: T, region: eu-west-1, cidrs: [10.0.0.0/16], "
           "deploymentTargets: " +
           targets + "}\n";
  }
};

// covers S162: a unit means its own accounts, Root all, ignored units none.
TEST_F(LzaAccounts, UnitsCountExactly) {
  EXPECT_EQ(deployed("{organizationalUnits: [Work]}"), Names({"T@A"}));
  EXPECT_EQ(deployed("{organizationalUnits: [Work, Work/Prod]}"),
            Names({"T@A", "T@B"}));
  EXPECT_EQ(deployed("{organizationalUnits: [Root]}"),
            Names({"T@A", "T@B", "T@Management", "T@Net"}));
  EXPECT_EQ(deployed("{organizationalUnits: [Gone]}"), Names());
  EXPECT_EQ(deployed("{accounts: [C, A, A], organizationalUnits: [Work]}"),
            Names({"T@A", "T@C"}));
}

TEST_F(LzaAccounts, ExcludedAccountsAreTakenAway) {
  EXPECT_EQ(
      deployed("{organizationalUnits: [Root], excludedAccounts: [A, Net]}"),
      Names({"T@B", "T@Management"}));
}

TEST_F(LzaAccounts, AccountsHaveTheirUnitAndNumber) {
  const TopologyParts read = parts("vpcs: []\n");
  EXPECT_EQ(named(read.accounts, "Management").id, "111122223333");
  EXPECT_EQ(named(read.accounts, "B").organisational_unit, "Work/Prod");
  EXPECT_EQ(named(read.accounts, "B").where.line, 6);
}

TEST_F(LzaAccounts, AUnitThatIsNotListedHasNoAccounts) {
  const TopologyParts read = parts(templates("{organizationalUnits: [Wrok]}"));
  EXPECT_TRUE(read.vpcs.empty());
  EXPECT_NE(gaps_of(read).find("'Wrok'"), std::string::npos);
}

TEST_F(LzaAccounts, WithoutTheAccountsAUnitMayBeAnyAccount) {
  std::filesystem::remove(path_ / "accounts-config.yaml");
  const TopologyParts read =
      parts(templates("{organizationalUnits: [Work], accounts: [A]}"));
  EXPECT_EQ(names_of(read.vpcs), Names({"T@A", "T@unknown-account"}));
  EXPECT_EQ(read.left_out.size(), 1U) << lines_of(read.left_out);
  EXPECT_NE(gaps_of(read).find("'Work'"), std::string::npos);
}

TEST_F(LzaAccounts, AnAccountIsListedOnce) {
  write("accounts-config.yaml",
        "workloadAccounts:\n  - {name: A}\n  - {name: A}\n");
  EXPECT_NE(refused("vpcs: []\n").find("accounts-config.yaml:3:12"),
            std::string::npos);
}

// covers S170: what is shared with a unit is shared with the units in it.
TEST_F(LzaAccounts, SharesReachNestedUnits) {
  EXPECT_TRUE(available("{organizationalUnits: [Work]}"));
  EXPECT_TRUE(available("{organizationalUnits: [Root]}"));
  EXPECT_TRUE(available("{accounts: [B]}"));
  EXPECT_FALSE(available("{organizationalUnits: [Infra]}"));
  EXPECT_FALSE(available("{organizationalUnits: [Work/P], accounts: [A]}"));
}

// covers S162, S170: whose unit nobody knows may have no share.
TEST_F(LzaAccounts, WithoutTheAccountsAShareWithAUnitIsNotSure) {
  std::filesystem::remove(path_ / "accounts-config.yaml");
  EXPECT_FALSE(available("{organizationalUnits: [Work]}"));
  EXPECT_TRUE(available("{organizationalUnits: [Root]}"));
  EXPECT_TRUE(available("{accounts: [B]}"));
}

// covers S162, S163
TEST_F(LzaAccounts, WhereATemplateIsLeftOutMayNotBeKnown) {
  const auto certain = [&](const std::string& targets) {
    const TopologyParts read = parts(
        "transitGateways:\n"
        "  - {name: G, account: A, region: eu-west-1, asn: 1, routeTables: "
        "[]}\n" +
        templates(targets + ", transitGatewayAttachments: [{name: X, "
                            "transitGateway: {name: G, account: A}, subnets: "
                            "[]}]"));
    return !named(read.transit_attachments, "T@A/X").available.unknown;
  };
  EXPECT_TRUE(certain("{accounts: [A]}"));
  EXPECT_TRUE(certain("{accounts: [A, \"{{ X }}\"]}"));
  EXPECT_FALSE(certain("{accounts: [A], excludedAccounts: [\"{{ X }}\"]}"));
  EXPECT_FALSE(certain("{accounts: [A], excludedRegions: [\"{{ X }}\"]}"));
  EXPECT_EQ(deployed("{accounts: [A, \"{{ X }}\"]}"),
            Names({"T@A", "T@unknown-account"}));
}

}  // namespace
}  // namespace netproof
