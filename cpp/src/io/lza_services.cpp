#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "io/lza_network.hpp"
#include "netproof/net/ip_prefix.hpp"

namespace netproof::io {
namespace {

void add_balancers(LzaNetwork& network, const LzaObject& central) {
  for (const LzaObject& balancer :
       central.objects("gatewayLoadBalancers", "Gateway Load Balancer")) {
    for (const LzaObject& one : balancer.objects("endpoints", "endpoint")) {
      const Node* subnet = one.find("subnet");
      if (subnet == nullptr || !subnet->is_scalar()) continue;
      for (const LzaVpc* vpc :
           network.named(one.text("vpc"), one.text("account"))) {
        add_lza_inspection(network, *vpc, one.text("name"), *subnet, {});
      }
    }
  }
}

void add_gateway_endpoints(LzaNetwork& network, const LzaVpc& vpc) {
  const auto config = vpc.config.object("gatewayEndpoints", "gateway endpoint");
  if (!config) return;
  for (const LzaObject& one :
       config->objects("endpoints", "gateway endpoint")) {
    const std::string service = one.need("service");
    Node map = lza_map(fmt::format("{}/{}", vpc.id, service), {},
                       one.where("service"));
    put_text(map, "vpc", vpc.id, one.where());
    put(map, "kind", word_node("gateway", one.where()));
    network.add("endpoints", std::move(map));
  }
}

// AWS picks the addresses of NAT gateways; these stand for them, as listed
// assumptions (S166).
class NatGateways {
 public:
  explicit NatGateways(LzaNetwork& network) : network_{network} {}

  void add(const LzaVpc& vpc) {
    for (const LzaObject& one :
         vpc.config.objects("natGateways", "NAT gateway")) {
      add_one(vpc, one);
    }
  }

 private:
  // The `number`th address from the end of the subnet, without the broadcast
  // address.
  static std::optional<IpAddress> from_end(const LzaObject& subnet,
                                           std::uint32_t number) {
    constexpr int kSmallest = 28;
    const Node* block = subnet.find("ipv4CidrBlock");
    if (block == nullptr || !block->is_scalar()) return std::nullopt;
    const auto prefix = IpPrefix::parse(block->text);
    if (!prefix || prefix.value().family() != Family::kV4 ||
        prefix.value().length() > kSmallest) {
      return std::nullopt;
    }
    const auto last = static_cast<std::uint32_t>(prefix.value().last().value());
    return IpAddress::v4(last - 1 - number);
  }

  // Addresses for documentation, which nobody else has.
  static std::optional<IpAddress> documented(std::uint32_t number) {
    constexpr std::uint32_t kEach = 254;
    constexpr std::uint32_t kBlocks[] = {0xCB007100U, 0xC6336400U, 0xC0000200U};
    if (number >= 3 * kEach) return std::nullopt;
    return IpAddress::v4(kBlocks[number / kEach] + 1 + number % kEach);
  }

  void add_one(const LzaVpc& vpc, const LzaObject& one) {
    constexpr std::uint32_t kMost = 8;
    one.knows({"name", "subnet", "allocationId", "private", "tags"});
    const std::string name = one.need("name");
    const std::string subnet = one.need("subnet");
    const auto home = subnet_named(vpc, subnet);
    std::uint32_t& used = used_[vpc.id + "/" + subnet];
    const auto inside =
        home && used < kMost ? from_end(*home, used) : std::nullopt;
    const auto outside = documented(public_);
    const auto is_private = one.flag("private", false);
    if (!inside || !outside || !is_private) {
      network_.reading.gap(
          one.where(), "a NAT gateway stands in a subnet of known addresses",
          name, "what is routed to it is unknown");
      return;
    }
    ++used;
    if (!*is_private) ++public_;
    const std::string id = fmt::format("{}/{}", vpc.id, name);
    std::string value = to_string(*inside);
    Node map = lza_map(id, vpc.account, one.where());
    put_text(map, "subnet", fmt::format("{}/{}", vpc.id, subnet), one.where());
    put_text(map, "private_address", value, one.where());
    if (*is_private) {
      put(map, "private", word_node("true", one.where()));
    } else {
      put_text(map, "public_address", to_string(*outside), one.where());
      value += ", " + to_string(*outside);
    }
    network_.add("nat_gateways", std::move(map));
    network_.translators.emplace(vpc.id, name);
    assume(id, value, one.where());
  }

  void assume(const std::string& id, const std::string& value,
              const Location& where) {
    Node map = map_node(where);
    put_text(map, "id", "addresses of " + id, where);
    put_text(map, "subject", "nat:" + id, where);
    put_text(map, "value", value, where);
    put_text(map, "why", "AWS picks the addresses when it makes the gateway",
             where);
    network_.add("assume", std::move(map));
  }

  LzaNetwork& network_;
  std::map<std::string, std::uint32_t> used_;
  std::uint32_t public_ = 0;
};

}  // namespace

void add_lza_inspection(LzaNetwork& network, const LzaVpc& vpc,
                        const std::string& name, const Node& subnet,
                        const std::string& firewall) {
  if (!network.inspection.emplace(vpc.id, name).second) return;
  Node map = lza_map(fmt::format("{}/{}", vpc.id, name), {}, subnet.where);
  put_text(map, "vpc", vpc.id, subnet.where);
  put(map, "kind", word_node("inspection", subnet.where));
  put_text(map, "subnet", fmt::format("{}/{}", vpc.id, subnet.text),
           subnet.where);
  if (!firewall.empty()) put_text(map, "firewall", firewall, subnet.where);
  network.add("endpoints", std::move(map));
}

void build_lza_services(LzaNetwork& network) {
  if (const auto central = network.config.object("centralNetworkServices",
                                                 "central network service")) {
    if (!central->knows({"delegatedAdminAccount", "gatewayLoadBalancers",
                         "ipams", "route53Resolver", "networkFirewall"})) {
      for (const LzaVpc& vpc : network.vpcs)
        network.doubted_vpcs.insert(vpc.id);
    }
    if (const auto service = central->object("networkFirewall", "service")) {
      add_lza_firewalls(network, *service);
    }
    add_balancers(network, *central);
  }
  NatGateways translators{network};
  for (const LzaVpc& vpc : network.vpcs) {
    add_gateway_endpoints(network, vpc);
    translators.add(vpc);
  }
}

}  // namespace netproof::io
