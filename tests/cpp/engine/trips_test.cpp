// Journeys over rewritings of the header. The evaluator says the same of each.

#include "engine/trips.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "both.hpp"

namespace netproof {
namespace {

using testing::judge;
using testing::Network;
using testing::tcp;
using testing::Texts;

/// A private subnet behind a NAT gateway, whose subnet lets replies come to
/// `client_ports`.
Network behind_nat(const std::string& client_ports) {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.subnet("pub", "v", {"10.0.1.0/24"}, "", "public", "acl");
  n.subnet("priv", "v", {"10.0.2.0/24"}, "", "private");
  n.table("public", "v", {{"0.0.0.0/0", "igw:igw"}});
  n.table("private", "v", {{"0.0.0.0/0", "nat:nat"}});
  n.internet_gateway("igw", "v");
  n.nat_gateway("nat", "pub", "10.0.1.100", "198.51.100.9");
  n.acl("acl", "v",
        {{100, "allow", "any", "10.0.0.0/16"},
         {110, "allow", client_ports, "0.0.0.0/0"}},
        {{100, "allow", "any", "0.0.0.0/0"}});
  n.open_group("open", "v");
  n.interface("app", "priv", {"10.0.2.5"}, Texts{"open"});
  return n;
}

// The sender's port does not matter: the gateway chooses its own.
//
// covers S29, S79, S149
TEST(Trips, ANatGatewayChoosesAmongThePortsFrom1024) {
  for (const std::uint16_t sport : std::vector<std::uint16_t>{0, 1023, 65535}) {
    const Flow out = tcp("10.0.2.5", "1.1.1.1", 443, sport);
    const auto comes_back = [&](const std::string& client_ports) {
      return judge(behind_nat(client_ports), "interface:app", out,
                   Level::kConnection);
    };
    const Bounds always = comes_back("tcp/1024-65535");
    EXPECT_TRUE(always.some_always && always.all_always);
    for (const char* part : {"tcp/1025-65535", "tcp/1024-65534"}) {
      const Bounds mixed = comes_back(part);
      EXPECT_TRUE(mixed.some_always) << part;
      EXPECT_FALSE(mixed.all_possibly) << part;
    }
    const Bounds never = comes_back("tcp/0-1023");
    EXPECT_FALSE(never.some_possibly);
  }
}

/// A public subnet whose interface `box` receives what the internet gateway
/// lets in, under the table that the senders use too.
Network around_a_box() {
  Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.subnet("front", "v", {"10.0.1.0/24"}, "", "table");
  n.subnet("back", "v", {"10.0.2.0/24"}, "", "table");
  n.table("table", "v", {{"0.0.0.0/0", "igw:igw"}});
  n.edge_table("edge", "v", "igw:igw", {{"10.0.2.0/24", "interface:box"}});
  n.internet_gateway("igw", "v");
  n.open_group("open", "v");
  n.interface("client", "front", {"10.0.1.5"}, Texts{"open"}, {"198.51.100.5"});
  n.interface("web", "back", {"10.0.2.5"}, Texts{"open"}, {"198.51.100.6"});
  Interface& box = n.interface("box", "front", {"10.0.1.6"}, Texts{"open"});
  box.source_check.value = false;
  box.forwards = true;
  return n;
}

// covers S5, S23, S155
TEST(Trips, ATableThatIsMetAgainWithAnotherHeaderIsNoLoop) {
  const Bounds there =
      judge(around_a_box(), "interface:client",
            tcp("10.0.1.5", "198.51.100.6", 443), Level::kPacket);
  EXPECT_TRUE(there.some_always && there.all_always);
}

// covers S5, S149, S155
TEST(Trips, ATableThatSendsBackToTheNatGatewayIsALoop) {
  Network n = behind_nat("any");
  n.get<Subnet>("pub").route_table = n.get<Subnet>("priv").route_table;
  const Bounds round = judge(n, "interface:app",
                             tcp("10.0.2.5", "1.1.1.1", 443), Level::kPacket);
  EXPECT_FALSE(round.some_possibly);
}

// What is sent in the name of the NAT gateway is answered to it, and it has
// nobody else to hand it to.
//
// covers S149
TEST(Trips, ANatGatewayUndoesABindingOnce) {
  testing::Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.table("by-nat", "v", {{"10.0.3.0/24", "nat:n"}});
  n.subnet("front", "v", {"10.0.1.0/24"});
  n.subnet("app", "v", {"10.0.2.0/24"}, "", "by-nat");
  n.subnet("back", "v", {"10.0.3.0/24"});
  n.nat_gateway("n", "front", "10.0.1.12");
  n.open_group("all", "v");
  n.interface("liar", "app", {"10.0.2.5"}, testing::Texts{"all"})
      .source_check.value = false;
  const Flow flow = testing::tcp("10.0.1.12", "10.0.3.5", 443);
  const auto ask = [&](Level level) {
    return testing::judge(n, "interface:liar", flow, level);
  };
  EXPECT_TRUE(ask(Level::kPacket).all_always);
  EXPECT_FALSE(ask(Level::kConnection).some_possibly);
}

// Replies of `p` go the way of those of `r`, but not to a sender in the VPC of
// `r`, which is at home there: the transit gateway drops what `p` answers it.
// Whoever is asked first must not answer for the other.
//
// covers S3
TEST(Trips, AStandInDoesNotAnswerThoseWhoAreNearToIt) {
  Network n;
  n.transit("hub");
  const std::vector<std::string> names{"f", "r", "p"};
  testing::TransitLines lines;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string block = "10." + std::to_string(i + 1) + ".0.0/16";
    n.vpc(names[i], {block});
    n.table("t-" + names[i], names[i], {{"10.0.0.0/8", "tgw:hub"}});
    n.subnet(names[i], names[i], {block}, "", "t-" + names[i]);
    n.attach_vpc("x-" + names[i], "hub", names[i]);
    n.open_group("g-" + names[i], names[i]);
  }
  for (const std::string& name : names) {
    n.interface("i-" + name, name,
                {"10." +
                 std::string(name == "f"   ? "1"
                             : name == "r" ? "2"
                                           : "3") +
                 ".0.5"},
                Texts{"g-" + name});
  }
  lines.associations = {"x-f", "x-p", "x-r"};
  lines.propagations = {"x-f", "x-p", "x-r"};
  lines.routes = {{"10.2.0.0/16", "blackhole"}};
  n.transit_table("core", "hub", lines);
  const Topology topology = n.build();
  engine::Compiled compiled{topology};
  compiled.cycles.vpc_table.assign(compiled.tables.vpc.size(), true);
  compiled.cycles.transit_table.assign(1, true);
  const auto scope = [&](std::uint32_t i, const char* address) {
    return Scope{{PlaceKind::kInterface, i},
                 IpSet::of(IpAddress::parse(address).value())};
  };
  const Scope far = scope(0, "10.1.0.5");
  const Scope near = scope(1, "10.2.0.5");
  const Scope asked = scope(2, "10.3.0.5");
  const std::vector<Scope> requesters{far, near};
  engine::WalkOptions options;
  options.destinations = near.addresses | asked.addresses;
  engine::Trips trips{compiled, options, far.addresses | near.addresses};
  const auto arriving = [&](const Scope& from, const Scope& to) {
    for (engine::Trip& trip :
         trips.from(from.place, from.addresses, to.addresses)) {
      if (trip.end.kind == engine::EndKind::kDelivered) return trip;
    }
    return engine::Trip{};
  };
  // Registers `r` as the first of its group: nothing else comes of it.
  engine::Trip at_r;
  at_r.set = PacketSet::box(far.addresses, near.addresses, TransportSet::all());
  at_r.end.kind = engine::EndKind::kDelivered;
  at_r.end.place = near.place;
  trips.replied_to_all(at_r, requesters);
  const auto of_far = trips.replied_to_all(arriving(far, asked), requesters);
  ASSERT_TRUE(of_far);
  EXPECT_FALSE(of_far->empty());
  const auto of_near = trips.replied_to_all(arriving(near, asked), requesters);
  ASSERT_TRUE(of_near);
  EXPECT_TRUE(of_near->empty());
}

}  // namespace
}  // namespace netproof
