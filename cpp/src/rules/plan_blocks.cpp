#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "rules/labels.hpp"
#include "rules/plan_checks.hpp"
#include "rules/prefix_index.hpp"

namespace netproof {

namespace {

std::string text_of(const AddressBlock& block) {
  return fmt::format("{} ({})", block.name, to_string(block.cidr.prefix));
}

/// The blocks that hold the same VPCs: each of those lies in one of them.
struct Group {
  const LabelChoice* holds = nullptr;
  std::vector<const AddressBlock*> blocks;
};

/// The blocks of a plan: by what they hold, and by prefix.
class Blocks {
 public:
  explicit Blocks(const TopologyParts& parts) {
    std::map<LabelChoice, Group> groups;
    for (const AddressBlock& block : parts.address_blocks) {
      Group& group = groups[block.holds];
      group.holds = &block.holds;
      group.blocks.push_back(&block);
      index_.add(block.cidr.prefix, &block);
    }
    for (auto& entry : groups) groups_.push_back(std::move(entry.second));
  }

  /// The groups whose VPCs have these labels.
  std::vector<const Group*> of(const Labels& labels) const {
    std::vector<const Group*> found;
    for (const Group& group : groups_) {
      if (matches(labels, *group.holds)) found.push_back(&group);
    }
    return found;
  }

  /// The innermost block around `cidr`, else the first inside it, that is not
  /// for VPCs with these labels.
  const AddressBlock* foreign(IpPrefix cidr, const Labels& labels) const {
    const AddressBlock* found = nullptr;
    bool innermost = true;
    const auto look = [&](IpPrefix, const auto& blocks) {
      const bool own = std::ranges::any_of(blocks, [&](const auto* block) {
        return matches(labels, block->holds);
      });
      if (!own && found == nullptr) found = blocks.front();
    };
    index_.for_each_around(cidr, [&](IpPrefix prefix, const auto& blocks) {
      if (std::exchange(innermost, false)) look(prefix, blocks);
    });
    index_.for_each_inside(cidr, look);
    return found;
  }

