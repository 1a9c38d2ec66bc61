#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace netproof::io {

/// What is to be written as YAML: mappings keep the order of their keys, and
/// null stands for the word `unknown`.
using YamlTree = nlohmann::ordered_json;

/// The mapping `root` as a file: a list of objects stands below its key, an
/// object on one line if it fits. Texts that YAML or a reader could take for
/// something else are quoted.
std::string yaml_text(const YamlTree& root);

}  // namespace netproof::io
