#include <algorithm>
#include <array>
#include <compare>
#include <set>
#include <utility>
#include <vector>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Kind = AwsValue::Kind;
using Sort = DeclaredNetwork::Sort;

constexpr const char* kIn = "IpPermissions";
constexpr const char* kOut = "IpPermissionsEgress";

/// Where the lines of a group stand that have a resource of their own.
struct Separate {
  std::string_view type;
  std::string_view direction;  ///< the attribute that tells, if one does
  std::string_view outward;    ///< its value for egress
  bool egress = false;         ///< the direction, if none does
};

constexpr auto kGroupRules = std::to_array<Separate>({
    {"aws_security_group_rule", "type", "egress", false},
    {"aws_vpc_security_group_ingress_rule", "", "", false},
    {"aws_vpc_security_group_egress_rule", "", "", true},
});

bool is_egress(const Separate& row, const AwsValue& values) {
  if (row.direction.empty()) return row.egress;
  return said(values, row.direction).text == row.outward;
}

/// The lines of an owner that have resources of their own, as they are and as
/// they were: the list that AWS gave last holds the latter.
struct Others {
  bool any = false;  ///< some are there now
  std::vector<const AwsValue*> values;
};

bool is_line(const TerraformResource& one, const AwsValue& values,
             bool egress) {
  const auto row =
      std::ranges::find(kGroupRules, one.parts.type, &Separate::type);
  return row != kGroupRules.end() && !one.parts.data &&
         is_egress(*row, values) == egress;
}

Others others_of(const TerraformContext& context, const std::string& owner,
                 bool egress) {
  constexpr std::string_view kOwner = "security_group_id";
  Others others;
  each_reading(context.document, [&](const TerraformResource& one,
                                     const AwsValue& values, bool now) {
    if (!is_line(one, values, egress)) return;
    const AwsValue of = now ? context.references.one(one, kOwner, kGroupTypes)
                            : said(values, kOwner);
    if (known(of) != owner) return;
    others.any = others.any || now;
    others.values.push_back(&values);
  });
  return others;
}

/// A line of a group for one peer.
struct Element {
  std::string protocol;
  std::string from;
  std::string to;
  std::string_view kind;  ///< the key of the list that the peer stands in
  std::string peer;

  friend auto operator<=>(const Element&, const Element&) = default;
};

struct PeerKey {
  std::string_view attribute;
  const char* list;
  const char* key;
};

// What stands for peers, in a line of a group and in a rule on its own.
constexpr auto kPeers = std::to_array<PeerKey>({
    {"cidr_blocks", "IpRanges", "CidrIp"},
    {"cidr_ipv4", "IpRanges", "CidrIp"},
    {"ipv6_cidr_blocks", "Ipv6Ranges", "CidrIpv6"},
    {"cidr_ipv6", "Ipv6Ranges", "CidrIpv6"},
    {"prefix_list_ids", "PrefixListIds", "PrefixListId"},
    {"prefix_list_id", "PrefixListIds", "PrefixListId"},
    {"security_groups", "UserIdGroupPairs", "GroupId"},
    {"source_security_group_id", "UserIdGroupPairs", "GroupId"},
    {"referenced_security_group_id", "UserIdGroupPairs", "GroupId"},
});

std::string_view key_of(std::string_view list) {
  for (const PeerKey& peer : kPeers) {
    if (peer.list == list) return peer.key;
  }
  return {};
}

std::vector<Element> elements_of(const AwsValue& values,
                                 const std::string& owner) {
  Element element;
  element.protocol = known(said(values, "protocol"));
  if (element.protocol.empty()) {
    element.protocol = known(said(values, "ip_protocol"));
  }
  if (element.protocol == "all") element.protocol = "-1";
  if (element.protocol != "-1") {
    element.from = known(said(values, "from_port"));
    element.to = known(said(values, "to_port"));
  }
  std::vector<Element> all;
  const auto add = [&](const char* list, std::string_view peer) {
    element.kind = list;
    element.peer = peer;
    all.push_back(element);
  };
  for (const PeerKey& peer : kPeers) {
    const AwsValue found = said(values, peer.attribute);
    if (found.kind == Kind::kText) add(peer.list, found.text);
    for (const auto& one : found.members) add(peer.list, known(one.value));
  }
  if (known(said(values, "self")) == "true") add("UserIdGroupPairs", owner);
  return all;
}

