#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

using Vpcs = std::set<std::uint32_t>;

/// How two VPCs are joined, as far as references between groups go.
struct Joined {
  bool peered = false;
  bool other_region = false;  ///< only by peerings to another region (S72)
  bool ingress = false;       ///< over a gateway that may match them (S63)
  std::string gateway;        ///< of one that joins them: "tgw:main"
};

/// The VPCs in which interfaces carry each group, its own included (S75).
std::vector<Vpcs> vpcs_of_groups(const TopologyParts& parts) {
  std::vector<Vpcs> all(parts.security_groups.size());
  const auto add = [&](const auto& groups, const Ref<Vpc>& vpc) {
    if (!groups || !vpc) return;
    for (const auto& ref : groups->items) {
      if (ref) all[ref.id->index()].insert(vpc.id->value);
    }
  };
  for (std::size_t g = 0; g < all.size(); ++g) {
    const Ref<Vpc>& vpc = parts.security_groups[g].vpc;
    if (vpc) all[g].insert(vpc.id->value);
  }
  for (const Subnet& subnet : parts.subnets) {
    add(subnet.security_groups, subnet.vpc);
  }
  for (const Interface& interface : parts.interfaces) {
    if (!interface.subnet) continue;
    add(interface.security_groups,
        parts.subnets.at(interface.subnet.id->index()).vpc);
  }
  return all;
}

/// Asks how VPCs are joined.
class Joins {
 public:
  explicit Joins(const TopologyParts& parts) : parts_{parts} {
    for (const Peering& peering : parts.peerings) {
      if (!peering.requester || !peering.accepter) continue;
      if (!peering.active.may_be(true)) continue;
      const std::uint32_t a = peering.requester.id->value;
      const std::uint32_t b = peering.accepter.id->value;
      peered_.insert({std::min(a, b), std::max(a, b)});
    }
    for (const TransitAttachment& attachment : parts.transit_attachments) {
      if (!attachment.vpc || !attachment.vpc->id || !attachment.gateway) {
        continue;
      }
      attached_[attachment.vpc->id->value].push_back(&attachment);
    }
  }

  Joined of(std::uint32_t a, std::uint32_t b) const {
    Joined joined;
    if (peered_.contains({std::min(a, b), std::max(a, b)})) {
      const std::string& one = parts_.vpcs[a].region;
      const std::string& other = parts_.vpcs[b].region;
      joined.other_region = !one.empty() && !other.empty() && one != other;
      joined.peered = !joined.other_region;
    }
    const auto from = attached_.find(a);
    const auto to = attached_.find(b);
    if (from == attached_.end() || to == attached_.end()) return joined;
    for (const TransitAttachment* x : from->second) {
      for (const TransitAttachment* y : to->second) add(*x, *y, joined);
    }
    return joined;
  }

 private:
  void add(const TransitAttachment& x, const TransitAttachment& y,
           Joined& joined) const {
    if (x.gateway.id != y.gateway.id) return;
    joined.gateway = "tgw:" + x.gateway.name;
    const TransitGateway& gateway =
        parts_.transit_gateways.at(x.gateway.id->index());
    joined.ingress =
        joined.ingress ||
        (gateway.group_referencing.may_be(true) &&
         x.group_referencing.may_be(true) && y.group_referencing.may_be(true));
  }

  const TopologyParts& parts_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> peered_;
  std::map<std::uint32_t, std::vector<const TransitAttachment*>> attached_;
};

/// Why a reference from VPCs `own` to VPCs `other` matches nothing; empty if it
/// may match.
std::string reason(const Joins& joins, const Vpcs& own, const Vpcs& other,
                   bool ingress) {
  Joined best;
  for (const std::uint32_t a : own) {
    for (const std::uint32_t b : other) {
      if (a == b) return "";
      const Joined joined = joins.of(a, b);
      if (joined.peered || (ingress && joined.ingress)) return "";
      if (best.gateway.empty()) best.gateway = joined.gateway;
      best.other_region = best.other_region || joined.other_region;
    }
  }
  if (!best.gateway.empty()) {
    return ingress ? fmt::format("security group referencing is off over {}",
                                 best.gateway)
                   : fmt::format("an egress line matches no group over {}",
                                 best.gateway);
  }
  if (best.other_region) return "the peering leads to another region";
  return "neither a peering nor a transit gateway joins the two";
}

struct Line {
  const SecurityGroup* group = nullptr;
  const SecurityGroupRule* rule = nullptr;
  bool ingress = true;
};

void report(const Line& line, const Ref<SecurityGroup>& ref,
            const SecurityGroup& other, const std::string& why,
            std::vector<Finding>& found) {
  const std::string name = "sg:" + line.group->name;
  Finding finding = make_finding(
      "group-reference-can-match",
      fmt::format("{} of vpc:{} names sg:{} of vpc:{} as {}, which matches "
                  "nothing: {}",
                  name, line.group->vpc.name, other.name, other.vpc.name,
                  line.ingress ? "source" : "destination", why),
      ref.where, name);
  finding.subjects.push_back("sg:" + other.name);
  finding.related.push_back({"the group that it names", other.where});
  found.push_back(std::move(finding));
}

}  // namespace

// S63, S72. What stands in between (S73) is asked elsewhere.
void check_group_references(const PlanContext& context,
                            std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  if (!parts.left_out.empty()) return;
  const std::vector<Vpcs> vpcs = vpcs_of_groups(parts);
  const Joins joins(parts);
  const auto check = [&](std::size_t own, const Line& line) {
    for (const Peer& peer : line.rule->peers.items) {
      const auto* ref = std::get_if<Ref<SecurityGroup>>(&peer);
      if (ref == nullptr || !*ref) continue;
      const SecurityGroup& other = parts.security_groups[ref->id->index()];
      if (!line.group->vpc || !other.vpc) continue;
      const std::string why =
          reason(joins, vpcs[own], vpcs[ref->id->index()], line.ingress);
      if (!why.empty()) report(line, *ref, other, why, found);
    }
  };
  for (std::size_t g = 0; g < parts.security_groups.size(); ++g) {
    const SecurityGroup& group = parts.security_groups[g];
    for (const auto& rule : group.ingress.items) {
      check(g, {&group, &rule, true});
    }
    for (const auto& rule : group.egress.items) {
      check(g, {&group, &rule, false});
    }
  }
}

}  // namespace netproof
