#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;
using Kind = AwsValue::Kind;
using Sort = DeclaredNetwork::Sort;

// The VPC of a subnet; "" if nobody knows, which means any.
std::string vpc_of_subnet(TerraformContext& context, const AwsValue& subnet) {
  const AwsValue* home =
      context.network.find(F::kSubnets, std::string(known(subnet)));
  return home == nullptr ? "" : std::string(known(said(*home, "VpcId")));
}

/// Who owns an elastic address, and for which private one it stands.
struct Elastic {
  AwsValue address;  ///< public; may be unknown
  AwsValue inside;   ///< private; null: the first
  const TerraformResource* from = nullptr;
};

// What an address says itself may be of before its association.
bool is_told_by_association(const TerraformContext& context,
                            const TerraformResource& one) {
  return one.parts.type == "aws_eip" &&
         !TerraformReferences::configures(one, "network_interface") &&
         !TerraformReferences::configures(one, "instance") &&
         !linked_to(context,
                    {"aws_eip_association", "allocation_id", "allocation_id"},
                    context.references.name_of(one))
              .empty();
}

// Whether the address is one of this interface or instance.
bool belongs_to(const TerraformContext& context, const TerraformResource& one,
                const std::string& owner) {
  for (const auto& [attribute, type] :
       {std::pair{"network_interface_id", "aws_network_interface"},
        {"network_interface", "aws_network_interface"},
        {"instance_id", "aws_instance"},
        {"instance", "aws_instance"}}) {
    const AwsValue of = context.references.one(one, attribute, {type});
    if (known(of) == owner) return !is_told_by_association(context, one);
  }
  return false;
}

// All of an interface or instance.
std::vector<Elastic> elastic_of(const TerraformContext& context,
                                const std::string& owner) {
  std::vector<Elastic> found;
  for (const TerraformResource& one : context.document.resources) {
    const bool address = one.parts.type == "aws_eip";
    const bool either = address || one.parts.type == "aws_eip_association";
    if (one.parts.data || !either || !belongs_to(context, one, owner)) continue;
    AwsValue inside = said(one.values, address ? "associate_with_private_ip"
                                               : "private_ip_address");
    if (is_unknown(inside)) inside = {};
    found.push_back({said(one.values, "public_ip"), std::move(inside), &one});
  }
  return found;
}

/// An interface while it is put together.
struct Card {
  std::string id;
  AwsValue subnet;
  std::vector<AwsValue> addresses;
  std::vector<Elastic> elastic;
  AwsValue v6;
  AwsValue groups;
  AwsValue source_check;
};

// In a subnet without known addresses nobody finds it.
bool is_listed(TerraformContext& context, const Card& card) {
  const AwsValue* home =
      context.network.find(F::kSubnets, std::string(known(card.subnet)));
  const bool placed = home != nullptr && !is_unknown(said(*home, "CidrBlock"));
  return !is_unknown(card.subnet) && placed && !card.addresses.empty() &&
         std::ranges::none_of(card.addresses, is_unknown) &&
         !is_unknown(card.v6);
}

void put_addresses(AwsValue& interface, const Card& card) {
  for (const AwsValue& address : card.addresses) {
    AwsValue one = ValueMaker::map(address);
    put(one, "PrivateIpAddress", address);
    for (const Elastic& elastic : card.elastic) {
      const bool here = is_null(elastic.inside)
                            ? &address == card.addresses.data()
                            : elastic.inside.text == address.text;
      if (!here) continue;
      AwsValue association = ValueMaker::map(elastic.address);
      put(association, "PublicIp", elastic.address);
      put(one, "Association", std::move(association));
      break;
    }
    push(interface, "PrivateIpAddresses", std::move(one));
  }
  for (const AwsValue::Member& address : card.v6.members) {
    AwsValue one = ValueMaker::map(address.value);
    put(one, "Ipv6Address", address.value);
    push(interface, "Ipv6Addresses", std::move(one));
  }
}

