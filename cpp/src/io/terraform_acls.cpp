#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Kind = AwsValue::Kind;
using Sort = DeclaredNetwork::Sort;

// A number, which some attributes have as a text.
AwsValue number(const TerraformContext& context, const AwsValue& value) {
  if (value.kind != Kind::kText) return value;
  int parsed = 0;
  const char* const end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, parsed);
  if (error != std::errc{} || stop != end) {
    return context.network.maker().unknown(value.text, value);
  }
  AwsValue word = value;
  word.kind = Kind::kWord;
  return word;
}

// A port that is not written is 0 to the provider, not any.
AwsValue port(const TerraformContext& context, const AwsValue& line,
              std::string_view attribute) {
  AwsValue value = number(context, said(line, attribute));
  if (!is_null(value)) return value;
  value = ValueMaker::flag(false, line);
  value.text = "0";
  return value;
}

/// How the attributes of a line are called.
struct Words {
  std::string_view number;
  std::string_view action;
};

constexpr Words kInside{"rule_no", "action"};
constexpr Words kAlone{"rule_number", "rule_action"};

AwsValue entry_of(TerraformContext& context, const AwsValue& line,
                  const Words& words, const AwsValue& egress) {
  if (is_unknown(line)) return line;
  AwsValue entry = ValueMaker::map(line);
  put(entry, "RuleNumber", number(context, said(line, words.number)));
  put(entry, "RuleAction", said(line, words.action));
  AwsValue protocol = said(line, "protocol");
  if (known(protocol) == "all") {
    protocol = context.network.maker().text("-1", protocol);
  }
  put(entry, "Protocol", std::move(protocol));
  put(entry, "Egress", egress);
  put(entry, "CidrBlock", said(line, "cidr_block"));
  put(entry, "Ipv6CidrBlock", said(line, "ipv6_cidr_block"));
  AwsValue ports = ValueMaker::map(line);
  put(ports, "From", port(context, line, "from_port"));
  put(ports, "To", port(context, line, "to_port"));
  put(entry, "PortRange", std::move(ports));
  AwsValue icmp = ValueMaker::map(line);
  put(icmp, "Type", number(context, said(line, "icmp_type")));
  put(icmp, "Code", number(context, said(line, "icmp_code")));
  put(entry, "IcmpTypeCode", std::move(icmp));
  return entry;
}

/// The numbers of entries that stand, or stood, on their own.
struct Numbers {
  bool any = false;
  std::set<std::string, std::less<>> numbers;
};

Numbers separate_entries(const TerraformContext& context,
                         const std::string& acl, bool egress) {
  Numbers found;
  each_reading(context.document, [&](const TerraformResource& one,
                                     const AwsValue& values, bool now) {
    if (one.parts.type != "aws_network_acl_rule" || one.parts.data) return;
    const AwsValue of =
        now ? context.references.one(one, "network_acl_id", kAclTypes)
            : said(values, "network_acl_id");
    if (known(of) != acl) return;
    // Nothing said is an entry for what comes in.
    if ((known(said(values, "egress")) == "true") != egress) return;
    found.any = found.any || now;
    found.numbers.emplace(known(said(values, "rule_number")));
  });
  return found;
}

void add_lines(TerraformContext& context, const TerraformFields& fields,
               bool egress, AwsValue& acl) {
  const char* attribute = egress ? "egress" : "ingress";
  const Numbers separate = separate_entries(context, fields.id(), egress);
  const AwsValue lines = fields.chosen(attribute);
  switch (inline_lines(context, fields, attribute, separate.any)) {
    case Inline::kNone:
      return;
    case Inline::kUnknown:
      push(acl, "Entries", lines);
      return;
    case Inline::kKnown:
      break;
  }
  const bool own =
      TerraformReferences::configures(fields.resource(), attribute);
  for (const AwsValue::Member& line : lines.members) {
    const AwsValue no = said(line.value, "rule_no");
    if (!own && separate.numbers.contains(known(no))) continue;
    push(acl, "Entries",
         entry_of(context, line.value, kInside,
                  ValueMaker::flag(egress, line.value)));
  }
}

/// Who says that a subnet has an ACL.
struct Claim {
  std::string subnet;
  std::string acl;
  int strength = 0;
};

// The configuration says it, or AWS did before the plan. The default ACL says
// it of what others have taken from it, too.
int strength_of(const TerraformResource& acl) {
  if (acl.parts.type == "aws_default_network_acl") return 0;
  return TerraformReferences::configures(acl, "subnet_ids") ? 2 : 1;
}
constexpr int kAssociation = 2;

std::vector<Claim> claims_of(TerraformContext& context) {
  std::vector<Claim> claims;
  const auto add = [&](const AwsValue& subnet, std::string_view acl, int how) {
    if (known(subnet).empty() || acl.empty()) return;
    claims.push_back({std::string(known(subnet)), std::string(acl), how});
  };
  for (const TerraformResource& one : context.document.resources) {
    if (one.parts.data) continue;
    const TerraformFields fields{context, one};
    if (one.parts.type == "aws_network_acl_association") {
      add(fields.one("subnet_id", kSubnetTypes),
          known(fields.one("network_acl_id", kAclTypes)), kAssociation);
    }
    if (!kAclTypes.has(one.parts.type)) continue;
    const AwsValue subnets = fields.many("subnet_ids", kSubnetTypes);
    for (const auto& subnet : subnets.members) {
      add(subnet.value, fields.id(), strength_of(one));
    }
  }
  return claims;
}

