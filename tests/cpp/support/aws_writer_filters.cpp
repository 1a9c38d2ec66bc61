#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "support/aws_writer_parts.hpp"

namespace netproof::testing {
namespace {

using json::list;
using json::object;
using json::text;

std::string protocol_name(std::uint8_t protocol, Dice& dice) {
  static const std::map<int, std::string> kNames = {
      {kTcp, "tcp"}, {kUdp, "udp"}, {kIcmp, "icmp"}, {kIcmpv6, "icmpv6"}};
  const auto named = kNames.find(protocol);
  const bool by_name = named != kNames.end() && dice.percent(80);
  return by_name ? named->second : std::to_string(protocol);
}

bool has_destination_ports(const TransportRange& range) {
  return range.protocol == kTcp || range.protocol == kUdp;
}

int type_of(const TransportRange& range) {
  const bool any = range.sport_first == 0 && range.sport_last == 255;
  return any ? -1 : range.sport_first;
}

int code_of(const TransportRange& range) {
  const bool any = range.dport_first == 0 && range.dport_last == 255;
  return any ? -1 : range.dport_first;
}

std::vector<TransportRange> ranges_of(const TransportSet& service) {
  // One line of AWS: everything, or one protocol.
  if (service == TransportSet::all()) return {};
  return service.ranges();
}

/// What one permission lets in: protocol and ports, and the peers of all lines
/// that have the same.
struct Permission {
  std::string protocol;
  std::string from;
  std::string to;
  std::vector<std::string> v4;
  std::vector<std::string> v6;
  std::vector<std::string> lists;
  std::vector<std::string> groups;
};

class Permissions {
 public:
  Permissions(const TopologyParts& parts, Dice& dice)
      : parts_{parts}, dice_{dice} {}

  std::string text_of(const OpenList<SecurityGroupRule>& rules) {
    for (const SecurityGroupRule& rule : rules.items) add(rule);
    std::vector<std::string> all;
    for (const Permission& one : permissions_) {
      all.push_back(object({{"IpProtocol", text(one.protocol)},
                            {"FromPort", one.from},
                            {"ToPort", one.to},
                            {"IpRanges", list(one.v4)},
                            {"Ipv6Ranges", list(one.v6)},
                            {"PrefixListIds", list(one.lists)},
                            {"UserIdGroupPairs", list(one.groups)}}));
    }
    return list(all);
  }

 private:
  void add(const SecurityGroupRule& rule) {
    const auto ranges = ranges_of(rule.service.value);
    if (ranges.empty()) add_peers(rule, permission("-1", "", ""));
    for (const TransportRange& range : ranges) {
      std::string from;
      std::string to;
      if (has_destination_ports(range)) {
        from = std::to_string(range.dport_first);
        to = std::to_string(range.dport_last);
      } else if (is_icmp(range.protocol)) {
        from = std::to_string(type_of(range));
        to = std::to_string(code_of(range));
      }
      add_peers(rule,
                permission(protocol_name(range.protocol, dice_), from, to));
    }
  }

  Permission& permission(const std::string& protocol, const std::string& from,
                         const std::string& to) {
    for (Permission& one : permissions_) {
      if (one.protocol == protocol && one.from == from && one.to == to) {
        return one;
      }
    }
    return permissions_.emplace_back(
        Permission{protocol, from, to, {}, {}, {}, {}});
  }

  void add_peers(const SecurityGroupRule& rule, Permission& into) const {
    for (const Peer& peer : rule.peers.items) {
      if (const auto* block = std::get_if<WrittenPrefix>(&peer)) {
        const bool v4 = block->prefix.family() == Family::kV4;
        const std::string cidr = text(to_string(block->prefix));
        if (v4) into.v4.push_back(object({{"CidrIp", cidr}}));
        if (!v4) into.v6.push_back(object({{"CidrIpv6", cidr}}));
      } else if (const auto* ref = std::get_if<Ref<PrefixList>>(&peer)) {
        into.lists.push_back(object({{"PrefixListId", text(ref->name)}}));
      } else {
        add_reference(std::get<Ref<SecurityGroup>>(peer).name, into);
      }
    }
  }

  void add_reference(const std::string& name, Permission& into) const {
    const auto group =
        std::ranges::find(parts_.security_groups, name, &SecurityGroup::name);
    const auto vpc =
        std::ranges::find(parts_.vpcs, group->vpc.name, &Vpc::name);
    into.groups.push_back(object({{"GroupId", text(name)},
                                  {"UserId", text(vpc->account)},
                                  {"VpcId", text(vpc->name)}}));
  }

