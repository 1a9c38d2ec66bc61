#include "netproof/report/replay.hpp"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "report/excerpt.hpp"
#include "report/json.hpp"

namespace netproof {
namespace {

using report::Json;
using report::json_of;
using report::printable;
using report::Style;
using report::text_or_null;
using Groups = std::vector<ReplayGroup>;

std::uint64_t total(const Groups& groups) {
  return std::accumulate(groups.begin(), groups.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const ReplayGroup& one) {
                           return sum + one.count;
                         });
}

std::string_view direction_of(bool ingress) {
  return ingress ? "ingress" : "egress";
}

Json json_of_example(const ReplayExample& example) {
  Json json{{"file", example.file}, {"line", example.line}};
  json["interface"] = text_or_null(example.interface);
  json["direction"] =
      example.ingress ? Json(direction_of(*example.ingress)) : Json();
  for (const char* key :
       {"action", "src", "dst", "protocol", "sport", "dport"}) {
    json[key] = Json();
  }
  if (!example.flow) return json;
  const Flow& flow = *example.flow;
  json["action"] = example.accepted ? "ACCEPT" : "REJECT";
  json["src"] = to_string(flow.src);
  json["dst"] = to_string(flow.dst);
  json["protocol"] = protocol_name(flow.protocol);
  if (has_ports(flow.protocol)) {
    json["sport"] = flow.sport;
    json["dport"] = flow.dport;
  }
  return json;
}

Json json_of_filters(const ReplayGroup& group) {
  Json filters = Json::array();
  for (const ReplayFilter& filter : group.filters) {
    filters.push_back({{"as", filter.of_reply ? "reply" : "request"},
                       {"at", filter.at},
                       {"entry", text_or_null(filter.entry)},
                       {"source", json_of(filter.source)}});
  }
  return filters;
}

Json json_of_groups(const Groups& groups) {
  Json all = Json::array();
  for (const ReplayGroup& group : groups) {
    all.push_back({{"cause", group.cause},
                   {"direction", text_or_null(group.direction)},
                   {"filters", json_of_filters(group)},
                   {"count", group.count},
                   {"example", json_of_example(group.example)}});
  }
  return all;
}

std::string ends_of(const Flow& flow) {
  if (!is_icmp(flow.protocol)) return to_string(flow);
  return fmt::format("{} -> {} {}", to_string(flow.src), to_string(flow.dst),
                     protocol_name(flow.protocol));
}

void write_example(const ReplayExample& example, std::string& text) {
  text += fmt::format("       {}:{}", printable(example.file), example.line);
  if (!example.interface.empty()) {
    text += "  " + printable(example.interface);
  }
  if (example.ingress) {
    text += fmt::format(" {}", direction_of(*example.ingress));
  }
  if (example.flow) {
    text += fmt::format("  {}  {}", example.accepted ? "ACCEPT" : "REJECT",
                        ends_of(*example.flow));
  }
  text += "\n";
}

void write_groups(std::string_view title, const Groups& groups,
                  const Style& style, std::string& text) {
  if (groups.empty()) return;
  text += fmt::format("{}: {}\n", style.bold(title), total(groups));
  for (const ReplayGroup& group : groups) {
    text += fmt::format("  {:>3}  {}", group.count, printable(group.cause));
    if (!group.direction.empty()) text += fmt::format(", {}", group.direction);
    text += "\n";
    for (const ReplayFilter& filter : group.filters) {
      text +=
          fmt::format("       {} {}", filter.of_reply ? "as a reply:" : "by",
                      printable(filter.at));
      if (!filter.entry.empty()) {
        text += fmt::format(" ({})", printable(filter.entry));
      }
      if (filter.source.known()) {
        text += fmt::format(", {}", printable(to_string(filter.source)));
      }
      text += "\n";
    }
    write_example(group.example, text);
  }
}

std::string_view verdict_of(const ReplayReport& report) {
  switch (exit_code(report)) {
    case 1:
      return "disagrees";
    case 4:
      return "unknown";
    case 3:
      return "nothing was judged";
    default:
      return "agrees";
  }
}

}  // namespace

std::string to_text(const ReplayReport& report, const TextOptions& options) {
  const Style style(options.colour);
  std::string text = fmt::format(
      "{}: {} of {} records agree ({} requests, {} replies, {} denied, {} "
      "denied where no state was)\n",
      style.bold(verdict_of(report)), report.agreed(), report.records,
      report.requests, report.replies, report.denied,
      report.denied_without_state);
  write_groups("disagree", report.disagreements, style, text);
  write_groups("unknown", report.unknown, style, text);
  write_groups("not judged", report.not_judged, style, text);
  return text;
}

std::string to_json(const ReplayReport& report, int indent) {
  Json json{{"schema", "netproof/replay/1"}};
  json["agreed"] = {{"requests", report.requests},
                    {"replies", report.replies},
                    {"denied", report.denied},
                    {"denied_without_state", report.denied_without_state}};
  json["disagreements"] = json_of_groups(report.disagreements);
  json["unknown"] = json_of_groups(report.unknown);
  json["not_judged"] = json_of_groups(report.not_judged);
  json["summary"] = {{"records", report.records},
                     {"agreed", report.agreed()},
                     {"disagreed", total(report.disagreements)},
                     {"unknown", total(report.unknown)},
                     {"not_judged", total(report.not_judged)},
                     {"unreadable", report.unreadable}};
  return report::dump(json, indent);
}

int exit_code(const ReplayReport& report) {
  if (!report.disagreements.empty()) return 1;
  if (!report.unknown.empty() || report.unreadable > 0) return 4;
  return report.agreed() == 0 ? 3 : 0;
}

}  // namespace netproof
