#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "netproof/rules/scope.hpp"
#include "rules/countable.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

/// A number that a design gives for the objects of a table.
struct Stated {
  std::string says;  ///< the sentence, or empty
  std::string of;
  LabelChoice select;
  std::int64_t count = 0;
  Location where;
};

std::vector<Stated> stated(const TopologyParts& parts) {
  std::vector<Stated> all;
  for (const Expectation& one : parts.expectations) {
    all.push_back({"", one.what, {}, one.count, one.where});
  }
  for (const Claim& one : parts.claims) {
    if (one.of.empty() || !one.count) continue;
    all.push_back({one.says, one.of, one.select, *one.count, one.where});
  }
  return all;
}

std::string text_of(const Stated& one) {
  std::string text = fmt::format("{} {}", one.count, one.of);
  if (!one.select.empty()) text += fmt::format(" ({})", to_string(one.select));
  if (!one.says.empty()) text += fmt::format(" ('{}')", one.says);
  return text;
}

Finding uncountable(const Stated& one) {
  std::vector<std::string> known;
  for (const Countable& kind : countable_kinds()) {
    known.emplace_back(kind.name);
  }
  Finding finding =
      make_finding("claim-holds",
                   fmt::format("the design claims {}, which nothing can count",
                               text_of(one)),
                   one.where, one.of);
  const std::string near = nearest(one.of, known);
  if (!near.empty()) finding.fix = fmt::format("did you mean '{}'?", near);
  return finding;
}

std::optional<Finding> judge(const TopologyParts& parts,
                             const LabelIndex& labels, const Stated& one) {
  const Countable* kind = find_countable(one.of);
  if (kind == nullptr) return uncountable(one);
  Count count = kind->count(parts, labels, one.select);
  const auto listed = static_cast<std::int64_t>(count.value);
  // What an open list leaves out may be what is missing.
  if (listed == one.count || (count.open && listed < one.count)) {
    return std::nullopt;
  }
  Finding finding = make_finding(
      "claim-holds",
      fmt::format("the design claims {} and lists {}", text_of(one), listed),
      one.where, one.of);
  // All objects of a table are no help; those that match a choice are.
  if (!one.select.empty()) finding.related = std::move(count.places);
  return finding;
}

}  // namespace

void check_expectations(const PlanContext& context,
                        std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  if (parts.expectations.empty() && parts.claims.empty()) return;
  const LabelIndex labels{parts};
  for (const Stated& one : stated(parts)) {
    if (auto finding = judge(parts, labels, one)) {
      found.push_back(std::move(*finding));
    }
  }
  check_claims(context, labels, found);
}

}  // namespace netproof
