#pragma once

#include <filesystem>

#include "io/draft.hpp"

namespace netproof::io {

/// Whether `path` is a network-config of AWS Landing Zone Accelerator, or a
/// folder that holds one.
bool is_landing_zone(const std::filesystem::path& path);

/// Reads the configuration of a landing zone into `draft` (S161-S171), with
/// the names still to be resolved. Places are relative to `root`.
void read_landing_zone(Draft& draft, const std::filesystem::path& path,
                       const std::filesystem::path& root);

}  // namespace netproof::io
