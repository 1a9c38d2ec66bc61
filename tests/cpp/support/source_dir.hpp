#pragma once

#include <string>

namespace netproof::testing {

/// The folder of this repository.
std::string source_dir();

}  // namespace netproof::testing
