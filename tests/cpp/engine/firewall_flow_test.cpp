// Stateful lines that speak of one side of a flow.
#include "guarded.hpp"

namespace netproof {
namespace {

const std::string kBack = "drop tcp 10.0.2.0/24 any -> any any (";

// covers S85, S160
TEST(FirewallFlow, APassOfRequestsIsNoneOfReplies) {
  const std::string pass = "pass tcp any any -> any any (flow:to_server;)\n";
  for (const std::string& options : {std::string{}, kStrict}) {
    const Said one = said(stateful(options, pass + kBack + "sid:2;)"), kWeb);
    EXPECT_EQ(one.forward, "delivered");
    EXPECT_EQ(one.connection, "unknown");
  }
  const Said strict = said(stateful(kDropAll, pass), kWeb);
  EXPECT_EQ(strict.forward, "delivered");
  EXPECT_EQ(strict.connection, "unknown");
  // What is dropped by drop_established is sent by whoever began the flow.
  EXPECT_EQ(said(stateful(kDropEstablished, pass), kWeb).connection,
            "established");
}

// covers S85, S160
TEST(FirewallFlow, ADropOfRequestsLetsRepliesPass) {
  for (const char* side : {"flow:to_server;)", "flow:from_client;)"}) {
    EXPECT_EQ(said(stateful("", kBack + side), kWeb).connection, "established");
    const Flow back = tcp("10.0.2.5", "10.0.1.5", 443);
    EXPECT_EQ(said(stateful("", kBack + side), back, "subnet:b").forward,
              kDenied);
  }
}

// covers S85, S160
TEST(FirewallFlow, ALineOfRepliesSaysNothingOfRequests) {
  for (const char* side : {"flow:to_client;)", "flow:from_server;)"}) {
    const Said one = said(stateful("", kBack + side), kWeb);
    EXPECT_EQ(one.forward, "delivered");
    EXPECT_EQ(one.connection, "unknown");
    const std::string pass = "pass tcp any any -> any any (";
    EXPECT_EQ(said(stateful(kDropAll, pass + side), kWeb).forward, kDenied);
  }
}

// covers S85
TEST(FirewallFlow, ALineOfBothSidesAtOnceMayMatchOrNot) {
  const std::string pass =
      "pass tcp any any -> any any (flow:to_server; flow:to_client;)";
  EXPECT_EQ(said(stateful(kDropAll, pass), kWeb).forward, "unknown");
}

}  // namespace
}  // namespace netproof
