#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace netproof::io {

/// A call of a module on the way to a resource: module.name["key"].
struct TerraformStep {
  std::string name;
  std::string key;  ///< as it stands between the brackets; "" without

  friend bool operator==(const TerraformStep&, const TerraformStep&) = default;
};

using TerraformPath = std::vector<TerraformStep>;

/// module.a.aws_vpc.main["x"] in parts, or the reference to one, which goes on
/// with the attribute.
struct TerraformAddress {
  TerraformPath module;
  bool data = false;
  std::string type;
  std::string name;
  std::string key;
  std::string rest;  ///< of a reference: "cidr_block", "ingress[0].from_port"

  /// The resource without its key, within its module.
  std::string bare() const { return (data ? "data." : "") + type + "." + name; }
};

/// The parts of an address; nothing if it is none of a resource.
std::optional<TerraformAddress> parse_terraform_address(std::string_view text);

}  // namespace netproof::io
