#include "io/place_vpc_prefixes.hpp"

#include <iterator>
#include <set>
#include <utility>

namespace netproof::io {
namespace {

/// What an element stands for in one VPC.
struct Chosen {
  std::vector<WrittenPrefix> prefixes;
  bool open = false;  ///< there may be more
};

/// The VPCs that an element matches, by the values of the labels in `same`.
class Element {
 public:
  Element(Problems& problems, const VpcIndex& vpcs, const VpcPrefixes& written)
      : vpcs_{vpcs}, written_{written} {
    const auto matching = vpcs.matching(written.vpcs);
    if (matching.empty() && !vpcs.may_miss()) {
      vpcs.report_empty(problems, written.vpcs);
    }
    for (const std::string& name : written.same) {
      if (vpcs.has_label(name) || vpcs.may_miss()) continue;
      vpcs.report_unknown_label(problems, name, written.same_where);
    }
    for (const std::size_t vpc : matching) {
      if (const auto values = values_of(vpc)) groups_[*values].push_back(vpc);
    }
  }

  // A VPC without one of the labels is like no other. `own_too`: the CIDRs of
  // `around` itself count.
  Chosen in(const TopologyParts& parts, const std::string& around,
            bool own_too) const {
    Chosen chosen;
    chosen.open = vpcs_.may_miss();
    const auto own = vpcs_.find(around);
    Values values;
    if (!written_.same.empty()) {
      const auto same = own ? values_of(*own) : std::nullopt;
      chosen.open = chosen.open || !own;
      if (!same) return chosen;
      values = *same;
    }
    const auto at = groups_.find(values);
    if (at == groups_.end()) return chosen;
    std::set<IpPrefix> seen;
    for (const std::size_t vpc : at->second) {
      if (vpc == own && !own_too) continue;
      add(parts.vpcs[vpc].cidrs, seen, chosen);
    }
    return chosen;
  }

 private:
  using Values = std::vector<std::string>;

  std::optional<Values> values_of(std::size_t vpc) const {
    Values values;
    for (const std::string& name : written_.same) {
      const std::string* value = vpcs_.label(vpc, name);
      if (value == nullptr) return std::nullopt;
      values.push_back(*value);
    }
    return values;
  }

  void add(const OpenList<WrittenPrefix>& cidrs, std::set<IpPrefix>& seen,
           Chosen& chosen) const {
    chosen.open = chosen.open || cidrs.open;
    for (const WrittenPrefix& cidr : cidrs.items) {
      if (!seen.insert(cidr.prefix).second) continue;
      WrittenPrefix prefix;
      prefix.prefix = cidr.prefix;
      prefix.exact = cidr.prefix;
      prefix.text = to_string(cidr.prefix);
      prefix.where = written_.where;
      chosen.prefixes.push_back(std::move(prefix));
    }
  }

  const VpcIndex& vpcs_;
  const VpcPrefixes& written_;
  std::map<Values, std::vector<std::size_t>> groups_;
};

/// `list` with `more` in front of the elements that they belong to: pairs of an
/// index and an element, in the order of the indexes.
template <class T>
void insert_all(std::vector<T>& list,
                std::vector<std::pair<std::size_t, T>> more) {
  if (more.empty()) return;
  std::vector<T> result;
  result.reserve(list.size() + more.size());
  std::size_t taken = 0;
  for (auto& [at, element] : more) {
    for (; taken < at; ++taken) result.push_back(std::move(list[taken]));
    result.push_back(std::move(element));
  }
  std::move(list.begin() + static_cast<std::ptrdiff_t>(taken), list.end(),
            std::back_inserter(result));
  list = std::move(result);
}

class Placer {
 public:
  Placer(Draft& draft, const VpcIndex& vpcs) : draft_{draft}, vpcs_{vpcs} {}

  void run() {
    TopologyParts& p = draft_.parts;
    for_each(p.security_groups, draft_.groups,
             [&](SecurityGroup& group, const auto& pending,
                 const auto& elements) { place(group, pending, elements); });
    for_each(p.route_tables, draft_.route_tables,
             [&](RouteTable& table, const auto& pending, const auto& elements) {
               place(table.routes, table.vpc.name, pending, elements);
             });
    for_each(p.transit_route_tables, draft_.transit_tables,
             [&](TransitRouteTable& table, const auto& pending,
                 const auto& elements) {
               place(table.routes, "", pending, elements);
             });
  }

 private:
  template <class Kind, class Pending, class Place>
  void for_each(std::vector<Kind>& table,
                const Unfinished<Kind, Pending>& unfinished, Place place) {
    std::vector<std::vector<Element>> elements;
    for (const std::vector<Pending>& pending : unfinished.pending) {
      auto& of_object = elements.emplace_back();
      for (const Pending& each : pending) {
        of_object.emplace_back(draft_.problems, vpcs_, each.prefixes);
      }
    }
    for (const auto& [index, which] : unfinished.objects) {
      place(table[index], unfinished.pending[which], elements[which]);
    }
  }

  void place(SecurityGroup& group, const std::vector<PendingPeers>& pending,
             const std::vector<Element>& elements) {
    using More = std::vector<std::pair<std::size_t, Peer>>;
    std::map<std::pair<bool, std::size_t>, More> by_rule;
    for (std::size_t i = 0; i < pending.size(); ++i) {
      const PendingPeers& each = pending[i];
      auto& rules = each.ingress ? group.ingress : group.egress;
      auto chosen = elements[i].in(draft_.parts, group.vpc.name, true);
      OpenList<Peer>& peers = rules.items[each.rule].peers;
      peers.open = peers.open || chosen.open;
      More& more = by_rule[{each.ingress, each.rule}];
      for (WrittenPrefix& prefix : chosen.prefixes) {
        more.emplace_back(each.at, Peer{std::move(prefix)});
      }
    }
    for (auto& [rule, more] : by_rule) {
      auto& rules = rule.first ? group.ingress : group.egress;
      insert_all(rules.items[rule.second].peers.items, std::move(more));
    }
  }

  // The way to its own VPC is in every table already (S15).
  template <class RouteKind>
  void place(OpenList<RouteKind>& routes, const std::string& vpc,
             const std::vector<PendingRoutes<RouteKind>>& pending,
             const std::vector<Element>& elements) {
    std::vector<std::pair<std::size_t, RouteKind>> more;
    for (std::size_t i = 0; i < pending.size(); ++i) {
      auto chosen = elements[i].in(draft_.parts, vpc, false);
      routes.open = routes.open || chosen.open;
      for (WrittenPrefix& prefix : chosen.prefixes) {
        RouteKind route = pending[i].route;
        route.destination = std::move(prefix);
        more.emplace_back(pending[i].at, std::move(route));
      }
    }
    insert_all(routes.items, std::move(more));
  }

  Draft& draft_;
  const VpcIndex& vpcs_;
};

}  // namespace

void place_vpc_prefixes(Draft& draft, const VpcIndex& vpcs) {
  Placer{draft, vpcs}.run();
}

}  // namespace netproof::io
