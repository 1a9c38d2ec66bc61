#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace netproof::io {

constexpr int kDeepestVariable = 8;  ///< of variables that name variables
constexpr std::string_view kSpace = " \t\r";

std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);

/// The elements of "[a,[b,c],!d]", or the text itself.
std::vector<std::string_view> elements(std::string_view text);

}  // namespace netproof::io
