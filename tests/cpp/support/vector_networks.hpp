#pragma once

#include <string>
#include <vector>

#include "support/network.hpp"

namespace netproof::testing {

struct Spoke {
  std::string name;
  std::string cidr;
};

/// A VPC `client` (10.1.0.0/16) and the spokes on one transit gateway with one
/// table RT that all are in. `att-NAME` are the attachments; the client's
/// always propagates, those of the spokes that are listed.
Network spokes(const std::vector<Spoke>& spokes, const std::vector<Line>& lines,
               const Texts& propagations);

/// The client with a site behind Direct Connect and one behind a VPN, both of
/// which own 10.9.0.0/16 and 10.99.0.0/16 and advertise what is given.
Network hybrid(const std::vector<Line>& lines, const Texts& by_direct_connect,
               const Texts& by_vpn);

/// The client in RT-A, which learns B; B in RT-B, which learns nothing.
Network two_tables();

/// The client's and B's workloads in these zones, attachments in az1.
Network zones(const std::string& client_zone, const std::string& target_zone);

/// Subnets `client` and `server` of one VPC; the server's ACL is W.
Network filtered(const std::vector<AclLine>& inbound,
                 const std::vector<AclLine>& outbound);

/// Interfaces of one VPC; the server admits the client's group, the way
/// passes an inspection endpoint.
Network inspected_pair();

/// Interfaces of two VPCs; the server admits the client's group across a
/// transit gateway that does not support it.
Network referencing_pair();

/// Two VPCs without routes to each other on a transit gateway with a Direct
/// Connect gateway to a site that advertises 10.0.0.0/8.
Network hairpin(bool blackhole);

/// A spoke whose default route leads to a NAT gateway in an egress VPC, which
/// has a route back to all private addresses.
Network central_egress();

}  // namespace netproof::testing
