#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "io/aws_build.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::io {
namespace {

constexpr int kTcp = 6;
constexpr int kUdp = 17;
constexpr int kIcmp = 1;
constexpr int kIcmpV6 = 58;
constexpr int kHighestPort = 65535;

// "-1", "tcp" and "6" alike (S71, S77); -1 for all.
std::optional<int> protocol_of(const std::string& text) {
  static const std::map<std::string, int, std::less<>> names{
      {"tcp", kTcp}, {"udp", kUdp}, {"icmp", kIcmp}, {"icmpv6", kIcmpV6}};
  const auto named = names.find(text);
  if (named != names.end()) return named->second;
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool fits =
      error == std::errc{} && stop == end && number >= -1 && number <= 255;
  return fits ? std::optional{number} : std::nullopt;
}

// Equal services are one value: large snapshots repeat a few of them.
class Services {
 public:
  /// `first` and `last` are destination ports, or type and code; -1 for any.
  Open<TransportSet> get(int protocol, std::optional<int> first,
                         std::optional<int> last) {
    const auto key =
        std::tuple{protocol, first.value_or(-2), last.value_or(-2)};
    const auto at = known_.find(key);
    if (at != known_.end()) return at->second;
    return known_.emplace(key, make(protocol, first, last)).first->second;
  }

 private:
  static Open<TransportSet> make(int protocol, std::optional<int> first,
                                 std::optional<int> last) {
    Open<TransportSet> service;
    if (protocol < 0) {
      service.value = TransportSet::all();
    } else if (protocol == kTcp || protocol == kUdp) {
      const int low = first.value_or(-1);
      const int high = last.value_or(-1);
      if (low == -1 && high == -1) {
        service.value =
            TransportSet::protocol(static_cast<std::uint8_t>(protocol));
      } else if (0 <= low && low <= high && high <= kHighestPort) {
        service.value = TransportSet::to_ports(
            static_cast<std::uint8_t>(protocol),
            static_cast<std::uint16_t>(low), static_cast<std::uint16_t>(high));
      } else {
        service.unknown = true;
      }
    } else if (protocol == kIcmp || protocol == kIcmpV6) {
      service = icmp(protocol, first.value_or(-1), last.value_or(-1));
    } else {
      service.value =
          TransportSet::protocol(static_cast<std::uint8_t>(protocol));
    }
    return service;
  }

  static Open<TransportSet> icmp(int protocol, int type, int code) {
    Open<TransportSet> service;
    if (type < -1 || type > 255 || code < -1 || code > 255) {
      service.unknown = true;
      return service;
    }
    const bool any_code = code == -1 || type == -1;
    const auto byte = [](int value) {
      return static_cast<std::uint8_t>(value);
    };
    service.value = TransportSet::icmp(
        byte(protocol), byte(type == -1 ? 0 : type),
        byte(type == -1 ? 255 : type), byte(any_code ? 0 : code),
        byte(any_code ? 255 : code));
    return service;
  }

  std::map<std::tuple<int, int, int>, Open<TransportSet>> known_;
};

class GroupBuilder {
 public:
  explicit GroupBuilder(AwsBuild& build) : build_{build} {}

  void add(const AwsResource& resource) {
    const OddScope odd{build_.reading};
    const AwsObject fields{build_.reading, resource};
    fields.knows({"Description", "GroupId", "GroupName", "IpPermissions",
                  "IpPermissionsEgress", "OwnerId", "SecurityGroupArn", "Tags",
                  "VpcId"});
    SecurityGroup group;
    build_.name(group, resource, fields, "GroupId");
    group.labels.emplace("group-name", fields.text("GroupName"));
    group.vpc = ref<Vpc>(fields.text("VpcId"), fields.where("VpcId"));
    read(fields, "IpPermissions", group.name + " ingress", group.ingress);
    read(fields, "IpPermissionsEgress", group.name + " egress", group.egress);
    if (odd.odd()) {
      group.ingress.open = true;
      group.egress.open = true;
    }
    build_.groups[group.name] = build_.parts.security_groups.size();
    if (fields.text("GroupName") == "default") {
      const auto at = build_.vpcs.find(group.vpc.name);
      if (at != build_.vpcs.end()) {
        build_.parts.vpcs[at->second.index].default_group =
            ref<SecurityGroup>(group.name, fields.where());
      }
    }
    build_.parts.security_groups.push_back(std::move(group));
  }