/// Whether a subnet has the ACL by a claim, or another one, or nobody knows.
enum class Holds { kYes, kNo, kUnknown };

Holds holds(const std::vector<Claim>& claims, const Claim& claim) {
  Holds result = Holds::kYes;
  for (const Claim& one : claims) {
    if (one.subnet != claim.subnet || one.acl == claim.acl) continue;
    if (one.strength > claim.strength) return Holds::kNo;
    if (one.strength == claim.strength) result = Holds::kUnknown;
  }
  return result;
}

void use_at(AwsValue& acl, const AwsValue& subnet) {
  AwsValue association = ValueMaker::map(subnet);
  put(association, "SubnetId", subnet);
  push(acl, "Associations", std::move(association));
}

void use_at_listed(TerraformContext& context, const TerraformFields& fields,
                   AwsValue& acl) {
  const AwsValue subnets = without_linked(
      context, fields, "subnet_ids", fields.many("subnet_ids", kSubnetTypes),
      {"aws_network_acl_association", "network_acl_id", "subnet_id"},
      fields.id());
  if (is_unknown(subnets)) {
    context.network.doubt(Sort::kAcls, std::string(subnets.text), fields.at());
  }
  if (subnets.members.empty()) return;
  const int strength = strength_of(fields.resource());
  const std::vector<Claim> claims = claims_of(context);
  for (const AwsValue::Member& one : subnets.members) {
    const std::string subnet{known(one.value)};
    switch (holds(claims, {subnet, fields.id(), strength})) {
      case Holds::kYes:
        use_at(acl, one.value);
        break;
      case Holds::kUnknown:
        context.network.doubt(Sort::kAcls, "the network ACL of " + subnet,
                              fields.at());
        break;
      case Holds::kNo:
        break;
    }
  }
}

void add_acl(TerraformContext& context, const TerraformFields& fields) {
  AwsValue& acl =
      context.network.declare(F::kNetworkAcls, fields.id(), fields.at());
  fields.copy_common(acl);
  const bool is_default =
      fields.resource().parts.type == "aws_default_network_acl";
  put(acl, "IsDefault", ValueMaker::flag(is_default, fields.at()));
  put(acl, "VpcId", vpc_of(context, fields, "default_network_acl_id"));
  add_lines(context, fields, false, acl);
  add_lines(context, fields, true, acl);
  use_at_listed(context, fields, acl);
}

// The ACL of a line; null, and all are in doubt, if nobody knows it.
AwsValue* acl_of(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue id = fields.one("network_acl_id", kAclTypes);
  if (!is_unknown(id)) {
    return context.network.find(F::kNetworkAcls, std::string(id.text));
  }
  context.network.doubt(Sort::kAcls, fields.about("network_acl_id"),
                        fields.at());
  return nullptr;
}

void add_entry(TerraformContext& context, const TerraformFields& fields) {
  AwsValue* acl = acl_of(context, fields);
  if (acl == nullptr) return;
  AwsValue egress = fields.value("egress");
  if (is_null(egress)) egress = ValueMaker::flag(false, fields.at());
  push(*acl, "Entries", entry_of(context, fields.at(), kAlone, egress));
}

void associate(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue subnet = fields.one("subnet_id", kSubnetTypes);
  const AwsValue id = fields.one("network_acl_id", kAclTypes);
  DeclaredNetwork& network = context.network;
  if (is_unknown(subnet) || is_unknown(id)) {
    network.doubt(Sort::kAcls,
                  std::string(is_unknown(id) ? id.text : subnet.text),
                  fields.at());
    return;
  }
  const std::string name{id.text};
  if (holds(claims_of(context),
            {std::string(subnet.text), name, kAssociation}) != Holds::kYes) {
    network.doubt(Sort::kAcls, "the network ACL of " + std::string(subnet.text),
                  fields.at());
  }
  AwsValue* acl = network.find(F::kNetworkAcls, name);
  if (acl == nullptr) {
    const AwsValue* home = network.find(F::kSubnets, std::string(subnet.text));
    if (home == nullptr) return;
    acl = &network.declare(F::kNetworkAcls, name, id);
    put(*acl, "VpcId", said(*home, "VpcId"));
    put(*acl, "Entries", network.maker().unknown(name + ": its entries", id));
  }
  use_at(*acl, subnet);
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"aws_network_acl", 1, add_acl},
    {"aws_default_network_acl", 1, add_acl},
    {"aws_network_acl_rule", 2, add_entry},
    {"aws_network_acl_association", 2, associate},
});

}  // namespace

std::span<const TerraformRow> terraform_acl_rows() { return kRows; }

}  // namespace netproof::io
