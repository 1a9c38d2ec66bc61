#include <algorithm>
#include <set>
#include <utility>

#include "io/terraform_document.hpp"

namespace netproof::io {
namespace {

/// Blocks by their module and address.
using Made = std::set<std::pair<const AwsValue*, std::string>>;

// Perhaps not at all.
bool is_made_many_times(const AwsValue& block) {
  return block.find("count_expression") != nullptr ||
         block.find("for_each_expression") != nullptr;
}

bool makes_all(const AwsValue& module, const Made& made) {
  if (const AwsValue* blocks = module.find("resources")) {
    for (const AwsValue::Member& one : blocks->members) {
      const bool once = known_text(one.value, "mode") == "managed" &&
                        !is_made_many_times(one.value);
      const std::string address{known_text(one.value, "address")};
      if (once && !made.contains({&module, address})) return false;
    }
  }
  const AwsValue* calls = module.find("module_calls");
  if (calls == nullptr) return true;
  return std::ranges::all_of(calls->members, [&](const auto& call) {
    const AwsValue* inside = call.value.find("module");
    return inside == nullptr || is_made_many_times(call.value) ||
           makes_all(*inside, made);
  });
}

}  // namespace

bool makes_all_configured(const TerraformDocument& document) {
  Made made;
  for (const auto* all : {&document.resources, &document.deleted}) {
    for (const TerraformResource& one : *all) {
      made.emplace(terraform_module(document, one.parts.module),
                   one.parts.bare());
    }
  }
  const AwsValue* root = find_in(document.configuration(), {"root_module"});
  return root == nullptr || makes_all(*root, made);
}

}  // namespace netproof::io
