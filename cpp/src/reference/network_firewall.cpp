#include "reference/network_firewall.hpp"

#include <algorithm>

namespace netproof::reference {
namespace {

using Action = FirewallAction;

Answer3 among(const OpenList<WrittenPrefix>& list, IpAddress address) {
  for (const WrittenPrefix& one : list.items) {
    if (one.prefix.contains(address)) return Answer3::kYes;
  }
  return list.open ? Answer3::kUnknown : Answer3::kNo;
}

Answer3 opposite(Answer3 answer) {
  if (answer == Answer3::kUnknown) return answer;
  return answer == Answer3::kYes ? Answer3::kNo : Answer3::kYes;
}

Answer3 all_of(const std::vector<Answer3>& answers) {
  Answer3 result = Answer3::kYes;
  for (const Answer3 one : answers) {
    if (one == Answer3::kNo) return one;
    if (one == Answer3::kUnknown) result = one;
  }
  return result;
}

}  // namespace

/// What may become of a packet, with the line that says so last.
struct FirewallJudge::Outcomes {
  std::set<Action> possible;
  std::string line;
  Location where;

  void add(const FirewallLine& by, Action action) {
    possible.insert(action);
    line = by.name;
    where = by.where;
  }

  FirewallAnswer is(Action wanted) const {
    const bool may = possible.contains(wanted);
    const bool must = may && possible.size() == 1;
    return {must  ? Answer3::kYes
            : may ? Answer3::kUnknown
                  : Answer3::kNo,
            line, where};
  }
};

/// A line that a packet may meet.
struct FirewallJudge::Met {
  const FirewallLine* line = nullptr;
  Answer3 matches = Answer3::kNo;
};

FirewallJudge::FirewallJudge(const View& view,
                             const Ref<NetworkFirewall>& firewall)
    : view_{view} {
  const TopologyParts& parts = view.parts();
  if (!firewall) return;
  firewall_ = &parts.network_firewalls[firewall.id->index()];
  if (firewall_->policy.unknown || !firewall_->policy.value) return;
  policy_ = &parts.firewall_policies[firewall_->policy.value.id->index()];
}

Answer3 FirewallJudge::is(const FirewallAddress& one, IpAddress address) const {
  const TopologyParts& parts = view_.parts();
  if (const auto* prefix = std::get_if<WrittenPrefix>(&one)) {
    return prefix->prefix.contains(address) ? Answer3::kYes : Answer3::kNo;
  }
  if (const auto* list = std::get_if<Ref<PrefixList>>(&one)) {
    if (!*list) return Answer3::kUnknown;
    return among(parts.prefix_lists[list->id->index()].entries, address);
  }
  if (policy_->home_net) return among(*policy_->home_net, address);
  if (!firewall_->vpc) return Answer3::kUnknown;
  return among(parts.vpcs[firewall_->vpc.id->index()].cidrs, address);
}

Answer3 FirewallJudge::on_side(const FirewallSide& side,
                               IpAddress address) const {
  Answer3 within = side.within.open ? Answer3::kUnknown : Answer3::kNo;
  if (side.within.items.empty() && !side.within.open) within = Answer3::kYes;
  for (const FirewallAddress& one : side.within.items) {
    const Answer3 answer = is(one, address);
    if (answer == Answer3::kYes) within = answer;
    if (answer == Answer3::kUnknown && within == Answer3::kNo) within = answer;
  }
  std::vector<Answer3> all{within};
  for (const FirewallAddress& one : side.without) {
    all.push_back(opposite(is(one, address)));
  }
  return all_of(all);
}

Answer3 FirewallJudge::matches(const FirewallLine& line,
                               const Flow& flow) const {
  Answer3 service = Answer3::kUnknown;
  if (!line.service.unknown) {
    service = line.service.value.contains(flow.protocol, flow.sport, flow.dport)
                  ? Answer3::kYes
                  : Answer3::kNo;
  }
  const Answer3 rest =
      line.condition.empty() ? Answer3::kYes : Answer3::kUnknown;
  return all_of({service, rest, on_side(line.sources, flow.src),
                 on_side(line.destinations, flow.dst)});
}

/// The lines of the groups that may match, in the order of their priorities.
std::vector<FirewallJudge::Met> FirewallJudge::met(
    const OpenList<FirewallPolicy::Use>& uses, bool stateful, const Flow& flow,
    bool& open) const {
  open = uses.open;
  std::vector<const FirewallPolicy::Use*> ordered;
  for (const FirewallPolicy::Use& use : uses.items) ordered.push_back(&use);
  std::ranges::stable_sort(ordered, [](const auto* a, const auto* b) {
    return a->priority < b->priority;
  });
  std::vector<Met> result;
  for (const FirewallPolicy::Use* use : ordered) {
    if (!use->group) {
      open = true;
      continue;
    }
    const FirewallRuleGroup& group =
        view_.parts().firewall_rule_groups[use->group.id->index()];
    // A group of the other sort holds lines that mean nothing here.
    if (group.lines.open || group.stateful != stateful) open = true;
    std::vector<const FirewallLine*> lines;
    for (const FirewallLine& line : group.lines.items) lines.push_back(&line);
    if (!stateful) {
      std::ranges::stable_sort(lines, [](const auto* a, const auto* b) {
        return a->priority < b->priority;
      });
    }
    for (const FirewallLine* line : lines) {
      const Answer3 answer = matches(*line, flow);
      if (answer != Answer3::kNo) result.push_back({line, answer});
    }
  }
  return result;
}

/// Of these the lines that such a packet of a flow meets.
std::vector<FirewallJudge::Met> FirewallJudge::met_stateful(const Flow& flow,
                                                            Stage stage,
                                                            bool& open) const {
  std::vector<Met> lines = met(policy_->stateful, true, flow, open);
  std::erase_if(lines, [&](const Met& one) {
    switch (one.line->part) {
      case FlowPart::kRequests:
        if (stage == Stage::kReply) return true;
        break;
      case FlowPart::kReplies:
        if (stage != Stage::kReply) return true;
        break;
      case FlowPart::kBoth:
        break;
    }
    return stage == Stage::kFirst && one.line->established;
  });
  return lines;
}

FirewallJudge::Outcomes FirewallJudge::stateless(const Flow& flow) const {
  const std::set<Action> every{Action::kPass, Action::kDrop, Action::kForward};
  Outcomes found;
  if (policy_ == nullptr) return {every, "", {}};
  bool open = false;
  const std::vector<Met> lines = met(policy_->stateless, false, flow, open);
  if (open) return {every, "", policy_->where};
  for (const Met& one : lines) {
    found.add(*one.line, one.line->action.value);
    if (one.line->action.unknown) found.possible = every;
    if (one.matches == Answer3::kYes) return found;
  }
  found.line = "stateless default";
  found.where = policy_->stateless_default.where;
  if (policy_->stateless_default.unknown) {
    found.possible = every;
  } else {
    found.possible.insert(policy_->stateless_default.value);
  }
  return found;
}

FirewallAnswer FirewallJudge::kept(const Flow& flow) const {
  FirewallAnswer dropped = stateless(flow).is(Action::kDrop);
  dropped.answer = opposite(dropped.answer);
  return dropped;
}

FirewallAnswer FirewallJudge::uninspected(const Flow& flow) const {
  Outcomes found = stateless(flow);
  found.possible.erase(Action::kDrop);
  return found.is(Action::kPass);
}

FirewallJudge::Outcomes FirewallJudge::strict(const Flow& flow,
                                              Stage stage) const {
  bool open = false;
  Outcomes found;
  for (const Met& one : met_stateful(flow, stage, open)) {
    if (one.line->action.is(Action::kAlert)) continue;
    found.add(*one.line, one.line->action.value);
    if (one.line->action.unknown) {
      found.possible.insert({Action::kPass, Action::kDrop});
    }
    if (one.matches == Answer3::kYes) return found;
  }
  found.line = "stateful default";
  found.where = policy_->unmatched.where;
  const bool begins = stage == Stage::kFirst && flow.protocol == kTcp;
  if (policy_->unmatched.unknown) {
    found.possible.insert({Action::kPass, Action::kDrop});
  } else if (policy_->unmatched.value == Unmatched::kPass ||
             (policy_->unmatched.value == Unmatched::kDropEstablished &&
              begins)) {
    found.possible.insert(Action::kPass);
  } else {
    found.possible.insert(Action::kDrop);
  }
  return found;
}

FirewallJudge::Outcomes FirewallJudge::by_action(const Flow& flow,
                                                 Stage stage) const {
  bool open = false;
  const std::vector<Met> lines = met_stateful(flow, stage, open);
  Outcomes found;
  for (const Action action : {Action::kPass, Action::kDrop}) {
    for (const Met& one : lines) {
      if (!one.line->action.may_be(action)) continue;
      found.add(*one.line, action);
      if (one.matches == Answer3::kYes && one.line->action.is(action)) {
        return found;
      }
    }
  }
  found.line = "stateful default";
  found.where = policy_->where;
  found.possible.insert(Action::kPass);
  return found;
}

FirewallAnswer FirewallJudge::passes(const Flow& flow, bool first) const {
  if (policy_ == nullptr) return {};
  bool open = false;
  met(policy_->stateful, true, flow, open);
  if (open) return {Answer3::kUnknown, "", policy_->where};
  const Stage stage = first ? Stage::kFirst : Stage::kRest;
  const Open<bool>& order = policy_->strict_order;
  if (order.is(true)) return strict(flow, stage).is(Action::kPass);
  Outcomes found = by_action(flow, stage);
  if (order.unknown) found.possible.merge(strict(flow, stage).possible);
  return found.is(Action::kPass);
}

/// Each order by itself: what an action order passes, a strict one may drop.
FirewallJudge::Outcomes FirewallJudge::by_lines(
    const Flow& flow, Stage stage, const Undecided& otherwise) const {
  Outcomes found;
  bool open = policy_ == nullptr;
  std::vector<Met> lines;
  if (!open) lines = met_stateful(flow, stage, open);
  if (open) return {{Action::kPass, Action::kDrop}, "", {}};
  std::erase_if(lines, [](const Met& one) {
    return one.line->action.is(Action::kAlert);
  });
  const auto ask = [&](const std::vector<Met>& asked,
                       const std::set<Action>& rest) {
    for (const Met& one : asked) {
      for (const Action action : {Action::kPass, Action::kDrop}) {
        if (one.line->action.may_be(action)) found.possible.insert(action);
      }
      const bool decides = one.matches == Answer3::kYes;
      if (decides && !one.line->action.unknown) return;
    }
    found.possible.insert(rest.begin(), rest.end());
  };
  const Open<bool>& order = policy_->strict_order;
  if (order.may_be(true)) ask(lines, otherwise.in_strict_order);
  if (order.may_be(false)) {
    std::ranges::stable_sort(lines, {}, [](const Met& one) {
      if (one.line->action.unknown) return 1;
      return one.line->action.is(Action::kPass) ? 0 : 2;
    });
    ask(lines, otherwise.in_action_order);
  }
  return found;
}

bool FirewallJudge::lined(const Flow& flow) const {
  const Outcomes found =
      by_lines(flow, Stage::kFirst, {{Action::kDrop}, {Action::kDrop}});
  if (found.possible.contains(Action::kDrop)) return false;
  // A line that speaks of requests alone does not pass the flow.
  bool open = false;
  const std::vector<Met> lines = met_stateful(flow, Stage::kFirst, open);
  return std::ranges::none_of(lines, [](const Met& one) {
    return one.line->part == FlowPart::kRequests &&
           one.line->action.may_be(Action::kPass);
  });
}

bool FirewallJudge::answers(const Flow& flow) const {
  Undecided otherwise{{Action::kPass}, {Action::kPass}};
  if (policy_ != nullptr) {
    // drop_established drops what the other side sends (S84).
    const Open<Unmatched>& rest = policy_->unmatched;
    if (rest.unknown) otherwise.in_strict_order.insert(Action::kDrop);
    if (rest.is(Unmatched::kDrop)) otherwise.in_strict_order = {Action::kDrop};
  }
  const Outcomes found = by_lines(flow, Stage::kReply, otherwise);
  return !found.possible.contains(Action::kDrop);
}

}  // namespace netproof::reference
