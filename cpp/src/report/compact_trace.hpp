#pragma once

#include <string>

#include "netproof/report/report.hpp"

namespace netproof::report {

/// The trace document on one line, written straight away: a tree of values for
/// each of many traces would take most of the time.
std::string compact(const NamedTrace& trace);

}  // namespace netproof::report
