#include "engine/regions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace netproof::engine {
namespace {

/// More regions than this are asked as one that holds them all.
constexpr std::size_t kMostRegions = 12;

Decision delivering(Decision decision) {
  for (Sharing& sharing : decision) {
    for (NextHop& hop : sharing) {
      if (hop.kind == HopKind::kBlackhole) hop = {HopKind::kNoRoute, 0};
    }
  }
  return decision;
}

/// Says of two tables whether a decision of one is a decision of the other.
class SameDecision {
 public:
  SameDecision(const Fib& before, const Fib& after)
      : before_{before}, after_{after} {}

  bool operator()(std::uint32_t old, std::uint32_t now) {
    const auto [at, fresh] = known_.try_emplace({old, now}, false);
    if (fresh) {
      at->second =
          delivering(before_.decision(old)) == delivering(after_.decision(now));
    }
    return at->second;
  }

 private:
  const Fib& before_;
  const Fib& after_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, bool> known_;
};

/// Collects the regions of two networks of one shape.
class Comparing {
 public:
  Comparing(const Compiled& before, const Compiled& after)
      : before_{before}, after_{after}, network_{after.network} {
    find_senders();
    find_through_vpcs();
    find_translated();
  }

  std::vector<Region> run() {
    compare_vpc_tables();
    compare_transit_tables();
    compare_associations();
    const Tables& old = before_.tables;
    const Tables& now = after_.tables;
    for (const auto member : {&Tables::vgw, &Tables::dxgw, &Tables::dx_entry,
                              &Tables::hub, &Tables::site, &Tables::router}) {
      for (std::size_t i = 0; i < (now.*member).size(); ++i) {
        add(IpSet::all(),
            destinations_that_differ((old.*member)[i], (now.*member)[i]));
      }
    }
    compare_acls();
    compare_groups();
    return std::move(regions_);
  }

 private:
  /// What the places of a VPC own, outside of its blocks too.
  void find_senders() {
    for (const VpcInfo& vpc : network_.vpcs) {
      IpSet own = vpc.cidr_set;
      for (const Index s : vpc.subnets) {
        own |= network_.subnets[s].cidr_set;
        std::vector<IpPrefix> hosts;
        for (const auto& [address, _] : network_.subnets[s].owners) {
          hosts.push_back(IpPrefix::host(address));
        }
        own |= IpSet::from_prefixes(hosts);
      }
      senders_.push_back(std::move(own));
    }
  }

  /// Packets of other sources than its own may leave a VPC: it forwards, or
  /// something routes to it what it does not own, or it routes away what it
  /// does.
  void find_through_vpcs() {
    through_.assign(network_.vpcs.size(), false);
    for (std::size_t v = 0; v < network_.vpcs.size(); ++v) {
      const VpcInfo& vpc = network_.vpcs[v];
      through_[v] = !vpc.appliances.empty() || !vpc.nats.empty() ||
                    !vpc.vpn_gateways.empty() ||
                    std::ranges::any_of(vpc.endpoints, [&](Index endpoint) {
                      return network_.parts().endpoints[endpoint].kind ==
                             EndpointKind::kInspection;
                    });
    }
    for (const Compiled* one : {&before_, &after_}) {
      for (const Fib& fib : one->tables.transit) mark_transits(fib);
      for (std::size_t t = 0; t < one->tables.vpc.size(); ++t) {
        const Index vpc = one->network.vpc_of_table(static_cast<Index>(t));
        if (vpc == kNone || through_[vpc]) continue;
        through_[vpc] = leads_away(one->tables.vpc[t], vpc);
      }
    }
  }

  /// A table sends what its VPC owns elsewhere than to the VPC.
  bool leads_away(const Fib& fib, Index vpc) const {
    for (const Fib::Part& part : fib.split(network_.vpcs[vpc].cidr_set)) {
      for (const Sharing& sharing : fib.decision(part.decision)) {
        for (const NextHop hop : sharing) {
          if (hop.kind != HopKind::kLocal) return true;
        }
      }
    }
    return false;
  }

