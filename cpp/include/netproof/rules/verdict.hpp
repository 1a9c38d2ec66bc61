#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/location.hpp"
#include "netproof/model/rule_spec.hpp"
#include "netproof/model/trace.hpp"

namespace netproof {

/// What a rule has to say about a topology. The order is the order of alarm:
/// the verdict of a set of rules is the greatest of theirs.
enum class Verdict : std::uint8_t {
  kProved,    ///< it holds in every world, for everything in scope
  kVacuous,   ///< nothing was in scope, so nothing was proved
  kUnknown,   ///< not decidable from what was given
  kViolated,  ///< one and the same packet fails it in every world
};
/// "proved", "vacuous", "unknown", "violated".
std::string_view to_string(Verdict verdict);
/// "deny", "require", "isolate", "only", "through", "no_overlap".
std::string_view to_string(Verb verb);
/// "note", "warning", "error".
std::string_view to_string(Severity severity);
/// "packet", "connection".
std::string_view to_string(Level level);

/// A trace together with the names of its ends; empty where there is none.
struct NamedTrace {
  Trace trace;
  std::string at;  ///< "subnet:app-a"
  std::string to;  ///< the location that accepted the packet
};

/// A concrete flow that shows why a verdict is what it is. It was replayed by
/// the single-packet evaluator, which agreed.
struct Witness {
  NamedTrace trace;   ///< its flow is the witness
  std::string shows;  ///< "arrives at vpc:dev", one clause without a full stop
};

/// One rule, judged.
struct RuleResult {
  std::string id;
  Verdict verdict = Verdict::kUnknown;
  bool waived = false;  ///< violated, but only where exceptions allow it
  Verb verb = Verb::kDeny;
  Severity severity = Severity::kError;
  Level level = Level::kPacket;
  std::string from;  ///< as the rule calls it; empty: the verb has none
  std::string to;
  bool interfaces_only = false;  ///< listed endpoints only (contract 3.3)
  bool allow_empty = false;
  std::string because;
  std::string detail;  ///< one sentence with the counts and the largest sets
  std::vector<std::string> unknown;      ///< the facts that decide, sorted
  std::vector<std::string> assumptions;  ///< ids of what it may lean on
  std::vector<std::string> limits;
  std::vector<Witness> witnesses;
  Location source;
};

}  // namespace netproof
