#include "netproof/replay.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "netproof/io/flow_log.hpp"
#include "netproof/reference/interface_filters.hpp"

namespace netproof {
namespace {

using Verdict = FilterSays::Verdict;

Verdict both(Verdict a, Verdict b) {
  if (a == Verdict::kDenies || b == Verdict::kDenies) return Verdict::kDenies;
  return a == Verdict::kPasses ? b : a;
}

/// The header whose answer is `reply`, if there is one.
std::optional<Flow> request_of(const Flow& reply) {
  Flow request = reply;
  std::swap(request.src, request.dst);
  if (!is_icmp(reply.protocol)) {
    std::swap(request.sport, request.dport);
    return request;
  }
  request.sport =
      reply.protocol == kIcmp ? kIcmpEchoRequest : kIcmpv6EchoRequest;
  if (reply_of(request) != reply) return std::nullopt;
  return request;
}

/// What the filters at an interface say of one header in one direction.
struct Crossing {
  FilterSays groups;
  FilterSays acl;

  Verdict verdict() const { return both(groups.verdict, acl.verdict); }
};

enum class Kind {
  kRequest,
  kReply,
  kDenied,
  kDeniedWithoutState,
  kDisagrees,
  kUnknown
};

struct Outcome {
  Kind kind = Kind::kUnknown;
  std::string cause;  ///< of a disagreement, or the fact that is not known
  std::vector<ReplayFilter> filters;
};

ReplayFilter line_of(const FilterSays& says, bool of_reply) {
  return {of_reply, says.at, says.entry, says.where};
}

/// One record at one interface.
class RecordJudge {
 public:
  RecordJudge(const InterfaceFilters& filters, std::uint32_t interface,
              const FlowLogRecord& record, bool ingress)
      : filters_{filters},
        interface_{interface},
        record_{record},
        ingress_{ingress} {}

  Outcome judge() const {
    std::vector<Flow> headers = {record_.flow};
    if (is_icmp(record_.flow.protocol)) {
      headers = filters_.icmp_headers(record_.flow);
    }
    return record_.accepted ? accepted(headers) : rejected(headers);
  }

 private:
  Crossing crossing(const Flow& flow, bool ingress) const {
    return {filters_.groups(interface_, flow, ingress),
            filters_.acl(interface_, flow, ingress)};
  }

  /// What state needs: the request passed here, the other way. Nothing if the
  /// record is no reply.
  std::optional<Crossing> request_crossing(const Flow& reply) const {
    const auto request = request_of(reply);
    if (!request || record_.opens) return std::nullopt;
    return crossing(*request, !ingress_);
  }

  Outcome accepted(const std::vector<Flow>& headers) const {
    std::optional<Outcome> unknown;
    std::optional<Outcome> denied;
    for (const Flow& header : headers) {
      Outcome one = accepted(header);
      if (one.kind == Kind::kRequest || one.kind == Kind::kReply) return one;
      std::optional<Outcome>& slot =
          one.kind == Kind::kUnknown ? unknown : denied;
      if (!slot) slot = std::move(one);
    }
    return unknown ? std::move(*unknown) : std::move(*denied);
  }

  Outcome accepted(const Flow& header) const {
    const Crossing here = crossing(header, ingress_);
    if (here.verdict() == Verdict::kPasses) return {Kind::kRequest, "", {}};
    const auto request = request_crossing(header);
    const Verdict as_reply =
        request ? both(here.acl.verdict, request->verdict()) : Verdict::kDenies;
    if (as_reply == Verdict::kPasses) return {Kind::kReply, "", {}};
    if (here.verdict() == Verdict::kUnknown) return unknown(here);
    if (as_reply == Verdict::kUnknown) {
      return here.acl.verdict == Verdict::kUnknown ? unknown(here)
                                                   : unknown(*request);
    }
    if (here.acl.verdict == Verdict::kDenies) {
      return {Kind::kDisagrees,
              "accepted-but-acl-denies",
              {line_of(here.acl, false)}};
    }
    if (is_icmp(header.protocol)) {
      return {Kind::kUnknown,
              "an ICMP error belongs to another flow, and the log does not say "
              "which",
              {}};
    }
    Outcome outcome{Kind::kDisagrees,
                    "accepted-but-groups-deny",
                    {line_of(here.groups, false)}};
    if (request) {
      const bool by_groups = request->groups.verdict == Verdict::kDenies;
      outcome.filters.push_back(
          line_of(by_groups ? request->groups : request->acl, true));
    }
    return outcome;
  }

  Outcome rejected(const std::vector<Flow>& headers) const {
    std::optional<Outcome> unknown;
    std::optional<Outcome> allowed;
    for (const Flow& header : headers) {
      Outcome one = rejected(header);
      if (one.kind != Kind::kUnknown && one.kind != Kind::kDisagrees) {
        return one;
      }
      std::optional<Outcome>& slot =
          one.kind == Kind::kUnknown ? unknown : allowed;
      if (!slot) slot = std::move(one);
    }
    return unknown ? std::move(*unknown) : std::move(*allowed);
  }

