#include "netproof/report/report.hpp"

#include <algorithm>

namespace netproof {

namespace {

bool counts(const RuleResult& rule, const ExitOptions& options) {
  return rule.severity >= options.fail_level;
}

bool fails(const Report& report, const ExitOptions& options) {
  return std::ranges::any_of(report.rules,
                             [&](const RuleResult& rule) {
                               return counts(rule, options) &&
                                      rule.verdict == Verdict::kViolated &&
                                      !rule.waived;
                             }) ||
         std::ranges::any_of(report.findings, [&](const Finding& finding) {
           return finding.level >= options.fail_level;
         });
}

}  // namespace

Summary Report::summary() const {
  Summary summary;
  for (const RuleResult& rule : rules) {
    switch (rule.verdict) {
      case Verdict::kProved:
        ++summary.proved;
        break;
      case Verdict::kVacuous:
        ++summary.vacuous;
        break;
      case Verdict::kUnknown:
        ++summary.unknown;
        break;
      case Verdict::kViolated:
        ++summary.violated;
        break;
    }
  }
  summary.findings = static_cast<int>(findings.size());
  return summary;
}

int exit_code(const Report& report, const ExitOptions& options) {
  if (!report.defects.empty()) return 70;
  if (fails(report, options)) return 1;
  const auto any = [&](auto wanted) {
    return std::ranges::any_of(report.rules, wanted);
  };
  if (any([&](const RuleResult& rule) {
        return counts(rule, options) && rule.verdict == Verdict::kUnknown;
      })) {
    return 4;
  }
  const bool nothing_asked = report.rules.empty() && !options.plan_only;
  const bool vacuous = any([](const RuleResult& rule) {
    return rule.verdict == Verdict::kVacuous && !rule.allow_empty;
  });
  return !report.anything_loaded || nothing_asked || vacuous ? 3 : 0;
}

}  // namespace netproof
