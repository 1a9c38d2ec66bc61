#include "io/vpc_index.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "io/suggest.hpp"

namespace netproof::io {

VpcIndex::VpcIndex(const Draft& draft) : draft_{draft} {
  for (const Account& account : draft.parts.accounts) {
    accounts_.emplace(account.name, &account);
    if (!account.id.empty()) accounts_.emplace(account.id, &account);
  }
  for (const LostObject& lost : draft.lost) {
    if (lost.kind == "accounts") lost_accounts_.insert(lost.name);
  }
  const auto& vpcs = draft.parts.vpcs;
  labels_.resize(vpcs.size());
  for (std::size_t i = 0; i < vpcs.size(); ++i) {
    names_.emplace(vpcs[i].name, i);
    if (is_uncertain(vpcs[i])) {
      uncertain_.push_back(i);
      continue;
    }
    labels_[i] = labels_of(vpcs[i]);
    for (const auto& [name, value] : labels_[i]) {
      by_label_[name][value].push_back(i);
    }
  }
}

// An account whose name or id is not known any more may be anybody's.
bool VpcIndex::is_uncertain(const Vpc& vpc) const {
  if (draft_.unusable.contains({"vpcs", vpc.name})) return true;
  if (lost_accounts_.empty() || vpc.account.empty()) return false;
  return lost_accounts_.contains(vpc.account) ||
         !accounts_.contains(vpc.account);
}

Labels VpcIndex::labels_of(const Vpc& vpc) const {
  Labels labels = vpc.labels;
  if (!vpc.region.empty()) labels.emplace("region", vpc.region);
  if (vpc.account.empty()) return labels;
  labels.emplace("account", vpc.account);
  const auto at = accounts_.find(vpc.account);
  if (at == accounts_.end()) return labels;
  const Account& account = *at->second;
  labels.insert(account.labels.begin(), account.labels.end());
  if (!account.organisational_unit.empty()) {
    labels.emplace("ou", account.organisational_unit);
  }
  return labels;
}

std::vector<std::size_t> VpcIndex::matching(const LabelChoice& choice) const {
  Indexes found(labels_.size());
  std::iota(found.begin(), found.end(), std::size_t{0});
  for (const auto& [name, values] : choice) {
    Indexes with_label;
    const auto label = by_label_.find(name);
    for (const std::string& value : values) {
      if (label == by_label_.end()) break;
      const auto at = label->second.find(value);
      if (at == label->second.end()) continue;
      with_label.insert(with_label.end(), at->second.begin(), at->second.end());
    }
    std::ranges::sort(with_label);
    Indexes both;
    std::ranges::set_intersection(found, with_label, std::back_inserter(both));
    found = std::move(both);
  }
  return found;
}

std::vector<std::size_t> VpcIndex::matching(
    const VpcSelection& selection) const {
  Indexes out = uncertain_;
  if (!selection.minus.empty()) {
    Indexes all;
    std::ranges::set_union(out, matching(selection.minus),
                           std::back_inserter(all));
    out = std::move(all);
  }
  Indexes found;
  std::ranges::set_difference(matching(selection.select), out,
                              std::back_inserter(found));
  return found;
}

bool VpcIndex::may_miss() const {
  return !uncertain_.empty() || draft_.fatal ||
         std::ranges::any_of(draft_.lost, [](const LostObject& lost) {
           return lost.kind == "vpcs";
         });
}

std::optional<std::size_t> VpcIndex::find(const std::string& name) const {
  const auto at = names_.find(name);
  if (at == names_.end()) return std::nullopt;
  return at->second;
}

const std::string* VpcIndex::label(std::size_t vpc,
                                   const std::string& name) const {
  const auto at = labels_[vpc].find(name);
  return at == labels_[vpc].end() ? nullptr : &at->second;
}

bool VpcIndex::has_label(const std::string& name) const {
  return by_label_.contains(name);
}

std::vector<std::string> VpcIndex::label_names() const {
  std::vector<std::string> names;
  for (const auto& each : by_label_) names.push_back(each.first);
  return names;
}

// The first label or value that no VPC has explains most empty selections.
std::string VpcIndex::why_empty(const LabelChoice& choice) const {
  for (const auto& [name, values] : choice) {
    const auto label = by_label_.find(name);
    if (label == by_label_.end()) return suggestion(name, label_names());
    std::vector<std::string> known;
    for (const auto& each : label->second) known.push_back(each.first);
    for (const std::string& value : values) {
      if (label->second.contains(value)) continue;
      std::string near = suggestion(value, known);
      if (!near.empty()) return near;
    }
  }
  return "";
}

void VpcIndex::report_empty(Problems& problems,
                            const VpcSelection& selection) const {
  problems.add({"empty-selector", selection.where, "a selector matches a VPC",
                "nothing matched", why_empty(selection.select)});
}

void VpcIndex::report_unknown_label(Problems& problems, const std::string& name,
                                    const Location& where) const {
  problems.add({"unknown-label", where, "a VPC has a label of that name", name,
                suggestion(name, label_names())});
}

}  // namespace netproof::io
