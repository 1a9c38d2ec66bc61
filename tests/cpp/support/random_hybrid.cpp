#include <algorithm>
#include <utility>

#include "support/random_network_maker.hpp"

namespace netproof::testing {

void NetworkMaker::plan_transit() {
  if (has(hub_ ? 100 : 85, "transit gateway")) gateways_.push_back("t0");
  if (!gateways_.empty() && has(35, "two transit gateways")) {
    gateways_.push_back("t1");
  }
}

void NetworkMaker::plan_sites() {
  const std::uint32_t count = dice_.below(10) < 3 ? 0 : 2 - dice_.below(4) / 3;
  for (std::uint32_t s = 0; s < count; ++s) {
    const std::string name = "site" + std::to_string(s);
    sites_.push_back(name);
    const std::string block = "10.1." + std::to_string(s) + ".0/24";
    site_blocks_.emplace_back(name, block);
    blocks_.push_back(block);
    if (dice_.percent(30)) site_blocks_.emplace_back(name, "10.0.0.0/20");
    if (has(20, "IPv6 site")) {
      site_blocks_.emplace_back(name,
                                "2600:0:1:" + std::to_string(s) + "::/64");
    }
  }
}

void NetworkMaker::finish_attachment(TransitAttachment& made) {
  static const Texts kTimes = {"2024-01-01", "2025-01-01", "2026-01-01", ""};
  made.available.value = !has(4, "unavailable attachment");
  made.available.unknown = doubt("attachment state");
  made.ipv6.value = has(60, "attachment with IPv6");
  made.ipv6.unknown = doubt("attachment IPv6");
  made.appliance_mode.value = has(15, "appliance mode");
  made.appliance_mode.unknown = doubt("appliance mode");
  made.group_referencing.value = dice_.percent(hub_ ? 95 : 85);
  made.group_referencing.unknown = doubt("referencing");
  made.created = dice_.of(kTimes);
  attachments_.push_back(made.name);
}

void NetworkMaker::attach_vpcs(const std::string& gateway) {
  for (VpcPlan& plan : vpcs_) {
    const bool first = gateway == "t0";
    if (!dice_.percent(hub_ && first ? 100 : first ? 80 : 40)) continue;
    std::optional<Texts> subnets;
    if (!plan.subnets.empty() && has(hub_ ? 90 : 50, "attachment subnets")) {
      subnets.emplace();
      for (const SubnetPlan& subnet : plan.subnets) {
        if (!dice_.percent(65)) continue;
        subnets->push_back(subnet.name);
        plan.entries.push_back(subnet.name);
      }
      if (doubt("attachment subnets")) subnets->push_back("unknown");
    }
    const std::string name = gateway + plan.name;
    finish_attachment(net_.attach_vpc(name, gateway, plan.name, subnets));
    for (int i = 0; i < 4; ++i) plan.targets.push_back("tgw:" + gateway);
    if (has(2, "two attachments of one VPC")) {
      finish_attachment(net_.attach_vpc(name + "b", gateway, plan.name));
    }
  }
}

void NetworkMaker::make_transit() {
  for (const std::string& gateway : gateways_) {
    TransitGateway& made = net_.transit(gateway);
    made.vpn_ecmp = dice_.percent(50);
    made.group_referencing.value = has(hub_ ? 90 : 50, "group referencing");
    made.group_referencing.unknown = doubt("referencing");
    if (has(50, "default association")) {
      made.default_association = Ref<TransitRouteTable>{gateway + "r0", {}, {}};
    }
    if (has(50, "default propagation")) {
      made.default_propagation = Ref<TransitRouteTable>{gateway + "r0", {}, {}};
    }
    attach_vpcs(gateway);
  }
  if (gateways_.size() > 1 && has(80, "transit peering")) {
    finish_attachment(net_.attach_peer("t0t1", "t0", "t1t0"));
    finish_attachment(net_.attach_peer("t1t0", "t1", "t0t1"));
  }
}

void NetworkMaker::attach_hybrid(const std::string& gateway) {
  for (const std::string& direct : direct_connects_) {
    if (!has(85, "Direct Connect attachment")) continue;
    finish_attachment(
        net_.attach_direct_connect(gateway + direct, gateway, direct));
  }
  std::uint32_t number = 0;
  for (const std::string& site : sites_) {
    if (!has(40, "VPN attachment")) continue;
    const std::string name = gateway + "vpn" + std::to_string(number++);
    Texts prefixes = advertised(site);
    if (has(70, "equal paths")) prefixes.push_back("10.1.0.128/25");
    VpnConnection& vpn = net_.vpn(name, site, prefixes);
    vpn.bgp = !has(25, "static VPN");
    vpn.advertised.open = doubt("advertised");
    vpn.as_path_length = dice_.percent(75) ? 1 : 2;
    vpn.med = med();
    if (has(25, "site routes")) {
      vpn.site_routes.emplace();
      vpn.site_routes->items.push_back(
          {prefix("10.0.0.0/21"), prefix("10.0.0.0/21"), false, "", {}});
      vpn.site_routes->open = doubt("site routes");
    }
    link(vpn.up, vpn.site_preference);
    finish_attachment(net_.attach_vpn(name, gateway, name));
  }
}

Line NetworkMaker::transit_line(const Texts& attachments) {
  Line made;
  made.destination = some_block();
  if (dice_.percent(15)) {
    made.destination = "pl:pl0";
    note("prefix-list reference");
  } else if (dice_.percent(15)) {
    made.destination = dice_.of(listed_);  // a static line wins there (S53)
  }
  const std::uint32_t kind = dice_.below(10);
  if (kind < 3 || attachments.empty()) {
    note("transit blackhole");
    made.to = "blackhole";
  } else {
    made.to = dice_.of(attachments);
    if (kind == 3) {
      note("two transit targets");
      made.to += "|" + dice_.of(attachments);
    }
  }
  if (doubt("transit target")) made.to = "unknown";
  if (doubt("dangling transit target")) made.to = "ghost";
  if (doubt("dangling reference")) made.destination = "pl:ghost";
  return made;
}

void NetworkMaker::make_transit_tables(const std::string& gateway) {
  Texts own;
  for (const std::string& name : attachments_) {
    if (name.starts_with(gateway)) own.push_back(name);
  }
  const std::uint32_t count = 1 + dice_.below(2);
  std::vector<TransitLines> tables(count);
  for (const std::string& name : own) {
    if (!has(hub_ ? 2 : 12, "no association")) {
      tables[dice_.below(count)].associations.push_back(name);
    }
    if (has(4, "two associations")) {
      tables[dice_.below(count)].associations.push_back(name);
    }
    for (TransitLines& table : tables) {
      if (dice_.percent(hub_ ? 95 : 70)) table.propagations.push_back(name);
    }
  }
  for (std::uint32_t t = 0; t < count; ++t) {
    TransitLines& lines = tables[t];
    if (doubt("associations")) lines.associations.push_back("unknown");
    if (doubt("propagations")) lines.propagations.push_back("unknown");
    if (!own.empty() && dice_.percent(60)) {
      lines.routes.push_back({"0.0.0.0/0", dice_.of(own)});
    }
    const std::uint32_t more = dice_.below(3);
    for (std::uint32_t i = 0; i < more; ++i) {
      lines.routes.push_back(transit_line(own));
    }
    TransitRouteTable& made =
        net_.transit_table(gateway + "r" + std::to_string(t), gateway, lines);
    made.routes.open = doubt("transit routes");
  }
}

void NetworkMaker::link(Open<bool>& up, std::optional<int>& preference) {
  up.value = !has(5, "link down");
  up.unknown = doubt("link state");
  if (has(30, "site preference")) {
    preference = 100 * static_cast<int>(dice_.below(2));
  }
}

/// Among them what a link without one counts as: 0 and 100 (S43).
std::optional<int> NetworkMaker::med() {
  if (!has(50, "MED")) return std::nullopt;
  return 50 * static_cast<int>(dice_.below(4));
}

Texts NetworkMaker::advertised(const std::string& site) {
  Texts found;
  for (const auto& [name, block] : site_blocks_) {
    if (name == site) found.push_back(block);
  }
  if (has(15, "advertised supernet")) found.push_back("10.0.0.0/8");
  if (has(50, "shared prefix")) found.push_back("10.1.0.0/24");
  if (dice_.percent(10)) found.push_back(some_block());
  return found;
}

/// Sites with Direct Connect gateways, virtual interfaces and VPNs on VPN
/// gateways. VPNs on transit gateways come with their attachments.
void NetworkMaker::make_links() {
  make_sites();
  if (!sites_.empty() && has(60, "Direct Connect gateway")) {
    direct_connects_.push_back("dx0");
    net_.direct_connect("dx0");
    const std::string gateway =
        gateways_.empty() || dice_.percent(30) ? "vgw:vgw-v0" : "tgw:t0";
    DirectConnectAssociation& made = net_.associate(
        "dx0", gateway,
        {dice_.percent(60) ? "10.0.0.0/16" : some_block(), "2600::/32"});
    made.allowed_prefixes.open = doubt("allowed prefixes");
    if (gateways_.size() > 1 && dice_.percent(30)) {
      net_.associate("dx0", "tgw:t1", {some_block()});
    }
  }
  // Equal paths to a block that one of two sites has: load sharing delivers or
  // not (S55, S152).
  const bool equal =
      sites_.size() > 1 && !direct_connects_.empty() && has(85, "equal paths");
  std::uint32_t number = 0;
  for (const std::string& site : sites_) {
    if (equal) {
      VirtualInterface& made = net_.virtual_interface(
          "equal-" + site, site, "dxgw:dx0", {"10.1.0.128/25"});
      if (dice_.percent(25)) made.med = med();
    }
    const std::uint32_t count = dice_.below(3);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::string name = "vif" + std::to_string(number++);
      const bool direct = !direct_connects_.empty() && dice_.percent(85);
      const std::string to = direct ? "dxgw:dx0" : "vgw:vgw-v0";
      note(direct ? "virtual interface" : "private virtual interface");
      VirtualInterface& vif =
          net_.virtual_interface(name, site, to, advertised(site));
      vif.advertised.open = doubt("advertised");
      vif.local_preference =
          dice_.percent(60) ? 7200
                            : 7100 + 100 * static_cast<int>(dice_.below(3));
      vif.as_path_length = dice_.percent(75) ? 1 : 2;
      vif.med = med();
      vif.site_link = has(30, "SiteLink");
      link(vif.up, vif.site_preference);
    }
    for (const VpcPlan& plan : vpcs_) {
      if (!plan.vgw || !has(60, "VPN on a VPN gateway")) continue;
      Texts learned = advertised(site);
      // Longer than `local`, and yet it counts for nothing (S18).
      if (!plan.subnets.empty() && has(25, "part of the VPC advertised")) {
        learned.push_back(to_string(dice_.of(plan.subnets).blocks.front()));
      }
      VpnConnection& vpn = net_.vpn("vpn-" + plan.name + site, site, learned,
                                    "vgw-" + plan.name);
      vpn.bgp = dice_.percent(70);
      vpn.as_path_length = dice_.percent(75) ? 1 : 2;
      vpn.med = med();
      vpn.advertised.open = doubt("advertised");
      link(vpn.up, vpn.site_preference);
    }
  }
}

