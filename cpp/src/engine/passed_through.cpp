#include <algorithm>

#include "engine/tables.hpp"

namespace netproof::engine {
namespace {

bool holds(const IpSet& blocks, Family family, const Fib::Run& run) {
  const auto all = blocks.intervals(family);
  const auto at =
      std::ranges::lower_bound(all, run.first, {}, &IpSet::Interval::last);
  return at != all.end() && at->first <= run.first && run.last <= at->last;
}

}  // namespace

std::vector<bool> vpcs_passed_through(const Network& network,
                                      const std::vector<Fib>& transit) {
  std::vector<bool> passed(network.vpcs.size(), false);
  const auto& attachments = network.parts().transit_attachments;
  const auto note = [&](Family family, const Fib::Run& run, NextHop hop) {
    if (hop.kind != HopKind::kAttachment) return;
    const auto& vpc = attachments[hop.index].vpc;
    if (!vpc || !vpc->id || passed[vpc->id->index()]) return;
    const IpSet& own = network.vpcs[vpc->id->index()].cidr_set;
    if (!holds(own, family, run)) passed[vpc->id->index()] = true;
  };
  for (const Fib& fib : transit) {
    for (const Family family : {Family::kV4, Family::kV6}) {
      for (const Fib::Run& run : fib.runs(family)) {
        for (const Sharing& world : fib.decision(run.decision)) {
          for (const NextHop hop : world) note(family, run, hop);
        }
      }
    }
  }
  return passed;
}

}  // namespace netproof::engine
