#include "netproof/check.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <iterator>
#include <numeric>
#include <set>
#include <utility>

#include "base/parallel.hpp"
#include "netproof/engine/engine.hpp"
#include "netproof/net/service.hpp"
#include "netproof/reference/evaluator.hpp"
#include "netproof/rules/judge.hpp"
#include "netproof/rules/plan.hpp"
#include "rules/open_blocks.hpp"
#include "rules/public_doubt.hpp"

namespace netproof {

struct Network::Impl {
  explicit Impl(const Topology& network)
      : topology{network},
        judge{network, Engine{network}, Evaluator{network}},
        domains{judge.engine().routing_domains()},
        public_doubt{network} {}

  Topology topology;
  Judge judge;
  std::vector<std::uint32_t> domains;
  PublicDoubt public_doubt;
};

namespace {

// Rules are judged in any order and reported in theirs.
class RuleRun {
 public:
  RuleRun(const Judge& judge, const RuleSet& rules, const CheckOptions& options)
      : judge_{judge}, rules_{rules}, options_{options} {
    outcomes_.resize(rules.rules.size());
    order_.resize(rules.rules.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    // Several threads end together if what takes long is begun first.
    if (options.jobs != 1) {
      std::ranges::stable_sort(order_, std::greater{}, [&](std::size_t i) {
        return takes_long(rules.rules[i].verb);
      });
    }
  }

  std::vector<RuleOutcome> run() {
    for_each_index(order_.size(), options_.jobs, [this](std::size_t n) {
      const std::size_t i = order_[n];
      const RuleSpec& rule = rules_.rules[i];
      outcomes_[i] = out_of_time() ? not_begun(rule)
                                   : judge_.judge(rule, rules_, options_.today,
                                                  options_.no_ignore);
    });
    return std::move(outcomes_);
  }

 private:
  static int takes_long(Verb verb) {
    return verb == Verb::kOnly ? 2 : verb == Verb::kRequire ? 1 : 0;
  }

  bool out_of_time() const {
    const std::chrono::duration<double> spent =
        std::chrono::steady_clock::now() - start_;
    return (options_.budget > 0 && spent.count() > options_.budget) ||
           (options_.stop && options_.stop());
  }

  static RuleOutcome not_begun(const RuleSpec& rule) {
    RuleOutcome outcome;
    outcome.result.id = rule.id;
    outcome.result.verb = rule.verb;
    outcome.result.level = rule.level;
    outcome.result.severity = rule.severity;
    outcome.result.source = rule.where;
    outcome.result.detail = "the budget was spent before this rule was begun";
    outcome.result.unknown = {"the budget"};
    return outcome;
  }

  const Judge& judge_;
  const RuleSet& rules_;
  const CheckOptions& options_;
  const std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
  std::vector<RuleOutcome> outcomes_;
  std::vector<std::size_t> order_;  ///< in which rules are begun
};

bool loaded(const TopologyParts& parts) {
  return !parts.vpcs.empty() || !parts.sites.empty() ||
         !parts.segments.empty() || !parts.accounts.empty() ||
         !parts.transit_gateways.empty() || !parts.routers.empty() ||
         !parts.clusters.empty();
}

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
  std::ranges::move(more, std::back_inserter(all));
}

Diagnostics sorted(Diagnostics problems) {
  std::ranges::stable_sort(problems, {}, &Diagnostic::where);
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  return problems;
}

Diagnostic not_a_selector(std::string_view text) {
  return {"unknown-selector",
          {},
          "a selector is a zone, kind:name, a prefix, everyone or internet",
          std::string(text),
          ""};
}

Result<TransportSet, Diagnostics> service_of(std::string_view text) {
  auto service = parse_service(text);
  if (service) return service.value();
  return Unexpected{Diagnostics{
      {"service", {}, service.error().what, service.error().fragment, ""}}};
}

// The place where a flow starts: the owner of its source within what `at`
// names, else the only place there (its source is then wrong or spoofed).
Result<Place, Diagnostics> start_of(const Judge& judge,
                                    const TraceRequest& request) {
  const std::vector<Place> places = places_named(judge.locations(), request.at);
  if (places.empty()) {
    return Unexpected{Diagnostics{{"unknown-location",
                                   {},
                                   "a flow starts at a location of the network",
                                   request.at,
                                   ""}}};
  }
  std::vector<Place> owners;
  for (const Place place : places) {
    if (judge.locations().addresses(place).contains(request.flow.src)) {
      owners.push_back(place);
    }
  }
  if (owners.size() == 1) return owners.front();
  if (owners.empty()) return places.front();
  return Unexpected{
      Diagnostics{{"ambiguous-location",
                   {},
                   "a flow starts at one location; several there own " +
                       to_string(request.flow.src),
                   request.at,
                   "name the interface or subnet"}}};
}

// What would arrive elsewhere may stay in a VPC of which not all is known.
void doubt_open_blocks(const Topology& topology, Trace& trace) {
  if (trace.forward.fate != Fate::kDelivered || !trace.at || !trace.to) return;
  auto reasons = open_block_doubts(topology, *trace.at, *trace.to);
  if (!reasons.empty()) make_unknown(trace, std::move(reasons));
}

}  // namespace

Network::Network(const Topology& topology)
    : impl_{std::make_shared<const Impl>(topology)} {}

const Topology& Network::topology() const noexcept { return impl_->topology; }

Result<Report, Diagnostics> Network::check(const RuleSet& rules,
                                           const CheckOptions& options) const {
  Report report;
  report.anything_loaded = loaded(impl_->topology.parts());
  report.assumptions = impl_->topology->assumptions;
  const bool snapshot = options.snapshot || impl_->topology->snapshot;
  // With one thread one after the other.
  const auto launch =
      options.jobs == 1 ? std::launch::deferred : std::launch::async;
  std::future<std::vector<Finding>> plan = std::async(launch, [&] {
    return check_plan({impl_->topology, impl_->domains, snapshot});
  });
  std::vector<Finding> findings;
  if (!options.plan_only) {
    append(findings, check_waivers(rules, options.today));
    Diagnostics problems;
    for (RuleOutcome& outcome : RuleRun(impl_->judge, rules, options).run()) {
      append(problems, std::move(outcome.problems));
      append(findings, std::move(outcome.findings));
      append(report.defects, std::move(outcome.defects));
      report.rules.push_back(std::move(outcome.result));
    }
    if (!problems.empty()) return Unexpected{sorted(std::move(problems))};
  }
  report.findings = plan.get();
  append(report.findings, std::move(findings));
  sort_findings(report.findings);
  return report;
}

Result<NamedTrace, Diagnostics> Network::trace(
    const TraceRequest& request) const {
  const Evaluator& evaluator = impl_->judge.evaluator();
  NamedTrace named;
  if (request.at.empty()) {
    named.trace = evaluator.trace(request.flow, request.listed_only);
  } else {
    const auto start = start_of(impl_->judge, request);
    if (!start) return Unexpected{start.error()};
    named.trace =
        evaluator.trace(start.value(), request.flow, request.listed_only);
  }
  impl_->public_doubt.settle(named.trace);
  doubt_open_blocks(impl_->topology, named.trace);
  if (named.trace.at) named.at = to_string(impl_->topology, *named.trace.at);
  if (named.trace.to) named.to = to_string(impl_->topology, *named.trace.to);
  return named;
}

Result<ReachAnswer, Diagnostics> Network::reach(
    std::string_view from, std::string_view to,
    const ReachOptions& options) const {
  ReachRequest request;
  if (options.zones != nullptr) request.zones = options.zones->zones;
  const auto transport = service_of(options.service);
  if (!transport) return Unexpected{transport.error()};
  const auto start = parse_selector(from, request.zones);
  const auto end = parse_selector(to, request.zones);
  Diagnostics problems;
  if (!start) problems.push_back(not_a_selector(from));
  if (!end) problems.push_back(not_a_selector(to));
  if (!problems.empty()) return Unexpected{std::move(problems)};
  request.from = *start;
  request.to = *end;
  request.service = transport.value();
  request.service_text = options.service;
  request.level = options.level;
  request.why = options.why;
  return reach_between(impl_->topology, impl_->judge.engine(), request);
}

Result<Matrix, Diagnostics> Network::matrix(std::string_view by,
                                            std::string_view service,
                                            Level level) const {
  const auto transport = service_of(service);
  if (!transport) return Unexpected{transport.error()};
  MatrixRequest request;
  request.by = std::string(by);
  request.service = transport.value();
  request.service_text = std::string(service);
  request.level = level;
  return build_matrix(impl_->topology, impl_->judge.engine(), request);
}

std::vector<Overlap> Network::overlaps() const {
  return find_overlaps(impl_->topology, impl_->domains);
}

namespace {

/// What a snapshot lacks. Two that lack the same may differ there.
std::set<std::string> calls_missing(const Topology& topology) {
  std::set<std::string> missing;
  for (const Diagnostic& gap : topology->gaps) {
    if (gap.code != "snapshot-has-every-call") continue;
    const std::string of = gap.fragment.empty() ? "" : ": " + gap.fragment;
    missing.insert("not so in either: " + gap.what + of);
  }
  return missing;
}

}  // namespace

Result<Comparison, Diagnostics> Network::diff(
    const Network& after, const RuleSet& rules,
    const DiffOptions& options) const {
  const Judge& old = impl_->judge;
  const Judge& now = after.impl_->judge;
  auto verdicts = compare_rules(old, now, rules, options.today);
  if (!verdicts) return Unexpected{sorted(verdicts.error())};
  Comparison comparison = std::move(verdicts).value();
  for (const Level level : options.levels) {
    comparison.levels.push_back(compare_reach(
        topology(), old.engine(), after.topology(), now.engine(), level));
    const std::set<std::string> missing = calls_missing(topology());
    const std::set<std::string> still = calls_missing(after.topology());
    std::ranges::set_intersection(
        missing, still, std::back_inserter(comparison.levels.back().unknown));
  }
  return comparison;
}

bool Network::equivalent(const Network& other) const {
  return first_difference(topology(), impl_->judge.engine(), other.topology(),
                          other.impl_->judge.engine())
      .same();
}

Result<Report, Diagnostics> check(const Topology& topology,
                                  const RuleSet& rules,
                                  const CheckOptions& options) {
  return Network(topology).check(rules, options);
}

int exit_code(const NamedTrace& trace) {
  const bool unknown = trace.trace.forward.fate == Fate::kUnknown ||
                       trace.trace.connection == ConnectionFate::kUnknown;
  return unknown ? 4 : 0;
}

int exit_code(const ReachAnswer& answer) {
  if (!answer.defects.empty()) return 70;
  return answer.unknown.empty() && answer.limits.empty() ? 0 : 4;
}

int exit_code(const Matrix& matrix) {
  if (!matrix.defects.empty()) return 70;
  for (const std::vector<Cell>& row : matrix.cells) {
    if (std::ranges::find(row, Cell::kUnknown) != row.end()) return 4;
  }
  return matrix.unknown.empty() ? 0 : 4;
}

int exit_code(const Comparison& comparison) {
  if (!comparison.defects.empty()) return 70;
  const bool unknown =
      std::ranges::any_of(comparison.levels, [](const LevelChange& level) {
        return !level.unknown.empty() ||
               std::ranges::any_of(level.changes, [](const ReachChange& one) {
                 return !one.unknown.empty();
               });
      });
  return unknown ? 4 : 0;
}

}  // namespace netproof
