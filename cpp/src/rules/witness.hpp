#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/breach.hpp"
#include "rules/judging.hpp"

namespace netproof {

/// A flow with the place where it starts and the one that it is about.
struct Example {
  Place from;
  std::vector<Place> to;
  Flow flow;
};

/// The canonical flow of what is certain: a listed endpoint before the lowest
/// address, a port that people know before the lowest, the witness client port
/// before the lowest. What is not decided has no packet that shows it: nothing.
std::optional<Example> choose_example(const Case& c,
                                      const std::vector<Breach>& breaches,
                                      Judgement& j);

/// Replays an example that arrives although it must not, and shows it. If the
/// evaluator disagrees, that is a defect and nothing is shown.
void add_leak_witness(const Case& c, const Ban& ban,
                      const std::vector<Breach>& breaches, Judgement& j);

/// The same for an example that does not arrive although it must.
void add_lack_witness(const Case& c, const std::vector<Breach>& breaches,
                      Judgement& j);

/// The evaluator cannot follow all ways of an example: nothing is shown, and
/// the verdict is unknown.
void doubt_example(const Case& c, const Example& example, Judgement& j);

/// Shows what becomes of an example.
void add_witness(const Case& c, const Example& example, std::string shows,
                 Judgement& j);

}  // namespace netproof
