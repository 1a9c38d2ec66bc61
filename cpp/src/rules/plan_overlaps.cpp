#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "netproof/rules/overlaps.hpp"
#include "rules/plan_checks.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

// A block that thousands of others overlap is one finding; it shows these.
constexpr std::size_t kRelatedShown = 20;

using Ends = std::vector<std::size_t>;

/// Blocks of one prefix, in the order in which they were written.
struct Equal {
  IpPrefix prefix;
  Ends ends;
  std::vector<std::size_t> inside;  ///< the next narrower ones
};

auto order_of(const OverlapEnd& end) {
  return std::tie(end.source, end.kind, end.index, end.cidr);
}

std::vector<Equal> by_prefix(const OwnedEnds& blocks) {
  std::map<IpPrefix, Ends> groups;
  for (std::size_t i = 0; i < blocks.ends.size(); ++i) {
    groups[blocks.ends[i].cidr].push_back(i);
  }
  std::vector<Equal> equals;
  std::vector<std::size_t> open;
  for (auto& [prefix, ends] : groups) {
    std::ranges::sort(ends, {},
                      [&](std::size_t i) { return order_of(blocks.ends[i]); });
    while (!open.empty() && !equals[open.back()].prefix.contains(prefix)) {
      open.pop_back();
    }
    for (const std::size_t wider : open) {
      equals[wider].inside.push_back(equals.size());
    }
    open.push_back(equals.size());
    equals.push_back({prefix, std::move(ends), {}});
  }
  return equals;
}

/// Answers for the blocks of one kind of overlap.
class Reporter {
 public:
  Reporter(std::string_view id, const OwnedEnds& blocks,
           std::span<const std::uint32_t> domains, std::vector<Finding>& found)
      : id_{id}, blocks_{blocks}, domains_{domains}, found_{found} {}

  void report() {
    const std::vector<Equal> equals = by_prefix(blocks_);
    for (const Equal& group : equals) {
      if (owners_of(group.ends).size() > 1) report_equal(group);
      Ends narrower;
      for (const std::size_t inside : group.inside) {
        for (const std::size_t end : equals[inside].ends) {
          if (differs(end, group.ends)) narrower.push_back(end);
        }
      }
      if (!narrower.empty()) report_nested(group, std::move(narrower));
    }
  }

 private:
  const OverlapEnd& end(std::size_t i) const { return blocks_.ends[i]; }
  std::uint32_t owner(std::size_t i) const { return blocks_.owners[i]; }
  std::uint32_t domain(std::size_t i) const {
    return domains_.empty() ? 0 : domains_[owner(i)];
  }

  std::set<std::uint32_t> owners_of(const Ends& ends) const {
    std::set<std::uint32_t> owners;
    for (const std::size_t i : ends) owners.insert(owner(i));
    return owners;
  }

  bool differs(std::size_t end, const Ends& others) const {
    return std::ranges::any_of(
        others, [&](std::size_t i) { return owner(i) != owner(end); });
  }

  /// Do two different owners, one of each list, share a routing domain?
  bool shares(const Ends& a, const Ends& b) const {
    std::map<std::uint32_t, std::set<std::uint32_t>> owners;
    for (const std::size_t i : a) owners[domain(i)].insert(owner(i));
    return std::ranges::any_of(b, [&](std::size_t i) {
      const auto at = owners.find(domain(i));
      return at != owners.end() &&
             (at->second.size() > 1 || !at->second.contains(owner(i)));
    });
  }

  // The second one written is the first that repeats another.
  void report_equal(const Equal& group) {
    const std::size_t count = owners_of(group.ends).size();
    std::vector<std::string> names;
    for (const std::size_t i : group.ends) names.push_back(end(i).name);
    const std::string text =
        count == 2 && names.size() == 2
            ? fmt::format("{} and {} both have {}", names[0], names[1],
                          to_string(group.prefix))
            : fmt::format("{} share {}: {}",
                          counted(names.size(), noun_of(group.ends)),
                          to_string(group.prefix), some_of(names));
    add(text, group.ends[1], group.ends, shares(group.ends, group.ends));
  }

  void report_nested(const Equal& wide, Ends narrower) {
    std::ranges::sort(narrower, {},
                      [&](std::size_t i) { return order_of(end(i)); });
    std::vector<std::string> inside;
    for (const std::size_t i : narrower) {
      inside.push_back(
          fmt::format("{} ({})", end(i).name, to_string(end(i).cidr)));
    }
    std::string text = fmt::format("{} ({})", end(wide.ends.front()).name,
                                   to_string(wide.prefix));
    if (wide.ends.size() > 1) {
      text += fmt::format(" and {} more of this block", wide.ends.size() - 1);
    }
    text += fmt::format(" contain{} {}", wide.ends.size() == 1 ? "s" : "",
                        some_of(inside));
    const bool share = shares(wide.ends, narrower);
    Ends all = wide.ends;
    all.insert(all.end(), narrower.begin(), narrower.end());
    // Of one pair the later one is to change, of many the wide block.
    const std::size_t place =
        all.size() == 2 && order_of(end(all[0])) < order_of(end(all[1]))
            ? all[1]
            : all[0];
    add(text, place, all, share);
  }

  std::string_view noun_of(const Ends& ends) const {
    const OverlapKind kind = end(ends.front()).kind;
    for (const std::size_t i : ends) {
      if (end(i).kind != kind) return "owner";
    }
    switch (kind) {
      case OverlapKind::kVpc:
        return "VPC";
      case OverlapKind::kSite:
        return "site";
      case OverlapKind::kSegment:
        return "segment";
      case OverlapKind::kSubnet:
        return "subnet";
    }
    return "owner";
  }

  void add(std::string text, std::size_t place, const Ends& ends, bool share) {
    Finding finding =
        make_finding(id_, std::move(text), end(place).source, end(place).name);
    for (const std::size_t i : ends) {
      if (i == place) continue;
      if (finding.related.size() == kRelatedShown) break;
      finding.subjects.push_back(end(i).name);
      finding.related.push_back(
          {fmt::format("{} has {}", end(i).name, to_string(end(i).cidr)),
           end(i).source});
    }
    if (!share) {
      finding.level = Severity::kWarning;
      finding.message += "; no table knows two of them yet";
    }
    found_.push_back(std::move(finding));
  }

  std::string_view id_;
  const OwnedEnds& blocks_;
  std::span<const std::uint32_t> domains_;
  std::vector<Finding>& found_;
};

}  // namespace

// One finding for all owners of equal blocks, one for all blocks inside a wider
// one: the pairs are many more.
void check_prefix_overlaps(const PlanContext& context,
                           std::vector<Finding>& found) {
  Reporter("prefixes-do-not-overlap", owned_ends(context.parts()),
           context.domains, found)
      .report();
}

void check_subnet_overlaps(const PlanContext& context,
                           std::vector<Finding>& found) {
  for (const auto& entry : subnet_ends(context.parts())) {
    Reporter("subnets-do-not-overlap", entry.second, {}, found).report();
  }
}

}  // namespace netproof
