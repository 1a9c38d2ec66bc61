#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "io/problems.hpp"

namespace netproof::io {

/// The files below a folder.
struct FolderFiles {
  /// In an order that does not depend on the disk.
  std::vector<std::filesystem::path> files;
  /// Folders that cannot be opened, links to folders elsewhere and links to
  /// nothing: what is in them was not read. Sorted.
  std::vector<std::filesystem::path> left_out;
};

/// The regular files that `wanted` takes, at any depth. Hidden files and
/// folders are passed over; links to files are files. Links to folders are not
/// followed, so that it ends: what lies below `folder` is found all the same.
FolderFiles files_below(
    const std::filesystem::path& folder,
    const std::function<bool(const std::filesystem::path&)>& wanted);

/// An error for each of what was left out.
void report_left_out(Problems& problems, const FolderFiles& found,
                     const std::filesystem::path& root);

}  // namespace netproof::io
