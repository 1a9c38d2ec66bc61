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

/// Whether the evaluator, which answers with `bounds`, says of an example what
/// the engine does: that it arrives although it must not (`leaks`), or the
/// reverse. If it had too many ways to follow, the verdict is unknown; if it
/// disagrees, that is a defect.
bool confirms(const Case& c, const Example& example, const Bounds& bounds,
              bool leaks, Judgement& j);

/// Shows what becomes of an example.
void add_witness(const Case& c, const Example& example, std::string shows,
                 Judgement& j);

}  // namespace netproof
