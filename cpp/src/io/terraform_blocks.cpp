// References within the blocks that a list is made of.
#include <algorithm>
#include <map>

#include "io/terraform_references.hpp"

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

}  // namespace

std::vector<const AwsValue*> TerraformReferences::blocks_of(
    const AwsValue& elements, const AwsValue* blocks) {
  std::vector<const AwsValue*> found(elements.members.size());
  if (blocks == nullptr || blocks->kind != Kind::kList) return found;
  const auto constants = [](const AwsValue& block) {
    std::map<std::string_view, std::string_view> all;
    for (const AwsValue::Member& one : block.members) {
      const AwsValue* constant = one.value.find("constant_value");
      if (constant != nullptr) all.emplace(one.key, constant->text);
    }
    return all;
  };
  // Blocks that differ by references alone stand for each other.
  const bool alike =
      blocks->members.size() == found.size() &&
      std::ranges::all_of(blocks->members, [&](const auto& one) {
        return constants(one.value) == constants(blocks->members.front().value);
      });
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i] = alike ? &blocks->members[i].value
                     : block_of(blocks, elements.members[i].value);
  }
  return found;
}

// A set has lost the order of the blocks that it is made of: the block is the
// one whose constants the element has.
const AwsValue* TerraformReferences::block_of(const AwsValue* blocks,
                                              const AwsValue& element) {
  if (blocks == nullptr || blocks->kind != Kind::kList) return nullptr;
  const AwsValue* found = nullptr;
  int matches = 0;
  for (const AwsValue::Member& one : blocks->members) {
    const bool fits = std::ranges::all_of(
        one.value.members, [&](const AwsValue::Member& each) {
          const AwsValue* constant = each.value.find("constant_value");
          const AwsValue* value = element.find(each.key);
          return constant == nullptr || constant->kind == Kind::kList ||
                 constant->kind == Kind::kMap ||
                 (value != nullptr && value->text == constant->text);
        });
    if (!fits) continue;
    found = &one.value;
    ++matches;
  }
  return matches == 1 ? found : nullptr;
}

const AwsValue* TerraformReferences::expression_in(
    const TerraformResource& from, std::string_view block,
    const AwsValue& element, std::string_view attribute) {
  return find_in(
      block_of(find_in(from.config, {"expressions", block}), element),
      {attribute});
}

AwsValue TerraformReferences::one_in(const TerraformResource& from,
                                     std::string_view block,
                                     const AwsValue& element,
                                     std::string_view attribute,
                                     const TerraformTypes& types) const {
  const AwsValue* value = element.find(attribute);
  if (value == nullptr || value->empty()) return {};
  return resolve(from, *value, expression_in(from, block, element, attribute),
                 types, 0);
}

AwsValue TerraformReferences::many_in(const TerraformResource& from,
                                      std::string_view block,
                                      const AwsValue& element,
                                      std::string_view attribute,
                                      const TerraformTypes& types) const {
  const AwsValue* value = element.find(attribute);
  if (value == nullptr || value->empty()) return {};
  return resolve_list(from, *value,
                      expression_in(from, block, element, attribute), types);
}

}  // namespace netproof::io
