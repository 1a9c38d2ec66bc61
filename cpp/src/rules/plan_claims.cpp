#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "netproof/model/place.hpp"
#include "netproof/net/ip_set.hpp"
#include "rules/labels.hpp"
#include "rules/plan_checks.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

constexpr std::size_t kRelatedShown = 20;

/// What speaks against a claim: blocks, each with its place.
struct Against {
  std::vector<std::string> names;
  std::vector<RelatedPlace> places;

  void add(const Vpc& vpc, const WrittenPrefix& cidr) {
    names.push_back(
        fmt::format("vpc:{} ({})", vpc.name, to_string(cidr.prefix)));
    if (places.size() < kRelatedShown) {
      places.push_back({names.back(), cidr.where});
    }
  }
};

std::string prefixes_of(const Claim& claim) {
  if (claim.prefixes.empty()) return "no prefix";
  std::vector<std::string> names;
  for (const WrittenPrefix& one : claim.prefixes) {
    names.push_back(to_string(one.prefix));
  }
  return some_of(names);
}

void report(const Claim& claim, const std::string& what, const Against& against,
            std::vector<Finding>& found) {
  Finding finding = make_finding(
      "claim-holds",
      fmt::format("the design claims '{}', but {}", claim.says, what),
      claim.where, claim.says);
  finding.related = against.places;
  found.push_back(std::move(finding));
}

/// Whether prefixes hold the VPCs that they are said to hold. Families of which
/// a claim has no prefix are not what it is about.
void check_cover(const TopologyParts& parts, const LabelIndex& labels,
                 const Claim& claim, std::vector<Finding>& found) {
  std::vector<IpPrefix> prefixes;
  for (const WrittenPrefix& one : claim.prefixes)
    prefixes.push_back(one.prefix);
  const IpSet covered = IpSet::from_prefixes(prefixes);
  Against outside;
  Against others;
  bool any = false;
  for (std::size_t v = 0; v < parts.vpcs.size(); ++v) {
    const Vpc& vpc = parts.vpcs[v];
    const bool meant = matches(labels.of_vpc(v), claim.select);
    any = any || meant;
    for (const WrittenPrefix& cidr : vpc.cidrs.items) {
      const IpPrefix block = cidr.prefix;
      if (meant && !covered.contains(block) &&
          (covered.empty() || covered.has(block.family()))) {
        outside.add(vpc, cidr);
      }
      if (!meant && claim.only && !IpSet::of(block).disjoint_from(covered)) {
        others.add(vpc, cidr);
      }
    }
  }
  if (!any) {
    report(claim, fmt::format("no VPC has {}", to_string(claim.select)), {},
           found);
  }
  if (!outside.names.empty()) {
    report(claim,
           fmt::format("{} does not hold {}", prefixes_of(claim),
                       some_of(outside.names)),
           outside, found);
  }
  if (!others.names.empty()) {
    report(claim,
           fmt::format("{} holds addresses of {} as well", prefixes_of(claim),
                       some_of(others.names)),
           others, found);
  }
}

std::string size_text(const BigUint& size) { return to_string(size); }

/// Whether a subnet gives as many addresses as it is said to (S11).
void check_usable(const TopologyParts& parts, const Claim& claim,
                  std::vector<Finding>& found) {
  if (!claim.subnet || !claim.count) return;
  const Subnet& subnet = parts.subnets.at(claim.subnet.id->index());
  if (subnet.cidrs.open) return;
  std::vector<IpPrefix> blocks;
  Against against;
  for (const WrittenPrefix& cidr : subnet.cidrs.items) {
    if (cidr.prefix.family() != Family::kV4) continue;
    blocks.push_back(cidr.prefix);
    against.names.push_back(to_string(cidr.prefix));
    against.places.push_back(
        {"subnet:" + subnet.name + " has " + against.names.back(), cidr.where});
  }
  const BigUint usable = assignable(blocks).size();
  if (usable == BigUint(static_cast<std::uint64_t>(*claim.count))) return;
  report(
      claim,
      fmt::format("subnet:{} ({}) has {} usable addresses, not {}: AWS keeps "
                  "the first four and the last",
                  subnet.name, some_of(against.names), size_text(usable),
                  *claim.count),
      against, found);
}

}  // namespace

void check_claims(const PlanContext& context, const LabelIndex& labels,
                  std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  for (const Claim& claim : parts.claims) {
    if (!claim.of.empty()) continue;
    if (!claim.subnet.name.empty()) {
      check_usable(parts, claim, found);
    } else {
      check_cover(parts, labels, claim, found);
    }
  }
}

}  // namespace netproof
