#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "io/draft.hpp"

namespace netproof::io {

/// The VPCs of a draft by the labels that they have or inherit from their
/// account; `account`, `ou` and `region` are labels too. Refers to the draft.
class VpcIndex {
 public:
  /// COST: linear in the labels.
  explicit VpcIndex(const Draft& draft);

  /// Indexes of the VPCs that match, in order, the uncertain ones left out.
  std::vector<std::size_t> matching(const VpcSelection& selection) const;

  /// The VPCs of which nobody knows what they match, because their account, or
  /// another VPC of their name, could not be read.
  const std::vector<std::size_t>& uncertain() const { return uncertain_; }
  /// True if a VPC could not be read, or is uncertain: more may match.
  bool may_miss() const;

  std::optional<std::size_t> find(const std::string& name) const;
  /// Null if the VPC has no label of that name.
  const std::string* label(std::size_t vpc, const std::string& name) const;
  bool has_label(const std::string& name) const;

  /// Adds the error that a selection matches nothing, with what is likely
  /// meant.
  void report_empty(Problems& problems, const VpcSelection& selection) const;
  void report_unknown_label(Problems& problems, const std::string& name,
                            const Location& where) const;

 private:
  using Indexes = std::vector<std::size_t>;

  Labels labels_of(const Vpc& vpc) const;
  bool is_uncertain(const Vpc& vpc) const;
  Indexes matching(const LabelChoice& choice) const;
  std::string why_empty(const LabelChoice& choice) const;
  std::vector<std::string> label_names() const;

  const Draft& draft_;
  std::unordered_map<std::string, const Account*> accounts_;
  std::set<std::string> lost_accounts_;
  std::unordered_map<std::string, std::size_t> names_;
  std::vector<Labels> labels_;
  std::map<std::string, std::map<std::string, Indexes>> by_label_;
  Indexes uncertain_;
};

}  // namespace netproof::io
