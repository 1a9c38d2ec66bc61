#include "support/random_network.hpp"

#include <utility>

#include "support/random_network_maker.hpp"

namespace netproof::testing {

NetworkMaker::NetworkMaker(std::uint32_t seed)
    : dice_{seed}, fire_{seed ^ 0xf12eU} {
  if (dice_.percent(60)) doubts_ = dice_.percent(75) ? 15 : 50;
  hub_ = has(15, "hub");
  if (dice_.percent(25)) {
    references_ = dice_.percent(50) ? References::kNone : References::kOwn;
  }
}

bool NetworkMaker::doubt(const std::string& what) {
  if (doubts_ == 0 || !dice_.per_mille(doubts_)) return false;
  note("unknown " + what);
  return true;
}

bool NetworkMaker::has(std::uint32_t chance, const std::string& what) {
  if (!dice_.percent(chance)) return false;
  note(what);
  return true;
}

IpPrefix NetworkMaker::block_in(IpPrefix outer, int length, std::uint32_t at) {
  if (length <= outer.length()) return outer;
  const int bits = address_bits(outer.family());
  const Uint128 count = Uint128{1}
                        << static_cast<unsigned>(length - outer.length());
  const Uint128 first = outer.first().value() +
                        ((at % count) << static_cast<unsigned>(bits - length));
  return IpPrefix::enclosing(IpAddress::make(outer.family(), first), length);
}

IpAddress NetworkMaker::host_in(IpPrefix block, std::uint32_t at) {
  const Uint128 size = block.last().value() - block.first().value();
  return IpAddress::make(block.family(), block.first().value() + at % size);
}

Texts NetworkMaker::texts(const std::vector<IpPrefix>& blocks) {
  Texts found;
  for (const IpPrefix& block : blocks) found.push_back(to_string(block));
  return found;
}

/// A block to route to or to match: wide ones, existing ones, parts of them.
std::string NetworkMaker::some_block() {
  static const Texts kWide = {"0.0.0.0/0",   "10.0.0.0/8", "10.0.0.0/16",
                              "10.0.0.0/21", "8.8.8.0/24", "10.1.0.0/16",
                              "::/0",        "2600::/16"};
  if (blocks_.empty() || dice_.percent(40)) return dice_.of(kWide);
  const IpPrefix block = prefix(dice_.of(blocks_));
  if (dice_.percent(65)) return to_string(block);
  const int length =
      std::min(block.length() + 1 + static_cast<int>(dice_.below(2)),
               address_bits(block.family()));
  return to_string(block_in(block, length, dice_.below(4)));
}

std::string NetworkMaker::service() {
  static const Texts kServices = {
      "any",    "any",       "tcp",     "tcp/443",        "tcp/80-90",
      "udp/53", "udp",       "icmp",    "icmp/8/0",       "tcp/1024-65535",
      "icmpv6", "proto/47",  "tcp/22",  "udp/1024-65535", "icmpv6/128",
      "tcp/0",  "tcp/65535", "icmp/0-8"};
  if (doubt("service")) return "unknown";
  std::string found = dice_.of(kServices);
  return found == "icmp/0-8" ? "icmp/0" : found;
}

RandomNetwork NetworkMaker::make() {
  const std::uint32_t count = 1 + dice_.below(4);
  for (std::uint32_t v = 0; v < count; ++v) plan_vpc(v);
  plan_sites();
  plan_transit();
  make_lists();
  for (VpcPlan& plan : vpcs_) {
    make_groups(plan);
    make_acls(plan);
    make_vpc(plan);
    make_subnets(plan);
    make_gateways(plan);
  }
  make_peerings();
  make_transit();
  for (VpcPlan& plan : vpcs_) make_tables(plan);
  make_links();
  for (const std::string& gateway : gateways_) {
    attach_hybrid(gateway);
    make_transit_tables(gateway);
  }
  make_segments();
  make_firewalls();
  return {net_.build(), std::move(features_)};
}

void NetworkMaker::plan_vpc(std::uint32_t number) {
  VpcPlan plan;
  plan.number = number;
  plan.name = "v" + std::to_string(number);
  const std::string third = std::to_string(number);
  std::string block = "10.0." + third + ".0/24";
  if (number > 0 && has(10, "overlapping VPCs")) {
    static const Texts kOverlapping = {"10.0.0.0/24", "10.0.0.0/23",
                                       "10.0.0.128/25"};
    block = dice_.of(kOverlapping);
  }
  plan.blocks.push_back(prefix(block));
  if (has(30, "secondary CIDR")) {
    plan.blocks.push_back(prefix("10.0." + std::to_string(number + 8) +
                                 (dice_.percent(50) ? ".0/26" : ".128/26")));
  }
  if (has(40, "IPv6")) {
    plan.blocks.push_back(prefix("2600:0:0:" + third + "0::/60"));
  }
  plan_subnets(plan);
  for (const IpPrefix& one : plan.blocks) blocks_.push_back(to_string(one));
  vpcs_.push_back(std::move(plan));
}

void NetworkMaker::plan_subnets(VpcPlan& plan) {
  static const Texts kZones = {"z1", "z1", "z2", "z2", ""};
  const std::uint32_t count = dice_.below(10) == 0 ? 0 : 1 + dice_.below(3);
  if (count == 0) note("implied subnets");
  const bool overlaps = dice_.percent(4);
  for (std::uint32_t s = 0; s < count; ++s) {
    SubnetPlan subnet;
    subnet.name = plan.name + "s" + std::to_string(s);
    subnet.zone = doubt("zone") ? "unknown" : dice_.of(kZones);
    for (const IpPrefix& block : plan.blocks) {
      const bool first = block == plan.blocks.front();
      if (block.family() == Family::kV6) {
        if (dice_.percent(80)) subnet.blocks.push_back(block_in(block, 64, s));
      } else if (first) {
        const bool wide = overlaps && s > 0;
        if (wide) note("overlapping subnets");
        subnet.blocks.push_back(block_in(block, wide ? 25 : 26, wide ? 0 : s));
      } else if (s == 0 && dice_.percent(40)) {
        subnet.blocks.push_back(block_in(block, 27, 0));
      }
    }
    blocks_.push_back(to_string(subnet.blocks.front()));
    plan.subnets.push_back(std::move(subnet));
  }
}

void NetworkMaker::make_lists() {
  net_.prefix_list("s3", {"54.0.0.0/24"});
  Texts entries = {some_block(), some_block()};
  listed_ = entries;
  if (doubt("prefix list")) entries.push_back("unknown");
  net_.prefix_list("pl0", entries);
  net_.prefix_list("pl1", {some_block()});
}

void NetworkMaker::make_vpc(VpcPlan& plan) {
  const std::uint32_t tables = 1 + dice_.below(3);
  for (std::uint32_t t = 0; t < tables; ++t) {
    plan.tables.push_back(plan.name + "r" + std::to_string(t));
  }
  std::string main;
  if (dice_.percent(60)) main = plan.tables.front();
  if (doubt("main table")) main = "ghost";
  Vpc& vpc = net_.vpc(plan.name, texts(plan.blocks), main);
  vpc.cidrs.open = doubt("VPC CIDRs");
  vpc.subnets_open = doubt("subnets");
  if (has(8, "block public access")) {
    vpc.public_access.value = dice_.percent(50) ? PublicAccess::kBlocked
                                                : PublicAccess::kIngressBlocked;
  }
  vpc.public_access.unknown = doubt("public access");
  if (dice_.percent(30)) {
    vpc.security_groups.emplace();
    for (const std::string& group : some_groups(plan)) {
      vpc.security_groups->items.push_back({group, {}, {}});
    }
    vpc.security_groups->open = doubt("VPC groups");
  }
  if (dice_.percent(15)) {
    vpc.default_group = Ref<SecurityGroup>{dice_.of(plan.groups), {}, {}};
  }
}

Texts NetworkMaker::some_groups(const VpcPlan& plan) {
  Texts groups;
  const std::uint32_t count = 1 + dice_.below(2);
  for (std::uint32_t g = 0; g < count; ++g) {
    groups.push_back(dice_.of(plan.groups));
  }
  if (vpcs_.size() > 1 &&
      has(references_ == References::kOwn ? 15 : 4, "shared group")) {
    groups.push_back(dice_.of(vpcs_).name + "g1");
  }
  if (doubt("dangling group")) groups.push_back("ghost");
  return groups;
}

void NetworkMaker::make_subnets(VpcPlan& plan) {
  for (const SubnetPlan& subnet : plan.subnets) {
    std::string table;
    if (dice_.percent(75)) table = dice_.of(plan.tables);
    if (doubt("route table")) table = "unknown";
    std::string acl;
    if (dice_.percent(45)) acl = dice_.of(plan.acls);
    if (doubt("acl")) acl = "unknown";
    Subnet& made = net_.subnet(subnet.name, plan.name, texts(subnet.blocks),
                               subnet.zone, table, acl);
    made.interfaces_open = doubt("interfaces");
    if (dice_.percent(15)) {
      made.security_groups.emplace();
      for (const std::string& group : some_groups(plan)) {
        made.security_groups->items.push_back({group, {}, {}});
      }
    }
    make_interfaces(plan, subnet);
  }
}

void NetworkMaker::make_interfaces(VpcPlan& plan, const SubnetPlan& subnet) {
  static const std::vector<std::uint32_t> kPlaces = {4, 5, 20, 30};
  const std::uint32_t count = dice_.below(3);
  const bool twice = has(2, "address listed twice");
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string name = subnet.name + "i" + std::to_string(i);
    Texts addresses;
    for (const IpPrefix& block : subnet.blocks) {
      if (addresses.empty() || dice_.percent(70)) {
        addresses.push_back(to_string(
            host_in(block, twice ? 4 : kPlaces[(2 * i + dice_.below(2)) % 4])));
      }
    }
    std::optional<Texts> groups;
    if (dice_.percent(75)) groups = some_groups(plan);
    if (!groups) note("default group");
    Texts publics;
    if (has(30, "public address")) {
      publics.push_back("52.0.0." + std::to_string(1 + publics_++));
    }
    Interface& made =
        net_.interface(name, subnet.name, addresses, groups, publics);
    finish_interface(made, subnet, plan);
    if (made.source_check.may_be(false)) {
      plan.middleboxes.push_back("interface:" + name);
    }
    if (dice_.percent(20) || made.source_check.may_be(false)) {
      plan.targets.push_back("interface:" + name);
    }
    blocks_.push_back(to_string(IpPrefix::host(made.addresses.front())));
  }
}

void NetworkMaker::finish_interface(Interface& made, const SubnetPlan& subnet,
                                    const VpcPlan& plan) {
  made.source_check.value = !has(20, "source check off");
  made.source_check.unknown = doubt("source check");
  if (dice_.percent(85)) made.forwards = dice_.percent(80);
  if (made.forwards == std::nullopt) note("forwards empty");
  if (has(8, "interface endpoint")) {
    net_.interface_endpoint(subnet.name + "e" + made.name, plan.name,
                            {made.name});
  }
  if (made.security_groups) {
    made.security_groups->open = doubt("interface groups");
  }
}

RandomNetwork random_network(std::uint32_t seed) {
  return NetworkMaker{seed}.make();
}

}  // namespace netproof::testing
