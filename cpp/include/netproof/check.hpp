#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/base/result.hpp"
#include "netproof/model/rule_spec.hpp"
#include "netproof/model/topology.hpp"
#include "netproof/report/report.hpp"
#include "netproof/report/write.hpp"
#include "netproof/rules/compare.hpp"
#include "netproof/rules/explain.hpp"
#include "netproof/rules/matrix.hpp"
#include "netproof/rules/overlaps.hpp"
#include "netproof/rules/reach.hpp"

namespace netproof {

struct CheckOptions {
  /// "2027-03-31": decides which exceptions have expired. Empty: none has.
  std::string today;
  bool plan_only = false;  ///< no rules
  bool snapshot = false;   ///< host bits are a warning (S9)
  bool no_ignore = false;  ///< exceptions do not count
  int jobs = 0;            ///< threads; 0: one for each core
  /// Seconds, 0: no limit. Rules that were not begun in time are unknown.
  double budget = 0;
  /// Asked between rules, from any thread; true ends the work early, and what
  /// was not begun is unknown.
  std::function<bool()> stop;
};

/// Plan checks and rules. The error is what is wrong with the rule file when
/// it is held against this network: names that do not exist, empty zones.
Result<Report, Diagnostics> check(const Topology& topology,
                                  const RuleSet& rules,
                                  const CheckOptions& options = {});

/// One flow to follow. `at` is the id or name of the location where it starts
/// ("subnet:app-a", "app-a"), empty where the source address decides.
struct TraceRequest {
  Flow flow;
  std::string at;
  bool listed_only = true;
};

/// What `diff` compares.
struct DiffOptions {
  std::vector<Level> levels = {Level::kPacket, Level::kConnection};
  std::string today;  ///< as in CheckOptions
};

/// How the lines of `trace --flows` are answered.
struct TraceLinesOptions {
  int first_line = 1;     ///< the number of the first line, for errors
  bool json = true;       ///< an object on one line for each, else text
  TextOptions text = {};  ///< how the text is written
  int jobs = 0;           ///< threads; 0: one for each core
};

/// The answers to a number of lines, in their order.
struct TracedLines {
  std::string output;
  int lines = 0;      ///< that were read, blank ones included
  int exit_code = 0;  ///< 2 if a line is bad, else 4 if an answer is unknown
};

struct ReachOptions {
  std::string service = "any";
  Level level = Level::kPacket;
  bool why = false;  ///< also where the rest dies
  const RuleSet* zones = nullptr;
};

/// One network prepared for many questions. Immutable and cheap to copy; any
/// number of threads may ask.
class Network {
 public:
  explicit Network(const Topology& topology);

  const Topology& topology() const noexcept;

  Result<Report, Diagnostics> check(const RuleSet& rules,
                                    const CheckOptions& options = {}) const;
  /// The error says why `at` is no location.
  Result<NamedTrace, Diagnostics> trace(const TraceRequest& request) const;
  /// Whole lines of JSON Lines, one flow each (see read_flow). What is wrong
  /// with a line is answered in its place; blank lines have no answer.
  TracedLines trace_lines(std::string_view lines,
                          const TraceLinesOptions& options = {}) const;
  /// `from` and `to` as a rule writes them: a zone of `options.zones`, else
  /// kind:name, else a prefix, "everyone" or "internet".
  Result<ReachAnswer, Diagnostics> reach(
      std::string_view from, std::string_view to,
      const ReachOptions& options = {}) const;
  Result<Matrix, Diagnostics> matrix(std::string_view by = "",
                                     std::string_view service = "any",
                                     Level level = Level::kPacket) const;
  std::vector<Overlap> overlaps() const;
  /// What `after` delivers that this network does not, and the reverse; and how
  /// the verdicts of `rules` change. The error: rules that make sense in
  /// neither.
  Result<Comparison, Diagnostics> diff(const Network& after,
                                       const RuleSet& rules,
                                       const DiffOptions& options = {}) const;
  /// True if `other` delivers the same for sure, at both levels: no bound of
  /// any pair of locations differs. Much cheaper than `diff`.
  bool equivalent(const Network& other) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

/// 0, 4 if something in the answer is unknown, 70 after a contradiction.
int exit_code(const NamedTrace& trace);
int exit_code(const ReachAnswer& answer);
int exit_code(const Matrix& matrix);
int exit_code(const Comparison& comparison);

}  // namespace netproof
