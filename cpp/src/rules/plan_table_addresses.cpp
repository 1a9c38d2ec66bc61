#include "rules/plan_checks.hpp"
#include "rules/plan_table.hpp"

namespace netproof {

namespace {

constexpr Severity kError = Severity::kError;

constexpr FindingKind kKinds[] = {
    {"allocation-is-regular", kError,
     "A VPC has blocks of the length that its address block gives out",
     "An address block with `allocation: 24` is given out in /24s, each of "
     "which begins at a multiple of its size. A VPC with another length takes "
     "the space of its neighbours, or was meant to be something else. Of "
     "nested address blocks the innermost counts.",
     "vpc:a 10.0.10.0/20 in a block with allocation: 24",
     "vpc:a 10.0.10.0/24 in a block with allocation: 24",
     "correct the length, or `allocation`", check_allocations},
    {"peered-vpcs-do-not-overlap", kError, "Peered VPCs do not overlap",
     "If any block of one VPC overlaps any block of the other, the peering is "
     "in state `failed` and carries nothing (S33).",
     "a peering of 10.1.0.0/16 and 10.1.128.0/17",
     "a peering of 10.1.0.0/16 and 10.2.0.0/16",
     "renumber one VPC, or connect the two through a private NAT gateway",
     check_peered_vpcs},
    {"prefix-has-no-host-bits", kError, "A prefix has no host bits",
     "Bits below the length are not part of a block. AWS masks them, but "
     "whoever wrote them meant another address or another length, and both "
     "readings are shown. Analysis goes on with the masked block (S9).",
     "10.0.1.0/16", "10.0.0.0/16, or 10.0.1.0/24",
     "write the block that is meant", check_host_bits},
    {"prefix-lies-in-its-block", kError,
     "A VPC lies in its address block, and in no other's",
     "An address block is set aside for the VPCs whose labels match `holds`. "
     "A VPC outside of it, or one with other labels inside of it, breaks the "
     "plan: summary routes and filters that name the block miss it or let it "
     "in. Of nested address blocks the innermost counts.",
     "vpc:a (department: sales) 10.2.0.0/24, sales has 10.1.0.0/16",
     "vpc:a (department: sales) 10.1.0.0/24, sales has 10.1.0.0/16",
     "renumber the VPC, or correct its labels or the address block",
     check_blocks},
    {"prefixes-do-not-overlap", kError,
     "VPCs, sites and segments do not overlap",
     "Two owners of one address cannot both be reached from one table: a "
     "transit gateway leaves one of them out (S52). If no table knows both "
     "yet, this is a warning.",
     "vpc:a 10.0.0.0/16 and vpc:b 10.0.128.0/17",
     "vpc:a 10.0.0.0/16 and vpc:b 10.1.0.0/16",
     "renumber one of them; `netproof cidr free` shows what is free",
     check_prefix_overlaps},
    {"routed-prefix-is-routable", kError,
     "Nothing routes what no router forwards",
     "Link-local (169.254.0.0/16, fe80::/10), loopback, multicast and reserved "
     "ranges end at the link. A route or advertisement inside them cannot "
     "work; the VPC resolver 169.254.169.253 cannot be reached from outside "
     "(S22, S40, S100).",
     "advertise 169.254.169.253/32 to a site",
     "advertise the addresses of a Route 53 inbound endpoint",
     "remove it; for DNS from outside use a resolver inbound endpoint",
     check_link_local},
    {"secondary-cidr-is-allowed", kError,
     "A further block of a VPC is one that AWS accepts",
     "A further block must not overlap the others, must not hold the "
     "destination of a route of the VPC, and must be of a range that goes "
     "with the ones that are there (S10).",
     "a VPC of 10.0.0.0/16 with 192.168.0.0/16 added",
     "a VPC of 10.0.0.0/16 with 100.64.0.0/16 added",
     "take a block of a range that may be added", check_secondary_cidrs},
    {"subnet-lies-in-its-vpc", kError, "A subnet lies in a block of its VPC",
     "AWS refuses a subnet outside the blocks of its VPC (S8).",
     "subnet 10.1.0.0/24 in a VPC of 10.0.0.0/16",
     "subnet 10.0.1.0/24 in a VPC of 10.0.0.0/16",
     "correct the subnet, or add the block to the VPC", check_subnets_in_vpc},
    {"subnet-size-is-allowed", kError, "A subnet is as large as AWS allows",
     "IPv4 subnets are /16 to /28, IPv6 subnets /44 to /64 (S8).",
     "subnet 10.0.0.0/29", "subnet 10.0.0.0/28", "choose an allowed length",
     check_subnet_sizes},
    {"subnets-do-not-overlap", kError, "Subnets of one VPC do not overlap",
     "AWS refuses a subnet that overlaps another of its VPC (S8).",
     "10.0.0.0/24 and 10.0.0.128/25 in one VPC",
     "10.0.0.0/24 and 10.0.1.0/25 in one VPC", "move one of them",
     check_subnet_overlaps},
    {"vpc-size-is-allowed", kError, "A VPC block is as large as AWS allows",
     "IPv4 blocks of a VPC are /16 to /28, IPv6 blocks /44 to /60 (S8).",
     "vpc 10.0.0.0/8", "vpc 10.0.0.0/16", "choose an allowed length",
     check_vpc_sizes},
};

}  // namespace

std::span<const FindingKind> address_kinds() { return kKinds; }

}  // namespace netproof
