#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "netproof/model/open.hpp"
#include "reference/packet.hpp"

namespace netproof::reference {

/// One line that may take a packet. The best rung of the ladder is the longest
/// prefix, then the lowest rank; a doubtful candidate may not be there.
template <class What>
struct Candidate {
  int length = 0;
  std::array<int, 4> rank{};  ///< what is not given is 0
  std::vector<Fact> doubts;
  What what;
};

/// The doubt about a switch that should be on; false if it is known to be off.
inline bool add_doubt(std::vector<Fact>& doubts, const Open<bool>& on,
                      const std::string& object, const std::string& what) {
  if (on.unknown) {
    doubts.push_back(Fact{object + " " + what,
                          "nobody knows whether " + object + " is " + what});
  }
  return on.unknown || on.value;
}

}  // namespace netproof::reference
