#pragma once

#include <vector>

#include "engine/walk.hpp"
#include "netproof/engine/engine.hpp"

namespace netproof {

namespace engine {
/// Every location, in the order of Place.
std::vector<Engine::Member> members_of(const Network& network);
}  // namespace engine

struct Engine::Impl {
  explicit Impl(const Topology& topology);

  engine::Compiled compiled;
  std::vector<Member> members;
};

}  // namespace netproof
