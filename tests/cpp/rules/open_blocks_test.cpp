#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::rule;
using testing::verdict;

// Two peered VPCs; where `a` is open, only its subnets are known.
Network peered(bool open) {
  Network net;
  if (open) {
    net.vpc("a", {}).cidrs.open = true;
  } else {
    net.vpc("a", {"10.1.0.0/16"});
  }
  net.vpc("b", {"10.2.0.0/16"});
  net.peering("ab", "a", "b");
  net.table("ta", "a", {{"10.2.0.0/16", "peering:ab"}});
  net.table("tb", "b", {{"10.1.0.0/16", "peering:ab"}});
  net.subnet("a1", "a", {"10.1.0.0/24"}, "az1", "ta");
  net.subnet("a2", "a", {"10.1.1.0/24"}, "az1", "ta");
  net.subnet("b1", "b", {"10.2.0.0/24"}, "az1", "tb");
  return net;
}

// covers S141: a subnet lies in a block of its VPC, whatever that is.
TEST(OpenBlocks, SubnetsAreLocalToTheirVpc) {
  const Topology topology = peered(true).build();
  for (const auto& [from, to] : {std::pair{"subnet:a1", "subnet:a2"},
                                 {"subnet:b1", "subnet:a2"},
                                 {"subnet:a1", "subnet:b1"}}) {
    EXPECT_EQ(verdict(topology, rule(Verb::kDeny, from, to)),
              Verdict::kViolated)
        << from << " to " << to;
  }
  EXPECT_EQ(verdict(topology,
                    rule(Verb::kRequire, "subnet:a1", "subnet:a2", "tcp/443")),
            Verdict::kProved);
}

TEST(OpenBlocks, WhatIsElsewhereMayBeLocalToo) {
  for (const bool open : {true, false}) {
    const Topology topology = peered(open).build();
    const Verdict expected = open ? Verdict::kUnknown : Verdict::kProved;
    EXPECT_EQ(verdict(topology, rule(Verb::kRequire, "subnet:a1", "subnet:b1",
                                     "tcp/443")),
              expected);
    EXPECT_EQ(verdict(topology, rule(Verb::kRequire, "subnet:b1", "subnet:a1",
                                     "tcp/443")),
              expected);
  }
}

}  // namespace
}  // namespace netproof
