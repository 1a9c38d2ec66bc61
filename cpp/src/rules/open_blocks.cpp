#include <fmt/format.h>

#include <optional>
#include <set>
#include <vector>

#include "rules/judging.hpp"

namespace netproof {
namespace {

/// The VPCs of the places of a zone; places elsewhere count as one more.
std::set<std::optional<std::size_t>> vpcs_of(
    const Topology& topology, const std::vector<SubnetView>& subnets,
    const ZoneScope& zone) {
  std::set<std::optional<std::size_t>> vpcs;
  for (const Scope& scope : zone.scopes) {
    std::optional<std::size_t> subnet;
    if (scope.place.kind == PlaceKind::kSubnet) subnet = scope.place.index;
    if (scope.place.kind == PlaceKind::kInterface) {
      const auto& owner = topology->interfaces[scope.place.index].subnet;
      if (owner && owner.id) subnet = owner.id->index();
    }
    vpcs.insert(subnet
                    ? std::optional{std::size_t{subnets[*subnet].vpc.index()}}
                    : std::nullopt);
  }
  return vpcs;
}

}  // namespace

void note_open_blocks(const Case& c, const ZoneScope& from, const ZoneScope& to,
                      Judgement& j) {
  const std::vector<Vpc>& all = c.topology()->vpcs;
  const std::vector<SubnetView> subnets = subnets_of(c.topology());
  const auto senders = vpcs_of(c.topology(), subnets, from);
  const auto receivers = vpcs_of(c.topology(), subnets, to);
  const auto note = [&](const auto& near, const auto& far) {
    for (const std::optional<std::size_t>& vpc : near) {
      if (!vpc || !all[*vpc].cidrs.open) continue;
      if (far.size() == 1 && far.contains(vpc)) continue;
      j.unknown.push_back(
          fmt::format("the blocks of vpc:{} are not all known: addresses of "
                      "the other side may lie in one",
                      all[*vpc].name));
    }
  };
  note(senders, receivers);
  note(receivers, senders);
}

}  // namespace netproof