  void mark_transits(const Fib& fib) {
    for (const Family family : {Family::kV4, Family::kV6}) {
      for (const Fib::Run& run : fib.runs(family)) {
        for (const Sharing& sharing : fib.decision(run.decision)) {
          for (const NextHop hop : sharing) {
            if (hop.kind == HopKind::kAttachment) mark(hop.index, run, family);
          }
        }
      }
    }
  }

  void mark(Index attachment, const Fib::Run& run, Family family) {
    const Index vpc = vpc_of(attachment);
    if (vpc == kNone || through_[vpc]) return;
    const auto own = network_.vpcs[vpc].cidr_set.intervals(family);
    through_[vpc] = std::ranges::none_of(own, [&](const auto& block) {
      return block.first <= run.first && run.last <= block.last;
    });
  }

  Index vpc_of(Index attachment) const {
    const auto& vpc = network_.parts().transit_attachments[attachment].vpc;
    return vpc && vpc->id ? vpc->id->value : kNone;
  }

  void find_translated() {
    std::vector<IpPrefix> nats;
    for (const NatGateway& nat : network_.parts().nat_gateways) {
      nats.push_back(IpPrefix::host(nat.private_address));
      if (nat.public_address) {
        nats.push_back(IpPrefix::host(*nat.public_address));
      }
    }
    translated_ = IpSet::from_prefixes(nats);
  }

  /// With every address that is rewritten into one of these.
  IpSet as_sent(IpSet addresses) const {
    for (const PublicMapping& map : network_.mappings) {
      const IpSet both =
          IpSet::of(map.public_address) | IpSet::of(map.private_address);
      if (!addresses.disjoint_from(both)) addresses |= both;
    }
    if (!addresses.disjoint_from(translated_)) return IpSet::all();
    return addresses;
  }

  // Both directions: a reply meets the same tables.
  void add(const IpSet& sources, const IpSet& destinations) {
    if (sources.empty() || destinations.empty()) return;
    const IpSet from = as_sent(sources);
    const IpSet to = as_sent(destinations);
    note({from, to});
    note({to, from});
  }

  void note(Region region) {
    for (const Region& known : regions_) {
      if (region.from.lies_inside(known.from) &&
          region.to.lies_inside(known.to)) {
        return;
      }
    }
    std::erase_if(regions_, [&](const Region& known) {
      return known.from.lies_inside(region.from) &&
             known.to.lies_inside(region.to);
    });
    regions_.push_back(std::move(region));
    if (regions_.size() <= kMostRegions) return;
    Region all;
    for (const Region& one : regions_) {
      all.from |= one.from;
      all.to |= one.to;
    }
    regions_ = {std::move(all)};
  }

  void compare_vpc_tables() {
    std::map<std::string, Index> known;
    for (std::size_t t = 0; t < before_.tables.vpc.size(); ++t) {
      const auto table = static_cast<Index>(t);
      known.emplace(before_.network.table_name(table), table);
    }
    for (std::size_t t = 0; t < after_.tables.vpc.size(); ++t) {
      const auto table = static_cast<Index>(t);
      const auto old = known.find(network_.table_name(table));
      // No subnet may use it, or the shapes would differ.
      if (old == known.end()) continue;
      const IpSet differ = destinations_that_differ(
          before_.tables.vpc[old->second], after_.tables.vpc[table]);
      if (!differ.empty()) add(senders_by(table, differ), differ);
    }
  }

  /// Who may send a packet to one of `destinations` by this table.
  IpSet senders_by(Index table, const IpSet& destinations) const {
    const Index vpc = network_.vpc_of_table(table);
    const bool edge = !network_.is_implied_table(table) &&
                      network_.parts().route_tables[table].gateway;
    if (vpc == kNone || through_[vpc] || edge ||
        !senders_[vpc].disjoint_from(destinations)) {
      return IpSet::all();
    }
    return senders_[vpc];
  }

