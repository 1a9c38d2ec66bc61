#include "netproof/rules/plan.hpp"

#include <algorithm>
#include <utility>

#include "rules/plan_checks.hpp"
#include "rules/plan_table.hpp"

namespace netproof {

namespace {

std::vector<FindingKind> all_kinds() {
  std::vector<FindingKind> all;
  for (const auto part :
       {address_kinds(), route_kinds(), link_kinds(), exchange_kinds(),
        filter_kinds(), interface_kinds(), statement_kinds()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  std::ranges::sort(all, {}, &FindingKind::id);
  return all;
}

// What could not be turned into an object is one finding each (--keep-going),
// and so is each gap of a snapshot.
void add_problems(const Diagnostics& problems, Severity level,
                  std::vector<Finding>& found) {
  for (const Diagnostic& problem : problems) {
    Finding finding;
    finding.id = problem.code;
    finding.level = level;
    finding.message = problem.what;
    if (!problem.fragment.empty()) {
      finding.message += ", not '" + problem.fragment + "'";
    }
    finding.source = problem.where;
    finding.fix = problem.help;
    found.push_back(std::move(finding));
  }
}

}  // namespace

std::span<const FindingKind> finding_kinds() {
  static const std::vector<FindingKind> kinds = all_kinds();
  return kinds;
}

const FindingKind* find_kind(std::string_view id) {
  const auto kinds = finding_kinds();
  const auto at = std::ranges::lower_bound(kinds, id, {}, &FindingKind::id);
  return at == kinds.end() || at->id != id ? nullptr : &*at;
}

Finding make_finding(std::string_view id, std::string message, Location source,
                     std::string subject) {
  const FindingKind* kind = find_kind(id);
  expects(kind != nullptr, "a finding is of a kind in the table");
  Finding finding;
  finding.id = std::string(id);
  finding.level = kind->level;
  finding.message = std::move(message);
  finding.source = std::move(source);
  finding.subjects = {std::move(subject)};
  finding.fix = std::string(kind->fix);
  return finding;
}

std::vector<Finding> check_plan(const PlanContext& context) {
  std::vector<Finding> found;
  for (const FindingKind& kind : finding_kinds()) {
    if (kind.run != nullptr) kind.run(context, found);
  }
  add_problems(context.parts().left_out, Severity::kError, found);
  add_problems(context.parts().gaps, Severity::kWarning, found);
  sort_findings(found);
  return found;
}

}  // namespace netproof
