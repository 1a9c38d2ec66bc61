#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/worlds.hpp"
#include "netproof/engine/engine.hpp"

namespace netproof::engine {

/// The passages of an answer while they are found part by part.
class Passages {
 public:
  /// What passes from the scopes of a start to `to`, or part of it. Of two
  /// starts that begin with the same place and are equally long, the scopes are
  /// the same.
  void add(const std::vector<Scope>& from, const std::vector<Place>& to,
           const BoundSets& sets, const std::set<std::string>& facts);
  /// Those with something to pass, by destination, then source.
  std::vector<Passage> take();

 private:
  struct Parts {
    std::vector<Scope> from;
    std::vector<BoundSets> sets;
    std::set<std::string> facts;
  };

  static Passage whole(Parts parts);

  std::map<std::tuple<std::vector<Place>, Place, std::size_t>, Parts> parts_;
};

}  // namespace netproof::engine
