#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/filters.hpp"

namespace netproof::engine {

/// What a firewall does with packets, in the order in which it asks (S81-S84).
struct FirewallBounds {
  Bound kept;         ///< stateless lines do not drop it
  Bound uninspected;  ///< of these: they pass it without stateful inspection
  Bound first;        ///< stateful lines pass it as the first of its flow
  Bound rest;         ///< and what follows it in the same direction
  PacketSet lined;    ///< a line passes the flow for sure by its first packet
  PacketSet answers;  ///< as a reply nothing drops it
};

/// The firewalls of AWS Network Firewall as packet sets, made when first asked
/// for. Safe for any number of threads.
class FirewallFilters {
 public:
  explicit FirewallFilters(const Network& network)
      : network_{network}, made_(network.parts().network_firewalls.size()) {}

  const FirewallBounds& of(Index firewall) const;

 private:
  const Network& network_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<FirewallBounds>> made_;
};

/// Why nobody knows what the firewall of an endpoint does: ", as web sid:1
/// hangs on tls.sni" for the first line that hangs on something; else nothing.
std::string undecided(const TopologyParts& parts, const Endpoint& endpoint);

/// Of an endpoint whose firewall nobody knows.
const FirewallBounds& unknown_firewall();

}  // namespace netproof::engine
