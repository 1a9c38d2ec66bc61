#pragma once

#include <filesystem>

#include "netproof/model/topology.hpp"
#include "support/random_network.hpp"

namespace netproof::testing {

/// Writes a network that AWS can hold (aws_network) as the AWS command line
/// prints it: a folder for each account and Region, a file for each call, the
/// answers for tables and lists in files of their own. Everything that AWS
/// derives is derived here: installed transit routes, states of routes, what
/// joins default tables. Shares no code with the reader.
///
/// REQUIRES: a folder that does not exist.
void write_aws_snapshot(const Topology& topology, Dice& dice,
                        const std::filesystem::path& folder);

}  // namespace netproof::testing