AwsValue all_protocols(TerraformContext& context, const AwsValue& protocol) {
  if (known(protocol) != "all") return protocol;
  return context.network.maker().text("-1", protocol);
}

// A list of texts as a list of mappings with one key.
void wrap(AwsValue& permission, const AwsValue& texts, const char* list,
          const char* key) {
  if (is_null(texts)) return;
  if (texts.kind != Kind::kList) {
    put(permission, list, texts);
    return;
  }
  for (const AwsValue::Member& one : texts.members) {
    AwsValue made = ValueMaker::map(one.value);
    put(made, key, one.value);
    push(permission, list, std::move(made));
  }
}

void wrap_one(AwsValue& permission, const AwsValue& text, std::string_view list,
              std::string_view key) {
  if (is_null(text)) return;
  AwsValue made = ValueMaker::map(text);
  put(made, key, text);
  push(permission, list, std::move(made));
}

// Ports come with protocol -1 too, as zeros (S127).
void put_ports(AwsValue& permission, const AwsValue& values,
               const AwsValue& protocol) {
  put(permission, "IpProtocol", protocol);
  if (known(protocol) == "-1") return;
  put(permission, "FromPort", said(values, "from_port"));
  put(permission, "ToPort", said(values, "to_port"));
}

void put_self(TerraformContext& context, AwsValue& permission,
              const AwsValue& flag, const std::string& group) {
  if (is_null(flag) || known(flag) == "false") return;
  wrap_one(permission,
           is_unknown(flag) ? flag : context.network.maker().text(group, flag),
           "UserIdGroupPairs", "GroupId");
}

// An element of `ingress` or `egress`, which lists every key (S127).
AwsValue inline_permission(TerraformContext& context,
                           const TerraformFields& fields, std::string_view list,
                           const AwsValue& line) {
  if (is_unknown(line)) return line;
  AwsValue permission = ValueMaker::map(line);
  put_ports(permission, line, all_protocols(context, said(line, "protocol")));
  wrap(permission, said(line, "cidr_blocks"), "IpRanges", "CidrIp");
  wrap(permission, said(line, "ipv6_cidr_blocks"), "Ipv6Ranges", "CidrIpv6");
  wrap(permission, said(line, "prefix_list_ids"), "PrefixListIds",
       "PrefixListId");
  wrap(permission,
       context.references.many_in(fields.resource(), list, line,
                                  "security_groups", kGroupTypes),
       "UserIdGroupPairs", "GroupId");
  put_self(context, permission, said(line, "self"), fields.id());
  return permission;
}

AwsValue open_line(const AwsValue& unknown) {
  AwsValue permission = ValueMaker::map(unknown);
  put(permission, "IpProtocol", unknown);
  return permission;
}

// Of a line that AWS listed last, what no rule on its own has told or tells.
AwsValue remaining(TerraformContext& context, const TerraformFields& fields,
                   const AwsValue& line, const std::set<Element>& separate) {
  AwsValue permission = ValueMaker::map(line);
  put_ports(permission, line, all_protocols(context, said(line, "protocol")));
  bool any = false;
  for (const Element& one : elements_of(line, fields.id())) {
    if (separate.contains(one)) continue;
    any = true;
    wrap_one(permission, context.network.maker().text(one.peer, line), one.kind,
             key_of(one.kind));
  }
  return any ? permission : AwsValue{};
}

void add_group_lines(TerraformContext& context, const TerraformFields& fields,
                     bool egress, AwsValue& group) {
  const char* attribute = egress ? "egress" : "ingress";
  const char* key = egress ? kOut : kIn;
  const Others others = others_of(context, fields.id(), egress);
  const AwsValue lines = fields.chosen(attribute);
  switch (inline_lines(context, fields, attribute, others.any)) {
    case Inline::kNone:
      return;
    case Inline::kUnknown:
      push(group, key, open_line(lines));
      return;
    case Inline::kKnown:
      break;
  }
  std::set<Element> separate;
  if (!TerraformReferences::configures(fields.resource(), attribute)) {
    for (const AwsValue* values : others.values) {
      for (Element& one : elements_of(*values, fields.id())) {
        separate.insert(std::move(one));
      }
    }
  }
  for (const AwsValue::Member& line : lines.members) {
    AwsValue rest =
        separate.empty()
            ? inline_permission(context, fields, attribute, line.value)
            : remaining(context, fields, line.value, separate);
    if (!is_null(rest)) push(group, key, std::move(rest));
  }
}

