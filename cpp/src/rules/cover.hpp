#pragma once

#include <vector>

#include "rules/judging.hpp"

namespace netproof {

/// An `allow` or `except` entry with its zones resolved.
struct Cover {
  ZoneScope from;
  ZoneScope to;
  TransportSet service;
  TransportSet replies;  ///< what answers `service`
};

/// The transport points of the replies of `requests`.
TransportSet replies_of(const TransportSet& requests);

/// The entries with `from` and `to` in place of the sides they leave out.
std::vector<Cover> covers_of(const Case& c,
                             const std::vector<AllowEntry>& entries,
                             const ZoneScope& from, const ZoneScope& to,
                             Judgement& j);

/// The packets from `from` to `to` that the entries cover: their flows and the
/// replies. With one place in `from` whatever it sends counts, spoofed or not.
PacketSet covered(const Case& c, const std::vector<Cover>& covers,
                  const std::vector<Scope>& from, Place to);

/// All that the scopes mean.
IpSet addresses_of(const std::vector<Scope>& scopes);

}  // namespace netproof
