#include "support/vectors.hpp"

#include <utility>

#include "support/vector_networks.hpp"

namespace netproof::testing {
namespace {

Vector delivered(std::string name, const Network& network, std::string at,
                 const Flow& flow, std::string to) {
  return Vector{std::move(name),
                network.build(),
                std::move(at),
                flow,
                Fate::kDelivered,
                std::move(to),
                {},
                "",
                ConnectionFate::kEstablished};
}

Vector dropped(std::string name, const Network& network, std::string at,
               const Flow& flow, DropCode code, std::string drop_at) {
  return Vector{std::move(name),
                network.build(),
                std::move(at),
                flow,
                Fate::kDropped,
                "",
                code,
                std::move(drop_at),
                ConnectionFate::kBlocked};
}

/// Delivered, but the reply dies.
Vector one_way(std::string name, const Network& network, std::string at,
               const Flow& flow, std::string to, DropCode code,
               std::string drop_at) {
  Vector vector = dropped(std::move(name), network, std::move(at), flow, code,
                          std::move(drop_at));
  vector.forward = Fate::kDelivered;
  vector.to = std::move(to);
  return vector;
}

const std::string kFrom = "subnet:client";
const std::string kTable = "tgw-rtb:RT";

// covers S43, S45, S46, S53
void precedence(std::vector<Vector>& all) {
  const auto to = [](const char* dst) { return tcp("10.1.0.5", dst, 443); };
  {
    Network n = spokes({{"X", "10.20.4.0/24"}}, {{"10.20.0.0/20", "blackhole"}},
                       {"att-X"});
    all.push_back(delivered("V1", n, kFrom, to("10.20.4.7"), "subnet:X"));
    all.push_back(dropped("V2", n, kFrom, to("10.20.5.7"),
                          DropCode::kBlackholeRoute, kTable));
  }
  {
    Network n = spokes({{"X", "10.20.0.0/16"}}, {{"10.20.0.0/16", "blackhole"}},
                       {"att-X"});
    all.push_back(dropped("V3", n, kFrom, to("10.20.1.1"),
                          DropCode::kBlackholeRoute, kTable));
  }
  {
    Network n = spokes({{"X", "10.20.0.0/16"}}, {{"10.20.9.0/24", "blackhole"}},
                       {"att-X"});
    all.push_back(dropped("V4", n, kFrom, to("10.20.9.4"),
                          DropCode::kBlackholeRoute, kTable));
    all.push_back(delivered("V4b", n, kFrom, to("10.20.8.4"), "subnet:X"));
  }
  {
    Network n = spokes({{"FW", "10.99.0.0/16"}, {"B", "10.2.0.0/16"}},
                       {{"10.0.0.0/8", "att-FW"}}, {"att-B"});
    all.push_back(delivered("V5", n, kFrom, to("10.2.3.4"), "subnet:B"));
  }
  {
    // The firewall VPC has no route for it: that it dies there shows the way.
    Network n = spokes({{"FW", "10.99.0.0/16"}, {"B", "10.2.0.0/16"}},
                       {{"10.2.0.0/16", "att-FW"}}, {"att-B"});
    n.get<Vpc>("FW").main_table.reset();
    all.push_back(dropped("V6", n, kFrom, to("10.2.3.4"), DropCode::kNoRoute,
                          "rtb:FW/main"));
  }
  {
    Network n = hybrid({{"pl:private", "blackhole"}}, {"10.9.0.0/16"}, {});
    n.prefix_list("private", {"10.9.0.0/16"});
    all.push_back(dropped("V7", n, kFrom, to("10.9.1.1"),
                          DropCode::kBlackholeRoute, kTable));
  }
}

// covers S43, S94
void direct_connect_and_vpn(std::vector<Vector>& all) {
  const Flow flow = tcp("10.1.0.5", "10.99.0.1", 443);
  all.push_back(delivered("V8", hybrid({}, {"10.0.0.0/8"}, {"10.0.0.0/8"}),
                          kFrom, flow, "site:dx-site"));
  all.push_back(delivered("V9", hybrid({}, {"10.0.0.0/8"}, {"10.99.0.0/16"}),
                          kFrom, flow, "site:vpn-site"));
  all.push_back(
      delivered("V10", hybrid({{"10.0.0.0/8", "att-vpn"}}, {"10.0.0.0/8"}, {}),
                kFrom, flow, "site:vpn-site"));
}

// covers S42, S52, S57, S58, S64
void transit(std::vector<Vector>& all) {
  const Flow flow = tcp("10.1.0.5", "10.2.0.9", 443);
  {
    Network n = spokes({{"B", "10.2.0.0/16"}, {"C", "10.2.0.0/16"}}, {},
                       {"att-B", "att-C"});
    n.get<TransitAttachment>("att-B").created = "2024-01-01";
    n.get<TransitAttachment>("att-C").created = "2025-01-01";
    all.push_back(delivered("V11", n, kFrom, flow, "subnet:B"));
  }
  {
    Network n = two_tables();
    all.push_back(one_way("V12", n, kFrom, flow, "subnet:B", DropCode::kNoRoute,
                          "tgw-rtb:RT-B"));
  }
  {
    Network n = zones("az2", "az1");
    all.push_back(dropped("V13", n, kFrom, flow, DropCode::kAzNotAttached,
                          "attachment:att-client"));
  }
  {
    Network n = zones("az1", "az2");
    all.push_back(one_way("V14", n, kFrom, flow, "subnet:B",
                          DropCode::kAzNotAttached, "attachment:att-B"));
  }
}

// covers S17, S18, S20, S27, S34
void vpc_tables(std::vector<Vector>& all) {
  {
    Network n;
    n.vpc("A", {"10.0.0.0/16"});
    n.subnet("client", "A", {"10.0.1.0/24"}, "az1", "rtb");
    n.subnet("other", "A", {"10.0.5.0/24"}, "az1", "rtb");
    n.table("rtb", "A", {}, {"vgw"});
    n.vpn_gateway("vgw", "A");
    n.site("hq", {"10.0.5.0/24"});
    n.vpn("vpn", "hq", {"10.0.5.0/24"}, "vgw");
    all.push_back(delivered("V15", n, kFrom, tcp("10.0.1.5", "10.0.5.9", 443),
                            "subnet:other"));
  }
  {
    Network n;
    n.vpc("A", {"10.0.0.0/16"});
    n.subnet("client", "A", {"10.0.1.0/24"}, "az1", "rtb");
    n.table("rtb", "A", {{"172.31.0.0/24", "igw:igw"}}, {"vgw"});
    n.internet_gateway("igw", "A");
    n.vpn_gateway("vgw", "A");
    n.site("hq", {"172.31.0.0/24"});
    n.vpn("vpn", "hq", {"172.31.0.0/24"}, "vgw");
    all.push_back(dropped("V16", n, kFrom, tcp("10.0.1.5", "172.31.0.5", 443),
                          DropCode::kNoPublicIp, "igw:igw"));
  }
  {
    Network n = spokes({{"B", "10.4.0.0/16"}}, {}, {"att-B"});
    n.peering("pcx", "client", "B");
    n.table("rtb", "client",
            {{"10.0.0.0/8", "peering:pcx", true}, {"0.0.0.0/0", "tgw:main"}});
    n.get<Vpc>("client").main_table->name = "rtb";
    all.push_back(dropped("V17", n, kFrom, tcp("10.1.0.5", "10.4.4.4", 443),
                          DropCode::kBlackholeRoute, "rtb:rtb"));
  }
  {
    Network n;
    n.vpc("client", {"10.1.0.0/16"}, "rtb");
    n.vpc("B", {"10.2.0.0/16"});
    n.vpc("C", {"10.3.0.0/16"});
    n.table("rtb", "client", {{"10.3.0.0/16", "peering:ab"}});
    n.peering("ab", "client", "B");
    n.peering("bc", "B", "C");
    all.push_back(dropped("V18", n, kFrom, tcp("10.1.0.5", "10.3.0.5", 443),
                          DropCode::kNotLocalAtPeer, "peering:ab"));
  }
  {
    Network n;
    n.vpc("client", {"10.1.0.0/16"}, "rtb");
    n.table("rtb", "client", {{"0.0.0.0/0", "igw:igw"}});
    n.internet_gateway("igw", "client");
    all.push_back(dropped("V29", n, kFrom, tcp("10.1.0.5", "1.1.1.1", 443),
                          DropCode::kNoPublicIp, "igw:igw"));
  }
}

// covers S63, S73, S76, S79
void filters(std::vector<Vector>& all) {
  {
    Network n = filtered({{100, "allow", "tcp/443", "0.0.0.0/0"}},
                         {{100, "allow", "tcp/32768-65535", "0.0.0.0/0"}});
    const auto from = [](std::uint16_t port) {
      return tcp("10.0.1.5", "10.0.2.5", 443, port);
    };
    all.push_back(one_way("V19", n, kFrom, from(32767), "subnet:server",
                          DropCode::kNaclDeny, "acl:W"));
    all.push_back(delivered("V19b", n, kFrom, from(32768), "subnet:server"));
  }
  {
    Network n = filtered({{100, "deny", "tcp/22", "0.0.0.0/0"},
                          {90, "allow", "tcp/22", "10.0.0.0/8"}},
                         {{100, "allow", "any", "0.0.0.0/0"}});
    n.vpc("remote", {"192.0.2.0/24"}, "rtb-remote");
    n.table("rtb-remote", "remote", {{"10.0.0.0/16", "peering:pcx"}});
    n.peering("pcx", "remote", "A");
    all.push_back(delivered("V20", n, kFrom, tcp("10.0.1.5", "10.0.2.5", 22),
                            "subnet:server"));
    all.push_back(dropped("V20b", n, "subnet:remote",
                          tcp("192.0.2.9", "10.0.2.5", 22), DropCode::kNaclDeny,
                          "acl:W"));
  }
  all.push_back(dropped("V21", inspected_pair(), "interface:client",
                        tcp("10.0.1.5", "10.0.2.5", 443), DropCode::kSgDeny,
                        "interface:server"));
  all.push_back(dropped("V22", referencing_pair(), "interface:client",
                        tcp("10.1.0.5", "10.2.0.5", 443), DropCode::kSgDeny,
                        "interface:server"));
}

// covers S31, S40, S90, S91, S95
void hybrid_rows(std::vector<Vector>& all) {
  {
    Network n;
    n.vpc("A", {"10.0.0.0/16"});
    n.vpn_gateway("vgw", "A");
    n.direct_connect("dx");
    n.associate("dx", "vgw:vgw", {"10.0.0.0/24"});
    n.site("hq", {"10.50.0.0/16"});
    n.virtual_interface("vif", "hq", "dxgw:dx", {"10.50.0.0/16"});
    all.push_back(dropped("V23", n, "site:hq",
                          tcp("10.50.0.9", "10.0.0.9", 443),
                          DropCode::kNotAdvertised, "site:hq"));
  }
  all.push_back(dropped("V24", hairpin(false), "site:hq",
                        tcp("10.50.0.9", "10.77.0.9", 443), DropCode::kNoRoute,
                        "tgw-rtb:RT-DX"));
  {
    Vector vector = delivered("V25", hairpin(false), kFrom,
                              tcp("10.1.0.5", "10.2.0.5", 443), "subnet:B");
    vector.forward = Fate::kUnknown;
    vector.connection = ConnectionFate::kUnknown;
    vector.drop = DropCode::kNoSuchAddress;
    vector.drop_at = "site:hq";
    all.push_back(vector);
  }
  all.push_back(dropped("V26", hairpin(true), kFrom,
                        tcp("10.1.0.5", "10.2.0.5", 443),
                        DropCode::kBlackholeRoute, "tgw-rtb:RT-A"));
  all.push_back(dropped("V27", hairpin(false), "site:hq",
                        udp("10.50.0.9", "169.254.169.253", 53),
                        DropCode::kUnroutable, "site:hq"));
  all.push_back(delivered("V28", central_egress(), kFrom,
                          tcp("10.1.0.5", "10.2.0.5", 443), "subnet:B"));
}

/// hybrid() with a second virtual interface, to a third site: what differs
/// between the two paths is what the rows set.
Network two_virtual_interfaces() {
  Network n = hybrid({}, {"10.99.0.0/16"}, {});
  n.site("far-site", {"10.99.0.0/16"});
  n.virtual_interface("far", "far-site", "dxgw:dx", {"10.99.0.0/16"})
      .as_path_length = 3;
  return n;
}

/// hybrid() with a second VPN, to a third site.
Network two_vpns() {
  Network n = hybrid({}, {}, {"10.99.0.0/16"});
  n.site("far-site", {"10.99.0.0/16"});
  n.vpn("far", "far-site", {"10.99.0.0/16"});
  n.attach_vpn("att-far", "main", "far");
  const Ref<TransitAttachment> far{"att-far", {}, {}};
  n.get<TransitRouteTable>("RT").associations.items.push_back(far);
  n.get<TransitRouteTable>("RT").propagations.items.push_back(far);
  return n;
}

// covers S93: MED counts after local preference and AS path
void med_of_virtual_interfaces(std::vector<Vector>& all) {
  const Flow flow = tcp("10.1.0.5", "10.99.0.1", 443);
  Network n = two_virtual_interfaces();
  auto& near = n.get<VirtualInterface>("vif");
  auto& far = n.get<VirtualInterface>("far");
  near.med = 1;  // the other one counts as 0
  all.push_back(delivered("S93a", n, kFrom, flow, "site:far-site"));
  far.med = 2;
  all.push_back(delivered("S93b", n, kFrom, flow, "site:dx-site"));
  far.as_path_length = 2;
  all.push_back(delivered("S93c", n, kFrom, flow, "site:far-site"));
  near.local_preference = 7300;
  all.push_back(delivered("S93d", n, kFrom, flow, "site:dx-site"));
  far.advertised.items[0].prefix = prefix("10.99.0.0/24");
  all.push_back(delivered("S93e", n, kFrom, flow, "site:far-site"));
}

// covers S43: among VPNs of a transit gateway, 100 where no MED is written
void med_of_vpns(std::vector<Vector>& all) {
  const Flow flow = tcp("10.1.0.5", "10.99.0.1", 443);
  Network n = two_vpns();
  auto& far = n.get<VpnConnection>("far");
  far.med = 101;
  all.push_back(delivered("S43a", n, kFrom, flow, "site:vpn-site"));
  far.med = 99;
  all.push_back(delivered("S43b", n, kFrom, flow, "site:far-site"));
  far.as_path_length = 2;
  all.push_back(delivered("S43c", n, kFrom, flow, "site:vpn-site"));
}

// covers S17, S151: among VPNs of a VPN gateway
void med_at_a_vpn_gateway(std::vector<Vector>& all) {
  Network n;
  n.vpc("client", {"10.1.0.0/16"}, "rtb");
  n.table("rtb", "client", {}, {"vgw"});
  n.vpn_gateway("vgw", "client");
  for (const std::string name : {"one", "two"}) {
    n.site(name, {"10.99.0.0/16"});
    n.vpn("vpn-" + name, name, {"10.99.0.0/16"}, "vgw");
  }
  const Flow flow = tcp("10.1.0.5", "10.99.0.1", 443);
  n.get<VpnConnection>("vpn-two").med = 99;
  all.push_back(delivered("S17a", n, kFrom, flow, "site:two"));
  n.get<VpnConnection>("vpn-one").med = 98;
  all.push_back(delivered("S17b", n, kFrom, flow, "site:one"));
}

}  // namespace

std::vector<Vector> vectors() {
  std::vector<Vector> all;
  precedence(all);
  direct_connect_and_vpn(all);
  transit(all);
  vpc_tables(all);
  filters(all);
  hybrid_rows(all);
  med_of_virtual_interfaces(all);
  med_of_vpns(all);
  med_at_a_vpn_gateway(all);
  return all;
}

}  // namespace netproof::testing
