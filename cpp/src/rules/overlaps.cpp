#include "netproof/rules/overlaps.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace netproof {

namespace {

std::vector<OwnedPrefix> prefixes_of(const std::vector<OverlapEnd>& ends,
                                     const std::vector<std::uint32_t>& owners) {
  std::vector<OwnedPrefix> prefixes;
  prefixes.reserve(ends.size());
  for (std::size_t i = 0; i < ends.size(); ++i) {
    prefixes.push_back({ends[i].cidr, owners[i]});
  }
  return prefixes;
}

bool written_before(const OverlapEnd& a, const OverlapEnd& b) {
  const auto order = [](const OverlapEnd& end) {
    return std::tie(end.source, end.kind, end.index, end.cidr);
  };
  return order(a) < order(b);
}

Overlap make_overlap(const OverlapEnd& early, const OverlapEnd& late,
                     bool shares) {
  Overlap overlap;
  overlap.a = early;
  overlap.b = late;
  overlap.relation = early.cidr == late.cidr ? OverlapRelation::kEqual
                     : early.cidr.contains(late.cidr)
                         ? OverlapRelation::kContains
                         : OverlapRelation::kInside;
  overlap.intersection =
      early.cidr.contains(late.cidr) ? late.cidr : early.cidr;
  overlap.shares_routing_domain = shares;
  return overlap;
}

using Found = std::function<void(const OverlapEnd&, const OverlapEnd&, bool)>;

void visit(const OwnedEnds& claims, std::span<const std::uint32_t> domains,
           const Found& found) {
  sweep_overlaps(prefixes_of(claims.ends, claims.owners), [&](std::size_t i,
                                                              std::size_t j) {
    const bool shares = domains.empty() ||
                        domains[claims.owners[i]] == domains[claims.owners[j]];
    const OverlapEnd& a = claims.ends[i];
    const OverlapEnd& b = claims.ends[j];
    if (written_before(b, a)) {
      found(b, a, shares);
    } else {
      found(a, b, shares);
    }
  });
}

}  // namespace

// Two prefixes are disjoint or nested. In the order of IpPrefix (by first
// address, wider before narrower) the ones that contain the next are a stack:
// whatever ends before it starts contains nothing that follows either.
void sweep_overlaps(
    std::span<const OwnedPrefix> prefixes,
    const std::function<void(std::size_t, std::size_t)>& found) {
  std::vector<std::size_t> order(prefixes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {},
                           [&](std::size_t i) { return prefixes[i].prefix; });
  std::vector<std::size_t> open;
  for (const std::size_t i : order) {
    const OwnedPrefix& next = prefixes[i];
    while (!open.empty() &&
           !prefixes[open.back()].prefix.contains(next.prefix)) {
      open.pop_back();
    }
    for (const std::size_t wider : open) {
      if (prefixes[wider].owner != next.owner) found(wider, i);
    }
    open.push_back(i);
  }
}

std::string_view to_string(OverlapRelation relation) {
  switch (relation) {
    case OverlapRelation::kEqual:
      return "equal";
    case OverlapRelation::kContains:
      return "contains";
    case OverlapRelation::kInside:
      return "inside";
  }
  return "";
}

void OwnedEnds::add(OverlapKind kind, std::uint32_t index, std::uint32_t owner,
                    const std::string& name,
                    const OpenList<WrittenPrefix>& prefixes) {
  for (const WrittenPrefix& written : prefixes.items) {
    ends.push_back({kind, index, name, written.prefix, written.where});
    owners.push_back(owner);
  }
}

OwnedEnds owned_ends(const TopologyParts& parts) {
  OwnedEnds claims;
  std::uint32_t owner = 0;
  for (std::uint32_t i = 0; i < parts.vpcs.size(); ++i) {
    claims.add(OverlapKind::kVpc, i, owner++, "vpc:" + parts.vpcs[i].name,
               parts.vpcs[i].cidrs);
  }
  for (std::uint32_t i = 0; i < parts.sites.size(); ++i) {
    claims.add(OverlapKind::kSite, i, owner++, "site:" + parts.sites[i].name,
               parts.sites[i].prefixes);
  }
  for (std::uint32_t i = 0; i < parts.segments.size(); ++i) {
    claims.add(OverlapKind::kSegment, i, owner++,
               "segment:" + parts.segments[i].name, parts.segments[i].prefixes);
  }
  return claims;
}

std::map<std::uint32_t, OwnedEnds> subnet_ends(const TopologyParts& parts) {
  std::map<std::uint32_t, OwnedEnds> by_vpc;
  for (std::uint32_t i = 0; i < parts.subnets.size(); ++i) {
    const Subnet& subnet = parts.subnets[i];
    if (!subnet.vpc) continue;
    by_vpc[subnet.vpc.id->value].add(OverlapKind::kSubnet, i, i,
                                     "subnet:" + subnet.name, subnet.cidrs);
  }
  return by_vpc;
}

void for_each_overlap(const Topology& topology,
                      std::span<const std::uint32_t> domains,
                      const Found& found) {
  visit(owned_ends(topology.parts()), domains, found);
  for (const auto& [vpc, claims] : subnet_ends(topology.parts())) {
    visit(claims, {}, found);
  }
}

std::vector<Overlap> find_overlaps(const Topology& topology,
                                   std::span<const std::uint32_t> domains) {
  std::vector<Overlap> found;
  for_each_overlap(
      topology, domains,
      [&](const OverlapEnd& early, const OverlapEnd& late, bool shares) {
        found.push_back(make_overlap(early, late, shares));
      });
  std::ranges::stable_sort(found, {}, [](const Overlap& overlap) {
    return std::tie(overlap.a.source, overlap.b.source, overlap.a.name,
                    overlap.b.name, overlap.a.cidr, overlap.b.cidr);
  });
  return found;
}

}  // namespace netproof
