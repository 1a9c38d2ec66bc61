#pragma once

#include <span>
#include <string_view>

#include "io/declared_value.hpp"

namespace netproof::io {

/// How Terraform writes a part of a firewall that AWS answers with: a block is
/// a list of one, a mapping a list of elements with `key`.
enum class WordForm { kValue, kBlock, kBlocks, kKeyed };

struct FirewallWord {
  std::string_view attribute;  ///< "rule_order"
  std::string_view key;        ///< "RuleOrder"
  WordForm form = WordForm::kValue;
  /// Of what is within; of a mapping, of each of its values.
  std::span<const FirewallWord> inside = {};
  /// The block of an element of a mapping that holds its value.
  std::string_view holder = {};
};

std::span<const FirewallWord> firewall_policy_words();
std::span<const FirewallWord> rule_group_words();

/// What a block of Terraform says, in AWS's words. An attribute that is none of
/// `words` keeps its name, so that whoever reads it finds it odd.
AwsValue in_aws_words(const AwsValue& block,
                      std::span<const FirewallWord> words);

}  // namespace netproof::io
