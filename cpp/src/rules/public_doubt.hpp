#pragma once

#include <string>
#include <vector>

#include "netproof/engine/engine.hpp"
#include "netproof/model/trace.hpp"
#include "netproof/rules/scope.hpp"

namespace netproof {

/// Subnets whose unlisted interfaces may have public addresses that nobody
/// knows: those of VPCs with an internet gateway that may hold interfaces
/// besides the listed ones (S27). Engine and evaluator take it that none has.
/// Pods that are reached by other addresses than their own are doubted as well.
class PublicDoubt {
 public:
  /// Keeps `topology`.
  explicit PublicDoubt(const Topology& topology);

  bool about(Place place) const;
  /// Turns a trace that says too much into an unknown one: a packet that was
  /// dropped for want of a public address, and one of the internet to an
  /// address that such an interface may have.
  void settle(Trace& trace) const;
  /// Why what is said of all such subnets is not sure; sorted.
  std::vector<std::string> everywhere() const;
  /// Why more may pass from one zone to the other than the engine says; sorted.
  std::vector<std::string> between(const Engine& engine, const ZoneScope& from,
                                   const ZoneScope& to) const;
  /// The same where it is known whether something of `from` may leave to the
  /// internet.
  std::vector<std::string> between(const ZoneScope& from, const ZoneScope& to,
                                   bool leaves) const;
  /// "subnet:web may hold an interface with a public address".
  std::string reason(Place place) const;

 private:
  static bool may_reach_internet(const Engine& engine, const ZoneScope& zone);

  Topology topology_;
  std::vector<Place> subnets_;  ///< in the order of Place
};

/// Nothing is known of this trace, for these reasons.
void make_unknown(Trace& trace, std::vector<std::string> reasons);

/// Whether some interface may have a public address that nobody knows, which
/// leads from the internet to a place that has none by what is written.
bool hides_public_addresses(const Topology& topology);

}  // namespace netproof
