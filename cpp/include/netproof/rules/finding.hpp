#pragma once

#include <string>
#include <vector>

#include "netproof/base/location.hpp"
#include "netproof/model/rule_spec.hpp"

namespace netproof {

/// A place that makes a finding what it is: "the other block".
struct RelatedPlace {
  std::string message;
  Location source;

  friend auto operator<=>(const RelatedPlace&, const RelatedPlace&) = default;
};

/// Something wrong or doubtful in what was written. `id` is a sentence in
/// kebab-case that is true where there is no such finding.
struct Finding {
  std::string id;
  Severity level = Severity::kError;
  std::string message;
  Location source;
  std::vector<RelatedPlace> related;
  std::vector<std::string> subjects;  ///< "vpc:a": what it is about
  std::string fix;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// By place, then id, then message; equal ones once.
void sort_findings(std::vector<Finding>& findings);

}  // namespace netproof
