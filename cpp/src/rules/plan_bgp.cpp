#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "rules/plan_checks.hpp"
#include "rules/transit_view.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

constexpr std::size_t kRelatedShown = 20;

/// A virtual interface, or a VPN with BGP.
struct Link {
  std::string name;
  Location where;
  bool vpn = false;
  int local_preference = 0;
  int as_path_length = 1;
  std::optional<int> written_med;
  const OpenList<WrittenPrefix>* advertised = nullptr;

  int med() const { return written_med.value_or(vpn ? 100 : 0); }  // S43
};

std::vector<Link> links_of(const TopologyParts& parts) {
  std::vector<Link> links;
  for (const VirtualInterface& one : parts.virtual_interfaces) {
    links.push_back({"vif:" + one.name, one.where, false, one.local_preference,
                     one.as_path_length, one.med, &one.advertised});
  }
  for (const VpnConnection& one : parts.vpn_connections) {
    if (!one.bgp) continue;
    links.push_back({"vpn:" + one.name, one.where, true, 0, one.as_path_length,
                     one.med, &one.advertised});
  }
  return links;
}

/// Where links meet: "dxgw:x", "vgw:x", "tgw-rtb:x". On a transit gateway the
/// local preference does not count (S43).
struct Meeting {
  std::string at;
  bool local_preference = true;
};

/// What decides between links: the MED does if two of one rung differ in it.
struct Rungs {
  using Rung = std::pair<int, int>;  // local preference, AS path length
  std::map<Rung, std::set<int>> meds;
  std::vector<const Link*> links;
};

/// The links of a network by the places where they meet.
class Meetings {
 public:
  explicit Meetings(const TopologyParts& parts) : links_{links_of(parts)} {
    std::map<std::string, std::size_t> by_name;
    for (std::size_t i = 0; i < links_.size(); ++i) by_name[links_[i].name] = i;
    meet_outside_transit(parts, by_name);
    for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
      const std::string at = "tgw-rtb:" + parts.transit_route_tables[t].name;
      std::set<std::size_t> members;
      for (const Learned& one : learned_by(parts, t)) {
        const auto link = by_name.find(one.owner);
        if (link != by_name.end()) members.insert(link->second);
      }
      for (const std::size_t link : members) meet(link, {at, false});
    }
  }

  const std::vector<Link>& links() const { return links_; }

  /// What the MED of a link comes to: true if it decides, or may.
  struct Rival {
    const Link* link = nullptr;
    bool local_preference = true;  ///< counts where the two meet
  };
  struct Effect {
    bool decides = false;
    std::vector<Rival> rivals = {};  ///< advertise one of its prefixes too
  };
  Effect effect_of(std::size_t link) const {
    const Link& one = links_[link];
    Effect effect{.decides = one.advertised->open};
    const auto places = places_.find(link);
    if (places == places_.end()) return effect;
    for (const Meeting& meeting : places->second) {
      effect.decides = effect.decides || open_.contains(key_of(meeting, one));
      for (const WrittenPrefix& prefix : one.advertised->items) {
        add_effect(one, meeting, prefix.prefix, effect);
      }
    }
    return effect;
  }

 private:
  using Key = std::tuple<std::string, bool>;  // where, VPN

  static Key key_of(const Meeting& meeting, const Link& link) {
    return {meeting.at, link.vpn};
  }
  static Rungs::Rung rung_of(const Meeting& meeting, const Link& link) {
    return {meeting.local_preference ? link.local_preference : 0,
            link.as_path_length};
  }

  void meet_outside_transit(const TopologyParts& parts,
                            const std::map<std::string, std::size_t>& by_name) {
    const auto meet_at = [&](const std::string& link, const std::string& at) {
      const auto found = by_name.find(link);
      if (found != by_name.end()) meet(found->second, {at, true});
    };
    std::multimap<std::string, std::string> behind;  // dxgw to its vgws
    for (const DirectConnectGateway& gateway : parts.direct_connect_gateways) {
      for (const auto& association : gateway.associations) {
        if (!association.vpn_gateway) continue;
        behind.emplace(gateway.name, association.vpn_gateway->name);
      }
    }
    for (const VirtualInterface& one : parts.virtual_interfaces) {
      const std::string link = "vif:" + one.name;
      if (one.vpn_gateway) meet_at(link, "vgw:" + one.vpn_gateway->name);
      if (!one.gateway) continue;
      meet_at(link, "dxgw:" + one.gateway->name);
      const auto range = behind.equal_range(one.gateway->name);
      for (auto at = range.first; at != range.second; ++at) {
        meet_at(link, "vgw:" + at->second);
      }
    }
    for (const VpnConnection& one : parts.vpn_connections) {
      if (!one.vpn_gateway) continue;
      meet_at("vpn:" + one.name, "vgw:" + one.vpn_gateway->name);
    }
  }

  void meet(std::size_t link, const Meeting& meeting) {
    const Link& one = links_[link];
    places_[link].push_back(meeting);
    if (one.advertised->open) open_.insert(key_of(meeting, one));
    std::set<IpPrefix> seen;
    for (const WrittenPrefix& prefix : one.advertised->items) {
      if (!seen.insert(prefix.prefix).second) continue;
      Rungs& rungs = rungs_[{key_of(meeting, one), prefix.prefix}];
      rungs.meds[rung_of(meeting, one)].insert(one.med());
      // Two show that there is another one; the rest only fill the report.
      if (rungs.links.size() < kRelatedShown) rungs.links.push_back(&one);
    }
  }

  void add_effect(const Link& one, const Meeting& meeting, IpPrefix prefix,
                  Effect& effect) const {
    const Rungs& rungs = rungs_.at({key_of(meeting, one), prefix});
    const auto& meds = rungs.meds.at(rung_of(meeting, one));
    effect.decides = effect.decides || meds.size() > 1;
    for (const Link* other : rungs.links) {
      const bool known = std::ranges::find(effect.rivals, other,
                                           &Rival::link) != effect.rivals.end();
      if (other != &one && !known && effect.rivals.size() < kRelatedShown) {
        effect.rivals.push_back({other, meeting.local_preference});
      }
    }
  }

  std::vector<Link> links_;
  std::map<std::size_t, std::vector<Meeting>> places_;
  std::map<std::pair<Key, IpPrefix>, Rungs> rungs_;
  std::set<Key> open_;  ///< a link there may advertise anything
};

