#pragma once

#include <string>
#include <vector>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "netproof/model/object.hpp"

namespace netproof::io {

/// {select: ..., minus: ...}: VPCs by the labels that they have and inherit.
struct VpcSelection {
  LabelChoice select;
  LabelChoice minus;
  Location where;
};

/// An element that stands for the CIDRs of VPCs. `same`: only of those whose
/// labels of these names are the ones of the VPC around the element.
struct VpcPrefixes {
  VpcSelection vpcs;
  std::vector<std::string> same;
  Location same_where;
  Location where;
};

/// A mapping of labels to a value, or to a list of values.
LabelChoice read_choice_of_labels(Problems& problems, const Node& node);

VpcSelection read_vpc_selection(Problems& problems, const Node& node);

/// {vpcs: {select: ..., minus: ...}, same: [...]}; `same` is refused where no
/// VPC is around.
VpcPrefixes read_vpc_prefixes(Problems& problems, const Node& node,
                              bool in_vpc);

}  // namespace netproof::io
