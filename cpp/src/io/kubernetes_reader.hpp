#pragma once

#include <filesystem>

#include "io/draft.hpp"

namespace netproof::io {

/// Whether `path` is a file of Kubernetes objects, or a folder with one and
/// without a topology file.
bool is_kubernetes(const std::filesystem::path& path);

/// Reads manifests or the answers of `kubectl get`, a file or a folder, as one
/// cluster into `draft`. Places are relative to `root`.
void read_kubernetes(Draft& draft, const std::filesystem::path& path,
                     const std::filesystem::path& root);

}  // namespace netproof::io
