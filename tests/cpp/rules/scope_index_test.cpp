#include <gtest/gtest.h>

#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using Names = std::vector<std::string>;

Names members(const Topology& topology, const Selector& selector) {
  const Engine engine(topology);
  return Locations(topology, engine.members())
      .select(selector, {}, false)
      .members;
}

TEST(ScopeIndex, AccountsHandTheirLabelsDown) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"}).account = "111122223333";
  net.vpc("b", {"10.2.0.0/16"}).account = "other";
  TopologyParts parts = net.build().parts();
  Account account;
  account.name = "prod-app";
  account.id = "111122223333";
  account.organisational_unit = "prod";
  account.labels = {{"environment", "prod"}};
  parts.accounts.push_back(account);
  const Topology topology(std::move(parts));

  Selector prod;
  prod.labels["environment"] = {"prod"};
  EXPECT_EQ(members(topology, prod), (Names{"account:prod-app"}));
  Selector unit;
  unit.labels["ou"] = {"prod"};
  EXPECT_EQ(members(topology, unit), (Names{"account:prod-app"}));
  Selector named;
  named.accounts = {"other"};
  EXPECT_EQ(members(topology, named), (Names{"account:other"}));
}

TEST(ScopeIndex, AnOwnLabelWinsOverAnInheritedOne) {
  Network net;
  net.vpc("a", {"10.1.0.0/16"}).labels = {{"tier", "app"}};
  net.subnet("one", "a", {"10.1.1.0/24"});
  net.subnet("two", "a", {"10.1.2.0/24"}).labels = {{"tier", "db"}};
  Selector app;
  app.labels["tier"] = {"app"};
  const Topology topology = net.build();
  const Engine engine(topology);
  const Locations locations(topology, engine.members());
  EXPECT_EQ(locations.select(app, {}, false).scopes.size(), 1U);
  EXPECT_EQ(locations.values_of("tier"), (Names{"app", "db"}));
}

TEST(ScopeIndex, HostsInheritFromTheirSegment) {
  Network net;
  net.segment("lan", {"192.168.0.0/24"}).labels = {{"floor", "2"}};
  net.host("printer", "lan", {"192.168.0.9"});
  Selector floor;
  floor.labels["floor"] = {"2"};
  EXPECT_EQ(members(net.build(), floor), (Names{"segment:lan"}));
}

TEST(ScopeIndex, WhatIsNotAllKnownIsSaid) {
  Network net;
  net.site("hq", {"192.168.0.0/16", "unknown"});
  const Topology topology = net.build();
  const Engine engine(topology);
  const Locations locations(topology, engine.members());
  EXPECT_EQ(locations.select(testing::selector("site:hq"), {}, false).unknown,
            (Names{"the addresses of site:hq are not all known"}));
}

}  // namespace
}  // namespace netproof
