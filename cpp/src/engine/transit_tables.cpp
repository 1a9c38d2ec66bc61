#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "engine/tables.hpp"
#include "engine/transit_offers.hpp"

namespace netproof::engine {
namespace {

// S43: ranks among equal prefixes.
enum Rank { kStatic, kPrefixList, kVpc, kDirectConnect, kVpn };

const TransitAttachment& attachment_at(const Network& network, Index a) {
  return network.parts().transit_attachments[a];
}

NextHop hop_to(Index attachment) { return {HopKind::kAttachment, attachment}; }

Sharing to(Index attachment) { return {hop_to(attachment)}; }

class Builder {
 public:
  Builder(const Network& network, const std::vector<Offer>& offers,
          const std::vector<std::vector<Index>>& of_gateway, Index table)
      : network_{network},
        offers_{offers},
        table_{network.parts().transit_route_tables[table]} {
    const auto& gateway = table_.gateway.id;
    if (gateway) members_ = of_gateway[gateway->index()];
  }

  Fib build() {
    collect_propagated();
    settle_vpcs();
    settle_equals(Rank::kDirectConnect, true);
    settle_equals(Rank::kVpn, vpn_ecmp());
    for (const TransitRoute& route : table_.routes.items) add(route);
    if (table_.routes.open) add_every_attachment(over_.outside);
    merge_equals(candidates_);
    return Fib::build(candidates_, over_);
  }

  /// The prefixes whose best lines may forward. REQUIRES: built.
  ActiveLines active_lines() const {
    ActiveLines found;
    found.open_v6 = !over_.outside.empty();
    found.open_v4 = found.open_v6 || !over_.outside_v4.empty();
    for (std::size_t i = 0; i < candidates_.size();) {
      const IpPrefix& prefix = candidates_[i].prefix;
      bool certain = false;
      bool forwards = false;
      for (; i < candidates_.size() && candidates_[i].prefix == prefix; ++i) {
        if (certain) continue;
        certain = !candidates_[i].doubtful;
        forwards = forwards || may_forward(candidates_[i]);
      }
      if (forwards) found.prefixes.push_back(prefix);
    }
    return found;
  }

 private:
  static bool may_forward(const Candidate& candidate) {
    const auto forwards = [](const Sharing& world) {
      return world.front().kind == HopKind::kAttachment;
    };
    return candidate.worlds.empty()
               ? candidate.hop.kind == HopKind::kAttachment
               : std::ranges::any_of(candidate.worlds, forwards);
  }

  bool vpn_ecmp() const {
    const auto& gateway = table_.gateway.id;
    return !gateway ||
           network_.parts().transit_gateways[gateway->index()].vpn_ecmp;
  }

  void add_every_attachment(std::vector<Sharing>& worlds) const {
    for (const Index a : members_) worlds.push_back(to(a));
    worlds.push_back({NextHop{}});
  }

  /// Attachments that propagate, each with whether that is certain.
  std::vector<std::pair<Index, bool>> propagating() const {
    std::vector<std::pair<Index, bool>> found;
    std::vector<bool> listed(offers_.size());
    const auto list = [&](Index a, bool certain) {
      if (listed[a]) return;
      listed[a] = true;
      found.emplace_back(a, certain);
    };
    bool open = table_.propagations.open;
    for (const Ref<TransitAttachment>& entry : table_.propagations.items) {
      if (entry.id) {
        list(entry.id->value, true);
      } else {
        open = true;
      }
    }
    if (is_default()) {
      for (const Index a : members_) list(a, true);
    }
    if (open) {
      for (const Index a : members_) list(a, false);
    }
    return found;
  }

  bool is_default() const {
    const auto& gateway = table_.gateway.id;
    if (!gateway) return false;
    const auto& chosen =
        network_.parts().transit_gateways[gateway->index()].default_propagation;
    return chosen && chosen->id &&
           &network_.parts().transit_route_tables[chosen->id->index()] ==
               &table_;
  }

  void collect_propagated() {
    for (const auto& [a, certain] : propagating()) {
      const Offer& offer = offers_[a];
      if (offer.open) {
        // Nothing of IPv6 propagates without support for it (S50).
        const bool v4_only = rank_of(a) == Rank::kVpc &&
                             attachment_at(network_, a).ipv6.is(false);
        auto& over = v4_only ? over_.outside_v4 : over_.outside;
        over.push_back(to(a));
      }
      auto& sorted = propagated_[rank_of(a)];
      for (Propagated prefix : offer.prefixes) {
        prefix.doubtful = prefix.doubtful || !certain;
        sorted.push_back(prefix);
      }
    }
  }

