#pragma once

#include <filesystem>

#include "io/draft.hpp"
#include "netproof/io/read_topology.hpp"

namespace netproof::io {

/// Reads a template of AWS CloudFormation, or a folder of them, into `draft`
/// (S130, S131). Places are relative to `root`.
void read_cloudformation(Draft& draft, const std::filesystem::path& path,
                         const std::filesystem::path& root,
                         const ReadOptions& options);

}  // namespace netproof::io
