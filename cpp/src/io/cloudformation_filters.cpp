#include <algorithm>
#include <array>
#include <utility>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Context = CloudFormationContext;
using Fields = CloudFormationFields;
using Kind = AwsValue::Kind;
using Sort = DeclaredNetwork::Sort;

constexpr const char* kIn = "IpPermissions";
constexpr const char* kOut = "IpPermissionsEgress";

struct Peer {
  std::string_view property;
  std::string_view list;
  std::string_view key;
};

constexpr auto kPeers = std::to_array<Peer>({
    {"CidrIp", "IpRanges", "CidrIp"},
    {"CidrIpv6", "Ipv6Ranges", "CidrIpv6"},
    {"SourcePrefixListId", "PrefixListIds", "PrefixListId"},
    {"DestinationPrefixListId", "PrefixListIds", "PrefixListId"},
    {"SourceSecurityGroupId", "UserIdGroupPairs", "GroupId"},
    {"DestinationSecurityGroupId", "UserIdGroupPairs", "GroupId"},
});

// A rule of a group, inside of it or on its own.
AwsValue permission_of(const ValueMaker& maker, const AwsValue& rule) {
  if (is_unknown(rule)) return unknown_permission(maker, rule.text, rule);
  AwsValue permission = ValueMaker::map(rule);
  AwsValue protocol = said(rule, "IpProtocol");
  if (is_null(protocol)) protocol = maker.unknown("IpProtocol", rule);
  const bool every = known(protocol) == "-1" || known(protocol) == "all";
  if (every) protocol = maker.text("-1", protocol);
  put(permission, "IpProtocol", std::move(protocol));
  if (!every) {
    put(permission, "FromPort", number_of(maker, said(rule, "FromPort")));
    put(permission, "ToPort", number_of(maker, said(rule, "ToPort")));
  }
  bool any = false;
  for (const Peer& peer : kPeers) {
    const AwsValue value = said(rule, peer.property);
    if (is_null(value)) continue;
    push(permission, peer.list, one_key(peer.key, value));
    any = true;
  }
  // By the name of a group, or by something that nobody knows.
  if (!any) return unknown_permission(maker, "the peer of a rule", rule);
  return permission;
}

// Whether somebody gives the group rules for what it sends, on their own.
bool has_egress_of_its_own(const Context& context, const std::string& group) {
  return std::ranges::any_of(
      context.resources, [&](const CloudFormationResource& one) {
        const AwsValue of = said(one.properties, "GroupId");
        return one.type == "AWS::EC2::SecurityGroupEgress" &&
               (is_unknown(of) || of.text == group);
      });
}

AwsValue everyone(const ValueMaker& maker, const AwsValue& at) {
  AwsValue out = one_key("IpProtocol", maker.text("-1", at));
  push(out, "IpRanges", one_key("CidrIp", maker.text("0.0.0.0/0", at)));
  push(out, "Ipv6Ranges", one_key("CidrIpv6", maker.text("::/0", at)));
  return out;
}

void add_rules(const ValueMaker& maker, const AwsValue& rules, AwsValue& group,
               const char* key) {
  if (rules.kind != Kind::kList && !is_null(rules)) {
    push(group, key, permission_of(maker, rules));
  } else {
    for (const AwsValue::Member& one : rules.members) {
      push(group, key, permission_of(maker, one.value));
    }
  }
}

void add_group(Context& context, const Fields& fields) {
  const ValueMaker& maker = context.network.maker();
  AwsValue& group =
      context.network.declare(F::kSecurityGroups, fields.id(), fields.at());
  fields.copy_tags(group);
  if (!fields.text("GroupName").empty()) fields.copy(group, "GroupName");
  // Without one it is of the default VPC, of which nothing is known.
  put(group, "VpcId", fields.need("VpcId"));
  add_rules(maker, fields.value("SecurityGroupIngress"), group, kIn);
  const AwsValue out = fields.value("SecurityGroupEgress");
  add_rules(maker, out, group, kOut);
  // Without rules AWS lets all out; rules on their own may take that away.
  if (!is_null(out)) return;
  if (has_egress_of_its_own(context, fields.id())) {
    push(group, kOut,
         unknown_permission(maker, fields.about("SecurityGroupEgress"),
                            fields.at()));
  } else {
    push(group, kOut, everyone(maker, fields.at()));
  }
}

void add_rule(Context& context, const Fields& fields, const char* key) {
  const ValueMaker& maker = context.network.maker();
  const AwsValue id = fields.need("GroupId");
  if (is_unknown(id)) {
    context.network.doubt(Sort::kGroups, fields.about("GroupId"), fields.at());
    return;
  }
  AwsValue* group =
      context.network.find(F::kSecurityGroups, std::string(id.text));
  if (group == nullptr) return;  // one that nobody describes is open anyway
  if (!fields.resource().certain) {
    push(*group, key,
         unknown_permission(maker, fields.id() + ", which may not be made",
                            fields.at()));
    return;
  }
  push(*group, key, permission_of(maker, fields.at()));
}

void add_ingress(Context& context, const Fields& fields) {
  add_rule(context, fields, kIn);
}

void add_egress(Context& context, const Fields& fields) {
  add_rule(context, fields, kOut);
}

