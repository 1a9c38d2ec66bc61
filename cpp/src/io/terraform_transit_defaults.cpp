// The default tables of transit gateways, and who joins them (S51, S128).
#include <algorithm>
#include <utility>

#include "io/terraform_translate.hpp"

namespace netproof::io {
namespace {

using Sort = DeclaredNetwork::Sort;
using Role = std::string_view;

// What an attachment does with a default table.
constexpr Role kAssociation = "association";
constexpr Role kPropagation = "propagation";

std::string named(std::string_view begins, Role role) {
  return std::string(begins) + std::string(role);
}

// The resource that chooses another default table for a gateway; null if none
// does.
const TerraformResource* chooser_of(const TerraformContext& context,
                                    std::string_view gateway, Role role) {
  const std::string type =
      named("aws_ec2_transit_gateway_default_route_table_", role);
  const auto at = std::ranges::find_if(
      context.document.resources, [&](const TerraformResource& one) {
        return one.parts.type == type && !one.parts.data &&
               known(context.references.one(one, "transit_gateway_id",
                                            kGatewayTypes)) == gateway;
      });
  return at == context.document.resources.end() ? nullptr : &*at;
}

// A chooser of nobody knows which gateway.
bool any_is_lost(const TerraformContext& context, Role role) {
  const std::string type =
      named("aws_ec2_transit_gateway_default_route_table_", role);
  return std::ranges::any_of(
      context.document.resources, [&](const TerraformResource& one) {
        return one.parts.type == type && !one.parts.data &&
               is_unknown(context.references.one(one, "transit_gateway_id",
                                                 kGatewayTypes));
      });
}

// Empty if nothing joins by itself.
std::string default_table(TerraformContext& context,
                          const TerraformFields& gateway, Role role) {
  const std::string option = named("default_route_table_", role);
  const AwsValue word = gateway.value(option);
  const auto doubt = [&](const std::string& why) {
    context.network.doubt(Sort::kTransit, why, gateway.at());
  };
  if (is_unknown(word)) doubt(gateway.about(option));
  if (!is_null(word) && known(word) != "enable") return {};
  if (any_is_lost(context, role)) doubt("the default tables of gateways");
  const std::string own = std::string(role) + "_default_route_table_id";
  const TerraformResource* chooser = chooser_of(context, gateway.id(), role);
  if (chooser == nullptr) return gateway.part(own);
  const AwsValue table = context.references.one(
      *chooser, "transit_gateway_route_table_id", kTransitTableTypes);
  if (is_unknown(table)) doubt(chooser->address);
  return std::string(known(table));
}

// Whether the table was chosen before the attachment was there, by an earlier
// run or by order.
bool is_chosen_before(const TerraformResource& chooser,
                      const TerraformResource& attachment) {
  if (attachment.existed) return false;
  if (chooser.untouched) return true;
  const AwsValue* after = find_in(attachment.config, {"depends_on"});
  return after != nullptr && chooser.parts.module == attachment.parts.module &&
         std::ranges::any_of(after->members, [&](const auto& one) {
           return one.value.text == chooser.parts.bare();
         });
}

// Associated at once instead of with the default table: the other goes away.
bool replaces_default(const TerraformContext& context, const std::string& id) {
  return std::ranges::any_of(
      context.document.resources, [&](const TerraformResource& one) {
        if (one.parts.type !=
            "aws_ec2_transit_gateway_route_table_association") {
          return false;
        }
        const AwsValue replaces =
            said(one.values, "replace_existing_association");
        return replaces.text == "true" &&
               known(context.references.one(
                   one, "transit_gateway_attachment_id", kAttachmentTypes)) ==
                   id;
      });
}

// Across accounts whoever accepts an attachment says what it joins.
const TerraformResource* accepter_of(const TerraformContext& context,
                                     const std::string& id) {
  const auto at = std::ranges::find_if(
      context.document.resources, [&](const TerraformResource& one) {
        return one.parts.type ==
                   "aws_ec2_transit_gateway_vpc_attachment_accepter" &&
               context.references.name_of(one) == id;
      });
  return at == context.document.resources.end() ? nullptr : &*at;
}

// Perhaps of another account than its gateway, who decides what it joins.
bool is_shared(const TerraformContext& context,
               const TerraformResource& attachment, std::string_view gateway) {
  const TerraformResource* of = context.references.find(gateway);
  return of != nullptr && provider_of(*of) != provider_of(attachment);
}

}  // namespace

bool waits_for_acceptance(const TerraformContext& context,
                          const TerraformFields& fields,
                          const AwsValue& gateway) {
  if (!is_shared(context, fields.resource(), known(gateway))) return false;
  const TerraformResource* of = context.references.find(known(gateway));
  const bool accepts =
      known(said(of->values, "auto_accept_shared_attachments")) == "enable";
  return !accepts && accepter_of(context, fields.id()) == nullptr;
}

DeclaredNetwork::GatewayTables default_transit_tables(
    TerraformContext& context, const TerraformFields& gateway) {
  return {gateway.id(), default_table(context, gateway, kAssociation),
          default_table(context, gateway, kPropagation), gateway.age()};
}

void join_default_tables(TerraformContext& context,
                         const TerraformFields& fields, const std::string& id,
                         const AwsValue& gateway,
                         DeclaredNetwork::Joins joins) {
  joins.associates = joins.associates && !replaces_default(context, id);
  for (const auto& [role, joined] : {std::pair{kAssociation, joins.associates},
                                     {kPropagation, joins.propagates}}) {
    const TerraformResource* chooser =
        chooser_of(context, known(gateway), role);
    if (chooser == nullptr || !joined) continue;
    if (is_chosen_before(*chooser, fields.resource())) continue;
    context.network.doubt(Sort::kTransit,
                          chooser->address + ": whether it is before " + id,
                          fields.at());
  }
  context.network.join_default(std::string(known(gateway)), id, joins,
                               fields.at());
}

// A flag that is not known puts all tables in doubt.
void join_as_told(TerraformContext& context, const TerraformFields& of,
                  const std::string& id, const AwsValue& gateway) {
  const TerraformResource* accepter = accepter_of(context, id);
  const TerraformFields fields =
      accepter == nullptr ? of : TerraformFields{context, *accepter};
  const auto joins = [&](Role role) {
    const std::string flag =
        named("transit_gateway_default_route_table_", role);
    auto told = fields.flag(flag, true);
    const bool heard = accepter != nullptr ||
                       !is_shared(context, of.resource(), known(gateway));
    if (!heard && told == false) told.reset();
    if (!told) {
      context.network.doubt(Sort::kTransit, fields.about(flag), fields.at());
    }
    return told.value_or(false);
  };
  const bool associates = joins(kAssociation);
  join_default_tables(context, fields, id, gateway,
                      {associates, joins(kPropagation)});
}

}  // namespace netproof::io
