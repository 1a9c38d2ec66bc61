#include "netproof/reference/evaluator.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "reference/judge.hpp"
#include "reference/trace_text.hpp"

namespace netproof {

using reference::certainly;
using reference::End;
using reference::Question;

struct Evaluator::Impl {
  explicit Impl(Topology topology) : view{std::move(topology)}, ports{view} {}

  reference::View view;
  reference::PortCuts ports;
};

namespace {

/// What happens to the way at connection level: delivered where `arrives`
/// accepts, and what its reply says. Each end is asked once.
reference::Judge connection_judge(const Question& question,
                                  const std::function<bool(Place)>& arrives) {
  auto known = std::make_shared<std::map<const End*, Bounds>>();
  return [&question, &arrives, known](const End& end) {
    if (!end.delivered || !arrives(end.to)) return certainly(false);
    const auto at = known->find(&end);
    if (at != known->end()) return at->second;
    return (*known)[&end] = question.reply_bounds(end);
  };
}

Trace from_nowhere(const Flow& flow, DropCode code, Fate fate,
                   std::vector<std::string> unknown) {
  Trace trace;
  trace.flow = flow;
  trace.forward.fate = fate;
  trace.forward.unknown = unknown;
  trace.forward.drop = Drop{code, "source", "", {}};
  trace.connection = fate == Fate::kUnknown ? ConnectionFate::kUnknown
                                            : ConnectionFate::kBlocked;
  trace.connection_direction = "forward";
  trace.connection_drop = trace.forward.drop;
  trace.connection_unknown = std::move(unknown);
  return trace;
}

}  // namespace

Evaluator::Evaluator(Topology topology)
    : impl_{std::make_shared<const Impl>(std::move(topology))} {}

std::vector<Place> Evaluator::owners(const IpAddress& source) const {
  return impl_->view.owners(source);
}

Trace Evaluator::trace(Place at, const Flow& flow, bool listed_only) const {
  expects(well_formed(flow), "a flow has ends of one family and real ports");
  const Question question{
      impl_->view, impl_->ports, at, flow, {.listed_only = listed_only}};
  return reference::trace_of(question, at, flow);
}

Trace Evaluator::trace(const Flow& flow, bool listed_only) const {
  std::vector<Place> places = owners(flow.src);
  if (listed_only) {
    std::erase_if(places, [&](Place place) {
      if (place.kind == PlaceKind::kSegment) {
        return impl_->view.lists_hosts(place.index);
      }
      if (place.kind != PlaceKind::kSubnet) return false;
      const Subnet* subnet = impl_->view.subnets()[place.index].written;
      return !impl_->view.interfaces_in(place.index).empty() &&
             !(subnet != nullptr && subnet->interfaces_open);
    });
  }
  if (places.empty()) {
    return from_nowhere(flow, DropCode::kNoSuchAddress, Fate::kDropped, {});
  }
  if (places.size() == 1) return trace(places.front(), flow, listed_only);
  std::string names;
  for (const Place place : places) {
    names += (names.empty() ? "" : ", ") + impl_->view.name(place);
  }
  return from_nowhere(flow, DropCode::kAmbiguousSource, Fate::kUnknown,
                      {to_string(flow.src) + " is owned by " + names});
}

Bounds Evaluator::judge(Place at, const Flow& flow,
                        const std::function<bool(Place)>& arrives, Level level,
                        bool listed_only) const {
  return judge_without(
      at, flow, arrives, [](Place) { return false; }, level, listed_only);
}

Bounds Evaluator::judge_arrival(
    Place at, const Flow& flow,
    const std::function<bool(Place, const Flow&)>& arrives, Level level,
    bool listed_only) const {
  expects(well_formed(flow), "a flow has ends of one family and real ports");
  const Question question{impl_->view,
                          impl_->ports,
                          at,
                          flow,
                          {.listed_only = listed_only, .hops = false}};
  return reference::bounds_of(question.forward(), [&](const End& end) {
    if (!end.delivered || !arrives(end.to, end.packet.flow)) {
      return certainly(false);
    }
    return level == Level::kConnection ? question.reply_bounds(end)
                                       : certainly(true);
  });
}

Bounds Evaluator::judge_without(Place at, const Flow& flow,
                                const std::function<bool(Place)>& arrives,
                                const std::function<bool(Place)>& blocked,
                                Level level, bool listed_only) const {
  expects(well_formed(flow), "a flow has ends of one family and real ports");
  const Question question{
      impl_->view,
      impl_->ports,
      at,
      flow,
      {.listed_only = listed_only, .hops = false, .blocked = &blocked}};
  if (level == Level::kConnection) {
    return reference::bounds_of(question.forward(),
                                connection_judge(question, arrives));
  }
  return reference::bounds_of(question.forward(), [&](const End& end) {
    return certainly(end.delivered && arrives(end.to));
  });
}

}  // namespace netproof
