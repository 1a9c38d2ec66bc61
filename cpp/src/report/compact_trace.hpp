#pragma once

#include <string>

#include "netproof/report/report.hpp"

namespace netproof::report {

/// The trace document on one line, without a tree of values in between: the
/// bytes are those of `dump(json_of(trace), -1)`.
std::string compact(const NamedTrace& trace);

}  // namespace netproof::report