  Outcome rejected(const Flow& header) const {
    const Crossing here = crossing(header, ingress_);
    if (here.acl.verdict == Verdict::kDenies) return {Kind::kDenied, "", {}};
    if (here.groups.verdict == Verdict::kDenies) {
      const auto request = request_crossing(header);
      const bool reply = request && request->verdict() == Verdict::kPasses;
      return {reply ? Kind::kDeniedWithoutState : Kind::kDenied, "", {}};
    }
    if (here.verdict() == Verdict::kUnknown) return unknown(here);
    Outcome outcome{Kind::kDisagrees, "rejected-but-allowed", {}};
    for (const FilterSays* one : {&here.groups, &here.acl}) {
      if (!one->at.empty()) outcome.filters.push_back(line_of(*one, false));
    }
    return outcome;
  }

  static Outcome unknown(const Crossing& crossing) {
    const bool groups = crossing.groups.verdict == Verdict::kUnknown;
    const FilterSays& one = groups ? crossing.groups : crossing.acl;
    return {Kind::kUnknown, one.fact, {}};
  }

  const InterfaceFilters& filters_;
  std::uint32_t interface_;
  const FlowLogRecord& record_;
  bool ingress_;
};

using GroupKey =
    std::tuple<std::string, std::string, std::vector<ReplayFilter>>;
using GroupMap = std::map<GroupKey, ReplayGroup>;

std::vector<ReplayGroup> by_count(const GroupMap& groups) {
  std::vector<ReplayGroup> sorted;
  for (const auto& [key, group] : groups) sorted.push_back(group);
  std::ranges::stable_sort(sorted, std::greater{}, &ReplayGroup::count);
  return sorted;
}

}  // namespace

struct Replay::Impl {
  explicit Impl(const Topology& topology) : filters{topology} {}

  void read(std::string_view text) {
    ++counts.records;
    const auto read = format.read(text);
    if (const auto* reason = std::get_if<NotJudged>(&read)) {
      return leave(*reason, {file, line, "", {}, false, {}});
    }
    judge(std::get<FlowLogRecord>(read));
  }

  void judge(const FlowLogRecord& record) {
    ReplayExample example{file,
                          line,
                          std::string(record.interface),
                          record.ingress,
                          record.accepted,
                          record.flow};
    const auto interface = filters.find(record.interface);
    if (!interface) {
      return leave(NotJudged::kUnknownInterface, std::move(example));
    }
    if (!example.ingress) example.ingress = direction(*interface, record);
    if (!example.ingress) {
      return leave(NotJudged::kUnknownDirection, std::move(example));
    }
    const bool ingress = *example.ingress;
    if (filters.exempt(*interface,
                       ingress ? record.flow.src : record.flow.dst)) {
      return leave(NotJudged::kExempt, std::move(example));
    }
    count(RecordJudge{filters, *interface, record, ingress}.judge(), ingress,
          std::move(example));
  }

  /// The interface's own address is at one end.
  std::optional<bool> direction(std::uint32_t interface,
                                const FlowLogRecord& record) const {
    const bool from = filters.lists(interface, record.srcaddr);
    const bool to = filters.lists(interface, record.dstaddr);
    if (from == to) return std::nullopt;
    return to;
  }

  void leave(NotJudged reason, ReplayExample example) {
    if (reason == NotJudged::kUnreadableLine) ++counts.unreadable;
    add(not_judged, std::string(to_string(reason)), "", {}, std::move(example));
  }

  void count(Outcome outcome, bool ingress, ReplayExample example) {
    switch (outcome.kind) {
      case Kind::kRequest:
        ++counts.requests;
        return;
      case Kind::kReply:
        ++counts.replies;
        return;
      case Kind::kDenied:
        ++counts.denied;
        return;
      case Kind::kDeniedWithoutState:
        ++counts.denied_without_state;
        return;
      case Kind::kDisagrees:
        return add(disagreements, std::move(outcome.cause),
                   ingress ? "ingress" : "egress", std::move(outcome.filters),
                   std::move(example));
      case Kind::kUnknown:
        return add(unknown, std::move(outcome.cause), "", {},
                   std::move(example));
    }
  }

  static void add(GroupMap& groups, std::string cause, std::string direction,
                  std::vector<ReplayFilter> filters, ReplayExample example) {
    const GroupKey key{cause, direction, filters};
    const auto [at, is_new] = groups.try_emplace(key);
    if (is_new) {
      at->second = {std::move(cause), std::move(direction), std::move(filters),
                    0, std::move(example)};
    }
    ++at->second.count;
  }

  InterfaceFilters filters;
  std::string file;
  std::int64_t line = 0;
  FlowLogFormat format;
  ReplayReport counts;  ///< without its groups
  GroupMap disagreements;
  GroupMap unknown;
  GroupMap not_judged;
};

Replay::Replay(const Topology& topology)
    : impl_{std::make_shared<Impl>(topology)} {}

void Replay::open(std::string file) {
  impl_->file = std::move(file);
  impl_->line = 0;
  impl_->format = FlowLogFormat{};
}

Diagnostics Replay::feed(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view text = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    ++impl_->line;
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (!FlowLogFormat::is_header(text)) {
      impl_->read(text);
      continue;
    }
    auto format = FlowLogFormat::of_header(text);
    if (!format) {
      const int line = static_cast<int>(impl_->line);
      return {{"flow-log-header",
               {impl_->file, line, 1, line, 1},
               format.error().what,
               format.error().fragment,
               ""}};
    }
    impl_->format = std::move(format).value();
  }
  return {};
}

ReplayReport Replay::report() const {
  ReplayReport report = impl_->counts;
  report.disagreements = by_count(impl_->disagreements);
  report.unknown = by_count(impl_->unknown);
  report.not_judged = by_count(impl_->not_judged);
  return report;
}

}  // namespace netproof
