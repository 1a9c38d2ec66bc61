#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <variant>
#include <vector>

#include "rules/plan_checks.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

constexpr std::size_t kRelatedShown = 20;

/// A list of prefixes of which an order of length may matter elsewhere.
struct PrefixSet {
  std::string holder;  ///< "prefix-list:all"
  std::string what;    ///< "entries", "allowed prefixes"
  std::vector<const WrittenPrefix*> entries;
  bool routes = false;  ///< the longest prefix among several such lists wins
};

void add(const OpenList<WrittenPrefix>& list, PrefixSet set,
         std::vector<PrefixSet>& sets) {
  for (const WrittenPrefix& one : list.items) set.entries.push_back(&one);
  sets.push_back(std::move(set));
}

/// The prefix lists that some route refers to.
std::set<std::uint32_t> routed_lists(const TopologyParts& parts) {
  std::set<std::uint32_t> routed;
  const auto add_all = [&](const auto& tables) {
    for (const auto& table : tables) {
      for (const auto& route : table.routes.items) {
        if (route.prefix_list && route.prefix_list->id) {
          routed.insert(route.prefix_list->id->value);
        }
      }
    }
  };
  add_all(parts.route_tables);
  add_all(parts.transit_route_tables);
  return routed;
}

void add_peers(const SecurityGroup& group, std::vector<PrefixSet>& sets) {
  for (const auto* rules : {&group.ingress, &group.egress}) {
    for (const SecurityGroupRule& rule : rules->items) {
      PrefixSet set{"sg:" + group.name, "peers of " + rule.name, {}, false};
      for (const Peer& peer : rule.peers.items) {
        const auto* prefix = std::get_if<WrittenPrefix>(&peer);
        if (prefix != nullptr) set.entries.push_back(prefix);
      }
      sets.push_back(std::move(set));
    }
  }
}

std::vector<PrefixSet> sets_of(const TopologyParts& parts) {
  std::vector<PrefixSet> sets;
  const auto routed = routed_lists(parts);
  for (std::uint32_t i = 0; i < parts.prefix_lists.size(); ++i) {
    const PrefixList& list = parts.prefix_lists[i];
    add(list.entries,
        {"prefix-list:" + list.name, "entries", {}, routed.contains(i)}, sets);
  }
  for (const SecurityGroup& group : parts.security_groups) {
    add_peers(group, sets);
  }
  for (const DirectConnectGateway& gateway : parts.direct_connect_gateways) {
    for (const DirectConnectAssociation& one : gateway.associations) {
      add(one.allowed_prefixes,
          {"dxgw:" + gateway.name, "allowed prefixes", {}, true}, sets);
    }
  }
  for (const VirtualInterface& link : parts.virtual_interfaces) {
    add(link.advertised, {"vif:" + link.name, "advertised prefixes", {}, true},
        sets);
  }
  for (const VpnConnection& vpn : parts.vpn_connections) {
    add(vpn.advertised, {"vpn:" + vpn.name, "advertised prefixes", {}, true},
        sets);
  }
  return sets;
}

/// Every prefix that takes part in routing somewhere, and in how many sets.
class Routed {
 public:
  Routed(const TopologyParts& parts, const std::vector<PrefixSet>& sets) {
    for (const PrefixSet& set : sets) {
      if (!set.routes) continue;
      std::set<IpPrefix> own;
      for (const WrittenPrefix* one : set.entries) own.insert(one->prefix);
      for (const IpPrefix prefix : own) ++count_[prefix];
    }
    for_each_prefix(parts, [&](const WrittenPrefix& one, PrefixUse use,
                               const std::string&) {
      if (use == PrefixUse::kRoute || use == PrefixUse::kVpc) {
        ++count_[one.prefix];
      }
    });
  }

  /// Does anything but one list have a prefix from `narrow` up to `wide`?
  bool between(IpPrefix narrow, IpPrefix wide,
               const std::set<IpPrefix>& own) const {
    for (int length = wide.length(); length <= narrow.length(); ++length) {
      const IpPrefix one = IpPrefix::enclosing(narrow.first(), length);
      const auto at = count_.find(one);
      if (at == count_.end()) continue;
      if (at->second > (own.contains(one) ? 1U : 0U)) return true;
    }
    return false;
  }

 private:
  std::map<IpPrefix, std::size_t> count_;
};

using Pair = std::pair<const WrittenPrefix*, const WrittenPrefix*>;

/// The entries that the set does not need, each with the one that covers it.
std::vector<Pair> redundant_in(const PrefixSet& set, const Routed& routed) {
  std::vector<const WrittenPrefix*> sorted = set.entries;
  std::ranges::stable_sort(
      sorted, {}, [](const WrittenPrefix* one) { return one->prefix; });
  std::set<IpPrefix> own;
  for (const WrittenPrefix* one : sorted) own.insert(one->prefix);
  std::vector<Pair> pairs;
  const WrittenPrefix* outer = nullptr;
  for (const WrittenPrefix* one : sorted) {
    if (outer == nullptr || !outer->prefix.contains(one->prefix)) {
      outer = one;
      continue;
    }
    const bool needed = set.routes && one->prefix != outer->prefix &&
                        routed.between(one->prefix, outer->prefix, own);
    if (!needed) pairs.emplace_back(one, outer);
  }
  return pairs;
}

void report(const PrefixSet& set, const std::vector<Pair>& pairs,
            std::vector<Finding>& found) {
  std::vector<std::string> texts;
  for (const auto& [one, outer] : pairs) {
    texts.push_back(one->prefix == outer->prefix
                        ? fmt::format("{} twice", to_string(one->prefix))
                        : fmt::format("{} inside {}", to_string(one->prefix),
                                      to_string(outer->prefix)));
  }
  Finding finding = make_finding(
      "list-has-no-redundant-entry",
      fmt::format("{}: the {} have {}", set.holder, set.what, some_of(texts)),
      pairs.front().first->where, set.holder);
  for (const auto& [one, outer] : pairs) {
    if (finding.related.size() == kRelatedShown) break;
    finding.related.push_back(
        {fmt::format("{} covers {}", to_string(outer->prefix),
                     to_string(one->prefix)),
         outer->where});
  }
  found.push_back(std::move(finding));
}

}  // namespace

// Where prefixes are routed, a longer one is no repetition if something else
// has a prefix between the two: the longest wins (S17, S43, S94).
void check_redundant_entries(const PlanContext& context,
                             std::vector<Finding>& found) {
  const std::vector<PrefixSet> sets = sets_of(context.parts());
  const Routed routed(context.parts(), sets);
  for (const PrefixSet& set : sets) {
    const std::vector<Pair> pairs = redundant_in(set, routed);
    if (!pairs.empty()) report(set, pairs, found);
  }
}

}  // namespace netproof
