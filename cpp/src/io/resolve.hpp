#pragma once

#include "io/draft.hpp"

namespace netproof::io {

/// Opens what might depend on the objects that could not be read.
void open_around_lost(Draft& draft);

/// Turns selectors, and attachments that name their tables, into entries of the
/// tables. An error for a selector that matches nothing.
void expand_memberships(Draft& draft);

/// Gives every reference whose name exists its id.
void resolve_names(Draft& draft);

}  // namespace netproof::io
