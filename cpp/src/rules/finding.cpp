#include "netproof/rules/finding.hpp"

#include <algorithm>
#include <tuple>

namespace netproof {

void sort_findings(std::vector<Finding>& findings) {
  std::ranges::stable_sort(findings, {}, [](const Finding& finding) {
    return std::tie(finding.source, finding.id, finding.message);
  });
  findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
}

}  // namespace netproof
