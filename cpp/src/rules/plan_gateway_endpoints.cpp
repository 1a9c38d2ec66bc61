#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "rules/plan_checks.hpp"
#include "rules/words.hpp"

namespace netproof {

void check_gateway_endpoints(const PlanContext& context,
                             std::vector<Finding>& found) {
  for (const Endpoint& endpoint : context.parts().endpoints) {
    if (endpoint.kind != EndpointKind::kGateway) continue;
    std::vector<std::string> claimed;
    for (const IpAddress address : endpoint.addresses) {
      claimed.push_back(to_string(address));
    }
    for (const auto& interface : endpoint.interfaces) {
      claimed.push_back("interface:" + interface.name);
    }
    if (claimed.empty()) continue;
    const std::string name = "endpoint:" + endpoint.name;
    Finding finding = make_finding(
        "gateway-endpoint-has-no-interface",
        fmt::format("{} is a gateway endpoint, which has no address; written "
                    "is {}",
                    name, some_of(claimed)),
        endpoint.where, name);
    for (const auto& interface : endpoint.interfaces) {
      finding.related.push_back(
          {"interface:" + interface.name, interface.where});
    }
    found.push_back(std::move(finding));
  }
}

}  // namespace netproof