 private:
  void read(const AwsObject& group, const char* key, const std::string& name,
            OpenList<SecurityGroupRule>& rules) {
    rules.where = group.where(key);
    for (const AwsObject& one : group.list(key)) {
      OddScope odd{build_.reading};
      SecurityGroupRule rule = read_rule(one);
      rule.name = fmt::format("{} #{}", name, rules.items.size() + 1);
      if (odd.odd()) {
        rule.service.unknown = true;
        rule.peers.open = true;
      }
      odd.settle();
      rules.items.push_back(std::move(rule));
    }
  }

  SecurityGroupRule read_rule(const AwsObject& fields) {
    fields.knows({"FromPort", "IpProtocol", "IpRanges", "Ipv6Ranges",
                  "PrefixListIds", "ToPort", "UserIdGroupPairs"});
    SecurityGroupRule rule;
    rule.where = fields.where();
    const auto protocol = protocol_of(fields.text("IpProtocol"));
    if (protocol) {
      rule.service = services_.get(*protocol, fields.number("FromPort"),
                                   fields.number("ToPort"));
    } else {
      fields.report_unknown("IpProtocol");
    }
    rule.service.where = rule.where;
    for (const char* key : {"IpRanges", "Ipv6Ranges"}) {
      const char* cidr = key[2] == 'v' ? "CidrIpv6" : "CidrIp";
      for (const AwsObject& range : fields.list(key)) {
        range.knows({cidr, "Description"});
        if (auto prefix = range.prefix(cidr)) {
          rule.peers.items.emplace_back(std::move(*prefix));
        }
      }
    }
    for (const AwsObject& list : fields.list("PrefixListIds")) {
      list.knows({"PrefixListId", "Description"});
      rule.peers.items.emplace_back(
          ref<PrefixList>(list.text("PrefixListId"), list.where()));
    }
    for (const AwsObject& pair : fields.list("UserIdGroupPairs")) {
      add_reference(pair, rule);
    }
    return rule;
  }

  // A reference over a peering that is gone matches nothing (S72).
  static void add_reference(const AwsObject& pair, SecurityGroupRule& rule) {
    pair.knows({"Description", "GroupId", "GroupName", "PeeringStatus",
                "UserId", "VpcId", "VpcPeeringConnectionId"});
    const std::string status = pair.text("PeeringStatus");
    for (const char* gone :
         {"deleted", "deleting", "rejected", "failed", "expired"}) {
      if (status == gone) return;
    }
    rule.peers.items.emplace_back(
        ref<SecurityGroup>(pair.text("GroupId"), pair.where()));
  }

  AwsBuild& build_;
  Services services_;
};

class AclBuilder {
 public:
  explicit AclBuilder(AwsBuild& build) : build_{build} {}

  void add(const AwsResource& resource) {
    const OddScope odd{build_.reading};
    const AwsObject fields{build_.reading, resource};
    fields.knows({"Associations", "Entries", "IsDefault", "NetworkAclId",
                  "OwnerId", "Tags", "VpcId"});
    NetworkAcl acl;
    build_.name(acl, resource, fields, "NetworkAclId");
    acl.vpc = ref<Vpc>(fields.text("VpcId"), fields.where("VpcId"));
    for (const AwsObject& entry : fields.list("Entries")) read(entry, acl);
    if (odd.odd()) {
      acl.inbound.open = true;
      acl.outbound.open = true;
    }
    for (const AwsObject& one : fields.list("Associations")) {
      use_at(one.text("SubnetId"), acl.name, one.where());
    }
    if (fields.flag("IsDefault").value_or(false)) {
      defaults_[acl.vpc.name] = acl.name;
    }
    build_.parts.network_acls.push_back(std::move(acl));
  }

