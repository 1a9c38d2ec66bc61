#pragma once

#include <span>
#include <string_view>

#include "netproof/model/fate.hpp"

namespace netproof {

/// What a drop code means. `aws` is the explanation code of Reachability
/// Analyzer or route analysis where there is one.
struct DropCodeText {
  DropCode code;
  std::string_view meaning;
  std::string_view remedy;
  std::string_view aws;
};

/// One row for each code, in the order of DropCode.
std::span<const DropCodeText> drop_code_texts();

}  // namespace netproof
