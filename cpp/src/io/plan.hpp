#pragma once

#include <vector>

#include "io/csv_document.hpp"
#include "io/draft.hpp"

namespace netproof::io {

/// Adds what the rows of CIDR plans say: accounts, VPCs, attachments. Called
/// when all YAML has been read, because a row may complete what stands there.
void add_plans(Draft& draft, const std::vector<CsvTable>& tables);

}  // namespace netproof::io
