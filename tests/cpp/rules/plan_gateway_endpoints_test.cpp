#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::findings;
using testing::Network;

constexpr const char* kId = "gateway-endpoint-has-no-interface";

// covers S36
TEST(PlanGatewayEndpoints, AGatewayEndpointHasNoAddress) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  Endpoint& endpoint = net.gateway_endpoint("s3", "a");
  EXPECT_TRUE(findings(net.build(), kId).empty());
  endpoint.addresses = {testing::ip("10.0.30.200")};
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Severity::kError);
  EXPECT_EQ(found[0].message,
            "endpoint:s3 is a gateway endpoint, which has no address; written "
            "is 10.0.30.200");
}

// covers S36, S37
TEST(PlanGatewayEndpoints, InterfacesBelongToAnInterfaceEndpoint) {
  Network net;
  net.vpc("a", {"10.0.0.0/16"});
  net.subnet("s", "a", {"10.0.0.0/24"});
  net.interface("eni", "s", {"10.0.0.9"});
  Endpoint& endpoint = net.interface_endpoint("logs", "a", {"eni"});
  EXPECT_TRUE(findings(net.build(), kId).empty());
  endpoint.kind = EndpointKind::kGateway;
  const auto found = findings(net.build(), kId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].related.size(), 1U);
}

}  // namespace
}  // namespace netproof
