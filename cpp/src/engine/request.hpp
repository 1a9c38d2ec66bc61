#pragma once

#include <map>
#include <set>
#include <vector>

#include "engine/walk.hpp"
#include "netproof/engine/engine.hpp"

namespace netproof::engine {

/// What a question asks for, as walks need it.
class Request {
 public:
  /// The arguments must outlive this object.
  Request(const Network& network, const Question& question);

  /// With the client ports that are asked about.
  const TransportSet& service() const { return service_; }
  const std::map<Place, IpSet>& to() const { return to_; }
  /// To ask for a place is to ask for its public addresses too.
  const IpSet& addresses() const { return addresses_; }
  /// The addresses with those that hide behind them.
  const IpSet& followed() const { return followed_; }
  WalkOptions walk_options() const;

  /// With listed endpoints only, a place of unlisted ones where some are
  /// listed does not exist (S140).
  bool is_absent(Place place) const;
  bool perhaps_absent(Place place) const;
  /// Interfaces of an interface endpoint send nothing new (S37).
  bool answers_only(Place place) const;

 private:
  const Network& network_;
  const Question& question_;
  TransportSet service_;
  std::map<Place, IpSet> to_;
  IpSet addresses_;
  IpSet followed_;
  std::set<Index> answering_;  ///< interfaces of interface endpoints
};

}  // namespace netproof::engine
