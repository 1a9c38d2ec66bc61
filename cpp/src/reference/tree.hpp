#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "netproof/model/bounds.hpp"
#include "netproof/model/place.hpp"
#include "reference/packet.hpp"

namespace netproof::reference {

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

/// One world as far as it matters: the alternatives it fixes, and what it
/// says of all choices of load sharing.
struct World {
  std::vector<Choice> choices;
  Bounds bounds;
};

/// The worlds of a tree; `complete` is false if there are too many.
struct Worlds {
  std::vector<World> worlds;
  bool complete = true;
};

inline constexpr std::size_t kMaxWorlds = 4096;

Worlds worlds_of(const Tree& tree, const Judge& judge);

/// The quantifiers over the worlds and, within each, over load sharing. Too
/// many worlds: what nobody enumerated is unknown.
Bounds bounds_of(const Tree& tree, const Judge& judge);

/// The ends in the order of the alternatives.
std::vector<std::shared_ptr<const End>> ends_of(const Tree& tree);

/// The facts without which the worlds would agree, as texts, sorted.
std::vector<std::string> decisive_facts(const Tree& tree, const Judge& judge);

}  // namespace netproof::reference
