#include <string>
#include <vector>

#include "netproof/report/write.hpp"
#include "report/compact_trace.hpp"
#include "report/json.hpp"

namespace netproof {
namespace report {

namespace {

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(std::string(text));
}

Json json_of(const std::optional<Drop>& drop) {
  if (!drop) return nullptr;
  Json json;
  json["code"] = std::string(to_string(drop->code));
  json["at"] = drop->at;
  json["entry"] = text_or_null(drop->entry);
  json["source"] = report::json_of(drop->source);
  return json;
}

Json json_of(const Hop& hop) {
  Json json;
  json["at"] = hop.at;
  json["did"] = hop.did;
  json["entry"] = text_or_null(hop.entry);
  json["flow"] = hop.flow ? report::json_of(*hop.flow) : Json(nullptr);
  json["source"] = report::json_of(hop.source);
  return json;
}

Json json_of(const std::vector<TracePath>& paths) {
  Json json = Json::array();
  for (const TracePath& path : paths) {
    Json one;
    one["verdict"] = path.delivered ? "delivered" : "dropped";
    one["drop"] = json_of(path.drop);
    one["hops"] = Json::array();
    for (const Hop& hop : path.hops) one["hops"].push_back(json_of(hop));
    json.push_back(std::move(one));
  }
  return json;
}

Json json_of_forward(const Direction& direction) {
  Json json;
  json["verdict"] = std::string(to_string(direction.fate));
  json["unknown"] = direction.unknown;
  json["drop"] = json_of(direction.drop);
  json["paths"] = json_of(direction.paths);
  return json;
}

Json json_of_return(const std::optional<Direction>& reply) {
  if (!reply) return nullptr;
  Json json;
  json["verdict"] = std::string(to_string(reply->fate));
  json["paths"] = json_of(reply->paths);
  return json;
}

}  // namespace

Json json_of(const Location& where) {
  if (!where.known()) return nullptr;
  Json json;
  json["file"] = where.file;
  json["line"] = where.line;
  json["column"] = where.column;
  json["end_line"] = where.end_line;
  json["end_column"] = where.end_column;
  return json;
}

// ICMP has a type and a code besides; its ports are null.
Json json_of(const Flow& flow) {
  Json json;
  json["src"] = to_string(flow.src);
  json["dst"] = to_string(flow.dst);
  json["protocol"] = protocol_name(flow.protocol);
  json["sport"] = nullptr;
  json["dport"] = nullptr;
  if (has_ports(flow.protocol)) {
    json["sport"] = flow.sport;
    json["dport"] = flow.dport;
  } else if (is_icmp(flow.protocol)) {
    json["type"] = flow.sport;
    json["code"] = flow.dport;
  }
  return json;
}

Json json_of(const NamedTrace& named) {
  const Trace& trace = named.trace;
  Json connection;
  connection["verdict"] = std::string(to_string(trace.connection));
  connection["direction"] = text_or_null(trace.connection_direction);
  connection["drop"] = json_of(trace.connection_drop);
  connection["return"] = json_of_return(trace.reply);
  Json json;
  json["schema"] = "netproof/trace/1";
  json["flow"] = json_of(trace.flow);
  json["at"] = text_or_null(named.at);
  json["to"] = text_or_null(named.to);
  json["forward"] = json_of_forward(trace.forward);
  json["connection"] = std::move(connection);
  return json;
}

std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace report

std::string to_json(const NamedTrace& trace, int indent) {
  if (indent < 0) return report::compact(trace);
  return report::dump(report::json_of(trace), indent);
}

std::string to_json(const Diagnostic& error, int line_number, int indent) {
  report::Json problem;
  problem["code"] = error.code;
  problem["message"] = error.what;
  problem["fragment"] = error.fragment;
  problem["help"] = error.help;
  report::Json json;
  json["schema"] = "netproof/trace/1";
  json["line"] = line_number;
  json["error"] = std::move(problem);
  return report::dump(json, indent);
}

}  // namespace netproof
