#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/model/bounds.hpp"
#include "netproof/model/place.hpp"
#include "reference/packet.hpp"

namespace netproof::reference {

/// The reason where the rest of a tree was not followed.
inline constexpr std::string_view kTooManyWays =
    "there are too many ways to follow";

struct Node;
/// All ways of one packet: facts, load sharing and ends.
using Tree = std::shared_ptr<const Node>;

/// Where one way ends.
struct End {
  bool delivered = false;
  bool gave_up = false;  ///< too many ways: nothing is known of this one
  Place to;              ///< if delivered
  Drop drop;             ///< if not
  Packet packet;
};

struct Node {
  enum class Kind { kEnd, kFact, kShare };
  Kind kind = Kind::kEnd;
  std::shared_ptr<const End> end;
  Fact fact;
  std::vector<std::string> alternatives;  ///< of the fact, as `children`
  std::vector<Tree> children;
};

/// What is asked of one end: four answers in an order that Bounds has too.
using Judge = std::function<Bounds(const End&)>;

/// The quantifiers over the worlds and, within each, over load sharing. What
/// takes too long to decide is unknown.
Bounds bounds_of(const Tree& tree, const Judge& judge);

/// The ends in the order of the alternatives.
std::vector<std::shared_ptr<const End>> ends_of(const Tree& tree);

/// The facts without which the worlds would agree, as texts, sorted; all facts
/// if there are too many worlds to compare.
std::vector<std::string> decisive_facts(const Tree& tree, const Judge& judge);

}  // namespace netproof::reference