  // A subnet that no association names has its VPC's default ACL (S76), which
  // only the owner of the VPC sees.
  void finish() {
    for (Subnet& subnet : build_.parts.subnets) {
      if (subnet.acl) continue;
      const auto found = defaults_.find(subnet.vpc.name);
      if (found != defaults_.end()) {
        use_at(subnet.name, found->second, subnet.where);
      } else if (build_.reading.options.assume_missing.empty()) {
        Open<Ref<NetworkAcl>> unknown;
        unknown.unknown = true;
        unknown.where = subnet.where;
        subnet.acl = std::move(unknown);
      }
    }
  }

 private:
  void use_at(const std::string& subnet, const std::string& acl,
              const Location& where) {
    const auto at = build_.subnets.find(subnet);
    if (at == build_.subnets.end()) return;
    Open<Ref<NetworkAcl>> chosen;
    chosen.value = ref<NetworkAcl>(acl, where);
    chosen.where = where;
    build_.parts.subnets[at->second].acl = std::move(chosen);
  }

  void read(const AwsObject& fields, NetworkAcl& acl) {
    OddScope odd{build_.reading};
    fields.knows({"CidrBlock", "Egress", "IcmpTypeCode", "Ipv6CidrBlock",
                  "PortRange", "Protocol", "RuleAction", "RuleNumber"});
    AclEntry entry;
    entry.where = fields.where();
    entry.number = fields.number("RuleNumber").value_or(0);
    // The deny that ends the list is implied.
    constexpr int kHighestNumber = 32766;
    if (entry.number > kHighestNumber) return;
    const std::string action = fields.text("RuleAction");
    entry.allow = {action == "allow", false, entry.where};
    if (action != "allow" && action != "deny") {
      fields.report_unknown("RuleAction");
      entry.allow.unknown = true;
    }
    auto cidr = fields.prefix("CidrBlock");
    if (!cidr) cidr = fields.prefix("Ipv6CidrBlock");
    if (cidr) {
      entry.cidr.value = std::move(*cidr);
    } else {
      entry.cidr.unknown = true;
    }
    entry.service = service_of(fields, entry);
    const auto egress = fields.flag("Egress");
    if (odd.odd()) entry.allow.unknown = true;
    // Without a number nobody knows where the line stands.
    if (entry.number >= 1) odd.settle();
    if (egress.value_or(true)) acl.outbound.items.push_back(entry);
    if (!egress.value_or(false)) acl.inbound.items.push_back(entry);
  }

  Open<TransportSet> service_of(const AwsObject& fields,
                                const AclEntry& entry) {
    auto protocol = protocol_of(fields.text("Protocol"));
    Open<TransportSet> service;
    if (!protocol) {
      fields.report_unknown("Protocol");
      service.unknown = true;
      return service;
    }
    const bool v6 = entry.cidr.value.prefix.family() == Family::kV6;
    if (*protocol == kTcp || *protocol == kUdp) {
      const AwsObject ports = fields.object("PortRange");
      service =
          services_.get(*protocol, ports.number("From"), ports.number("To"));
    } else if (*protocol == (v6 ? kIcmpV6 : kIcmp)) {
      const AwsObject icmp = fields.object("IcmpTypeCode");
      service =
          services_.get(*protocol, icmp.number("Type"), icmp.number("Code"));
    } else {
      // Types and ports of other protocols do not count (S77).
      service = services_.get(*protocol, std::nullopt, std::nullopt);
    }
    service.where = entry.where;
    return service;
  }

  AwsBuild& build_;
  Services services_;
  std::map<std::string, std::string> defaults_;
};

}  // namespace

void build_security_groups(AwsBuild& build) {
  GroupBuilder groups{build};
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kSecurityGroups)) {
    groups.add(one);
  }
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kGroupVpcs)) {
    const AwsObject fields{build.reading, one};
    fields.knows({"GroupId", "GroupOwnerId", "State", "StateReason", "VpcId",
                  "VpcOwnerId"});
    const std::string state = fields.text("State");
    if (state == "disassociated" || state == "association-failed") continue;
    build.group_vpcs[fields.text("GroupId")].insert(fields.text("VpcId"));
  }
}

void build_network_acls(AwsBuild& build) {
  AclBuilder acls{build};
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kNetworkAcls)) {
    acls.add(one);
  }
  acls.finish();
}

}  // namespace netproof::io
