#pragma once

#include <string>
#include <vector>

#include "netproof/model/network_firewall.hpp"

namespace netproof::io {

/// What the words of a stateless rule or default do (S81): one of pass, drop
/// and forward. Words that are not AWS's name actions that publish metrics.
Open<FirewallAction> stateless_action(const std::vector<std::string>& words,
                                      const Location& where);

/// What the words of `StatefulDefaultActions` do (S84). At most one of them
/// drops; a word that nobody knows may.
Open<Unmatched> stateful_default(const std::vector<std::string>& words,
                                 const Location& where);

}  // namespace netproof::io
