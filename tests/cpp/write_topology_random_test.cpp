// A network that is written and read again lets the same packets through:
// random networks, compared exactly at both levels.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "netproof/check.hpp"
#include "netproof/io/read_topology.hpp"
#include "netproof/io/write_topology.hpp"
#include "support/cluster_network.hpp"
#include "support/random_network.hpp"

namespace netproof {
namespace {

Result<Topology, Diagnostics> written_and_read(const Topology& topology) {
  const auto folder =
      std::filesystem::path(::testing::TempDir()) / "netproof-written";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const TopologyFile& file : write_topology(topology)) {
    std::ofstream{folder / file.name, std::ios::binary} << file.text;
  }
  return read_topology(folder.string());
}

TEST(WrittenTopology, LetsTheSamePacketsThrough) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const Topology topology = testing::random_network(seed).topology;
    const auto again = written_and_read(topology);
    ASSERT_TRUE(again) << to_string(again.error().front());
    EXPECT_TRUE(Network{topology}.equivalent(Network{again.value()}));
  }
}

// covers S174
TEST(WrittenTopology, KeepsPodsOnTheirInterfaces) {
  int compared = 0;
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    const testing::RandomNetwork network = testing::random_pods(seed);
    // Who has an address that several list is then said by their order.
    if (network.features.contains("address of a pod listed twice")) continue;
    const auto again = written_and_read(network.topology);
    ASSERT_TRUE(again) << to_string(again.error().front());
    EXPECT_TRUE(Network{network.topology}.equivalent(Network{again.value()}));
    ++compared;
  }
  EXPECT_GE(compared, 60);
}

}  // namespace
}  // namespace netproof