// Without its addresses an interface is one of those that nobody lists.
void add_card(TerraformContext& context, const TerraformFields& fields,
              const Card& card) {
  DeclaredNetwork& network = context.network;
  const std::string vpc = vpc_of_subnet(context, card.subnet);
  for (const Elastic& elastic : card.elastic) {
    if (!is_null(elastic.address) && !is_unknown(elastic.address)) continue;
    network.doubt_public(vpc, elastic.from->address + ".public_ip",
                         fields.at());
  }
  const bool checks =
      is_null(card.source_check) || known(card.source_check) == "true";
  if (!is_listed(context, card)) {
    network.add_unlisted_interfaces();
    network.gap(
        fields.at(),
        fields.about(is_unknown(card.subnet) ? "subnet_id" : "private_ip"),
        "the interface may have any address of its subnet");
    // It may send as anybody, from where nobody knows.
    if (!checks)
      network.doubt_all(fields.about("source_dest_check"), fields.at());
    if (!card.elastic.empty()) {
      network.doubt_public(vpc, fields.about("private_ip"), fields.at());
    }
    return;
  }
  AwsValue& interface = network.declare(F::kInterfaces, card.id, fields.at());
  fields.copy_common(interface, "TagSet");
  put(interface, "SubnetId", card.subnet);
  if (!vpc.empty()) {
    put(interface, "VpcId", network.maker().text(vpc, fields.at()));
  }
  put(interface, "SourceDestCheck", card.source_check);
  put_addresses(interface, card);
  if (is_unknown(card.groups)) put(interface, "Groups", card.groups);
  for (const AwsValue::Member& group : card.groups.members) {
    AwsValue one = ValueMaker::map(group.value);
    put(one, "GroupId", group.value);
    push(interface, "Groups", std::move(one));
  }
}

// Without groups it carries the default one of its VPC.
AwsValue groups_of(TerraformContext& context, const TerraformFields& fields,
                   std::string_view attribute, const Card& card) {
  AwsValue groups = fields.many(attribute, kGroupTypes);
  if (!is_null(groups)) {
    return without_linked(context, fields, attribute, std::move(groups),
                          {"aws_network_interface_sg_attachment",
                           "network_interface_id", "security_group_id"},
                          card.id);
  }
  const TerraformResource* vpc =
      context.references.find(vpc_of_subnet(context, card.subnet));
  const ValueMaker& maker = context.network.maker();
  if (vpc == nullptr)
    return maker.unknown(fields.about(attribute), fields.at());
  AwsValue list = ValueMaker::list(fields.at());
  push(list,
       maker.text(context.references.part_of(*vpc, "default_security_group_id"),
                  fields.at()));
  return list;
}

// AWS chooses addresses where some are asked for, or the subnet gives one.
AwsValue ipv6_of(TerraformContext& context, const TerraformFields& fields,
                 const AwsValue& subnet) {
  AwsValue addresses = fields.chosen("ipv6_addresses");
  if (!is_unknown(addresses)) return addresses;
  const auto asks = [](const AwsValue& value, std::string_view no) {
    return !is_null(value) && known(value) != no;
  };
  const TerraformResource* home = context.references.find(known(subnet));
  const bool gives =
      home == nullptr ||
      asks(said(home->values, "assign_ipv6_address_on_creation"), "false");
  if (gives || asks(fields.value("ipv6_address_count"), "0")) return addresses;
  return fields.value("ipv6_addresses");
}

void add_interface(TerraformContext& context, const TerraformFields& fields) {
  Card card;
  card.id = fields.id();
  card.subnet = fields.one("subnet_id", kSubnetTypes);
  const AwsValue all = fields.chosen("private_ips");
  if (is_unknown(all) || is_null(all)) {
    card.addresses.push_back(fields.one("private_ip", {}));
  }
  for (const auto& one : all.members) card.addresses.push_back(one.value);
  // The first one is told on its own: the list is a set.
  const std::string first = fields.text("private_ip");
  const auto at = std::ranges::find_if(
      card.addresses, [&](const AwsValue& one) { return one.text == first; });
  if (at != card.addresses.end()) std::iter_swap(card.addresses.begin(), at);
  card.v6 = ipv6_of(context, fields, card.subnet);
  for (const char* delegated : {"ipv4_prefixes", "ipv6_prefixes",
                                "ipv4_prefix_count", "ipv6_prefix_count"}) {
    const AwsValue more = fields.value(delegated);
    if (is_null(more) || known(more) == "0") continue;
    context.network.add_unlisted_interfaces();
  }
  card.elastic = elastic_of(context, card.id);
  card.groups = groups_of(context, fields, "security_groups", card);
  card.source_check = fields.chosen("source_dest_check");
  add_card(context, fields, card);
}

