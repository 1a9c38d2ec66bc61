#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/terraform_document.hpp"

namespace netproof::io {

/// A few types of resources; none: any.
class TerraformTypes {
 public:
  constexpr TerraformTypes(std::initializer_list<std::string_view> types) {
    for (const std::string_view type : types) {
      if (size_ < types_.size()) types_[size_++] = type;
    }
  }
  constexpr bool allow(std::string_view type) const noexcept {
    return size_ == 0 || has(type);
  }
  constexpr bool has(std::string_view type) const noexcept {
    for (std::size_t i = 0; i < size_; ++i) {
      if (types_[i] == type) return true;
    }
    return false;
  }

 private:
  std::array<std::string_view, 8> types_{};
  std::size_t size_ = 0;
};

/// Finds out what the attributes of resources that are not made yet refer to,
/// by the expressions of the configuration (S126). What is not unique is
/// unknown.
class TerraformReferences {
 public:
  TerraformReferences(const TerraformDocument& document, AwsFile& file);

  /// What a resource is called: its id, or its address.
  std::string name_of(const TerraformResource& resource, int depth = 0) const;
  /// The id of what AWS makes with a resource: `attribute` of it.
  std::string part_of(const TerraformResource& resource,
                      std::string_view attribute) const;
  /// The attribute as a name of something of one of `types`; null if nothing
  /// is said, an unknown value if nobody knows.
  AwsValue one(const TerraformResource& from, std::string_view attribute,
               const TerraformTypes& types) const;
  /// The same for `attribute` of an element of the list `block`.
  AwsValue one_in(const TerraformResource& from, std::string_view block,
                  const AwsValue& element, std::string_view attribute,
                  const TerraformTypes& types) const;
  /// A list of such names.
  AwsValue many(const TerraformResource& from, std::string_view attribute,
                const TerraformTypes& types) const;
  AwsValue many_in(const TerraformResource& from, std::string_view block,
                   const AwsValue& element, std::string_view attribute,
                   const TerraformTypes& types) const;
  /// `value`, which stands somewhere in `from`, by its expression.
  AwsValue resolved(const TerraformResource& from, const AwsValue& value,
                    const AwsValue* expression,
                    const TerraformTypes& types) const {
    return resolve(from, value, expression, types, 0);
  }
  /// For each element of a list the block of the configuration that it is made
  /// of; null where that is not unique.
  static std::vector<const AwsValue*> blocks_of(const AwsValue& elements,
                                                const AwsValue* blocks);
  /// The resources that the expressions of a resource refer to, as far as they
  /// can be followed.
  std::vector<const TerraformResource*> mentioned(
      const TerraformResource& from) const;
  /// The resource of that name; null if there is none.
  const TerraformResource* find(std::string_view name) const;
  /// Whether the configuration says what the attribute is. Of a block, true
  /// only tells that one is written out: `dynamic` ones are not shown (S126).
  static bool configures(const TerraformResource& resource,
                         std::string_view attribute);

 private:
  /// Where an expression stands: the keys are those of its own instance, which
  /// has siblings, itself among them.
  struct Scope {
    TerraformPath module;
    std::string key;
    std::size_t siblings = 0;
  };
  Scope scope_of(const TerraformResource& resource) const;
  Scope scope_of(TerraformPath call) const;
  struct Target {
    const TerraformResource* resource = nullptr;
    std::string rest;
  };
  using Targets = std::optional<std::vector<Target>>;

  void mention(const Scope& scope, const AwsValue& expression,
               std::vector<const TerraformResource*>& found) const;
  Targets targets(const Scope& scope, const AwsValue* expression,
                  int depth) const;
  Targets target(const Scope& scope, std::string_view text, bool by_key,
                 int depth) const;
  Targets through_variable(const Scope& scope, std::string_view text,
                           int depth) const;
  Targets through_output(const Scope& scope, std::string_view text, bool by_key,
                         int depth) const;
  Targets instances(const Scope& scope, const TerraformAddress& address,
                    bool by_key) const;
  std::optional<std::string> id_of(const Target& target,
                                   const TerraformTypes& types,
                                   int depth) const;
  AwsValue resolve(const TerraformResource& from, const AwsValue& value,
                   const AwsValue* expression, const TerraformTypes& types,
                   int depth) const;
  AwsValue resolve_list(const TerraformResource& from, const AwsValue& value,
                        const AwsValue* expression,
                        const TerraformTypes& types) const;
  static const AwsValue* block_of(const AwsValue* blocks,
                                  const AwsValue& element);
  static const AwsValue* expression_in(const TerraformResource& from,
                                       std::string_view block,
                                       const AwsValue& element,
                                       std::string_view attribute);

  const TerraformDocument& document_;
  ValueMaker maker_;
  /// The instances of a resource, by module and address without key; and by
  /// their keys.
  struct Instances {
    const TerraformResource* first = nullptr;
    std::map<std::string, const TerraformResource*, std::less<>> by_key;
    bool doubled = false;  ///< two have one key: one of them goes away
  };
  std::map<std::string, Instances, std::less<>> by_bare_;
  /// The keys of the instances of a module, by its path without the last one.
  std::map<std::string, std::set<std::string>, std::less<>> modules_;
  /// What is left of the steps that following one reference may take.
  mutable int steps_ = 0;
  std::map<std::string, const TerraformResource*, std::less<>> by_name_;
};

}  // namespace netproof::io