  int rank_of(Index a) const {
    switch (attachment_at(network_, a).kind) {
      case AttachmentKind::kDirectConnect:
        return Rank::kDirectConnect;
      case AttachmentKind::kVpn:
        return Rank::kVpn;
      default:
        return Rank::kVpc;
    }
  }

  const std::string& created(Index a) const {
    return attachment_at(network_, a).created;
  }

  Index vpc_of(Index a) const {
    const auto& vpc = attachment_at(network_, a).vpc;
    return vpc && vpc->id ? vpc->id->value : kNone;
  }

  bool surely_before(const Propagated& a, const Propagated& b) const {
    const std::string& first = created(a.attachment);
    const std::string& second = created(b.attachment);
    return !first.empty() && !second.empty() && first < second;
  }

  // S52. Sorted by first address, wider before narrower, a stack of open
  // prefixes finds every containing pair; only pairs of different VPCs count.
  void settle_vpcs() {
    std::vector<Propagated>& all = propagated_[Rank::kVpc];
    if (!std::ranges::is_sorted(all, {}, &Propagated::prefix)) {
      std::ranges::stable_sort(all, {}, &Propagated::prefix);
    }
    candidates_.reserve(all.size() + table_.routes.items.size());
    std::vector<bool> doubtful(all.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < all.size(); ++i) {
      while (!open.empty() &&
             !all[open.back()].prefix.contains(all[i].prefix)) {
        open.pop_back();
      }
      for (const std::size_t wider : open) {
        if (all[wider].prefix == all[i].prefix ||
            vpc_of(all[wider].attachment) == vpc_of(all[i].attachment)) {
          continue;
        }
        if (!surely_before(all[wider], all[i])) doubtful[wider] = true;
        if (!surely_before(all[i], all[wider])) doubtful[i] = true;
      }
      open.push_back(i);
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].doubtful = all[i].doubtful || doubtful[i];
    }
    for (std::size_t i = 0; i < all.size();) {
      std::size_t end = i + 1;
      while (end < all.size() && all[end].prefix == all[i].prefix) ++end;
      install_equal_vpcs(std::span{all}.subspan(i, end - i));
      i = end;
    }
  }

  /// Equal prefixes of VPCs: the earliest certain one is installed; those
  /// that may be earlier or are doubtful stay as worlds.
  void install_equal_vpcs(std::span<const Propagated> equal) {
    Candidate candidate{.prefix = equal.front().prefix, .rank = Rank::kVpc};
    if (equal.size() == 1) {
      candidate.hop = hop_to(equal.front().attachment);
      candidate.doubtful = equal.front().doubtful;
      candidates_.push_back(std::move(candidate));
      return;
    }
    candidate.doubtful = true;
    for (const Propagated& one : equal) {
      const bool later =
          std::ranges::any_of(equal, [&](const Propagated& other) {
            return !other.doubtful && surely_before(other, one);
          });
      if (later) continue;
      candidate.worlds.push_back(to(one.attachment));
      if (!one.doubtful) candidate.doubtful = false;
    }
    candidates_.push_back(std::move(candidate));
  }

  /// Equal BGP prefixes: least AS path, least MED, then load sharing or one of
  /// them.
  void settle_equals(int rank, bool shares) {
    std::map<IpPrefix, std::vector<Propagated>> by_prefix;
    for (const Propagated& one : propagated_[rank]) {
      by_prefix[one.prefix].push_back(one);
    }
    for (auto& [prefix, equal] : by_prefix) {
      const auto key = [](const Propagated& one) {
        return std::pair(one.as_path_length, one.med);
      };
      std::ranges::stable_sort(equal, {}, key);
      std::size_t i = 0;
      bool certain = false;
      while (i < equal.size() && !certain) {
        std::size_t end = i;
        while (end < equal.size() && key(equal[end]) == key(equal[i])) ++end;
        certain = add_equal_paths(prefix, rank, shares,
                                  {equal.begin() + static_cast<long>(i),
                                   equal.begin() + static_cast<long>(end)});
        i = end;
      }
    }
  }