/// Why the MED of `one` is never asked about between it and a rival.
std::string reason(const Link& one, const Meetings::Rival& rival) {
  const Link& other = *rival.link;
  if (rival.local_preference &&
      one.local_preference != other.local_preference) {
    return fmt::format("the local preference decides before: {} ({} has {})",
                       one.local_preference, other.name,
                       other.local_preference);
  }
  if (one.as_path_length != other.as_path_length) {
    return fmt::format("the AS path decides before: {} long ({} has {})",
                       one.as_path_length, other.name, other.as_path_length);
  }
  return fmt::format("{} has {} too", other.name, other.med());
}

void report(const Link& one, const Meetings::Effect& effect,
            std::vector<Finding>& found) {
  const std::string why =
      effect.rivals.empty()
          ? "no other link advertises one of its prefixes to the same place"
          : reason(one, effect.rivals.front());
  Finding finding = make_finding(
      "med-has-effect",
      fmt::format("{}: the MED {} never decides; {}", one.name, one.med(), why),
      one.where, one.name);
  for (const Meetings::Rival& rival : effect.rivals) {
    finding.subjects.push_back(rival.link->name);
    finding.related.push_back({rival.link->name, rival.link->where});
  }
  found.push_back(std::move(finding));
}

}  // namespace

void check_meds(const PlanContext& context, std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  const Meetings meetings{parts};
  for (std::size_t i = 0; i < meetings.links().size(); ++i) {
    const Link& one = meetings.links()[i];
    if (!one.written_med) continue;
    const Meetings::Effect effect = meetings.effect_of(i);
    if (!effect.decides) report(one, effect, found);
  }
  for (const VpnConnection& vpn : parts.vpn_connections) {
    if (vpn.bgp || !vpn.med) continue;
    const std::string name = "vpn:" + vpn.name;
    found.push_back(make_finding(
        "med-has-effect",
        fmt::format("{}: the MED {} never decides; a static VPN has no BGP",
                    name, *vpn.med),
        vpn.where, name));
  }
}

void check_communities(const PlanContext& context,
                       std::vector<Finding>& found) {
  for (const VirtualInterface& link : context.parts().virtual_interfaces) {
    if (link.communities.empty()) continue;
    const std::string name = "vif:" + link.name;
    found.push_back(make_finding(
        "community-has-effect",
        fmt::format(
            "{}: AWS takes no notice of {} {}", name,
            link.communities.size() == 1 ? "the community" : "the communities",
            some_of(link.communities)),
        link.where, name));
  }
}

}  // namespace netproof
