#include "engine/firewall_filter.hpp"

#include <algorithm>
#include <utility>

#include "netproof/net/protocol.hpp"

namespace netproof::engine {
namespace {

struct Sides {
  IpSet sure;
  IpSet possible;
};

/// A line as the headers that it surely and that it may match.
struct Line {
  PacketSet sure;
  PacketSet possible;
  const FirewallLine* written = nullptr;

  bool may(FirewallAction action) const {
    return written->action.may_be(action);
  }
  bool does(FirewallAction action) const { return written->action.is(action); }
};

/// All lines of the groups of a policy in the order in which they are asked;
/// `open`: there may be others among them.
struct Lines {
  std::vector<Line> items;
  bool open = false;
};

class Reading {
 public:
  Reading(const Network& network, const NetworkFirewall& firewall,
          const FirewallPolicy& policy)
      : parts_{network.parts()} {
    if (policy.home_net) {
      add(*policy.home_net, home_);
    } else if (firewall.vpc) {
      add(parts_.vpcs[firewall.vpc.id->index()].cidrs, home_);
    } else {
      home_.possible = IpSet::all();
    }
  }

  Lines lines(const OpenList<FirewallPolicy::Use>& written,
              bool stateful) const {
    std::vector<FirewallPolicy::Use> uses = written.items;
    std::ranges::stable_sort(uses, {}, &FirewallPolicy::Use::priority);
    Lines all;
    all.open = written.open;
    for (const FirewallPolicy::Use& use : uses) {
      if (!use.group) {
        all.open = true;
        continue;
      }
      const FirewallRuleGroup& group =
          parts_.firewall_rule_groups[use.group.id->index()];
      all.open = all.open || group.lines.open || group.stateful != stateful;
      const std::size_t first = all.items.size();
      for (const FirewallLine& line : group.lines.items) {
        all.items.push_back(read(line));
      }
      if (stateful) continue;
      std::stable_sort(all.items.begin() + static_cast<std::ptrdiff_t>(first),
                       all.items.end(), [](const Line& a, const Line& b) {
                         return a.written->priority < b.written->priority;
                       });
    }
    return all;
  }

 private:
  static void add(const OpenList<WrittenPrefix>& list, Sides& sides) {
    std::vector<IpPrefix> prefixes;
    for (const WrittenPrefix& one : list.items) prefixes.push_back(one.prefix);
    const IpSet set = IpSet::from_prefixes(prefixes);
    sides.sure |= set;
    sides.possible |= list.open ? IpSet::all() : set;
  }

  void add(const FirewallAddress& address, Sides& sides) const {
    if (const auto* prefix = std::get_if<WrittenPrefix>(&address)) {
      sides.sure |= IpSet::of(prefix->prefix);
      sides.possible |= IpSet::of(prefix->prefix);
    } else if (const auto* list = std::get_if<Ref<PrefixList>>(&address)) {
      if (list->id) {
        add(parts_.prefix_lists[list->id->index()].entries, sides);
      } else {
        sides.possible = IpSet::all();
      }
    } else {
      sides.sure |= home_.sure;
      sides.possible |= home_.possible;
    }
  }

  Sides read(const FirewallSide& side) const {
    Sides within;
    for (const FirewallAddress& one : side.within.items) add(one, within);
    if (side.within.items.empty() && !side.within.open) {
      within = {IpSet::all(), IpSet::all()};
    }
    if (side.within.open) within.possible = IpSet::all();
    Sides without;
    for (const FirewallAddress& one : side.without) add(one, without);
    return {within.sure - without.possible, within.possible - without.sure};
  }

  Line read(const FirewallLine& written) const {
    const Sides from = read(written.sources);
    const Sides to = read(written.destinations);
    const bool unknown = written.service.unknown;
    Line line;
    line.written = &written;
    line.possible =
        PacketSet::box(from.possible, to.possible,
                       unknown ? TransportSet::all() : written.service.value);
    if (!unknown && written.condition.empty()) {
      line.sure = PacketSet::box(from.sure, to.sure, written.service.value);
    }
    return line;
  }

