#include "netproof/rules/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "rules/judging.hpp"
#include "rules/waivers.hpp"

namespace netproof {

namespace {

Judgement run(const Case& c) {
  if (c.rule.to && !c.rule.to->buckets.empty()) return judge_bucket(c);
  switch (c.rule.verb) {
    case Verb::kDeny:
      return judge_deny(c);
    case Verb::kRequire:
      return judge_require(c);
    case Verb::kIsolate:
      return judge_isolate(c);
    case Verb::kThrough:
      return judge_through(c);
    case Verb::kOnly:
      return judge_only(c);
    case Verb::kNoOverlap:
      return judge_no_overlap(c);
  }
  return {};
}

// What was left out could have been in a zone. Where it left a gap in what was
// read, the gap is open already and the verdict has counted with it.
void doubt_what_was_left_out(const Topology& topology, Judgement& j) {
  const std::size_t count = topology->left_out.size();
  if (count == 0) return;
  j.unknown.push_back(
      fmt::format("{} object{} left out because of errors in {}", count,
                  count == 1 ? " was" : "s were", count == 1 ? "it" : "them"));
}

Judgement judge_fully(const Case& c) {
  Judgement j = run(c);
  doubt_what_was_left_out(c.topology(), j);
  settle(j);
  return j;
}

RuleResult result_of(const RuleSpec& rule, const Topology& topology,
                     const Judgement& j) {
  RuleResult result;
  result.id = rule.id;
  result.verdict = j.verdict;
  result.verb = rule.verb;
  result.severity = rule.severity;
  result.level = rule.level;
  result.from = j.from;
  result.to = j.to;
  result.interfaces_only = rule.interfaces_only || rule.verb == Verb::kRequire;
  result.allow_empty = rule.allow_empty;
  result.because = rule.because;
  result.detail = j.detail;
  if (j.verdict == Verdict::kUnknown) result.unknown = j.unknown;
  if (j.verdict == Verdict::kProved) result.limits = j.limits;
  result.witnesses = j.witnesses;
  result.source = rule.where;
  // Which of them decide is not followed up: each may.
  for (const Assumption& assumption : topology->assumptions) {
    result.assumptions.push_back(assumption.id);
  }
  return result;
}

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
  std::ranges::move(more, std::back_inserter(all));
}

}  // namespace

Judge::Judge(Topology topology, Engine engine, Evaluator evaluator)
    : topology_{std::move(topology)},
      engine_{std::move(engine)},
      evaluator_{std::move(evaluator)},
      locations_{
          std::make_shared<const Locations>(topology_, engine_.members())} {}

RuleOutcome Judge::judge(const RuleSpec& rule, const RuleSet& rules,
                         const std::string& today, bool no_ignore) const {
  Case c{engine_, evaluator_, *locations_, rules, rule, {}, {}};
  Judgement j = judge_fully(c);
  RuleOutcome outcome;
  outcome.problems = j.problems;
  outcome.findings = j.findings;
  append(outcome.defects, j.defects);

  const Waivers waivers(*locations_, rules, rule, today, no_ignore);
  append(outcome.findings, waivers.findings(j));
  outcome.result = result_of(rule, topology_, j);
  if (j.verdict != Verdict::kViolated || waivers.empty()) return outcome;

  c.waived = waivers.scopes();
  c.subjects = waivers.subjects();
  const Judgement rest = judge_fully(c);
  append(outcome.defects, rest.defects);
  if (rest.verdict == Verdict::kProved || rest.verdict == Verdict::kVacuous) {
    outcome.result.waived = true;
    outcome.result.detail += waivers.reasons();
    return outcome;
  }
  outcome.result = result_of(rule, topology_, rest);
  outcome.result.detail += " (besides what exceptions allow)";
  return outcome;
}

}  // namespace netproof
