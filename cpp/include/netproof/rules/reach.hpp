#pragma once

#include <map>
#include <string>
#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/base/result.hpp"
#include "netproof/engine/engine.hpp"
#include "netproof/model/rule_spec.hpp"
#include "netproof/rules/verdict.hpp"

namespace netproof {

struct ReachRequest {
  Selector from;
  Selector to;
  std::map<std::string, Selector> zones;  ///< that the selectors may name
  TransportSet service = TransportSet::all();
  std::string service_text = "any";
  Level level = Level::kPacket;
  bool listed_only = false;
  bool why = false;  ///< also what dies where
};

/// The exact sets between one destination and the places that reach it.
struct ReachPassage {
  std::vector<std::string> from;
  std::string to;
  PacketSet certain;   ///< arrives in every world by some choice
  PacketSet possible;  ///< arrives in some world by some choice
  std::vector<std::string> unknown;
};

struct ReachDrop {
  std::string code;
  std::string at;
  PacketSet packets;
};

struct ReachAnswer {
  std::string from;
  std::string to;
  std::string service;
  Level level = Level::kPacket;
  std::vector<ReachPassage> passages;
  std::vector<ReachDrop> dropped;  ///< only with `why`
  Accounting accounting;
  PacketSet certain;  ///< union of the passages
  PacketSet possible;
  std::vector<std::string> unknown;
  std::vector<std::string> limits;
  std::vector<std::string> defects;
};

Result<ReachAnswer, Diagnostics> reach_between(const Topology& topology,
                                               const Engine& engine,
                                               const ReachRequest& request);

}  // namespace netproof
