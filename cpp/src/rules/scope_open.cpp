// What may be in a zone besides what is listed.
#include "rules/scope_choice.hpp"

namespace netproof {

void Locations::Chosen::unite(const Chosen& other) {
  addresses |= other.addresses;
  possible |= other.possible;
  perhaps |= other.perhaps;
  named = named || other.named;
  known = known || other.known;
}

void Locations::Chosen::take(const IpSet& away) {
  const bool had = !addresses.empty();
  addresses -= away;
  possible -= away;
  perhaps -= away;
  if (had && addresses.empty()) known = false;
}

// What is not listed inherits labels, and may have those of its own that are
// given to objects of its kind; who labels VPCs does not label interfaces.
bool Locations::may_match(std::size_t node, const Selector& selector,
                          const std::set<std::string>& own) const {
  return labels_match(node, selector, own) && names_match(node, selector);
}

bool Locations::narrow(const Selector& selector, const IpSet& addresses,
                       Chosen& one) const {
  const Leaf& leaf = leaves_[one.leaf];
  one.named = one.named || !selector.names.empty();
  if (chooses_objects(selector)) {
    if (!matches(leaf.node, selector)) {
      const auto& own =
          leaf.unlisted == "interface" ? interface_labels_ : subnet_labels_;
      if (leaf.unlisted.empty() || !may_match(leaf.node, selector, own)) {
        return false;
      }
      one.perhaps |= one.addresses | one.possible;
      one.addresses = {};
      one.possible = {};
      one.known = false;
    }
    one.member = outermost(leaf.node, selector);
  }
  if (selector.cidrs.empty() && selector.names.empty()) return true;
  IpSet meant = addresses;
  for (const auto& [public_one, own] : leaf.mapped) {
    if (!selector.cidrs.empty() && addresses.contains(public_one)) {
      meant |= IpSet::of(own);
    }
  }
  one.addresses &= meant;
  one.possible &= meant;
  one.perhaps &= meant;
  one.known = one.known && !one.addresses.empty();
  return !one.empty();
}

// A gap is in every zone that a location of its VPC may be in.
void Locations::choose_gaps(const Selector& selector, Choice& choice) const {
  if (selector.internet) {
    choice.gaps.clear();
    return;
  }
  if (selector.zones.empty()) {
    for (const std::size_t node : gaps_) choice.gaps.emplace(node, true);
  }
  const bool by_address = !selector.cidrs.empty() || !selector.names.empty();
  std::erase_if(choice.gaps, [&](auto& gap) {
    if (!chooses_objects(selector)) return false;
    return !may_match(gap.first, selector, subnet_labels_);
  });
  for (auto& [node, whole] : choice.gaps) {
    const bool sure = !chooses_objects(selector) || matches(node, selector);
    whole = whole && sure && !by_address;
  }
}

}  // namespace netproof
