#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "netproof/base/diagnostic.hpp"
#include "netproof/model/topology.hpp"
#include "netproof/report/replay.hpp"

namespace netproof {

/// Holds VPC Flow Logs against a model. A record speaks of the groups and the
/// ACL at its interface alone, so nothing else is asked.
class Replay {
 public:
  explicit Replay(const Topology& topology);

  /// What is fed from now on is of this file, which has its own header.
  void open(std::string file);
  /// Whole lines. The problem is a header without which none can be judged.
  Diagnostics feed(std::string_view lines);

  ReplayReport report() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace netproof