void NetworkMaker::make_sites() {
  for (const std::string& site : sites_) {
    Texts blocks;
    for (const auto& [name, block] : site_blocks_) {
      if (name == site && block != "10.0.0.0/20") blocks.push_back(block);
    }
    Site& made = net_.site(site, blocks);
    made.prefixes.open = doubt("site prefixes");
    made.transit = Open<bool>{has(40, "transit site"), false, {}};
    if (doubt("site transit")) made.transit.unknown = true;
    made.internet = has(25, "site with internet");
    made.spoofs = has(10, "spoofing site");
  }
}

std::vector<Line> NetworkMaker::router_lines(const Texts& others) {
  std::vector<Line> lines;
  if (dice_.percent(70)) lines.push_back({"0.0.0.0/0", "internet"});
  for (const std::string& site : sites_) {
    if (dice_.percent(50)) lines.push_back({some_block(), "site:" + site});
  }
  for (const std::string& other : others) {
    if (dice_.percent(80)) lines.push_back({"10.2.0.0/16", "router:" + other});
  }
  if (has(20, "router blackhole")) lines.push_back({some_block(), "blackhole"});
  if (doubt("router route")) lines.push_back({some_block(), "unknown"});
  return lines;
}

void NetworkMaker::make_segments() {
  const std::uint32_t segments = dice_.below(10) < 4 ? 0 : 1 + dice_.below(4);
  if (segments == 0) return;
  note("segments");
  const Texts routers = dice_.percent(40) ? Texts{"ro0", "ro1"} : Texts{"ro0"};
  std::vector<Texts> members(routers.size());
  for (std::uint32_t s = 0; s < segments; ++s) {
    const std::string name = "seg" + std::to_string(s);
    const std::uint32_t at = dice_.below(routers.size());
    const bool routed = dice_.percent(90);
    std::string block = "10.2." + std::to_string(s) + ".0/28";
    if (has(10, "public segment"))
      block = "199.0.0." + std::to_string(16 * s) + "/28";
    Texts blocks{block};
    if (has(15, "IPv6 segment")) {
      blocks.push_back("2600:0:2:" + std::to_string(s) + "::/64");
    }
    Segment& made = net_.segment(name, blocks, routed ? routers[at] : "");
    made.port_isolation.value = has(10, "port isolation");
    made.port_isolation.unknown = doubt("port isolation");
    made.spoofs = has(5, "spoofing segment");
    blocks_.push_back(block);
    if (routed) members[at].push_back(name);
    if (has(60, "host")) {
      net_.host("h" + std::to_string(s), name,
                {to_string(host_in(prefix(block), 3))});
    }
  }
  for (std::size_t r = 0; r < routers.size(); ++r) {
    Texts others = routers;
    std::erase(others, routers[r]);
    Texts neighbours = {"internet"};
    for (const std::string& site : sites_) neighbours.push_back("site:" + site);
    for (const std::string& other : others) {
      neighbours.push_back("router:" + other);
    }
    std::string wall;
    if (has(45, "zone firewall")) {
      wall = firewall("wall" + std::to_string(r), members[r], neighbours);
    }
    Router& made = net_.router(routers[r], router_lines(others), wall);
    made.routes.open = doubt("router routes");
  }
}

}  // namespace netproof::testing
