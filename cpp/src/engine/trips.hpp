#pragma once

#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/grouping.hpp"
#include "engine/walk.hpp"
#include "engine/worlds.hpp"
#include "netproof/engine/engine.hpp"

namespace netproof::engine {

/// A rewriting of the header on the way: by NAT gateway or public mapping
/// `index`, as the ends of ways name it.
struct Rewrite {
  EndKind kind = EndKind::kTranslated;
  Index index = kNone;

  friend auto operator<=>(Rewrite, Rewrite) = default;
};

/// A whole journey of a request: headers as sent, all rewritings undone.
struct Trip {
  PacketSet set;
  Assumed assumed;
  bool branched = false;
  End end;
  std::vector<Rewrite> rewrites;
  std::set<std::pair<HopKind, Index>> stateful;
};

/// Joins ways over rewritings into trips, and follows replies back.
class Trips {
 public:
  /// `sources`: everything that a reply may be sent to.
  Trips(const Compiled& compiled, WalkOptions request, IpSet sources);

  /// All journeys of headers with these sources and destinations that start at
  /// `place`.
  std::vector<Trip> from(Place place, const IpSet& sources,
                         const IpSet& destinations = IpSet::all());

  /// Of a delivered trip from `requester`: the headers as sent whose reply
  /// comes back there, by quantifier.
  BoundSets replied(const Trip& trip, Place requester);

  /// The same of several requesters with disjoint addresses, for which the
  /// trip is one: each reply to its own. Nothing if a rewriting or a choice on
  /// the way back tells them apart.
  /// REQUIRES: `requesters` lives, unchanged, as long as this.
  std::optional<PacketSet> replied_to_all(const Trip& trip,
                                          const std::vector<Scope>& requesters);

  /// Whether replies had too many ways to follow them all.
  bool gave_up_replies() const { return gave_up_replies_; }

 private:
  /// A trip behind a rewriting: `trip.set` are the headers before it that some
  /// choice of its port leads there, `every` those that every choice does.
  struct Behind {
    Trip trip;
    PacketSet every;
  };

  void extend(const std::vector<Way>& ways,
              const std::vector<Rewrite>& rewrites, std::vector<Trip>& trips);
  void extend_over(const Way& way, std::vector<Rewrite> rewrites,
                   Rewrite rewrite, std::vector<Trip>& trips);
  const std::vector<Behind>& behind(const std::vector<Rewrite>& rewrites);
  const std::vector<Way>& ways_after(Rewrite rewrite);
  PacketSet undo(const PacketSet& set, Rewrite rewrite, bool every) const;
  Walk& reply_walk(const Trip& trip);
  Place replier(const Trip& trip);
  /// Ways of a reply, those that are sure by where they end.
  struct ReplyWays {
    std::vector<Way> ways;
    std::map<Place, std::vector<std::size_t>> delivered;  ///< not branched
    std::vector<std::size_t> rewritten;                   ///< nor these
    std::vector<std::size_t> branched;
  };
  const ReplyWays& reply_ways(Walk& walk, const Trip& trip,
                              std::size_t segment);
  /// A stretch of a reply's way: from where it has the header that the request
  /// had after `segment` rewritings.
  struct Stretch {
    const Trip& trip;
    std::size_t segment = 0;
    Place requester;
  };
  bool returns(const Way& way, const Stretch& back) const;
  bool appliance(Fact fact) const;
  IpSet home_of(Place place) const;
  std::vector<Choice> choices_of(const ReplyWays& replies, const Stretch& back,
                                 const Assumed& zones,
                                 std::vector<Assumed>& open) const;
  std::optional<PacketSet> returned_to_all(
      const ReplyWays& replies, const std::vector<Scope>& requesters) const;
  PacketSet arrived_at_node(const ReplyWays& replies, Index node) const;
  PacketSet surely_returned(const ReplyWays& replies,
                            const Stretch& back) const;
  const BoundSets& returned(Walk& walk, const Trip& trip, std::size_t segment,
                            Place requester);

  /// Walk, where the reply comes from, which rewriting it has undone and which
  /// it is to undo next, the requester, the request's zones, whether last.
  using ReturnKey = std::tuple<const Walk*, Place, EndKind, Index, EndKind,
                               Index, Place, Assumed, bool>;

  const Compiled& compiled_;
  Walk request_;
  bool gave_up_replies_ = false;
  IpSet sources_;
  /// Places whose replies go the same way, and the first of each group.
  Grouping repliers_;
  std::map<Grouping::Key, Place> first_repliers_;
  std::map<Place, Place> stand_ins_;
  std::map<Rewrite, std::vector<Way>> after_;
  std::map<std::vector<Rewrite>, std::vector<Behind>> behind_;
  std::map<std::set<std::pair<HopKind, Index>>, std::unique_ptr<Walk>>
      reply_walks_;
  std::map<std::tuple<const Walk*, int, Index, Index>, ReplyWays> reply_ways_;
  /// Walk, where the reply comes from, the requesters.
  std::map<std::tuple<const Walk*, Place, const std::vector<Scope>*>,
           std::optional<PacketSet>>
      returned_to_all_;
  std::map<ReturnKey, BoundSets> returned_;
};

}  // namespace netproof::engine
