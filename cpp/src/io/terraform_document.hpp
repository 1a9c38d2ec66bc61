#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/aws_snapshot.hpp"
#include "io/declared_value.hpp"
#include "io/problems.hpp"
#include "io/terraform_address.hpp"

namespace netproof::io {

/// A resource at the end of a plan, or of a state.
struct TerraformResource {
  std::string address;
  TerraformAddress parts;
  AwsValue values;  ///< what is not known is an unknown value (S125)
  /// What it was, if the plan changes or deletes it.
  std::optional<AwsValue> before;
  bool existed = false;
  /// Neither made nor changed nor read later: it is what it was.
  bool untouched = false;
  /// Its block in the configuration; null in a state.
  const AwsValue* config = nullptr;
};

/// A plan or state as `terraform show -json` prints it (S125-S127).
struct TerraformDocument {
  AwsValue root;
  /// At the end: everything except pure deletes.
  std::vector<TerraformResource> resources;
  std::vector<TerraformResource> deleted;
  /// Configured without being deferred or cut (by -target): nothing is missing.
  bool complete = true;

  const AwsValue* configuration() const noexcept {
    return root.find("configuration");
  }
};

/// Parses `file` into `document`. False if it is no such file; why is in
/// `problems`.
bool read_terraform_document(AwsFile& file, TerraformDocument& document,
                             Problems& problems);

/// Whether everything stands in the plan that the configuration makes once: a
/// plan of Terraform 1.7 or older does not tell that -target cut it.
bool makes_all_configured(const TerraformDocument& document);

/// The value at the end of `keys`; null if one of them is not there.
const AwsValue* find_in(const AwsValue* value,
                        std::initializer_list<std::string_view> keys);

/// The configuration of the module at `path`; null if there is none.
const AwsValue* terraform_module(const TerraformDocument& document,
                                 const TerraformPath& path);

}  // namespace netproof::io
