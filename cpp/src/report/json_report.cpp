#include "netproof/report/write.hpp"
#include "report/json.hpp"

namespace netproof {

namespace {

using report::Json;
using report::json_of;
using report::text_or_null;

Json json_of_witnesses(const std::vector<Witness>& witnesses) {
  Json json = Json::array();
  for (const Witness& witness : witnesses) {
    Json one;
    one["flow"] = json_of(witness.trace.trace.flow);
    one["trace"] = json_of(witness.trace);
    json.push_back(std::move(one));
  }
  return json;
}

// The schema has no key of its own for the facts that decide.
std::string detail_of(const RuleResult& rule) {
  std::string text = rule.detail;
  for (const std::string& fact : rule.unknown) text += "; not known: " + fact;
  return text;
}

Json json_of_rule(const RuleResult& rule) {
  Json json;
  json["id"] = rule.id;
  json["verdict"] = std::string(to_string(rule.verdict));
  json["waived"] = rule.waived;
  json["verb"] = std::string(to_string(rule.verb));
  json["level"] = std::string(to_string(rule.level));
  json["scope"]["from"] = text_or_null(rule.from);
  json["scope"]["to"] = text_or_null(rule.to);
  json["detail"] = detail_of(rule);
  json["witnesses"] = json_of_witnesses(rule.witnesses);
  json["assumptions"] = rule.assumptions;
  json["limits"] = rule.limits;
  json["source"] = json_of(rule.source);
  return json;
}

Json json_of_finding(const Finding& finding) {
  Json json;
  json["id"] = finding.id;
  json["level"] = std::string(to_string(finding.level));
  json["message"] = finding.message;
  json["source"] = json_of(finding.source);
  json["related"] = Json::array();
  for (const RelatedPlace& place : finding.related) {
    Json one;
    one["message"] = place.message;
    one["source"] = json_of(place.source);
    json["related"].push_back(std::move(one));
  }
  json["subjects"] = finding.subjects;
  json["fix"] = text_or_null(finding.fix);
  return json;
}

Json json_of_end(const OverlapEnd& end) {
  Json json;
  json["name"] = end.name;
  json["cidr"] = to_string(end.cidr);
  json["source"] = json_of(end.source);
  return json;
}

Json json_of_boxes(const PacketSet& set) {
  constexpr std::size_t kBoxes = 100;
  const BoxCover cover = set.boxes(kBoxes);
  Json json;
  json["size"] = to_string(set.size());
  json["complete"] = cover.complete;
  json["boxes"] = Json::array();
  for (const Box& box : cover.boxes) {
    Json one;
    one["src"] = to_string(box.src);
    one["dst"] = to_string(box.dst);
    one["service"] = to_string(box.transport);
    json["boxes"].push_back(std::move(one));
  }
  return json;
}

Json json_of_accounting(const Accounting& accounting) {
  Json json;
  json["sent"] = to_string(accounting.sent);
  json["delivered"] = to_string(accounting.delivered);
  json["mixed"] = to_string(accounting.mixed);
  json["unknown"] = to_string(accounting.unknown);
  json["dropped"] = Json::array();
  for (const auto& [place, size] : accounting.dropped) {
    Json one;
    one["code"] = std::string(to_string(place.code));
    one["at"] = place.at;
    one["size"] = to_string(size);
    json["dropped"].push_back(std::move(one));
  }
  return json;
}

Json json_of_change(const ReachChange& change) {
  Json json;
  json["from"] = change.from;
  json["to"] = change.to;
  json["opened"] = json_of_boxes(change.opened);
  json["closed"] = json_of_boxes(change.closed);
  json["altered"] = json_of_boxes(change.altered);
  json["unknown"] = change.unknown;
  return json;
}

Json json_of_verdicts(const std::vector<VerdictChange>& changes) {
  const auto verdict = [](const std::optional<Verdict>& one) {
    return one ? Json(std::string(to_string(*one))) : Json(nullptr);
  };
  Json json = Json::array();
  for (const VerdictChange& change : changes) {
    Json one;
    one["id"] = change.id;
    one["before"] = verdict(change.before);
    one["after"] = verdict(change.after);
    json.push_back(std::move(one));
  }
  return json;
}

}  // namespace

std::string to_json(const Report& report, int indent) {
  Json json;
  json["schema"] = "netproof/check/1";
  json["rules"] = Json::array();
  for (const RuleResult& rule : report.rules) {
    json["rules"].push_back(json_of_rule(rule));
  }
  json["findings"] = Json::array();
  for (const Finding& finding : report.findings) {
    json["findings"].push_back(json_of_finding(finding));
  }
  const Summary summary = report.summary();
  json["summary"]["proved"] = summary.proved;
  json["summary"]["violated"] = summary.violated;
  json["summary"]["vacuous"] = summary.vacuous;
  json["summary"]["unknown"] = summary.unknown;
  json["summary"]["findings"] = summary.findings;
  return report::dump(json, indent);
}

std::string to_json(const std::vector<Overlap>& overlaps, int indent) {
  Json json;
  json["schema"] = "netproof/overlaps/1";
  json["overlaps"] = Json::array();
  for (const Overlap& overlap : overlaps) {
    Json one;
    one["a"] = json_of_end(overlap.a);
    one["b"] = json_of_end(overlap.b);
    one["intersection"] = to_string(overlap.intersection);
    one["relation"] = std::string(to_string(overlap.relation));
    one["shares_routing_domain"] = overlap.shares_routing_domain;
    json["overlaps"].push_back(std::move(one));
  }
  return report::dump(json, indent);
}

std::string to_json(const ReachAnswer& answer, int indent) {
  Json json;
  json["schema"] = "netproof/reach/1";
  json["from"] = answer.from;
  json["to"] = answer.to;
  json["service"] = answer.service;
  json["level"] = std::string(to_string(answer.level));
  json["certain"] = json_of_boxes(answer.certain);
  json["possible"] = json_of_boxes(answer.possible);
  json["passages"] = Json::array();
  for (const ReachPassage& passage : answer.passages) {
    Json one;
    one["from"] = passage.from;
    one["to"] = passage.to;
    one["certain"] = json_of_boxes(passage.certain);
    one["possible"] = json_of_boxes(passage.possible);
    one["unknown"] = passage.unknown;
    json["passages"].push_back(std::move(one));
  }
  json["dropped"] = Json::array();
  for (const ReachDrop& drop : answer.dropped) {
    Json one;
    one["code"] = drop.code;
    one["at"] = drop.at;
    one["packets"] = json_of_boxes(drop.packets);
    json["dropped"].push_back(std::move(one));
  }
  json["accounting"] = json_of_accounting(answer.accounting);
  json["unknown"] = answer.unknown;
  json["limits"] = answer.limits;
  return report::dump(json, indent);
}

std::string to_json(const Matrix& matrix, int indent) {
  Json json;
  json["schema"] = "netproof/matrix/1";
  json["by"] = text_or_null(matrix.by);
  json["service"] = matrix.service;
  json["level"] = std::string(to_string(matrix.level));
  json["zones"] = matrix.zones;
  json["cells"] = Json::array();
  for (const std::vector<Cell>& row : matrix.cells) {
    Json cells = Json::array();
    for (const Cell cell : row) cells.push_back(std::string(to_string(cell)));
    json["cells"].push_back(std::move(cells));
  }
  json["unknown"] = matrix.unknown;
  return report::dump(json, indent);
}

std::string to_json(const Comparison& comparison, int indent) {
  Json json;
  json["schema"] = "netproof/diff/1";
  json["same"] = comparison.same();
  json["levels"] = Json::array();
  for (const LevelChange& level : comparison.levels) {
    Json one;
    one["level"] = std::string(to_string(level.level));
    one["changes"] = Json::array();
    for (const ReachChange& change : level.changes) {
      one["changes"].push_back(json_of_change(change));
    }
    one["unknown"] = level.unknown;
    json["levels"].push_back(std::move(one));
  }
  json["now_failing"] = json_of_verdicts(comparison.now_failing);
  json["now_fixed"] = json_of_verdicts(comparison.now_fixed);
  json["otherwise"] = json_of_verdicts(comparison.otherwise);
  return report::dump(json, indent);
}

}  // namespace netproof
