// A network that is written and read again lets the same packets through:
// random networks, compared exactly at both levels.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "netproof/check.hpp"
#include "netproof/io/read_topology.hpp"
#include "netproof/io/write_topology.hpp"
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
  int equal = 0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const Topology topology = testing::random_network(seed).topology;
    const auto again = written_and_read(topology);
    ASSERT_TRUE(again) << to_string(again.error().front());
    const Network before{topology};
    // Places that may own any address are the same as nothing, not themselves.
    if (!before.equivalent(before)) continue;
    ++equal;
    EXPECT_TRUE(before.equivalent(Network{again.value()}));
  }
  EXPECT_GT(equal, 50);
}

}  // namespace
}  // namespace netproof
