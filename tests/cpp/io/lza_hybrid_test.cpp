#include "lza_landing.hpp"

namespace netproof {
namespace {

class LzaHybrid : public Landing {
 protected:
  const std::string kGateway =
      "transitGateways:\n"
      "  - {name: G, account: A, region: eu-west-1, asn: 1, "
      "defaultRouteTableAssociation: disable, defaultRouteTablePropagation: "
      "disable, routeTables: [{name: T, routes: [{destinationCidrBlock: "
      "10.1.0.0/16, attachment: {directConnectGatewayName: D}}, "
      "{destinationCidrBlock: 10.2.0.0/16, attachment: {vpnConnectionName: "
      "C}}]}]}\n";
};

// covers S171: what the premises advertise stands in no file.
TEST_F(LzaHybrid, DirectConnectLeadsToThePremises) {
  const TopologyParts read = parts(
      kGateway +
      "directConnectGateways:\n"
      "  - name: D\n"
      "    account: A\n"
      "    asn: 1\n"
      "    gatewayName: D\n"
      "    virtualInterfaces:\n"
      "      - {name: I, connectionId: c, customerAsn: 1, interfaceName: I, "
      "ownerAccount: A, region: eu-west-1, type: transit, vlan: 1, "
      "enableSiteLink: true}\n"
      "    transitGatewayAssociations:\n"
      "      - {name: G, account: A, allowedPrefixes: [10.0.0.0/8], "
      "routeTableAssociations: [T], routeTablePropagations: [T]}\n");
  const DirectConnectGateway& one = named(read.direct_connect_gateways, "D");
  ASSERT_EQ(one.associations.size(), 1U);
  EXPECT_EQ(prefixes_of(one.associations[0].allowed_prefixes),
            Names({"10.0.0.0/8"}));
  EXPECT_EQ(named(read.transit_attachments, "D/G").direct_connect->name, "D");
  EXPECT_EQ(names_of(read.virtual_interfaces), Names({"D/I", "D/others"}));
  const VirtualInterface& link = named(read.virtual_interfaces, "D/I");
  EXPECT_TRUE(link.advertised.open);
  EXPECT_TRUE(link.up.unknown);
  EXPECT_TRUE(link.site_link);
  EXPECT_EQ(names_of(read.sites), Names({"on-premises"}));
  EXPECT_TRUE(read.sites[0].prefixes.open);
  const auto& table = named(read.transit_route_tables, "G/T");
  EXPECT_EQ(names_of(table.propagations.items), Names({"D/G"}));
  EXPECT_EQ(table.routes.items.at(0).targets.at(0).name, "D/G");
}

TEST_F(LzaHybrid, VpnsEndAtGatewaysOrVpcs) {
  const TopologyParts read =
      parts(kGateway +
            "vpcs: [{name: V, account: A, region: eu-west-1, "
            "virtualPrivateGateway: {asn: 1}}]\n"
            "customerGateways:\n"
            "  - name: Q\n"
            "    account: A\n"
            "    region: eu-west-1\n"
            "    ipAddress: 198.51.100.1\n"
            "    asn: 1\n"
            "    vpnConnections:\n"
            "      - {name: C, transitGateway: G, routeTableAssociations: [T], "
            "staticRoutesOnly: true}\n"
            "      - {name: E, vpc: V}\n");
  EXPECT_FALSE(named(read.vpn_connections, "C").bgp);
  EXPECT_TRUE(named(read.vpn_connections, "C").advertised.open);
  EXPECT_EQ(named(read.transit_attachments, "C").vpn->name, "C");
  EXPECT_EQ(named(read.vpn_connections, "E").vpn_gateway->name, "V/vgw");
  EXPECT_TRUE(named(read.vpn_connections, "E").bgp);
  EXPECT_EQ(names_of(read.sites), Names({"on-premises"}));
}

TEST_F(LzaHybrid, BehindAFirewallOfAVpcNothingIsKnown) {
  const TopologyParts read =
      parts(kGateway +
            "customerGateways:\n"
            "  - {name: Q, account: A, region: eu-west-1, asn: 1, ipAddress: "
            "\"${ACCEL_LOOKUP::EC2:ENI_0:fw}\", vpnConnections: [{name: C, "
            "transitGateway: G}]}\n");
  EXPECT_EQ(named(read.vpn_connections, "C").site.name,
            "not-in-the-configuration");
  EXPECT_NE(gaps_of(read).find("what is behind it is unknown"),
            std::string::npos);
}

TEST_F(LzaHybrid, KeysThatAreNotKnownDoubtTheAttachment) {
  const TopologyParts read = parts(
      kGateway +
      "customerGateways:\n"
      "  - {name: Q, account: A, region: eu-west-1, asn: 1, ipAddress: "
      "198.51.100.1, vpnConnections: [{name: C, transitGateway: G, new: 1}]}\n"
      "directConnectGateways:\n"
      "  - {name: D, account: A, transitGatewayAssociations: [{name: G, new: "
      "1}]}\n");
  EXPECT_TRUE(named(read.transit_attachments, "C").available.unknown);
  EXPECT_TRUE(named(read.transit_attachments, "D/G").available.unknown);
  EXPECT_TRUE(named(read.direct_connect_gateways, "D")
                  .associations.at(0)
                  .allowed_prefixes.open);
}

}  // namespace
}  // namespace netproof