  /// Adds the candidates of one AS path length and MED; says whether one is
  /// certain.
  bool add_equal_paths(const IpPrefix& prefix, int rank, bool shares,
                       const std::vector<Propagated>& equal) {
    std::set<Index> certain;
    std::set<Index> all;
    for (const Propagated& one : equal) {
      all.insert(one.attachment);
      if (!one.doubtful) certain.insert(one.attachment);
    }
    Candidate candidate{.prefix = prefix, .rank = rank};
    if (!shares) {
      for (const Index a : all) candidate.worlds.push_back(to(a));
    } else {
      // Each doubtful member may join those that are certainly there.
      add_subsets(certain, all, candidate.worlds);
    }
    candidate.doubtful = certain.empty();
    candidates_.push_back(std::move(candidate));
    return !certain.empty();
  }

  static void add_subsets(const std::set<Index>& certain,
                          const std::set<Index>& all,
                          std::vector<Sharing>& worlds) {
    std::vector<Index> optional;
    std::ranges::set_difference(all, certain, std::back_inserter(optional));
    // More than six doubtful equal paths: each alone and all together stand
    // for the subsets; deny and require only ask for some and every member.
    const std::size_t subsets = std::size_t{1}
                                << std::min<std::size_t>(optional.size(), 6);
    for (std::size_t bits = subsets; bits-- > 0;) {
      std::set<Index> members = certain;
      for (std::size_t i = 0; i < optional.size(); ++i) {
        if (i >= 6 || ((bits >> i) & 1U) != 0) members.insert(optional[i]);
      }
      if (members.empty()) continue;
      Sharing sharing;
      for (const Index a : members) sharing.push_back(hop_to(a));
      worlds.push_back(std::move(sharing));
    }
  }

  void add(const TransitRoute& route) {
    const std::vector<Sharing> worlds = worlds_of(route);
    if (route.destination) {
      candidates_.push_back({.prefix = route.destination->prefix,
                             .rank = Rank::kStatic,
                             .worlds = worlds});
      return;
    }
    const PrefixList* list = nullptr;
    if (route.prefix_list && route.prefix_list->id) {
      list = &network_.parts().prefix_lists[route.prefix_list->id->index()];
      for (const WrittenPrefix& entry : list->entries.items) {
        candidates_.push_back({.prefix = entry.prefix,
                               .rank = Rank::kPrefixList,
                               .worlds = worlds});
      }
    }
    if (list == nullptr || list->entries.open) {
      over_.outside.insert(over_.outside.end(), worlds.begin(), worlds.end());
    }
  }

  std::vector<Sharing> worlds_of(const TransitRoute& route) const {
    const Sharing blackhole = {{HopKind::kBlackhole, 0}};
    if (route.blackhole) return {blackhole};
    std::vector<Sharing> worlds;
    if (route.target_unknown || route.targets.empty()) {
      add_every_attachment(worlds);
    }
    for (const Ref<TransitAttachment>& target : route.targets) {
      if (!target.id) {
        add_every_attachment(worlds);
        continue;
      }
      const auto& available =
          attachment_at(network_, target.id->value).available;
      if (available.may_be(true)) worlds.push_back(to(target.id->value));
      if (available.may_be(false)) worlds.push_back(blackhole);
    }
    return worlds;
  }

  const Network& network_;
  const std::vector<Offer>& offers_;
  const TransitRouteTable& table_;
  std::vector<Index> members_;
  std::map<int, std::vector<Propagated>> propagated_;
  std::vector<Candidate> candidates_;
  Over over_;
};

std::vector<std::vector<Index>> attachments_by_gateway(const Network& network) {
  std::vector<std::vector<Index>> found(
      network.parts().transit_gateways.size());
  const auto& attachments = network.parts().transit_attachments;
  for (std::size_t a = 0; a < attachments.size(); ++a) {
    if (const auto& gateway = attachments[a].gateway.id) {
      found[gateway->index()].push_back(static_cast<Index>(a));
    }
  }
  return found;
}

}  // namespace

std::vector<Fib> transit_tables(const Network& network,
                                std::vector<ActiveLines>& lines) {
  std::vector<Offer> offers;
  const std::size_t attachments = network.parts().transit_attachments.size();
  for (std::size_t a = 0; a < attachments; ++a) {
    offers.push_back(offer_of(network, static_cast<Index>(a)));
  }
  const auto of_gateway = attachments_by_gateway(network);
  std::vector<Fib> fibs;
  const std::size_t tables = network.parts().transit_route_tables.size();
  for (std::size_t t = 0; t < tables; ++t) {
    Builder builder{network, offers, of_gateway, static_cast<Index>(t)};
    fibs.push_back(builder.build());
    lines.push_back(builder.active_lines());
  }
  return fibs;
}

}  // namespace netproof::engine
