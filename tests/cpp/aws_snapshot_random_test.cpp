// Random networks as AWS's calls describe them. Each is made twice: straight
// as a model, and as files that the reader turns into one. Both must let the
// same packets through, and on what was read engine and evaluator must agree.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "netproof/check.hpp"
#include "netproof/io/read_topology.hpp"
#include "netproof/io/write_topology.hpp"
#include "support/aws_network.hpp"
#include "support/aws_writer.hpp"
#include "support/duel.hpp"

namespace netproof::testing {
namespace {

std::uint32_t number_from(const char* variable, std::uint32_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise
                         : static_cast<std::uint32_t>(std::stoul(text));
}

std::filesystem::path folder_of(const std::string& name) {
  return std::filesystem::path(::testing::TempDir()) / ("netproof-aws-" + name);
}

/// Where the network stands as it was meant, to be compared with what was read.
std::string written(const Topology& topology) {
  const auto folder = folder_of("meant");
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const TopologyFile& file : write_topology(topology)) {
    std::ofstream{folder / file.name, std::ios::binary} << file.text;
  }
  return folder.string();
}

Result<Topology, Diagnostics> written_and_read(const Topology& topology,
                                               std::uint32_t seed) {
  const auto folder = folder_of("read");
  std::filesystem::remove_all(folder);
  Dice dice{seed};
  write_aws_snapshot(topology, dice, folder);
  return read_topology(folder.string());
}

void print(const DuelStatistics& statistics) {
  std::cout << statistics.networks << " networks, " << statistics.packets
            << " packets: " << statistics.delivered << " delivered, "
            << statistics.arrived << " where they were asked for, "
            << statistics.established << " established, "
            << statistics.uncertain << " unknown\n";
  for (const auto& [code, times] : statistics.drops) {
    std::cout << "  " << to_string(code) << " " << times << "\n";
  }
  for (const auto& [name, times] : statistics.features) {
    std::cout << "  " << name << " " << times << "\n";
  }
}

// What a snapshot can hold and what becomes of packets in it, each often
// enough that an error of the reader there would be seen.
const std::vector<std::string> kFeatures = {
    "IPv6",
    "NAT gateway",
    "VPN gateway",
    "appliance mode",
    "blackhole",
    "edge table",
    "egress-only gateway",
    "gateway endpoint",
    "group of another VPC",
    "inspection endpoint",
    "interface endpoint",
    "list in a group",
    "main table",
    "own group",
    "peering",
    "propagation",
    "public access",
    "public address",
    "route to a list",
    "several transit tables",
    "shared subnet",
    "source check off",
    "transit blackhole",
    "transit list",
    "transit peering",
    "two Regions",
    "two accounts",
    "unavailable attachment",
};

constexpr DropCode kDrops[] = {
    DropCode::kNoRoute,        DropCode::kBlackholeRoute,
    DropCode::kNaclDeny,       DropCode::kSgDeny,
    DropCode::kAzNotAttached,  DropCode::kPublicAccessBlocked,
    DropCode::kNoPublicIp,     DropCode::kNatRefused,
    DropCode::kNotLocalAtPeer, DropCode::kUnroutable,
    DropCode::kNoSuchAddress,  DropCode::kSourceCheck,
    DropCode::kNoState,        DropCode::kFamilyNotCarried,
    DropCode::kStateNotActive, DropCode::kTgwNoAssociation,
};

void expect_lively(const DuelStatistics& statistics) {
  EXPECT_GE(3 * statistics.delivered, statistics.packets);
  EXPECT_GE(10 * statistics.established, statistics.packets);
  for (const std::string& name : kFeatures) {
    const auto found = statistics.features.find(name);
    EXPECT_GE(found == statistics.features.end() ? 0 : found->second,
              statistics.networks / 50)
        << name;
  }
  for (const DropCode code : kDrops) {
    const auto found = statistics.drops.find(code);
    EXPECT_GE(found == statistics.drops.end() ? 0 : found->second,
              statistics.networks / 50)
        << to_string(code);
  }
}

// covers S10, S14-S16, S19, S20, S23, S32, S42, S44, S46, S48, S53, S57, S59
// covers S62, S63, S65, S70-S72, S76, S77, S121, S122
TEST(AwsSnapshot, RandomOnesAreReadAsTheyWereMeant) {
  const std::uint32_t count = number_from("NETPROOF_RANDOM_NETWORKS", 100);
  const std::uint32_t first = number_from("NETPROOF_SEED", 1);
  DuelStatistics statistics;
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    SCOPED_TRACE("NETPROOF_SEED=" + std::to_string(seed));
    RandomNetwork made = aws_network(seed);
    const auto read = written_and_read(made.topology, seed);
    ASSERT_TRUE(read) << to_string(read.error().front());
    const bool same = Network{made.topology}.equivalent(Network{read.value()});
    EXPECT_TRUE(same) << "netproof diff " << written(made.topology) << " "
                      << folder_of("read");
    if (!same) break;
    Duel duel{{read.value(), made.features}, seed, statistics};
    EXPECT_EQ(duel.run(3), std::vector<std::string>{});
  }
  print(statistics);
  // Few networks of other seeds may lack what is rare.
  const bool enough = first == 1 ? count >= 100 : count >= 1000;
  if (enough && !::testing::Test::HasFailure()) expect_lively(statistics);
}

}  // namespace
}  // namespace netproof::testing
