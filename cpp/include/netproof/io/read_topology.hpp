#pragma once

#include <string>
#include <string_view>

#include "netproof/base/diagnostic.hpp"
#include "netproof/base/result.hpp"
#include "netproof/model/topology.hpp"

namespace netproof {

struct ReadOptions {
  /// Objects that cannot be read are left out (TopologyParts::left_out says
  /// which) and whatever would have held them is open. Files that cannot be
  /// read at all are errors nevertheless.
  bool keep_going = false;
  /// Forces what PATH is, "netproof", "aws", "terraform", "lza" or
  /// "cloudformation"; empty: by its content.
  std::string input_format;
  /// "aws-defaults": what a snapshot does not hold is as AWS makes it by
  /// itself, as listed assumptions. Empty: it is unknown.
  std::string assume_missing = {};
};

/// Reads a network: a folder with a topology.yaml (or topology.json), one file
/// of YAML, JSON or CSV, an AWS snapshot, or a landing zone. Every error of
/// every file is reported, by place. Names that stand for nothing are no
/// errors: their references are empty.
Result<Topology, Diagnostics> read_topology(const std::string& path,
                                            const ReadOptions& options = {});

/// The same from a text, YAML or by the ending of `file_name` JSON or CSV.
/// `files:` is refused, because a text lies in no folder. By `input_format` a
/// plan or state of Terraform.
Result<Topology, Diagnostics> read_topology_text(
    std::string_view text, const std::string& file_name,
    const ReadOptions& options = {});

/// The folder to which the paths in Locations are relative: the git work tree
/// that holds `path`, else the folder of `path` (or itself, if it is one).
std::string source_root(const std::string& path);

}  // namespace netproof
