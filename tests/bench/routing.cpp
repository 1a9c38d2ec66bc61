// How long do classes and fates take for 100,000 route entries (5,000 VPCs,
// 20 tables), in units of U(n1) of the same run (A2)? From the model as read:
// precedence, propagation and longest match of every transit table, then the
// destination classes of all tables together and the fate of each.

#include <fmt/core.h>

#include "engine/classes.hpp"
#include "engine/tables.hpp"
#include "support/large_network.hpp"
#include "support/measure.hpp"

int main() {
  using namespace netproof;
  bench::Size size;
  size.full_tables = true;
  const Topology topology = bench::large_network(size);
  const engine::Network network{topology};
  std::size_t entries = 0;
  for (const TransitRouteTable& table : topology->transit_route_tables) {
    entries += table.propagations.items.size();
  }
  std::size_t classes = 0;
  const double spent = bench::best_seconds([&] {
    std::vector<engine::ActiveLines> lines;
    const auto tables = engine::transit_tables(network, lines);
    classes = engine::RoutingClasses{tables}.count();
  });
  const double unit = bench::unit(100'000);
  fmt::print("A2 classes and fates: {} entries, {} classes, {:.1f} ms\n",
             entries, classes, spent * 1e3);
  fmt::print("A2 unit U(n1) {:.1f} ms, ratio {:.2f} (target 3)\n", unit * 1e3,
             spent / unit);
}