void add_group(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& group =
      context.network.declare(F::kSecurityGroups, fields.id(), fields.at());
  fields.copy_common(group);
  const bool is_default =
      fields.resource().parts.type == "aws_default_security_group";
  if (is_default) {
    put(group, "GroupName",
        context.network.maker().text("default", fields.at()));
  } else if (!fields.text("name").empty()) {
    put(group, "GroupName", fields.value("name"));
  }
  put(group, "VpcId", fields.one("vpc_id", kVpcTypes));
  add_group_lines(context, fields, false, group);
  add_group_lines(context, fields, true, group);
}

// The group of a line; null if nobody describes it, or nobody knows it.
AwsValue* group_of(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue id = fields.one("security_group_id", kGroupTypes);
  if (!is_unknown(id)) {
    return context.network.find(F::kSecurityGroups, std::string(id.text));
  }
  context.network.doubt(Sort::kGroups, fields.about("security_group_id"),
                        fields.at());
  return nullptr;
}

void add_old_rule(TerraformContext& context, const TerraformFields& fields) {
  AwsValue* group = group_of(context, fields);
  if (group == nullptr) return;
  const AwsValue& values = fields.at();
  AwsValue rule = ValueMaker::map(values);
  put_ports(rule, values, all_protocols(context, said(values, "protocol")));
  wrap(rule, fields.value("cidr_blocks"), "IpRanges", "CidrIp");
  wrap(rule, fields.value("ipv6_cidr_blocks"), "Ipv6Ranges", "CidrIpv6");
  wrap(rule,
       fields.many("prefix_list_ids",
                   {"aws_ec2_managed_prefix_list", "aws_prefix_list"}),
       "PrefixListIds", "PrefixListId");
  if (!is_null(fields.value("source_security_group_id"))) {
    wrap_one(rule, fields.one("source_security_group_id", kGroupTypes),
             "UserIdGroupPairs", "GroupId");
  }
  put_self(context, rule, fields.value("self"),
           std::string(said(*group, "GroupId").text));
  const std::string type = fields.text("type");
  if (type != "egress") push(*group, kIn, rule);
  if (type != "ingress") push(*group, kOut, rule);
}

void add_new_rule(TerraformContext& context, const TerraformFields& fields) {
  AwsValue* group = group_of(context, fields);
  if (group == nullptr) return;
  AwsValue rule = ValueMaker::map(fields.at());
  put_ports(rule, fields.at(),
            all_protocols(context, said(fields.at(), "ip_protocol")));
  wrap_one(rule, fields.value("cidr_ipv4"), "IpRanges", "CidrIp");
  wrap_one(rule, fields.value("cidr_ipv6"), "Ipv6Ranges", "CidrIpv6");
  if (!is_null(fields.value("prefix_list_id"))) {
    wrap_one(
        rule,
        fields.one("prefix_list_id", {"aws_ec2_managed_prefix_list",
                                      "aws_prefix_list", "aws_vpc_endpoint"}),
        "PrefixListIds", "PrefixListId");
  }
  if (!is_null(fields.value("referenced_security_group_id"))) {
    wrap_one(rule, fields.one("referenced_security_group_id", kGroupTypes),
             "UserIdGroupPairs", "GroupId");
  }
  const bool egress =
      fields.resource().parts.type == "aws_vpc_security_group_egress_rule";
  push(*group, egress ? kOut : kIn, std::move(rule));
}

void add_group_vpc(TerraformContext& context, const TerraformFields& fields) {
  AwsValue association = ValueMaker::map(fields.at());
  const AwsValue group = fields.one("security_group_id", kGroupTypes);
  const AwsValue vpc = fields.one("vpc_id", kVpcTypes);
  for (const AwsValue& one : {group, vpc}) {
    if (!is_unknown(one)) continue;
    context.network.doubt(Sort::kGroups, std::string(one.text), fields.at());
    return;
  }
  put(association, "GroupId", group);
  put(association, "VpcId", vpc);
  context.network.add(F::kGroupVpcs, std::move(association));
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"aws_security_group", 1, add_group},
    {"aws_default_security_group", 1, add_group},
    {"aws_security_group_rule", 2, add_old_rule},
    {"aws_vpc_security_group_ingress_rule", 2, add_new_rule},
    {"aws_vpc_security_group_egress_rule", 2, add_new_rule},
    {"aws_vpc_security_group_vpc_association", 2, add_group_vpc},
});

}  // namespace

std::span<const TerraformRow> terraform_filter_rows() { return kRows; }

}  // namespace netproof::io
