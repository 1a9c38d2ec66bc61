#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "engine/walk.hpp"

namespace netproof::engine {

/// Tells which places meet the same decisions and the same filters on the way
/// to `destinations`, but for those in their own VPC's blocks, where each is at
/// home. One walk serves all that have equal keys.
/// REQUIRES: `destinations` outlives this object.
class Grouping {
 public:
  /// What a table does with a stretch of the destinations, which ends where the
  /// next begins.
  struct Stretch {
    HopKind kind;
    Index table;  ///< the transit table that the packets come to
    Family family;
    Uint128 last;  ///< the last destination of it

    friend auto operator<=>(const Stretch&, const Stretch&) = default;
  };
  /// The stretches, the zone, egress groups and the outbound ACL.
  using Key = std::tuple<std::vector<Stretch>, Index, std::size_t, std::size_t>;

  struct Options {
    /// No subnet drops whatever enters it (`through`).
    bool enters_freely = true;
    /// Which transit table drops a packet does not matter.
    bool nameless = false;
  };

  Grouping(const Compiled& compiled, const IpSet& destinations, Options options)
      : compiled_{compiled},
        network_{compiled.network},
        destinations_{destinations},
        options_{options} {}

  /// The VPC of a place that has a key.
  Index vpc_of(Place place) const {
    return network_.subnets[subnet_of(place)].vpc;
  }

  /// The destinations in the VPC's own blocks.
  const IpSet& near(Index vpc);

  /// What decides how packets of the place fare to all destinations but those
  /// near; nothing if it has to be walked by itself.
  /// COST: logarithmic in the destinations for each run of the place's table.
  std::optional<Key> key_of(Place place);

 private:
  /// The decisions of a transit table, each with its last destination.
  using Course = std::vector<std::tuple<NextHop, Family, Uint128>>;

  Index subnet_of(Place place) const;
  bool plain(const SubnetInfo& info) const;
  std::optional<std::size_t> exact(const Bound& bound);
  std::optional<std::vector<Stretch>> stretches_of(const SubnetInfo& info);
  std::optional<Stretch> stretch_of(const Decision& decision, bool v6,
                                    const SubnetInfo& info);
  Index course_number(Index table);
  std::optional<Course> course_of(const Fib& table) const;
  bool ends_there(NextHop hop) const;
  bool enters_plainly(const OpenList<Ref<Subnet>>& entries,
                      const SubnetInfo& from) const;

  const Compiled& compiled_;
  const Network& network_;
  const IpSet& destinations_;
  Options options_;
  std::unordered_map<const Bound*, std::optional<std::size_t>> exact_;
  std::unordered_map<PacketSet, std::size_t> numbers_;
  std::map<Index, IpSet> near_;
  std::map<Index, Index> course_numbers_;  ///< by transit table
  std::map<Course, Index> courses_;
};

}  // namespace netproof::engine
