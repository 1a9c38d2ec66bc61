#pragma once

#include <vector>

#include "engine/network.hpp"

namespace netproof::engine {

/// A prefix that an attachment would propagate.
struct Propagated {
  IpPrefix prefix = IpPrefix::all(Family::kV4);
  Index attachment = kNone;
  int as_path_length = 0;
  int med = 0;
  bool doubtful = false;
};

/// What an attachment propagates (S50), and whether its list is open.
struct Offer {
  std::vector<Propagated> prefixes = {};
  bool open = false;
};

/// Nothing if the attachment is not available or is a peering (S65).
Offer offer_of(const Network& network, Index attachment);

}  // namespace netproof::engine
