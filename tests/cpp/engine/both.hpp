#pragma once

#include <gtest/gtest.h>

#include <string>

#include "netproof/engine/engine.hpp"
#include "netproof/model/bounds.hpp"
#include "netproof/reference/evaluator.hpp"
#include "support/network.hpp"

namespace netproof::testing {

/// What the engine says of one packet that may arrive anywhere; the evaluator
/// must say it too.
inline Bounds judge(const Topology& topology, Place from, const Flow& flow,
                    Level level) {
  const Engine engine{topology};
  Question question;
  question.from = {{from, IpSet::of(flow.src)}};
  for (const Engine::Member& member : engine.members()) {
    question.to.push_back({member.place, member.addresses});
  }
  question.level = level;
  Bounds said;
  for (const Passage& passage : engine.ask(question).passages) {
    said.some_always |= passage.some_always.contains(flow);
    said.some_possibly |= passage.some_possibly.contains(flow);
    said.all_always |= passage.all_always.contains(flow);
    said.all_possibly |= passage.all_possibly.contains(flow);
  }
  EXPECT_EQ(said, Evaluator{topology}.judge(
                      from, flow, [](Place) { return true; }, level, false));
  return said;
}

inline Bounds judge(const Network& network, const std::string& at,
                    const Flow& flow, Level level) {
  const Topology topology = network.build();
  return judge(topology, place(topology, at), flow, level);
}

}  // namespace netproof::testing
