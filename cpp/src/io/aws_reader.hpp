#pragma once

#include <filesystem>

#include "io/draft.hpp"
#include "netproof/io/read_topology.hpp"

namespace netproof::io {

/// Whether `path` holds answers of the AWS API: a JSON file that begins with a
/// key of one, or a folder of JSON files without a topology file.
bool is_aws_snapshot(const std::filesystem::path& path);

/// Reads an AWS snapshot, a file or a folder, into `draft` (S121-S124). Places
/// are relative to `root`.
void read_aws_snapshot(Draft& draft, const std::filesystem::path& path,
                       const std::filesystem::path& root,
                       const ReadOptions& options);

}  // namespace netproof::io
