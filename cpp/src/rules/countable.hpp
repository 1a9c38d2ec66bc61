#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "netproof/rules/finding.hpp"
#include "rules/labels.hpp"

namespace netproof {

/// How many objects of a table match a choice of labels.
struct Count {
  std::size_t value = 0;
  bool open = false;                 ///< there may be more than are listed
  std::vector<RelatedPlace> places;  ///< of the first ones
};

/// A table of a topology file whose objects a design may count.
struct Countable {
  std::string_view name;  ///< "transit_gateway_attachments"
  Count (*count)(const TopologyParts&, const LabelIndex&, const LabelChoice&);
};

/// Sorted by name.
std::span<const Countable> countable_kinds();

/// The row of `name`, null if there is none; '-' is read as '_'.
const Countable* find_countable(std::string_view name);

}  // namespace netproof