  const TopologyParts& parts_;
  Sides home_;
};

/// First-match lists for the two bounds of "it is let through". Where a line
/// may match or not, the lower bound takes it if it may refuse, the upper if it
/// may let through.
class Bounding {
 public:
  void add(const Line& line, bool may_let, bool may_refuse) {
    lower_.push_back(may_refuse ? FilterLine{line.possible, false}
                                : FilterLine{line.sure, true});
    upper_.push_back(may_let ? FilterLine{line.possible, true}
                             : FilterLine{line.sure, false});
  }
  void add_rest(const PacketSet& set, bool may_let, bool may_refuse) {
    lower_.push_back({set, !may_refuse});
    upper_.push_back({set, may_let});
  }
  Bound done() const {
    Bound bound{PacketSet::first_match(lower_), PacketSet::first_match(upper_)};
    if (bound.lower == bound.upper) bound.upper = bound.lower;
    return bound;
  }

 private:
  std::vector<FilterLine> lower_;
  std::vector<FilterLine> upper_;
};

Bound kept(const Lines& lines, const Open<FirewallAction>& rest) {
  if (lines.open) return Filters::anything();
  Bounding bounding;
  for (const Line& line : lines.items) {
    bounding.add(line, !line.does(FirewallAction::kDrop),
                 line.may(FirewallAction::kDrop));
  }
  bounding.add_rest(PacketSet::all(), !rest.is(FirewallAction::kDrop),
                    rest.may_be(FirewallAction::kDrop));
  return bounding.done();
}

/// What is dropped is not asked, so a drop ends the lists either way.
Bound uninspected(const Lines& lines, const Open<FirewallAction>& rest) {
  if (lines.open) return Filters::anything();
  Bounding bounding;
  for (const Line& line : lines.items) {
    bounding.add(line, line.may(FirewallAction::kPass),
                 line.may(FirewallAction::kForward));
  }
  bounding.add_rest(PacketSet::all(), rest.may_be(FirewallAction::kPass),
                    rest.may_be(FirewallAction::kForward));
  return bounding.done();
}

/// Which packet of a flow the stateful lines are asked about.
enum class Asked { kFirst, kRest, kReply };

/// The lines that such a packet meets.
std::vector<const Line*> met(const Lines& lines, Asked asked) {
  const FlowPart other =
      asked == Asked::kReply ? FlowPart::kRequests : FlowPart::kReplies;
  std::vector<const Line*> result;
  for (const Line& line : lines.items) {
    if (asked == Asked::kFirst && line.written->established) continue;
    if (line.written->part == other) continue;
    if (!line.does(FirewallAction::kAlert)) result.push_back(&line);
  }
  return result;
}

/// What lines may pass that speak of requests alone: they do not pass the flow.
PacketSet passed_one_way(const Lines& lines) {
  PacketSet passed;
  for (const Line* line : met(lines, Asked::kFirst)) {
    const bool one_way = line->written->part == FlowPart::kRequests;
    if (one_way && line->may(FirewallAction::kPass)) passed |= line->possible;
  }
  return passed;
}

/// What becomes of what no line decides, in either order.
struct Rest {
  Open<Unmatched> in_strict_order;
  Unmatched in_action_order = Unmatched::kPass;
};

Rest all_are(Unmatched fate) { return {{fate, false, {}}, fate}; }

/// What no line decides where replies are asked about. What `drop_established`
/// drops is sent by whoever began the flow (S84).
Rest rest_of_replies(const FirewallPolicy& policy) {
  Open<Unmatched> strict = policy.unmatched;
  if (strict.is(Unmatched::kDropEstablished)) strict.value = Unmatched::kPass;
  return {strict, Unmatched::kPass};
}

Bound in_strict_order(const Lines& lines, const Open<Unmatched>& rest,
                      Asked asked) {
  Bounding bounding;
  for (const Line* line : met(lines, asked)) {
    bounding.add(*line, line->may(FirewallAction::kPass),
                 line->may(FirewallAction::kDrop));
  }
  if (asked == Asked::kFirst && rest.is(Unmatched::kDropEstablished)) {
    bounding.add_rest(PacketSet::box(IpSet::all(), IpSet::all(),
                                     TransportSet::protocol(kTcp)),
                      true, false);
  }
  bounding.add_rest(PacketSet::all(), rest.may_be(Unmatched::kPass),
                    !rest.is(Unmatched::kPass));
  return bounding.done();
}

/// All that pass before all that drop (S83). A line of unknown action may be
/// among either.
Bound in_action_order(const Lines& lines, Unmatched rest, Asked asked) {
  Bounding bounding;
  const std::vector<const Line*> all = met(lines, asked);
  for (const Line* line : all) {
    if (line->does(FirewallAction::kPass)) bounding.add(*line, true, false);
  }
  for (const Line* line : all) {
    if (line->written->action.unknown) bounding.add(*line, true, true);
  }
  for (const Line* line : all) {
    if (line->does(FirewallAction::kDrop)) bounding.add(*line, false, true);
  }
  const bool passes = rest == Unmatched::kPass;
  bounding.add_rest(PacketSet::all(), passes, !passes);
  return bounding.done();
}

Bound stateful(const Lines& lines, const Open<bool>& strict_order,
               const Rest& rest, Asked asked) {
  if (lines.open) return Filters::anything();
  if (strict_order.is(true)) {
    return in_strict_order(lines, rest.in_strict_order, asked);
  }
  Bound by_action = in_action_order(lines, rest.in_action_order, asked);
  if (strict_order.is(false)) return by_action;
  const Bound strict = in_strict_order(lines, rest.in_strict_order, asked);
  return {by_action.lower & strict.lower, by_action.upper | strict.upper};
}

FirewallBounds make(const Network& network, const NetworkFirewall& firewall) {
  const auto& id = firewall.policy.value.id;
  if (firewall.policy.unknown || !id) return unknown_firewall();
  const FirewallPolicy& policy = network.parts().firewall_policies[id->index()];
  const Reading reading{network, firewall, policy};
  const Lines stateless = reading.lines(policy.stateless, false);
  const Lines rules = reading.lines(policy.stateful, true);
  FirewallBounds bounds;
  bounds.kept = kept(stateless, policy.stateless_default);
  bounds.uninspected = uninspected(stateless, policy.stateless_default);
  const auto passed = [&](const Rest& rest, Asked asked) {
    return stateful(rules, policy.strict_order, rest, asked);
  };
  bounds.first = passed({policy.unmatched}, Asked::kFirst);
  bounds.rest = passed({policy.unmatched}, Asked::kRest);
  bounds.lined = passed(all_are(Unmatched::kDrop), Asked::kFirst).lower -
                 passed_one_way(rules);
  bounds.answers = passed(rest_of_replies(policy), Asked::kReply).lower;
  return bounds;
}

}  // namespace

const FirewallBounds& unknown_firewall() {
  static const FirewallBounds unknown{Filters::anything(),
                                      Filters::anything(),
                                      Filters::anything(),
                                      Filters::anything(),
                                      {},
                                      {}};
  return unknown;
}

std::string undecided(const TopologyParts& parts, const Endpoint& endpoint) {
  if (!endpoint.firewall || !*endpoint.firewall) return {};
  const auto& named =
      parts.network_firewalls[endpoint.firewall->id->index()].policy;
  if (named.unknown || !named.value) return {};
  const FirewallPolicy& policy =
      parts.firewall_policies[named.value.id->index()];
  for (const auto* uses : {&policy.stateless, &policy.stateful}) {
    for (const FirewallPolicy::Use& use : uses->items) {
      if (!use.group) continue;
      for (const FirewallLine& line :
           parts.firewall_rule_groups[use.group.id->index()].lines.items) {
        if (line.condition.empty()) continue;
        return ", as " + line.name + " hangs on " + line.condition;
      }
    }
  }
  return {};
}

const FirewallBounds& FirewallFilters::of(Index firewall) const {
  const std::scoped_lock lock{mutex_};
  std::unique_ptr<FirewallBounds>& made = made_[firewall];
  if (!made) {
    made = std::make_unique<FirewallBounds>(
        make(network_, network_.parts().network_firewalls[firewall]));
  }
  return *made;
}

}  // namespace netproof::engine
