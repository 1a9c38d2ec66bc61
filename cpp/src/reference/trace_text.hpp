#pragma once

#include "netproof/model/trace.hpp"
#include "reference/judge.hpp"

namespace netproof::reference {

/// The whole answer about one flow, as people read it.
Trace trace_of(const Question& question, Place at, const Flow& flow);

}  // namespace netproof::reference