void add_group_vpc(Context& context, const Fields& fields) {
  AwsValue association = ValueMaker::map(fields.at());
  for (const char* key : {"GroupId", "VpcId"}) {
    const AwsValue one = fields.need(key);
    if (is_unknown(one)) {
      context.network.doubt(Sort::kGroups, std::string(one.text), fields.at());
      return;
    }
    put(association, key, one);
  }
  context.network.add(F::kGroupVpcs, std::move(association));
}

void add_acl(Context& context, const Fields& fields) {
  AwsValue& acl =
      context.network.declare(F::kNetworkAcls, fields.id(), fields.at());
  fields.copy_tags(acl);
  put(acl, "IsDefault", ValueMaker::flag(false, fields.at()));
  put(acl, "VpcId", fields.need("VpcId"));
}

AwsValue numbers(const ValueMaker& maker, const AwsValue& of,
                 std::initializer_list<std::string_view> keys) {
  if (is_null(of) || is_unknown(of)) return of;
  AwsValue made = ValueMaker::map(of);
  for (const std::string_view key : keys) {
    put(made, key, number_of(maker, said(of, key)));
  }
  return made;
}

AwsValue entry_of(const ValueMaker& maker, const Fields& fields) {
  AwsValue entry = ValueMaker::map(fields.at());
  put(entry, "RuleNumber", number_of(maker, fields.need("RuleNumber")));
  put(entry, "RuleAction", fields.need("RuleAction"));
  put(entry, "Protocol", fields.need("Protocol"));
  const std::optional<bool> egress = fields.flag("Egress", false);
  put(entry, "Egress",
      egress ? ValueMaker::flag(*egress, fields.at())
             : maker.unknown(fields.about("Egress"), fields.at()));
  fields.copy(entry, "CidrBlock");
  fields.copy(entry, "Ipv6CidrBlock");
  put(entry, "PortRange",
      numbers(maker, fields.value("PortRange"), {"From", "To"}));
  put(entry, "IcmpTypeCode",
      numbers(maker, fields.value("Icmp"), {"Type", "Code"}));
  return entry;
}

// The ACL of a line; null, and all are in doubt, if nobody knows it.
AwsValue* acl_of(Context& context, const Fields& fields) {
  const AwsValue id = fields.need("NetworkAclId");
  AwsValue* acl = context.network.find(F::kNetworkAcls, std::string(known(id)));
  if (acl == nullptr) {
    context.network.doubt(Sort::kAcls, fields.about("NetworkAclId"),
                          fields.at());
  }
  return acl;
}

void add_entry(Context& context, const Fields& fields) {
  const ValueMaker& maker = context.network.maker();
  AwsValue* acl = acl_of(context, fields);
  if (acl == nullptr) return;
  push(*acl, "Entries",
       fields.resource().certain
           ? entry_of(maker, fields)
           : maker.unknown(fields.id() + ", which may not be made",
                           fields.at()));
}

void use_acl(Context& context, const Fields& fields) {
  const AwsValue subnet = fields.need("SubnetId");
  AwsValue* acl = acl_of(context, fields);
  if (acl == nullptr) return;
  if (is_unknown(subnet)) {
    context.network.doubt(Sort::kAcls, std::string(subnet.text), fields.at());
    return;
  }
  // Of two the one that is made last takes the place of the other.
  const auto twice = std::ranges::count_if(
      context.resources, [&](const CloudFormationResource& one) {
        return one.type == fields.resource().type &&
               known(said(one.properties, "SubnetId")) == subnet.text;
      });
  if (twice > 1) {
    context.network.doubt(Sort::kAcls,
                          "the network ACL of " + std::string(subnet.text),
                          fields.at());
  }
  push(*acl, "Associations", one_key("SubnetId", subnet));
}

constexpr std::string_view kRule =
    "CidrIp CidrIpv6 Description DestinationPrefixListId "
    "DestinationSecurityGroupId FromPort GroupId IpProtocol "
    "SourcePrefixListId SourceSecurityGroupId SourceSecurityGroupName "
    "SourceSecurityGroupOwnerId ToPort";

constexpr auto kRows = std::to_array<CloudFormationRow>({
    {"AWS::EC2::SecurityGroup", 1, add_group,
     "GroupDescription GroupName SecurityGroupEgress SecurityGroupIngress "
     "VpcId"},
    {"AWS::EC2::SecurityGroupIngress", 2, add_ingress, kRule, true},
    {"AWS::EC2::SecurityGroupEgress", 2, add_egress, kRule, true},
    {"AWS::EC2::SecurityGroupVpcAssociation", 2, add_group_vpc,
     "GroupId VpcId"},
    {"AWS::EC2::NetworkAcl", 1, add_acl, "VpcId"},
    {"AWS::EC2::NetworkAclEntry", 2, add_entry,
     "CidrBlock Egress Icmp Ipv6CidrBlock NetworkAclId PortRange Protocol "
     "RuleAction RuleNumber",
     true},
    {"AWS::EC2::SubnetNetworkAclAssociation", 2, use_acl,
     "NetworkAclId SubnetId"},
});

}  // namespace

std::span<const CloudFormationRow> cloudformation_filter_rows() {
  return kRows;
}

}  // namespace netproof::io
