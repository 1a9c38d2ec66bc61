#include "netproof/io/read_rules.hpp"

#include <fmt/format.h>

#include <charconv>
#include <system_error>
#include <utility>

#include "io/rules_reader.hpp"
#include "io/text_file.hpp"
#include "netproof/net/service.hpp"

namespace netproof {
namespace {

using io::Fields;
using io::Node;
using io::Problems;
using io::RulesDraft;
using io::SourceText;

void read_services(RulesDraft& draft, const Node& node) {
  if (!node.is_map()) {
    io::wrong_type(draft.problems, node, "a mapping of names to services");
    return;
  }
  std::map<std::string, TransportSet> services;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const Node& key = node.keys[i];
    if (parse_service(key.text)) {
      draft.problems.add({"reserved-name", key.where,
                          "a named service has a name of its own", key.text,
                          ""});
    }
    const auto set = io::read_service(draft.problems, node.items[i]);
    if (set) services.emplace(key.text, *set);
  }
  draft.services = std::move(services);
}

// "1024-65535"
void read_client_ports(RulesDraft& draft, const Node& node) {
  const auto text = io::read_text(draft.problems, node);
  if (!text) return;
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  const char* const end = text->data() + text->size();
  const auto dash = std::from_chars(text->data(), end, first);
  bool good = dash.ec == std::errc{} && dash.ptr != end && *dash.ptr == '-';
  if (good) {
    const auto stop = std::from_chars(dash.ptr + 1, end, last);
    good = stop.ec == std::errc{} && stop.ptr == end && first <= last;
  }
  // A range that starts with a zero, or holds one, is no port range of ours.
  if (!good || fmt::format("{}-{}", first, last) != *text) {
    draft.problems.add({"port-range", node.where,
                        "a port range is written 1024-65535", *text, ""});
    return;
  }
  draft.rules.client_port_first = first;
  draft.rules.client_port_last = last;
}

void read_version(Fields& fields) {
  const Node* node = fields.find("version");
  if (node == nullptr) return;
  if (node->is_scalar() && !node->quoted && node->text == "1") return;
  fields.problems().add(
      {"version", node->where, "the version of the format is 1",
       node->is_scalar() ? node->text : std::string(describe(node->kind)), ""});
}

void each(Problems& problems, const Node* list,
          void (*read)(RulesDraft&, const Node&), RulesDraft& draft) {
  if (list == nullptr) return;
  if (!list->is_list()) {
    io::wrong_type(problems, *list, "a list of mappings");
    return;
  }
  for (const Node& item : list->items) read(draft, item);
}

void read_root(RulesDraft& draft, const Node& root) {
  if (root.kind == io::NodeKind::kNull) return;
  Fields fields{draft.problems, root, "rule file"};
  if (!root.is_map()) return;
  read_version(fields);
  fields.prose("description");
  if (const Node* services = fields.find("services")) {
    read_services(draft, *services);
  }
  if (const Node* zones = fields.find("zones")) read_zones(draft, *zones);
  if (const Node* ports = fields.find("client_ports")) {
    read_client_ports(draft, *ports);
  }
  if (const Node* hours = fields.find("hours")) {
    draft.problems.add({"not-supported-yet", hours->where,
                        "a rule file has no hours", "hours",
                        "schedules are not supported yet"});
  }
  each(draft.problems, fields.find("rules"), io::read_rule, draft);
  each(draft.problems, fields.find("exceptions"), io::read_waiver, draft);
  fields.finish();
}

Result<RuleSet, Diagnostics> read_source(const SourceText& source,
                                         RulesDraft& draft) {
  const auto root = io::parse_document(source, draft.problems);
  if (root) read_root(draft, *root);
  Diagnostics found = draft.problems.take();
  if (!found.empty()) return Unexpected{std::move(found)};
  return std::move(draft.rules);
}

}  // namespace

Result<RuleSet, Diagnostics> read_rules(const std::string& path) {
  RulesDraft draft;
  const auto source = io::read_text_file(
      path, io::display_name(path, io::root_of(path)), {}, draft.problems);
  if (!source) return Unexpected{draft.problems.take()};
  return read_source(*source, draft);
}

Result<RuleSet, Diagnostics> read_rules_text(std::string_view text,
                                             const std::string& file_name) {
  RulesDraft draft;
  const SourceText source{file_name, std::string(text)};
  if (!io::is_readable(source, draft.problems)) {
    return Unexpected{draft.problems.take()};
  }
  return read_source(source, draft);
}

}  // namespace netproof
