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

namespace engine {
/// The inside of an engine, for the other questions of this layer.
struct Inside {
  static const Compiled& of(const Engine& engine) {
    return engine.impl_->compiled;
  }
};
}  // namespace engine

}  // namespace netproof
