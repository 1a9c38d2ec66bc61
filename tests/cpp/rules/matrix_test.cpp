#include "netproof/rules/matrix.hpp"

#include <gtest/gtest.h>

#include "support/cluster_network.hpp"
#include "support/judging.hpp"

namespace netproof {
namespace {

using testing::Network;
using testing::two_vpcs;

Matrix matrix(const Topology& topology, const std::string& by) {
  MatrixRequest request;
  request.by = by;
  const auto made = build_matrix(topology, Engine(topology), request);
  expects(static_cast<bool>(made), "the label exists");
  return made.value();
}

TEST(Matrix, WithoutALabelEveryObjectIsAZone) {
  const Matrix made = matrix(two_vpcs().build(), "");
  EXPECT_EQ(made.zones,
            (std::vector<std::string>{"vpc:a", "vpc:b", "internet"}));
  EXPECT_TRUE(made.defects.empty());
  EXPECT_EQ(made.cells[0][1], Cell::kAll);
  EXPECT_EQ(made.cells[1][0], Cell::kAll);
  EXPECT_EQ(made.cells[0][2], Cell::kNone);
  EXPECT_EQ(made.cells[2][0], Cell::kNone);
}

TEST(Matrix, ALabelMakesTheZones) {
  Network net = two_vpcs();
  net.get<Vpc>("a").labels = {{"environment", "prod"}};
  net.get<Vpc>("b").labels = {{"environment", "dev"}};
  net.get<TransitRouteTable>("rt").propagations.items.pop_back();
  const Matrix made = matrix(net.build(), "environment");
  EXPECT_EQ(made.zones, (std::vector<std::string>{"dev", "prod", "internet"}));
  EXPECT_EQ(made.cells[0][1], Cell::kAll);
  EXPECT_EQ(made.cells[1][0], Cell::kNone);
}

TEST(Matrix, PartIsSomeAndAFactIsUnknown) {
  Network net = two_vpcs();
  net.acl("web", "b", {{100, "allow", "tcp/443", "0.0.0.0/0"}},
          {{100, "allow", "any", "0.0.0.0/0"}});
  net.subnet("sub-b2", "b", {"10.2.1.0/24"}, "", "", "web");
  EXPECT_EQ(matrix(net.build(), "").cells[0][1], Cell::kSome);
  Network open = two_vpcs();
  open.get<TransitAttachment>("att-b").available.unknown = true;
  const Matrix made = matrix(open.build(), "");
  EXPECT_EQ(made.cells[0][1], Cell::kUnknown);
  EXPECT_FALSE(made.unknown.empty());
}

TEST(Matrix, TheZonesOfAClusterAreItsNamespaces) {
  testing::ClusterNetwork net;
  net.pod("shop/app", "10.1.0.1");
  net.pod("tools/scan", "10.1.0.2");
  net.policy("shop/all", {}).ingress = testing::rules_of({});
  const Matrix made = matrix(net.build(), "");
  EXPECT_EQ(made.by, "namespace");
  EXPECT_EQ(made.zones,
            (std::vector<std::string>{"shop", "tools", "internet"}));
  EXPECT_EQ(made.cells[0][1], Cell::kAll);
  // Protocols that no policy speaks of may pass (S112).
  EXPECT_EQ(made.cells[1][0], Cell::kUnknown);
}

TEST(Matrix, AnUnknownLabelIsAProblem) {
  const Topology topology = two_vpcs().build();
  MatrixRequest request;
  request.by = "colour";
  EXPECT_FALSE(build_matrix(topology, Engine(topology), request));
}

}  // namespace
}  // namespace netproof
