#include <string>
#include <vector>

#include "netproof/report/write.hpp"
#include "report/compact_trace.hpp"
#include "report/json.hpp"

namespace netproof {
namespace report {

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(std::string(text));
}

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

Json json_of(const NamedTrace& trace) { return Json::parse(compact(trace)); }

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
