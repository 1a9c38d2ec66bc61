#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace netproof {

/// What `netproof explain ID` says about a finding or a drop code, as text
/// that ends with a line feed; nothing for an unknown id.
std::optional<std::string> explain(std::string_view id);

/// Every id that `explain` knows, sorted.
std::vector<std::string> explained_ids();

}  // namespace netproof
