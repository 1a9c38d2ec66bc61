// How long does it take to prove that four environments cannot reach each
// other at packet level, on 5,000 VPCs with 10,000 subnets, groups and ACLs,
// in units of U(n1) of the same run (A4)? Compiling the network included.

#include <fmt/core.h>

#include <map>
#include <string>

#include "netproof/engine/engine.hpp"
#include "support/large_network.hpp"
#include "support/measure.hpp"

namespace {

using namespace netproof;

std::map<std::string, std::vector<Scope>> environments(const Topology& topology,
                                                       const Engine& engine) {
  std::map<std::string, std::vector<Scope>> found;
  for (const Engine::Member& member : engine.members()) {
    if (member.place.kind != PlaceKind::kSubnet) continue;
    const Subnet& subnet = topology->subnets[member.place.index];
    const Vpc& vpc = topology->vpcs[subnet.vpc.id->index()];
    found[vpc.labels.at("environment")].push_back(
        {member.place, member.addresses});
  }
  return found;
}

}  // namespace

int main() {
  bench::Size size;
  size.filters = true;
  const Topology topology = bench::large_network(size);
  std::size_t open = 0;
  std::size_t questions = 0;
  bool balanced = true;
  const double before = bench::peak_megabytes();
  const double spent = bench::best_seconds([&] {
    open = questions = 0;
    const Engine engine{topology};
    const auto zones = environments(topology, engine);
    for (const auto& [from, sources] : zones) {
      for (const auto& [to, destinations] : zones) {
        if (from == to) continue;
        Question question;
        question.from = sources;
        question.to = destinations;
        const Answer answer = engine.ask(question);
        balanced = balanced && answer.accounting.balances();
        open += answer.passages.size();
        ++questions;
      }
    }
  });
  const double unit = bench::unit(100'000);
  fmt::print(
      "A4 isolation: {} questions, {} passages, balanced {}, {:.0f} ms\n",
      questions, open, balanced, spent * 1e3);
  fmt::print("A4 unit U(n1) {:.1f} ms, ratio {:.1f} (target 100)\n", unit * 1e3,
             spent / unit);
  fmt::print("A4 memory: network {:.0f} MB, peak {:.0f} MB (target 500)\n",
             before, bench::peak_megabytes());
}
