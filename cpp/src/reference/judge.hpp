#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "reference/walk.hpp"

namespace netproof::reference {

/// One question about one packet at one place: its ways, and those of the
/// replies to each way it was delivered.
class Question {
 public:
  struct Options {
    bool listed_only = true;
    bool hops = true;
    const std::function<bool(Place)>* blocked = nullptr;
  };

  Question(const View& view, const PortCuts& ports, Place at, const Flow& flow,
           Options options);

  const Tree& forward() const { return forward_; }
  std::string name(Place place) const { return view_.name(place); }
  /// The ways of the reply to a delivered request; empty if there is none
  /// (S158). Requests that left the same state behind share one tree.
  std::optional<Tree> reply(const End& delivered) const;
  /// What `reply` says by all quantifiers; nothing passes if there is none.
  Bounds reply_bounds(const End& delivered) const;

 private:
  Walk::Options walk_options() const;

  const View& view_;
  const PortCuts& ports_;
  Flow flow_;
  Options options_;
  Tree forward_;
  /// Nodes that all trees of the question may still have.
  mutable std::size_t nodes_left_;
  mutable std::map<std::string, std::optional<Tree>> replies_;
  mutable std::map<const Node*, Bounds> reply_bounds_;
};

/// All four answers the same.
constexpr Bounds certainly(bool answer) {
  return Bounds{answer, answer, answer, answer};
}

}  // namespace netproof::reference
