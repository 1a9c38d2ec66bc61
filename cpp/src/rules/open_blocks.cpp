#include "rules/open_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "rules/judging.hpp"

namespace netproof {
namespace {

/// VPCs by index; what lies elsewhere counts as one more.
using Vpcs = std::set<std::optional<std::size_t>>;

bool any_open(const Topology& topology) {
  return std::ranges::any_of(topology->vpcs,
                             [](const Vpc& vpc) { return vpc.cidrs.open; });
}

class VpcOf {
 public:
  explicit VpcOf(const Topology& topology)
      : topology_{topology}, subnets_{subnets_of(topology)} {}

  std::optional<std::size_t> operator()(Place place) const {
    std::optional<std::size_t> subnet;
    if (place.kind == PlaceKind::kSubnet) subnet = place.index;
    if (const auto carrier = carrier_of(topology_.parts(), place)) {
      const auto& owner = topology_->interfaces[carrier->index()].subnet;
      if (owner && owner.id) subnet = owner.id->index();
    }
    if (!subnet) return std::nullopt;
    return std::size_t{subnets_[*subnet].vpc.index()};
  }

  Vpcs operator()(const ZoneScope& zone) const {
    Vpcs vpcs;
    for (const Scope& scope : zone.scopes) vpcs.insert((*this)(scope.place));
    return vpcs;
  }

 private:
  const Topology& topology_;
  std::vector<SubnetView> subnets_;
};

/// Packets of others may enter it and leave it again.
bool may_be_passed(const Topology& topology, std::size_t vpc) {
  const auto of_vpc = [&](const auto& object) {
    return object.vpc && object.vpc->id && object.vpc->id->index() == vpc;
  };
  return std::ranges::any_of(topology->transit_attachments, of_vpc) ||
         std::ranges::any_of(topology->vpn_gateways, of_vpc);
}

std::vector<std::string> doubts(const Topology& topology, const Vpcs& ends) {
  std::vector<std::string> reasons;
  for (std::size_t v = 0; v < topology->vpcs.size(); ++v) {
    const Vpc& vpc = topology->vpcs[v];
    if (!vpc.cidrs.open) continue;
    if (!ends.contains(v) && !may_be_passed(topology, v)) continue;
    reasons.push_back(
        fmt::format("the blocks of vpc:{} are not all known: addresses beyond "
                    "it may lie in one",
                    vpc.name));
  }
  std::ranges::sort(reasons);
  return reasons;
}

}  // namespace

std::vector<std::string> open_block_doubts(const Topology& topology,
                                           const ZoneScope& from,
                                           const ZoneScope& to) {
  if (!any_open(topology)) return {};
  const VpcOf vpc_of(topology);
  Vpcs ends = vpc_of(from);
  ends.merge(vpc_of(to));
  const bool inside = ends.size() == 1 && ends.begin()->has_value();
  return inside || ends.empty() ? std::vector<std::string>{}
                                : doubts(topology, ends);
}

std::vector<std::string> open_block_doubts(const Topology& topology, Place from,
                                           Place to) {
  if (!any_open(topology)) return {};
  const VpcOf vpc_of(topology);
  const Vpcs ends = {vpc_of(from), vpc_of(to)};
  const bool inside = ends.size() == 1 && ends.begin()->has_value();
  return inside ? std::vector<std::string>{} : doubts(topology, ends);
}

std::vector<std::string> open_block_doubts(const Topology& topology) {
  Vpcs ends;
  for (std::size_t v = 0; v < topology->vpcs.size(); ++v) ends.insert(v);
  return doubts(topology, ends);
}

}  // namespace netproof
