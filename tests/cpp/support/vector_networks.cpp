#include "support/vector_networks.hpp"

namespace netproof::testing {
namespace {

/// A VPC whose only table sends everything to the transit gateway.
void add_spoke(Network& n, const std::string& name, const std::string& cidr) {
  n.vpc(name, {cidr}, "rtb-" + name);
  n.table("rtb-" + name, name, {{"0.0.0.0/0", "tgw:main"}});
  n.attach_vpc("att-" + name, "main", name);
}

}  // namespace

Network spokes(const std::vector<Spoke>& spokes, const std::vector<Line>& lines,
               const Texts& propagations) {
  Network n;
  n.transit("main");
  add_spoke(n, "client", "10.1.0.0/16");
  TransitLines table{{"att-client"}, propagations, lines};
  table.propagations.push_back("att-client");
  for (const Spoke& spoke : spokes) {
    add_spoke(n, spoke.name, spoke.cidr);
    table.associations.push_back("att-" + spoke.name);
  }
  n.transit_table("RT", "main", table);
  return n;
}

Network hybrid(const std::vector<Line>& lines, const Texts& by_direct_connect,
               const Texts& by_vpn) {
  Network n;
  n.transit("main");
  add_spoke(n, "client", "10.1.0.0/16");
  n.site("dx-site", {"10.9.0.0/16", "10.99.0.0/16"});
  n.site("vpn-site", {"10.9.0.0/16", "10.99.0.0/16"});
  n.direct_connect("dx");
  n.associate("dx", "tgw:main", {"10.1.0.0/16"});
  n.virtual_interface("vif", "dx-site", "dxgw:dx", by_direct_connect)
      .as_path_length = 3;
  n.vpn("vpn", "vpn-site", by_vpn);
  n.attach_direct_connect("att-dx", "main", "dx");
  n.attach_vpn("att-vpn", "main", "vpn");
  const Texts everyone = {"att-client", "att-dx", "att-vpn"};
  n.transit_table("RT", "main", {everyone, everyone, lines});
  return n;
}

Network two_tables() {
  Network n;
  n.transit("main");
  add_spoke(n, "client", "10.1.0.0/16");
  add_spoke(n, "B", "10.2.0.0/16");
  n.transit_table("RT-A", "main", {{"att-client"}, {"att-B"}, {}});
  n.transit_table("RT-B", "main", {{"att-B"}, {}, {}});
  return n;
}

Network zones(const std::string& client_zone, const std::string& target_zone) {
  Network n;
  n.transit("main");
  n.vpc("A", {"10.1.0.0/16"}, "rtb-A");
  n.table("rtb-A", "A", {{"0.0.0.0/0", "tgw:main"}});
  n.subnet("client", "A", {"10.1.0.0/24"}, client_zone);
  n.subnet("entry-A", "A", {"10.1.9.0/24"}, "az1");
  n.vpc("V", {"10.2.0.0/16"}, "rtb-V");
  n.table("rtb-V", "V", {{"0.0.0.0/0", "tgw:main"}});
  n.subnet("B", "V", {"10.2.0.0/24"}, target_zone);
  n.subnet("entry-B", "V", {"10.2.9.0/24"}, "az1");
  n.attach_vpc("att-client", "main", "A", Texts{"entry-A"});
  n.attach_vpc("att-B", "main", "V", Texts{"entry-B"});
  const Texts everyone = {"att-client", "att-B"};
  n.transit_table("RT", "main", {everyone, everyone, {}});
  return n;
}

Network filtered(const std::vector<AclLine>& inbound,
                 const std::vector<AclLine>& outbound) {
  Network n;
  n.vpc("A", {"10.0.0.0/16"});
  n.subnet("client", "A", {"10.0.1.0/24"});
  n.subnet("server", "A", {"10.0.2.0/24"}, "", "", "W");
  n.acl("W", "A", inbound, outbound);
  return n;
}

Network inspected_pair() {
  Network n;
  n.vpc("A", {"10.0.0.0/16"});
  n.subnet("app", "A", {"10.0.1.0/24"}, "", "rtb-app");
  n.subnet("fw", "A", {"10.0.9.0/24"});
  n.subnet("db", "A", {"10.0.2.0/24"});
  n.table("rtb-app", "A", {{"10.0.2.0/24", "endpoint:nfw"}});
  n.inspection_endpoint("nfw", "fw", true);
  n.open_group("sg-client", "A");
  n.group("sg-server", "A", {{"any", {"sg:sg-client"}}}, {});
  n.interface("client", "app", {"10.0.1.5"}, Texts{"sg-client"});
  n.interface("server", "db", {"10.0.2.5"}, Texts{"sg-server"});
  return n;
}

Network referencing_pair() {
  Network n = spokes({{"B", "10.2.0.0/16"}}, {}, {"att-B"});
  n.subnet("app", "client", {"10.1.0.0/24"});
  n.subnet("db", "B", {"10.2.0.0/24"});
  n.open_group("sg-client", "client");
  n.group("sg-server", "B", {{"any", {"sg:sg-client"}}}, {});
  n.interface("client", "app", {"10.1.0.5"}, Texts{"sg-client"});
  n.interface("server", "db", {"10.2.0.5"}, Texts{"sg-server"});
  return n;
}

Network hairpin(bool blackhole) {
  Network n;
  n.transit("main");
  add_spoke(n, "client", "10.1.0.0/16");
  add_spoke(n, "B", "10.2.0.0/16");
  n.direct_connect("dx");
  n.associate("dx", "tgw:main", {"10.0.0.0/8"});
  n.site("hq", {"10.50.0.0/16"});
  n.virtual_interface("vif", "hq", "dxgw:dx", {"10.0.0.0/8"});
  n.attach_direct_connect("att-dx", "main", "dx");
  std::vector<Line> lines;
  if (blackhole) lines.push_back({"10.2.0.0/16", "blackhole"});
  n.transit_table("RT-A", "main", {{"att-client"}, {"att-dx"}, lines});
  n.transit_table("RT-B", "main", {{"att-B"}, {"att-dx"}, {}});
  n.transit_table("RT-DX", "main", {{"att-dx"}, {"att-client", "att-B"}, {}});
  return n;
}

Network central_egress() {
  Network n;
  n.transit("main");
  add_spoke(n, "client", "10.1.0.0/16");
  add_spoke(n, "B", "10.2.0.0/16");
  n.vpc("egress", {"10.100.0.0/16"});
  n.subnet("entry", "egress", {"10.100.0.0/24"}, "", "rtb-entry");
  n.subnet("nat", "egress", {"10.100.1.0/24"}, "", "rtb-nat");
  n.table("rtb-entry", "egress", {{"0.0.0.0/0", "nat:nat"}});
  n.table("rtb-nat", "egress",
          {{"10.0.0.0/8", "tgw:main"}, {"0.0.0.0/0", "igw:igw"}});
  n.internet_gateway("igw", "egress");
  n.nat_gateway("nat", "nat", "10.100.1.5", "203.0.113.5");
  n.attach_vpc("att-egress", "main", "egress", Texts{"entry"});
  n.transit_table("RT-A", "main",
                  {{"att-client"}, {}, {{"0.0.0.0/0", "att-egress"}}});
  n.transit_table("RT-B", "main", {{"att-B"}, {"att-egress"}, {}});
  n.transit_table("RT-egress", "main",
                  {{"att-egress"}, {"att-client", "att-B"}, {}});
  return n;
}

}  // namespace netproof::testing