// An instance with interfaces of its own has none of these.
bool brings_interfaces(const TerraformFields& fields) {
  const AwsValue own = fields.value("network_interface");
  const AwsValue primary = fields.value("primary_network_interface");
  return (!is_null(own) && !own.empty()) ||
         (!is_null(primary) && !primary.empty());
}

void doubt_public_address(TerraformContext& context,
                          const TerraformFields& fields, const Card& card) {
  const std::string vpc = vpc_of_subnet(context, card.subnet);
  const auto asked = fields.flag("associate_public_ip_address", false);
  bool may =
      !asked.has_value() || *asked || !is_null(fields.value("launch_template"));
  // Else the subnet decides.
  if (!may && is_null(fields.value("associate_public_ip_address"))) {
    const TerraformResource* subnet =
        context.references.find(known(card.subnet));
    const AwsValue gives =
        subnet == nullptr ? AwsValue{}
                          : said(subnet->values, "map_public_ip_on_launch");
    may = subnet == nullptr || is_unknown(gives) || gives.text == "true";
  }
  if (may) {
    context.network.doubt_public(vpc, fields.about("public_ip"), fields.at());
  }
}

void add_instance(TerraformContext& context, const TerraformFields& fields) {
  if (brings_interfaces(fields)) {
    // Which of them has the address is not told.
    if (!elastic_of(context, fields.id()).empty()) {
      context.network.doubt_public("", fields.about("public_ip"), fields.at());
    }
    return;
  }
  Card card;
  card.id = fields.part("primary_network_interface_id");
  card.subnet = fields.one("subnet_id", kSubnetTypes);
  card.addresses.push_back(fields.one("private_ip", {}));
  for (const auto& one : fields.value("secondary_private_ips").members) {
    card.addresses.push_back(one.value);
  }
  card.v6 = ipv6_of(context, fields, card.subnet);
  card.elastic = elastic_of(context, fields.id());
  for (Elastic& one : elastic_of(context, card.id)) {
    card.elastic.push_back(std::move(one));
  }
  card.groups = groups_of(context, fields, "vpc_security_group_ids", card);
  // Given by name, or by a template.
  const bool elsewhere = !is_null(fields.value("security_groups")) ||
                         !is_null(fields.value("launch_template"));
  if (is_null(fields.value("vpc_security_group_ids")) && elsewhere) {
    card.groups = context.network.maker().unknown(
        fields.about("vpc_security_group_ids"), fields.at());
  }
  card.source_check = fields.chosen("source_dest_check");
  const AwsValue outside = fields.chosen("public_ip");
  if (card.elastic.empty() && is_unknown(outside)) {
    doubt_public_address(context, fields, card);
  } else if (card.elastic.empty() && !is_null(outside)) {
    card.elastic.push_back({outside, {}, &fields.resource()});
  }
  add_card(context, fields, card);
}

// An address of nobody knows whom.
void add_elastic(TerraformContext& context, const TerraformFields& fields) {
  for (const char* attribute : {"network_interface", "instance",
                                "network_interface_id", "instance_id"}) {
    const AwsValue of =
        context.references.one(fields.resource(), attribute, {});
    const bool left = is_null(fields.value(attribute));
    if (!left && is_unknown(of)) {
      context.network.doubt_public("", fields.about(attribute), fields.at());
    }
  }
}

void attach_group(TerraformContext& context, const TerraformFields& fields) {
  const AwsValue of = fields.one("network_interface_id",
                                 {"aws_network_interface", "aws_instance"});
  const AwsValue group = fields.one("security_group_id", kGroupTypes);
  AwsValue* interface = nullptr;
  if (!is_unknown(of)) {
    interface = context.network.find(F::kInterfaces, std::string(of.text));
  }
  if (is_unknown(of)) {
    context.network.doubt(Sort::kGroups, std::string(of.text), fields.at());
  }
  if (interface == nullptr) return;
  AwsValue one = ValueMaker::map(group);
  put(one, "GroupId", group);
  push(*interface, "Groups", std::move(one));
}

constexpr auto kRows = std::to_array<TerraformRow>({
    {"aws_network_interface", 2, add_interface},
    {"aws_instance", 2, add_instance},
    {"aws_eip", 3, add_elastic},
    {"aws_eip_association", 3, add_elastic},
    {"aws_network_interface_sg_attachment", 3, attach_group},
});

}  // namespace

std::span<const TerraformRow> terraform_interface_rows() { return kRows; }

}  // namespace netproof::io
