#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "io/declared_network.hpp"
#include "io/terraform_references.hpp"

namespace netproof::io {

/// What translating needs: where references lead, and where resources go.
struct TerraformContext {
  const TerraformDocument& document;
  TerraformReferences references;
  DeclaredNetwork& network;
};

inline constexpr TerraformTypes kVpcTypes{"aws_vpc", "aws_default_vpc"};
inline constexpr TerraformTypes kSubnetTypes{"aws_subnet",
                                             "aws_default_subnet"};
inline constexpr TerraformTypes kTableTypes{"aws_route_table",
                                            "aws_default_route_table"};
inline constexpr TerraformTypes kGroupTypes{"aws_security_group",
                                            "aws_default_security_group"};
inline constexpr TerraformTypes kAclTypes{"aws_network_acl",
                                          "aws_default_network_acl"};
inline constexpr TerraformTypes kGatewayTypes{"aws_ec2_transit_gateway"};
inline constexpr TerraformTypes kTransitTableTypes{
    "aws_ec2_transit_gateway_route_table"};
inline constexpr TerraformTypes kAttachmentTypes{
    "aws_ec2_transit_gateway_vpc_attachment",
    "aws_ec2_transit_gateway_vpc_attachment_accepter",
    "aws_ec2_transit_gateway_peering_attachment",
    "aws_ec2_transit_gateway_peering_attachment_accepter",
    "aws_ec2_transit_gateway_connect"};

/// One resource of Terraform while it is put into AWS's words.
class TerraformFields {
 public:
  TerraformFields(TerraformContext& context, const TerraformResource& resource)
      : context_{&context}, resource_{&resource} {}

  const TerraformResource& resource() const noexcept { return *resource_; }
  const AwsValue& at() const noexcept { return resource_->values; }
  std::string id() const { return context_->references.name_of(*resource_); }
  std::string part(std::string_view attribute) const {
    return context_->references.part_of(*resource_, attribute);
  }
  Age age() const { return resource_->existed ? Age::kOld : Age::kNew; }
  /// "aws_vpc.main.cidr_block", for messages.
  std::string about(std::string_view attribute) const {
    return resource_->address + "." + std::string(attribute);
  }

  /// The value of an attribute; null if nothing is said. What the
  /// configuration leaves to AWS is nothing said.
  AwsValue value(std::string_view attribute) const;
  /// The same where AWS chooses a value of its own: that one is not known.
  AwsValue chosen(std::string_view attribute) const;
  std::string text(std::string_view attribute) const;
  /// Nothing if the value is not known.
  std::optional<bool> flag(std::string_view attribute, bool missing) const;
  /// A name of something of one of `types`; unknown if it is not given.
  AwsValue one(std::string_view attribute, const TerraformTypes& types) const;
  AwsValue many(std::string_view attribute, const TerraformTypes& types) const;

  /// Copies an attribute under the name that AWS has for it.
  void copy(AwsValue& to, std::string_view attribute,
            std::string_view key) const;
  /// Owner and tags.
  void copy_common(AwsValue& to, std::string_view tags = "Tags") const;

 private:
  TerraformContext* context_;
  const TerraformResource* resource_;
};

/// Each resource as it will be, and as it was where that is something else:
/// `look(resource, values, now)`.
template <class Look>
void each_reading(const TerraformDocument& document, const Look& look) {
  for (const TerraformResource& one : document.resources) {
    look(one, one.values, true);
    if (one.before) look(one, *one.before, false);
  }
  for (const TerraformResource& one : document.deleted) {
    if (one.before) look(one, *one.before, false);
  }
}

/// The provider block of a resource, perhaps another account: "aws.network".
/// Within a module older versions of Terraform write the call before it.
std::string_view provider_of(const TerraformResource& resource);

/// A resource that joins two others, which AWS tells at one of them as well: an
/// association, an attachment.
struct TerraformLink {
  std::string_view type;
  std::string_view owner;  ///< the attribute that names who tells it too
  std::string_view other;  ///< the attribute that names what is joined
};

/// What links join to `owner`, as they are and as they were: what AWS told of
/// it before the plan may hold these, and the links tell which still count.
std::set<std::string, std::less<>> linked_to(const TerraformContext& context,
                                             const TerraformLink& link,
                                             std::string_view owner);
/// The VPC that a gateway says itself that it is attached to; null if links
/// tell it.
AwsValue own_vpc(const TerraformContext& context, const TerraformFields& fields,
                 const TerraformLink& link);
/// A list that is told of `owner` without what links join to it, where the
/// configuration does not write the list.
AwsValue without_linked(const TerraformContext& context,
                        const TerraformFields& fields,
                        std::string_view attribute, AwsValue list,
                        const TerraformLink& link, std::string_view owner);

/// Whether lines written inside of a resource are all of a sort that it has,
/// or others stand beside them as resources of their own (S128).
enum class Inline { kKnown, kNone, kUnknown };
Inline inline_lines(TerraformContext& context, const TerraformFields& fields,
                    const std::string& attribute, bool has_others);

/// The VPC of a default table or ACL, which may be told only by the VPC itself:
/// its `attribute` is the name of the resource.
AwsValue vpc_of(TerraformContext& context, const TerraformFields& fields,
                std::string_view attribute);

/// The default tables of a transit gateway, as it and what chooses others say.
DeclaredNetwork::GatewayTables default_transit_tables(
    TerraformContext& context, const TerraformFields& gateway);
/// An attachment joins the default tables of its gateway. Which these were when
/// it did is unknown where others are chosen.
void join_default_tables(TerraformContext& context,
                         const TerraformFields& fields, const std::string& id,
                         const AwsValue& gateway, DeclaredNetwork::Joins joins);
/// The same, as the attachment or who accepts it says.
void join_as_told(TerraformContext& context, const TerraformFields& fields,
                  const std::string& id, const AwsValue& gateway);
/// Whether somebody of another account may still have to accept an attachment.
bool waits_for_acceptance(const TerraformContext& context,
                          const TerraformFields& fields,
                          const AwsValue& gateway);

/// Each translates the resources that it knows; false if it is not one.
using TerraformHandler = void (*)(TerraformContext&, const TerraformFields&);
struct TerraformRow {
  std::string_view type;
  int phase = 0;  ///< what is declared comes before what refers to it
  TerraformHandler handler = nullptr;
};

std::span<const TerraformRow> terraform_vpc_rows();
std::span<const TerraformRow> terraform_route_rows();
std::span<const TerraformRow> terraform_filter_rows();
std::span<const TerraformRow> terraform_acl_rows();
std::span<const TerraformRow> terraform_endpoint_rows();
std::span<const TerraformRow> terraform_firewall_rows();
std::span<const TerraformRow> terraform_interface_rows();
std::span<const TerraformRow> terraform_transit_rows();
std::span<const TerraformRow> terraform_hybrid_rows();

/// A resource of a type that nobody translates: what it may change is unknown
/// (S129).
void judge_stranger(TerraformContext& context,
                    const TerraformResource& resource);

/// All resources of the document.
void translate_terraform(TerraformContext& context);

}  // namespace netproof::io
