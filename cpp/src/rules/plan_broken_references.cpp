#include <fmt/format.h>

#include <variant>
#include <vector>

#include "rules/group_ways.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

struct Broken {
  const Carrier* from = nullptr;
  const Carrier* to = nullptr;
  std::string middlebox;
};

/// The first way, if a middlebox stands on every one; else no `from`.
Broken broken(GroupWays& ways, const std::vector<Carrier>& senders,
              const std::vector<Carrier>& receivers) {
  Broken first;
  for (const Carrier& from : senders) {
    for (const Carrier& to : receivers) {
      if (from.at.family() != to.at.family()) continue;
      const std::string& middlebox = ways.middlebox(from, to);
      if (middlebox.empty()) return {};
      if (first.from == nullptr) first = {&from, &to, middlebox};
    }
  }
  return first;
}

class Check {
 public:
  Check(const TopologyParts& parts, std::vector<Finding>& found)
      : parts_{parts},
        carriers_{carriers_of_groups(parts)},
        ways_{parts},
        found_{found} {}

  void lines(std::size_t own, const std::vector<SecurityGroupRule>& rules,
             bool ingress) {
    for (const SecurityGroupRule& rule : rules) {
      for (const Peer& peer : rule.peers.items) {
        const auto* ref = std::get_if<Ref<SecurityGroup>>(&peer);
        if (ref != nullptr && *ref) reference(own, *ref, ingress);
      }
    }
  }

 private:
  void reference(std::size_t own, const Ref<SecurityGroup>& ref, bool ingress) {
    const std::vector<Carrier>& mine = carriers_[own];
    const std::vector<Carrier>& others = carriers_[ref.id->index()];
    const Broken way =
        ingress ? broken(ways_, others, mine) : broken(ways_, mine, others);
    if (way.from == nullptr) return;
    const SecurityGroup& group = parts_.security_groups[own];
    const SecurityGroup& other = parts_.security_groups[ref.id->index()];
    Finding finding = make_finding(
        "group-reference-meets-no-middlebox",
        fmt::format("sg:{} names sg:{} as {}, which matches nothing: what "
                    "subnet:{} sends to subnet:{} goes through {}",
                    group.name, other.name, ingress ? "source" : "destination",
                    parts_.subnets[way.from->subnet].name,
                    parts_.subnets[way.to->subnet].name, way.middlebox),
        ref.where, "sg:" + group.name);
    finding.subjects.push_back("sg:" + other.name);
    finding.subjects.push_back(way.middlebox);
    finding.related.push_back({"the group that it names", other.where});
    found_.push_back(std::move(finding));
  }

  const TopologyParts& parts_;
  std::vector<std::vector<Carrier>> carriers_;
  GroupWays ways_;
  std::vector<Finding>& found_;
};

}  // namespace

// S73, and S63 where a transit gateway is crossed twice.
void check_broken_references(const PlanContext& context,
                             std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  if (!parts.left_out.empty()) return;
  Check check{parts, found};
  for (std::size_t g = 0; g < parts.security_groups.size(); ++g) {
    check.lines(g, parts.security_groups[g].ingress.items, true);
    check.lines(g, parts.security_groups[g].egress.items, false);
  }
}

}  // namespace netproof
