#pragma once

#include <filesystem>
#include <optional>

#include "io/draft.hpp"
#include "io/source_text.hpp"
#include "netproof/io/read_topology.hpp"

namespace netproof::io {

/// The file of a Terraform plan or state at `path`, which is one or a folder
/// that holds one; nothing if there is none. More than one in a folder is for
/// read_terraform() to refuse.
std::optional<std::filesystem::path> terraform_file(
    const std::filesystem::path& path);

/// Reads what `terraform show -json` has printed into `draft` (S125-S129).
/// Places are relative to `root`.
void read_terraform(Draft& draft, const std::filesystem::path& path,
                    const std::filesystem::path& root,
                    const ReadOptions& options);
/// The same from its text.
void read_terraform(Draft& draft, SourceText source,
                    const ReadOptions& options);

}  // namespace netproof::io