 private:
  std::vector<Group> groups_;
  PrefixIndex<const AddressBlock*> index_;
};

/// The blocks of the group in the family of `cidr`.
std::vector<const AddressBlock*> of_family(const Group& group, IpPrefix cidr) {
  std::vector<const AddressBlock*> blocks;
  for (const AddressBlock* block : group.blocks) {
    if (block->cidr.prefix.family() == cidr.family()) blocks.push_back(block);
  }
  return blocks;
}

/// Calls `visit` with each written block of a VPC, and its labels.
template <class Visit>
void for_each_cidr(const PlanContext& context, Visit visit) {
  const TopologyParts& parts = context.parts();
  if (parts.address_blocks.empty()) return;
  const LabelIndex labels{parts};
  for (std::size_t v = 0; v < parts.vpcs.size(); ++v) {
    for (const WrittenPrefix& cidr : parts.vpcs[v].cidrs.items) {
      visit(parts.vpcs[v], cidr, labels.of_vpc(v));
    }
  }
}

// What a VPC is meant to lie in, if it does not.
std::vector<const AddressBlock*> missed_blocks(const Blocks& blocks,
                                               IpPrefix cidr,
                                               const Labels& labels) {
  for (const Group* group : blocks.of(labels)) {
    std::vector<const AddressBlock*> own = of_family(*group, cidr);
    const bool inside = std::ranges::any_of(own, [&](const auto* block) {
      return block->cidr.prefix.contains(cidr);
    });
    if (!inside && !own.empty()) return own;
  }
  return {};
}

std::string names_of(const std::vector<const AddressBlock*>& blocks) {
  std::string text;
  for (const AddressBlock* block : blocks) {
    if (!text.empty()) text += ", ";
    text += text_of(*block);
  }
  return text;
}

void report_place(const Vpc& vpc, const WrittenPrefix& cidr,
                  const std::vector<const AddressBlock*>& own,
                  const AddressBlock* foreign, std::vector<Finding>& found) {
  const std::string name = "vpc:" + vpc.name;
  std::string text = fmt::format("{} ({})", name, to_string(cidr.prefix));
  if (!own.empty()) {
    text += " lies outside its address block " + names_of(own);
  }
  if (foreign != nullptr) {
    text += fmt::format(
        "{} {} the address block {}, which is for {}",
        own.empty() ? "" : " and",
        foreign->cidr.prefix.contains(cidr.prefix) ? "lies in" : "covers",
        text_of(*foreign), to_string(foreign->holds));
  }
  Finding finding = make_finding("prefix-lies-in-its-block", std::move(text),
                                 cidr.where, name);
  for (const AddressBlock* block : own) {
    finding.related.push_back({"its block " + block->name, block->cidr.where});
  }
  if (foreign != nullptr) {
    finding.related.push_back(
        {"the block " + foreign->name, foreign->cidr.where});
  }
  found.push_back(std::move(finding));
}

// The block whose allocation counts for `cidr`: the innermost around it, else
// the first of its own.
const AddressBlock* allocating(const std::vector<const Group*>& groups,
                               IpPrefix cidr) {
  const AddressBlock* best = nullptr;
  const auto better = [&](const AddressBlock& block) {
    const IpPrefix& prefix = block.cidr.prefix;
    return best == nullptr ||
           (prefix.contains(cidr) && (!best->cidr.prefix.contains(cidr) ||
                                      best->cidr.prefix.contains(prefix)));
  };
  for (const Group* group : groups) {
    for (const AddressBlock* block : of_family(*group, cidr)) {
      if (better(*block)) best = block;
    }
  }
  return best;
}

void check_allocation(const Vpc& vpc, const WrittenPrefix& cidr,
                      const AddressBlock& block, std::vector<Finding>& found) {
  if (!block.allocation) return;
  const bool regular = cidr.prefix.length() == *block.allocation;
  if (regular && !cidr.host_bits) return;
  const std::string name = "vpc:" + vpc.name;
  const std::string text =
      regular ? fmt::format("{}: '{}' does not begin where a /{} of {} begins",
                            name, cidr.text, *block.allocation, block.name)
              : fmt::format("{} has {}, but the blocks of {} are /{}", name,
                            to_string(cidr.prefix), text_of(block),
                            *block.allocation);
  Finding finding =
      make_finding("allocation-is-regular", text, cidr.where, name);
  finding.related.push_back({"the address block", block.where});
  const int bits = address_bits(cidr.exact.family());
  if (*block.allocation <= bits) {
    finding.fix = fmt::format(
        "write {}, or correct `allocation`",
        to_string(IpPrefix::enclosing(cidr.exact.first(), *block.allocation)));
  }
  found.push_back(std::move(finding));
}

}  // namespace

void check_blocks(const PlanContext& context, std::vector<Finding>& found) {
  const Blocks blocks{context.parts()};
  for_each_cidr(context, [&](const Vpc& vpc, const WrittenPrefix& cidr,
                             const Labels& labels) {
    const auto own = missed_blocks(blocks, cidr.prefix, labels);
    const AddressBlock* foreign = blocks.foreign(cidr.prefix, labels);
    if (own.empty() && foreign == nullptr) return;
    report_place(vpc, cidr, own, foreign, found);
  });
}

void check_allocations(const PlanContext& context,
                       std::vector<Finding>& found) {
  const Blocks blocks{context.parts()};
  for_each_cidr(context, [&](const Vpc& vpc, const WrittenPrefix& cidr,
                             const Labels& labels) {
    const AddressBlock* block = allocating(blocks.of(labels), cidr.prefix);
    if (block != nullptr) check_allocation(vpc, cidr, *block, found);
  });
}

}  // namespace netproof
