#include "support/source_dir.hpp"

namespace netproof::testing {

std::string source_dir() { return NETPROOF_SOURCE_DIR; }

}  // namespace netproof::testing
