#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "io/lza_object.hpp"

namespace netproof::io {

/// The network-config.yaml that `path` is, or that lies in the folder `path`;
/// empty if there is none.
std::filesystem::path lza_file(const std::filesystem::path& path);

/// The configuration files of one folder; what is missing is null.
struct LzaFiles {
  Node network;
  Node accounts;
  Node organization;
  Node global;
  bool has_accounts = false;
  std::filesystem::path folder;  ///< of all of them
  std::filesystem::path root;    ///< places are relative to it
  /// Where customizations-config.yaml speaks of firewalls or balancers.
  std::optional<Location> customizations;
};

/// Reads the files beside `network`, with the variables of
/// replacements-config.yaml put in (S163). Places are relative to `root`.
LzaFiles read_lza_files(LzaReading& reading,
                        const std::filesystem::path& network,
                        const std::filesystem::path& root);

}  // namespace netproof::io
