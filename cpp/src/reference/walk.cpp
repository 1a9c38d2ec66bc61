#include "reference/walk.hpp"

#include <algorithm>
#include <utility>

namespace netproof::reference {
namespace {

/// Tables that one packet may pass (S155).
constexpr int kMaxTables = 64;

}  // namespace

Tree Walk::end(Packet packet, bool delivered, Place to, Drop drop) {
  ++nodes_;
  auto end = std::make_shared<End>();
  end->delivered = delivered;
  end->to = to;
  end->drop = std::move(drop);
  end->packet = std::move(packet);
  auto node = std::make_shared<Node>();
  node->end = std::move(end);
  return node;
}

Tree Walk::drop(Packet packet, DropCode code, const std::string& at,
                const std::string& entry, const Location& where) {
  hop(packet, at, "dropped", entry, where);
  return end(std::move(packet), false, {}, Drop{code, at, entry, where});
}

Tree Walk::deliver(Packet packet, Place place) {
  const std::string at = view_.name(place);
  if (is_reply()) {
    // Only the flow that the request opened is known where it came from.
    const bool known = place == options_.request->origin &&
                       packet.flow == reply_of(options_.asked);
    if (!known) return drop(std::move(packet), DropCode::kNoState, at);
  }
  if (blocked(place)) return drop(std::move(packet), DropCode::kPolicyDeny, at);
  hop(packet, at, "delivered");
  return end(std::move(packet), true, place, {});
}

Tree Walk::give_up(Packet packet) {
  Tree rest = end(std::move(packet), false, {}, {});
  std::const_pointer_cast<End>(rest->end)->gave_up = true;
  return rest;
}

void Walk::hop(Packet& packet, const std::string& at, const std::string& did,
               const std::string& entry, const Location& where,
               bool translated) const {
  if (!options_.hops) return;
  std::optional<Flow> flow;
  if (translated) flow = packet.flow;
  packet.hops = std::make_shared<const HopLink>(
      HopLink{Hop{at, did, entry, flow, where}, packet.hops});
}

Tree Walk::choose(Packet packet, const Fact& fact,
                  const std::vector<std::string>& alternatives,
                  const std::function<Tree(Packet, std::size_t)>& next) {
  if (alternatives.size() == 1) return next(std::move(packet), 0);
  if (const std::string* before = packet.chosen(fact.key)) {
    const auto at = std::ranges::find(alternatives, *before);
    const auto index = at == alternatives.end() ? 0 : at - alternatives.begin();
    return next(std::move(packet), static_cast<std::size_t>(index));
  }
  ++nodes_;
  auto node = std::make_shared<Node>();
  node->kind = Node::Kind::kFact;
  node->fact = fact;
  node->alternatives = alternatives;
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    Packet one = packet;
    one.choices.push_back(
        std::make_shared<const Choice>(Choice{fact, alternatives[i]}));
    const bool too_many = nodes_ > options_.most_nodes;
    node->children.push_back(too_many ? give_up(std::move(one))
                                      : next(std::move(one), i));
  }
  return node;
}

Tree Walk::share(Packet packet, std::size_t count,
                 const std::function<Tree(Packet, std::size_t)>& next) {
  if (count == 1) return next(std::move(packet), 0);
  if (nodes_ > options_.most_nodes) return give_up(std::move(packet));
  ++nodes_;
  auto node = std::make_shared<Node>();
  node->kind = Node::Kind::kShare;
  for (std::size_t i = 0; i < count; ++i) {
    node->children.push_back(next(packet, i));
  }
  return node;
}

Tree Walk::yes_no(Packet packet, Answer3 answer, const Fact& fact,
                  const Next& yes, const Next& no) {
  if (answer == Answer3::kYes) return yes(std::move(packet));
  if (answer == Answer3::kNo) return no(std::move(packet));
  return choose(std::move(packet), fact, {"yes", "no"},
                [&](Packet p, std::size_t which) {
                  return which == 0 ? yes(std::move(p)) : no(std::move(p));
                });
}

Tree Walk::filter(Packet packet, const Judgement& judgement, DropCode code,
                  const Next& next) {
  if (judgement.at.empty()) return next(std::move(packet));
  const auto pass = [&](Packet p) {
    hop(p, judgement.at, "allowed", judgement.entry, judgement.where);
    return next(std::move(p));
  };
  const auto deny = [&](Packet p) {
    return drop(std::move(p), code, judgement.at, judgement.entry,
                judgement.where);
  };
  const bool either = judgement.verdict == Judgement::Verdict::kEither;
  const bool passes = judgement.verdict == Judgement::Verdict::kPass;
  const Answer3 answer = either   ? Answer3::kUnknown
                         : passes ? Answer3::kYes
                                  : Answer3::kNo;
  return yes_no(std::move(packet), answer, judgement.fact, pass, deny);
}

std::optional<Tree> Walk::visit(Packet& packet, const std::string& at,
                                bool table) {
  const auto here = std::make_pair(at, packet.flow);
  const bool again =
      std::ranges::find(packet.visits, here) != packet.visits.end();
  if (again || (table && packet.tables == kMaxTables)) {
    return drop(packet, DropCode::kLoop, at);
  }
  packet.visits.push_back(here);
  if (table) ++packet.tables;
  return std::nullopt;
}

}  // namespace netproof::reference
