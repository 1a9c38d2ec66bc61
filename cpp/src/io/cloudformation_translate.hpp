#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/declared_network.hpp"

namespace netproof::io {

/// One resource of a stack, with the values of its properties.
struct CloudFormationResource {
  std::string id;    ///< its name among those of all stacks
  std::string type;  ///< "AWS::EC2::VPC"
  AwsValue properties;
  bool certain = true;  ///< false: nobody knows whether it is made
};

/// What translating needs: all resources, and where they go.
struct CloudFormationContext {
  const std::vector<CloudFormationResource>& resources;
  DeclaredNetwork& network;

  /// The resource of that name; null if there is none.
  const CloudFormationResource* find(std::string_view id) const;
};

/// One resource while it is put into the words of AWS's answers.
class CloudFormationFields {
 public:
  CloudFormationFields(CloudFormationContext& context,
                       const CloudFormationResource& resource)
      : context_{&context}, resource_{&resource} {}

  const CloudFormationResource& resource() const noexcept { return *resource_; }
  const AwsValue& at() const noexcept { return resource_->properties; }
  const std::string& id() const noexcept { return resource_->id; }
  /// What AWS makes with the resource: "Vpc/DefaultSecurityGroup".
  std::string part(std::string_view name) const {
    return id() + "/" + std::string(name);
  }
  /// "Vpc.CidrBlock", for messages.
  std::string about(std::string_view property) const {
    return id() + "." + std::string(property);
  }

  /// The value of a property; null if nothing is said.
  AwsValue value(std::string_view property) const;
  /// The same where something must be said: unknown if nothing is.
  AwsValue need(std::string_view property) const;
  /// A known text; "" else.
  std::string text(std::string_view property) const;
  bool says(std::string_view property) const;
  /// Nothing if the value is not known.
  std::optional<bool> flag(std::string_view property, bool missing) const;
  /// A list, of one if a single value is said.
  AwsValue many(std::string_view property) const;
  /// Copies a property; `key` is what AWS calls it in answers.
  void copy(AwsValue& to, std::string_view property,
            std::string_view key) const;
  void copy(AwsValue& to, std::string_view property) const {
    copy(to, property, property);
  }
  void copy_tags(AwsValue& to, std::string_view key = "Tags") const;

 private:
  CloudFormationContext* context_;
  const CloudFormationResource* resource_;
};

/// Texts that are numbers, and words for yes and no, as AWS answers have them;
/// unknown if they are neither.
AwsValue number_of(const ValueMaker& maker, const AwsValue& value);
std::optional<bool> flag_of(const AwsValue& value);
/// A map with one key.
AwsValue one_key(std::string_view key, const AwsValue& value);
/// A line of which nobody knows what it says.
AwsValue unknown_permission(const ValueMaker& maker, std::string_view why,
                            const AwsValue& at);

/// How resources of a type are translated.
struct CloudFormationRow {
  using Handler = void (*)(CloudFormationContext&, const CloudFormationFields&);

  std::string_view type;
  int phase = 0;  ///< what is declared comes before what refers to it
  Handler handler = nullptr;
  /// Properties that are known, by blanks apart.
  std::string_view properties;
  /// The handler tells apart what is perhaps not made.
  bool takes_uncertain = false;
};

std::span<const CloudFormationRow> cloudformation_vpc_rows();
std::span<const CloudFormationRow> cloudformation_route_rows();
std::span<const CloudFormationRow> cloudformation_filter_rows();
std::span<const CloudFormationRow> cloudformation_firewall_rows();
std::span<const CloudFormationRow> cloudformation_interface_rows();
std::span<const CloudFormationRow> cloudformation_transit_rows();
std::span<const CloudFormationRow> cloudformation_hybrid_rows();

/// All resources.
void translate_cloudformation(CloudFormationContext& context);

}  // namespace netproof::io