  void compare_transit_tables() {
    const auto old = transit_by_name(before_.network);
    for (const auto& [name, table] : transit_by_name(network_)) {
      const auto known = old.find(name);
      // Nothing is associated with it, or the associations differ too.
      if (known == old.end()) continue;
      const IpSet differ = destinations_that_differ(
          before_.tables.transit[known->second], after_.tables.transit[table]);
      if (!differ.empty()) add(senders_to(name), differ);
    }
  }

  static std::map<std::string, Index> transit_by_name(const Network& network) {
    std::map<std::string, Index> names;
    const auto& tables = network.parts().transit_route_tables;
    for (std::size_t t = 0; t < tables.size(); ++t) {
      names.emplace(tables[t].name, static_cast<Index>(t));
    }
    return names;
  }

  static std::vector<std::string> associated(const Compiled& compiled,
                                             std::size_t attachment) {
    std::vector<std::string> names;
    for (const Index table : compiled.tables.association[attachment]) {
      names.push_back(
          table == kNone
              ? ""
              : compiled.network.parts().transit_route_tables[table].name);
    }
    return names;
  }

  IpSet senders_to(const std::string& table) const {
    IpSet senders;
    for (std::size_t a = 0; a < network_.parts().transit_attachments.size();
         ++a) {
      for (const Compiled* one : {&before_, &after_}) {
        const std::vector<std::string> names = associated(*one, a);
        if (std::ranges::find(names, table) != names.end()) {
          senders |= senders_over(static_cast<Index>(a));
        }
      }
    }
    return senders;
  }

  IpSet senders_over(Index attachment) const {
    const Index vpc = vpc_of(attachment);
    return vpc == kNone || through_[vpc] ? IpSet::all() : senders_[vpc];
  }

  void compare_associations() {
    for (std::size_t a = 0; a < network_.parts().transit_attachments.size();
         ++a) {
      if (associated(before_, a) == associated(after_, a)) continue;
      add(senders_over(static_cast<Index>(a)), moved(a));
    }
  }

  /// The destinations that matter to an attachment that changes its table. A
  /// fact of a table is not the same fact of another.
  IpSet moved(std::size_t attachment) const {
    const Fib* old = only_table(before_, attachment);
    const Fib* now = only_table(after_, attachment);
    return old != nullptr && now != nullptr
               ? destinations_that_differ(*old, *now)
               : IpSet::all();
  }

  static const Fib* only_table(const Compiled& compiled,
                               std::size_t attachment) {
    static const Fib nothing = Fib::build({});
    const std::vector<Index>& tables = compiled.tables.association[attachment];
    if (tables.size() != 1) return nullptr;
    if (tables[0] == kNone) return &nothing;
    const Fib& fib = compiled.tables.transit[tables[0]];
    for (const Family family : {Family::kV4, Family::kV6}) {
      for (const Fib::Run& run : fib.runs(family)) {
        if (fib.decision(run.decision).size() > 1) return nullptr;
      }
    }
    return &fib;
  }

  void add_bounds(const Bound& old, const Bound& now, const IpSet& sources,
                  const IpSet& destinations) {
    if (old.lower == now.lower && old.upper == now.upper) return;
    const PacketSet differ = (old.lower - now.lower) | (now.lower - old.lower) |
                             (old.upper - now.upper) | (now.upper - old.upper);
    add(differ.src_addresses() & sources,
        differ.dst_addresses() & destinations);
  }

  void compare_acls() {
    for (std::size_t s = 0; s < network_.subnets.size(); ++s) {
      for (const bool inbound : {true, false}) {
        const auto of = [&](const Compiled& one) -> const Bound& {
          const Index acl = one.network.subnets[s].acl;
          return acl == kNone ? Filters::everything()
                              : one.filters.acl(acl, inbound);
        };
        add_bounds(of(before_), of(after_), IpSet::all(), IpSet::all());
      }
    }
  }

