#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace netproof::io {

/// Insertions, deletions, replacements and swaps of neighbours that turn one
/// text into the other. COST: product of the lengths.
int edit_distance(std::string_view a, std::string_view b);

/// "did you mean 'cidrs'?" for the candidate that is nearest to `word`, or ""
/// if none is near. Of equally near ones the first.
std::string suggestion(std::string_view word,
                       const std::vector<std::string>& candidates);

}  // namespace netproof::io
