#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/draft.hpp"

namespace netproof::io {

/// The other files that the first one names, with their places.
struct NamedFiles {
  std::vector<Node> files;
  std::vector<Node> rules;
};

/// Reads the top-level mapping of a file into `draft`. Only the first file may
/// have a name, `files` and `rules`.
NamedFiles read_sections(Draft& draft, const Node& root, bool first);

/// The keys of tables of objects, in the order of the documentation.
const std::vector<std::string>& table_names();

/// `assume` and `expect` of a file.
void read_claims(Draft& draft, Fields& fields);

/// What a document is that is no topology of ours ("an AWS snapshot"), if it
/// looks like something known.
std::optional<std::string> foreign_kind(const Node& root);

}  // namespace netproof::io
