#include "reference/trace_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace netproof::reference {
namespace {

using Ends = std::vector<std::shared_ptr<const End>>;

Bounds if_delivered(const End& end) { return certainly(end.delivered); }

/// By S138: the fate that all worlds agree on, else unknown.
Fate fate_of(const Bounds& bounds) {
  if (bounds.all_always) return Fate::kDelivered;
  if (!bounds.some_possibly) return Fate::kDropped;
  const bool mixed = bounds.some_always && !bounds.all_possibly;
  return mixed ? Fate::kMixed : Fate::kUnknown;
}

ConnectionFate connection_of(Fate fate) {
  switch (fate) {
    case Fate::kDelivered:
      return ConnectionFate::kEstablished;
    case Fate::kDropped:
      return ConnectionFate::kBlocked;
    case Fate::kMixed:
      return ConnectionFate::kMixed;
    case Fate::kUnknown:
      return ConnectionFate::kUnknown;
  }
  throw ContractViolation("a fate is one of the closed list");
}

std::vector<Hop> hops_of(const Packet& packet) {
  std::vector<Hop> hops;
  for (auto link = packet.hops; link != nullptr; link = link->before) {
    hops.push_back(link->hop);
  }
  std::ranges::reverse(hops);
  return hops;
}

TracePath path_of(const End& end) {
  TracePath path;
  path.delivered = end.delivered;
  if (end.delivered) {
    path.to = end.to;
  } else if (!end.gave_up) {
    path.drop = end.drop;
  }
  path.hops = hops_of(end.packet);
  for (const auto& choice : end.packet.choices) {
    path.facts.push_back(choice->fact.text);
  }
  if (end.gave_up) path.facts.emplace_back(kTooManyWays);
  return path;
}

/// Two ways that differ in nothing but the port of a NAT gateway are shown
/// once.
bool look_alike(const TracePath& a, const TracePath& b) {
  const auto same_hop = [](const Hop& x, const Hop& y) {
    return x.at == y.at && x.did == y.did && x.entry == y.entry;
  };
  return a.delivered == b.delivered && a.to == b.to && a.drop == b.drop &&
         a.facts == b.facts && std::ranges::equal(a.hops, b.hops, same_hop);
}

/// Text that paths which look alike have in common.
std::string summary_of(const TracePath& path) {
  std::string text = path.delivered ? "delivered" : "dropped";
  for (const Hop& hop : path.hops) {
    text += fmt::format("|{} {} {}", hop.at, hop.did, hop.entry);
  }
  for (const std::string& fact : path.facts) text += "|" + fact;
  return text;
}

/// The paths of one direction, each once.
class Paths {
 public:
  explicit Paths(Direction& direction) : direction_{direction} {}

  void add(const Ends& ends) {
    for (const auto& end : ends) add(path_of(*end));
  }

 private:
  void add(TracePath path) {
    std::vector<std::size_t>& near = alike_[summary_of(path)];
    const bool known = std::ranges::any_of(near, [&](std::size_t i) {
      return look_alike(direction_.paths[i], path);
    });
    if (known) return;
    near.push_back(direction_.paths.size());
    if (!direction_.drop) direction_.drop = path.drop;
    direction_.paths.push_back(std::move(path));
  }

  Direction& direction_;
  std::unordered_map<std::string, std::vector<std::size_t>> alike_;
};

Direction forward_of(const Tree& tree) {
  Direction direction;
  direction.fate = fate_of(bounds_of(tree, if_delivered));
  if (direction.fate == Fate::kUnknown) {
    direction.unknown = decisive_facts(tree, if_delivered);
  }
  Paths{direction}.add(ends_of(tree));
  return direction;
}

/// The replies to all the ways in which the request was delivered.
struct Replies {
  Direction direction;
  std::map<const End*, Bounds> bounds;
  std::set<std::string> facts;
};

Replies replies_to(const Question& question, const Ends& delivered,
                   const std::string& no_reply_at) {
  Replies replies;
  Paths paths{replies.direction};
  std::set<const Node*> seen;
  std::vector<Fate> fates;
  for (const auto& end : delivered) {
    const auto tree = question.reply(*end);
    if (!tree) {
      replies.bounds[end.get()] = certainly(false);
      fates.push_back(Fate::kDropped);
      const Drop drop{DropCode::kNoState, no_reply_at, "", {}};
      if (!replies.direction.drop) replies.direction.drop = drop;
      continue;
    }
    const Bounds bounds = question.reply_bounds(*end);
    replies.bounds[end.get()] = bounds;
    if (!seen.insert(tree->get()).second) continue;
    fates.push_back(fate_of(bounds));
    if (fates.back() == Fate::kUnknown) {
      for (std::string& fact : decisive_facts(*tree, if_delivered)) {
        replies.facts.insert(std::move(fact));
      }
    }
    paths.add(ends_of(*tree));
  }
  const bool all_same = std::ranges::adjacent_find(
                            fates, std::ranges::not_equal_to{}) == fates.end();
  const bool unknown = std::ranges::find(fates, Fate::kUnknown) != fates.end();
  replies.direction.fate = all_same  ? fates.front()
                           : unknown ? Fate::kUnknown
                                     : Fate::kMixed;
  replies.direction.unknown = {replies.facts.begin(), replies.facts.end()};
  return replies;
}

/// What the connection as a whole becomes, and which drop is to blame.
void judge_connection(Trace& trace, const Tree& tree, const Replies& replies) {
  const Judge judge = [&](const End& end) {
    return end.delivered ? replies.bounds.at(&end) : certainly(false);
  };
  const Fate fate = fate_of(bounds_of(tree, judge));
  trace.connection = connection_of(fate);
  if (fate == Fate::kUnknown) {
    std::set<std::string> facts = replies.facts;
    for (std::string& fact : decisive_facts(tree, judge)) {
      facts.insert(std::move(fact));
    }
    trace.connection_unknown = {facts.begin(), facts.end()};
  }
  if (fate == Fate::kDelivered) return;
  if (trace.forward.drop) {
    trace.connection_direction = "forward";
    trace.connection_drop = trace.forward.drop;
  }
  if (replies.direction.drop && trace.forward.fate != Fate::kDropped) {
    trace.connection_direction = "return";
    trace.connection_drop = replies.direction.drop;
  }
}

}  // namespace

Trace trace_of(const Question& question, Place at, const Flow& flow) {
  Trace trace;
  trace.flow = flow;
  trace.at = at;
  trace.forward = forward_of(question.forward());
  Ends delivered;
  std::set<Place> places;
  for (const auto& end : ends_of(question.forward())) {
    if (!end->delivered) continue;
    delivered.push_back(end);
    places.insert(end->to);
  }
  if (places.size() == 1) trace.to = *places.begin();
  if (delivered.empty()) {
    judge_connection(trace, question.forward(), {});
    return trace;
  }
  const Replies replies =
      replies_to(question, delivered, question.name(delivered.front()->to));
  trace.reply = replies.direction;
  judge_connection(trace, question.forward(), replies);
  return trace;
}

}  // namespace netproof::reference
