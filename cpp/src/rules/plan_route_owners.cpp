#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "rules/plan_carried.hpp"
#include "rules/plan_checks.hpp"
#include "rules/plan_entries.hpp"
#include "rules/transit_view.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

constexpr std::size_t kRelatedShown = 20;
constexpr std::size_t kRunsShown = 3;

/// A block, and who has it.
struct Owner {
  IpPrefix prefix;
  std::string name;
  Location where;
};

/// The blocks of attached VPCs and of sites, by prefix.
class Owners {
 public:
  explicit Owners(const TopologyParts& parts) {
    for (const TransitAttachment& attachment : parts.transit_attachments) {
      if (!attachment.vpc || !attachment.vpc->id) continue;
      const Vpc& vpc = parts.vpcs.at(attachment.vpc->id->index());
      add("vpc:" + vpc.name, vpc.cidrs);
    }
    for (const Site& site : parts.sites) {
      add("site:" + site.name, site.prefixes);
    }
    std::ranges::stable_sort(owners_, {}, &Owner::prefix);
  }

  /// Those that overlap `prefix`: the wider ones, then those inside.
  std::vector<const Owner*> overlapping(IpPrefix prefix) const {
    std::vector<const Owner*> found;
    for (int length = 0; length < prefix.length(); ++length) {
      const IpPrefix wider = IpPrefix::enclosing(prefix.first(), length);
      for (auto at = first_of(wider);
           at != owners_.end() && at->prefix == wider; ++at) {
        found.push_back(&*at);
      }
    }
    for (auto at = first_of(prefix);
         at != owners_.end() && prefix.contains(at->prefix); ++at) {
      found.push_back(&*at);
    }
    return found;
  }

 private:
  void add(const std::string& name, const OpenList<WrittenPrefix>& blocks) {
    for (const WrittenPrefix& block : blocks.items) {
      owners_.push_back({block.prefix, name, block.where});
    }
  }
  std::vector<Owner>::const_iterator first_of(IpPrefix prefix) const {
    return std::ranges::lower_bound(owners_, prefix, {}, &Owner::prefix);
  }

  std::vector<Owner> owners_;
};

/// One static route and what its target does not own of what it decides.
struct Stray {
  std::string table;
  const StaticLine* line = nullptr;
  std::uint32_t attachment = 0;
  const Carried& carried;
  IpSet astray;
};

Finding finding_of(const Stray& stray, const std::string& why) {
  return make_finding("static-route-leads-to-the-owner",
                      fmt::format("{} sends {} to tgw-attachment:{}, {}",
                                  stray.table, to_string(stray.line->prefix),
                                  stray.line->route->targets.front().name, why),
                      stray.line->route->where, stray.table);
}

std::string blocks_of(const Carried& carried) {
  if (carried.owns.empty()) return "has no address";
  return "has " + describe_addresses(carried.owns, kRunsShown);
}

// `others`: who has a part of what goes astray.
void report_owned(const TopologyParts& parts, const Stray& stray,
                  const std::vector<const Owner*>& others,
                  std::vector<Finding>& found) {
  const Owner& first = *others.front();
  std::string why = first.prefix.contains(stray.line->prefix)
                        ? fmt::format("but it belongs to {}", first.name)
                        : fmt::format("but {} of it belongs to {}",
                                      to_string(first.prefix), first.name);
  if (others.size() > 1) why += fmt::format(" and {} more", others.size() - 1);
  why += fmt::format(
      "; {} {} and {}", carrier_of(parts, stray.attachment),
      blocks_of(stray.carried),
      stray.carried.may_lead_on ? "may not lead it on" : "leads it nowhere");
  Finding finding = finding_of(stray, why);
  if (stray.carried.may_lead_on) finding.level = Severity::kWarning;
  for (const Owner* other : others) {
    if (finding.related.size() == kRelatedShown) break;
    finding.subjects.push_back(other->name);
    finding.related.push_back(
        {fmt::format("{} has {}", other->name, to_string(other->prefix)),
         other->where});
  }
  found.push_back(std::move(finding));
}

void report_unowned(const TopologyParts& parts, const Stray& stray,
                    std::vector<Finding>& found) {
  const std::string carrier = carrier_of(parts, stray.attachment);
  if (stray.carried.owns.disjoint_from(IpSet::of(stray.line->prefix))) {
    Finding finding =
        finding_of(stray, fmt::format("but nobody owns it; {} {}", carrier,
                                      blocks_of(stray.carried)));
    finding.level = Severity::kWarning;
    found.push_back(std::move(finding));
    return;
  }
  if (parts.transit_attachments[stray.attachment].kind !=
      AttachmentKind::kVpc) {
    return;
  }
  Finding finding =
      finding_of(stray, fmt::format("but {} {}; nobody owns the rest", carrier,
                                    blocks_of(stray.carried)));
  finding.level = Severity::kNote;
  found.push_back(std::move(finding));
}

void report(const TopologyParts& parts, const Owners& owners,
            const Stray& stray, std::vector<Finding>& found) {
  std::vector<const Owner*> others;
  for (const Owner* owner : owners.overlapping(stray.line->prefix)) {
    if (!IpSet::of(owner->prefix).disjoint_from(stray.astray)) {
      others.push_back(owner);
    }
  }
  if (others.empty()) {
    report_unowned(parts, stray, found);
  } else {
    report_owned(parts, stray, others, found);
  }
}

/// What each prefix of the table decides, with everything that is in it.
std::map<IpPrefix, IpSet> decided_in(const PlanTable& table) {
  std::map<IpPrefix, IpSet> decided;
  for (EntryGroup& group :
       groups_of(table.entries, [](const PlanEntry&) { return true; })) {
    decided.emplace(group.prefix(), std::move(group.decides));
  }
  return decided;
}

std::optional<std::uint32_t> only_target(const StaticLine& line) {
  const TransitRoute& route = *line.route;
  if (route.blackhole || route.target_unknown || route.targets.size() != 1) {
    return std::nullopt;
  }
  const auto& target = route.targets.front();
  return target.id ? std::optional(target.id->value) : std::nullopt;
}

}  // namespace

// S60: what enters a VPC goes to its own addresses, or where the tables of the
// attachment subnets lead it. In an open table a longer route may decide.
void check_route_owners(const PlanContext& context,
                        std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  const Owners owners(parts);
  Carriers carriers(parts);
  for (std::uint32_t id = 0; id < parts.transit_route_tables.size(); ++id) {
    if (may_hold_more(parts, id)) continue;
    const PlanTable table = transit_table_of(parts, id);
    const auto decided = decided_in(table);
    for (const StaticLine& line : static_lines(parts, id)) {
      const auto target = only_target(line);
      if (!target) continue;
      Stray stray{table.name, &line, *target, carriers.of(*target, id),
                  decided.at(line.prefix)};
      if (stray.carried.open) continue;
      stray.astray -= stray.carried.all();
      if (!stray.astray.empty()) report(parts, owners, stray, found);
    }
  }
}

}  // namespace netproof