  void compare_groups() {
    for (std::size_t i = 0; i < network_.parts().interfaces.size(); ++i) {
      const auto interface = static_cast<Index>(i);
      std::vector<IpPrefix> hosts;
      for (const IpAddress& one : network_.parts().interfaces[i].addresses) {
        hosts.push_back(IpPrefix::host(one));
      }
      // What forwards or carries pods filters what is not its own.
      const bool own = network_.parts().interfaces[i].source_check.is(true) &&
                       network_.node_of_interface[i] == kNone;
      compare_groups(before_.filters.of_interface(interface),
                     after_.filters.of_interface(interface),
                     own ? IpSet::from_prefixes(hosts) : IpSet::all());
    }
    for (std::size_t s = 0; s < network_.subnets.size(); ++s) {
      const auto subnet = static_cast<Index>(s);
      compare_groups(before_.filters.of_subnet(subnet),
                     after_.filters.of_subnet(subnet),
                     network_.subnets[s].unlisted);
    }
  }

  void compare_groups(const GroupSet& old, const GroupSet& now,
                      const IpSet& own) {
    for (const Reference reference : references(old, now)) {
      for (const bool ingress : {true, false}) {
        add_bounds(before_.filters.groups(old, ingress, reference),
                   after_.filters.groups(now, ingress, reference),
                   ingress ? IpSet::all() : own, ingress ? own : IpSet::all());
      }
    }
  }

  /// Every reference under which one of these may match something else.
  std::vector<Reference> references(const GroupSet& old, const GroupSet& now) {
    std::set<Index> vpcs;
    collect(before_.network, old, vpcs);
    collect(network_, now, vpcs);
    std::vector<Reference> all{{}};
    for (const Index vpc : vpcs) {
      all.push_back({vpc, true});
      all.push_back({vpc, false});
    }
    return all;
  }

  static void collect(const Network& network, const GroupSet& set,
                      std::set<Index>& vpcs) {
    const auto& groups = network.parts().security_groups;
    for (const Index group : set.groups) {
      if (group >= groups.size()) {
        vpcs.insert(group - static_cast<Index>(groups.size()));
        continue;
      }
      for (const auto* rules :
           {&groups[group].ingress, &groups[group].egress}) {
        for (const SecurityGroupRule& rule : rules->items) {
          for (const Peer& peer : rule.peers.items) {
            const auto* other = std::get_if<Ref<SecurityGroup>>(&peer);
            if (other == nullptr || !other->id) continue;
            const auto& home = groups[other->id->index()].vpc.id;
            if (home) vpcs.insert(home->value);
          }
        }
      }
    }
  }

  const Compiled& before_;
  const Compiled& after_;
  const Network& network_;  ///< of `after_`; both have one shape
  std::vector<IpSet> senders_;
  std::vector<bool> through_;
  IpSet translated_;
  std::vector<Region> regions_;
};

}  // namespace

IpSet destinations_that_differ(const Fib& before, const Fib& after) {
  SameDecision same(before, after);
  IpSet differ;
  for (const Family family : {Family::kV4, Family::kV6}) {
    const std::vector<Fib::Run>& old = before.runs(family);
    const std::vector<Fib::Run>& now = after.runs(family);
    std::vector<IpSet::Interval> intervals;
    auto a = old.begin();
    auto b = now.begin();
    // Both cover every address: each step ends where a run of one ends.
    while (a != old.end() && b != now.end()) {
      const Uint128 first = std::max(a->first, b->first);
      const Uint128 last = std::min(a->last, b->last);
      if (!same(a->decision, b->decision)) intervals.push_back({first, last});
      const bool a_ends = a->last == last;
      if (b->last == last) ++b;
      if (a_ends) ++a;
    }
    differ |= IpSet::from_intervals(family, std::move(intervals));
  }
  return differ;
}

std::vector<Region> regions_that_differ(const Compiled& before,
                                        const Compiled& after) {
  return Comparing(before, after).run();
}

}  // namespace netproof::engine