  const TopologyParts& parts_;
  Dice& dice_;
  std::vector<Permission> permissions_;
};

std::string entry_text(const AclEntry& entry, const TransportRange* range,
                       bool egress) {
  const IpPrefix block = entry.cidr.value.prefix;
  const bool v4 = block.family() == Family::kV4;
  std::string ports;
  std::string icmp;
  if (range != nullptr && has_destination_ports(*range)) {
    ports = object({{"From", std::to_string(range->dport_first)},
                    {"To", std::to_string(range->dport_last)}});
  } else if (range != nullptr && is_icmp(range->protocol)) {
    icmp = object({{"Type", std::to_string(type_of(*range))},
                   {"Code", std::to_string(code_of(*range))}});
  }
  return object(
      {{v4 ? "CidrBlock" : "Ipv6CidrBlock", text(to_string(block))},
       {"Egress", text(egress)},
       {"IcmpTypeCode", icmp},
       {"PortRange", ports},
       {"Protocol", text(range == nullptr ? std::string{"-1"}
                                          : std::to_string(range->protocol))},
       {"RuleAction", text(entry.allow.value ? "allow" : "deny")},
       {"RuleNumber", std::to_string(entry.number)}});
}

/// The line that ends each list.
AclEntry last_line(Family family) {
  AclEntry entry;
  entry.number = family == Family::kV4 ? 32767 : 32768;
  entry.cidr.value.prefix = IpPrefix::all(family);
  entry.service.value = TransportSet::all();
  return entry;
}

void add_entries(const OpenList<AclEntry>& entries, bool egress,
                 std::vector<std::string>& all) {
  std::vector<AclEntry> lines = entries.items;
  for (const Family family : {Family::kV4, Family::kV6}) {
    lines.push_back(last_line(family));
  }
  for (const AclEntry& entry : lines) {
    const auto ranges = ranges_of(entry.service.value);
    if (ranges.empty()) all.push_back(entry_text(entry, nullptr, egress));
    for (const TransportRange& range : ranges) {
      all.push_back(entry_text(entry, &range, egress));
    }
  }
}

void shuffle(std::vector<std::string>& all, Dice& dice) {
  for (std::size_t i = all.size(); i > 1; --i) {
    std::swap(all[i - 1], all[dice.below(i)]);
  }
}

std::string everything(bool egress) {
  AclEntry entry = last_line(Family::kV4);
  entry.number = 100;
  entry.allow.value = true;
  return entry_text(entry, nullptr, egress);
}

std::string everything_v6(bool egress) {
  AclEntry entry = last_line(Family::kV6);
  entry.number = 101;
  entry.allow.value = true;
  return entry_text(entry, nullptr, egress);
}

}  // namespace

void AwsWriter::write_groups() {
  for (const SecurityGroup& group : parts_.security_groups) {
    const Vpc& home = vpc(group.vpc.name);
    const bool standard =
        home.default_group && home.default_group->name == group.name;
    add(scope_of(home), "SecurityGroups",
        object({{"GroupId", text(group.name)},
                {"GroupName", text(standard ? "default" : group.name)},
                {"OwnerId", text(home.account)},
                {"VpcId", text(home.name)},
                {"IpPermissions",
                 Permissions{parts_, dice_}.text_of(group.ingress)},
                {"IpPermissionsEgress",
                 Permissions{parts_, dice_}.text_of(group.egress)}}));
  }
}

void AwsWriter::write_acl(const Vpc& home, const std::string& name,
                          bool standard, std::vector<std::string> entries) {
  shuffle(entries, dice_);
  std::vector<std::string> associations;
  for (const Subnet& subnet : parts_.subnets) {
    if (subnet.vpc.name != home.name) continue;
    const bool own = subnet.acl ? subnet.acl->value.name == name : standard;
    if (!own) continue;
    associations.push_back(
        object({{"NetworkAclAssociationId", text("aclassoc-" + subnet.name)},
                {"NetworkAclId", text(name)},
                {"SubnetId", text(subnet.name)}}));
  }
  add(scope_of(home), "NetworkAcls",
      object({{"NetworkAclId", text(name)},
              {"OwnerId", text(home.account)},
              {"VpcId", text(home.name)},
              {"IsDefault", text(standard)},
              {"Associations", list(associations)},
              {"Entries", list(entries)}}));
}

void AwsWriter::write_acls() {
  for (const NetworkAcl& acl : parts_.network_acls) {
    std::vector<std::string> entries;
    add_entries(acl.inbound, false, entries);
    add_entries(acl.outbound, true, entries);
    write_acl(vpc(acl.vpc.name), acl.name, false, std::move(entries));
  }
  for (const Vpc& home : parts_.vpcs) {
    write_acl(home, home.name + "acl", true,
              {everything(false), everything(true), everything_v6(false),
               everything_v6(true)});
  }
}

}  // namespace netproof::testing
