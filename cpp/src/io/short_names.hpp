#pragma once

#include "io/draft.hpp"

namespace netproof::io {

/// Completes references out of a VPC: NAME, where no object is called that,
/// becomes NAME@VPC if there is one.
void complete_short_names(Draft& draft);

}  // namespace netproof::io
