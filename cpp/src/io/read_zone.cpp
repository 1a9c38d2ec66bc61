#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "io/rules_reader.hpp"
#include "io/suggest.hpp"
#include "netproof/net/ip_prefix.hpp"

namespace netproof::io {
namespace {

using Names = std::vector<std::string>;

struct NamedList {
  const char* key;   // of a mapping
  const char* kind;  // before the colon of a text
  Names Selector::*list;
};

constexpr std::array<NamedList, 11> kLists{{
    {"accounts", "account", &Selector::accounts},
    {"vpcs", "vpc", &Selector::vpcs},
    {"subnets", "subnet", &Selector::subnets},
    {"interfaces", "interface", &Selector::interfaces},
    {"hosts", "host", &Selector::hosts},
    {"pods", "pod", &Selector::pods},
    {"sites", "site", &Selector::sites},
    {"segments", "segment", &Selector::segments},
    {"endpoints", "endpoint", &Selector::endpoints},
    {"names", "name", &Selector::names},
    {"buckets", "bucket", &Selector::buckets},
}};

bool is_zone(const RulesDraft& draft, const std::string& name) {
  return std::ranges::find(draft.zone_names, name) != draft.zone_names.end();
}

bool looks_like_prefix(const std::string& text) {
  return text.find('/') != std::string::npos ||
         text.find_first_not_of("0123456789.") == std::string::npos;
}

std::optional<IpPrefix> read_strict_prefix(Problems& problems,
                                           const Node& node) {
  const auto text = read_text(problems, node);
  if (!text) return std::nullopt;
  const auto parsed = IpPrefix::parse(*text);
  if (parsed) return parsed.value();
  problems.add(
      {"prefix", node.where, parsed.error().what, parsed.error().fragment, ""});
  return std::nullopt;
}

void report_unknown_zone(RulesDraft& draft, const Node& node) {
  Names known = draft.zone_names;
  known.insert(known.end(), {"everyone", "internet"});
  for (const NamedList& each : kLists) {
    known.push_back(std::string(each.kind) + ":");
  }
  draft.problems.add({"unknown-zone", node.where,
                      "here stands a zone of this file, kind:name, a prefix, "
                      "everyone or internet",
                      node.text, suggestion(node.text, known)});
}

bool read_kind_colon_name(const std::string& text, Selector& selector) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon + 1 == text.size()) return false;
  const auto* at = std::ranges::find(
      kLists, text.substr(0, colon),
      [](const NamedList& each) { return std::string(each.kind); });
  if (at == kLists.end()) return false;
  (selector.*(at->list)).push_back(text.substr(colon + 1));
  return true;
}

std::optional<Selector> read_zone_text(RulesDraft& draft, const Node& node) {
  const auto text = read_text(draft.problems, node);
  if (!text) return std::nullopt;
  Selector selector;
  selector.name = *text;
  selector.where = node.where;
  if (*text == "everyone") {
    selector.everyone = true;
  } else if (*text == "internet") {
    selector.internet = true;
  } else if (is_zone(draft, *text)) {
    selector.zones.push_back(*text);
  } else if (read_kind_colon_name(*text, selector)) {
    // Whether it exists is for the topology to say.
  } else if (looks_like_prefix(*text)) {
    const auto prefix = read_strict_prefix(draft.problems, node);
    if (!prefix) return std::nullopt;
    selector.cidrs.push_back(*prefix);
  } else {
    report_unknown_zone(draft, node);
    return std::nullopt;
  }
  return selector;
}

Names read_names(Problems& problems, const Node& node) {
  Names names =
      read_list<std::string>(problems, node, [&](const Node& item, auto& out) {
        if (const auto text = read_text(problems, item)) out.push_back(*text);
      });
  if (node.is_list() && node.items.empty()) {
    problems.add(
        {"empty-list", node.where, "a list that selects names some", "[]", ""});
  }
  return names;
}

Names read_zone_names(RulesDraft& draft, const Node& node) {
  return read_list<std::string>(
      draft.problems, node, [&](const Node& item, auto& out) {
        if (const auto zone = read_zone_text(draft, item)) {
          out.push_back(zone->name);
        }
      });
}

std::map<std::string, Names> read_label_choice(Problems& problems,
                                               const Node& node) {
  std::map<std::string, Names> choice;
  if (!node.is_map()) {
    wrong_type(problems, node, "a mapping of labels");
    return choice;
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    choice[node.keys[i].text] = read_names(problems, node.items[i]);
  }
  return choice;
}

std::vector<Selector> read_minus(RulesDraft& draft, const Node& node) {
  std::vector<Selector> result;
  const auto add = [&](const Node& item) {
    if (const auto zone = read_zone(draft, item)) result.push_back(*zone);
  };
  if (!node.is_list()) {
    add(node);
  } else {
    for (const Node& item : node.items) add(item);
  }
  return result;
}

std::optional<Selector> read_zone_map(RulesDraft& draft, const Node& node) {
  Problems& problems = draft.problems;
  const int before = problems.failures();
  Fields fields{problems, node, "zone"};
  Selector selector;
  selector.where = node.where;
  selector.name = "a selection";
  if (const Node* labels = fields.find("select")) {
    selector.labels = read_label_choice(problems, *labels);
  }
  for (const NamedList& each : kLists) {
    if (const Node* list = fields.find(each.key)) {
      selector.*(each.list) = read_names(problems, *list);
    }
  }
  if (const Node* cidrs = fields.find("cidrs")) {
    selector.cidrs =
        read_list<IpPrefix>(problems, *cidrs, [&](const Node& item, auto& out) {
          const auto prefix = read_strict_prefix(problems, item);
          if (prefix) out.push_back(*prefix);
        });
  }
  if (const Node* zones = fields.find("zones")) {
    selector.zones = read_zone_names(draft, *zones);
  }
  if (const Node* minus = fields.find("minus")) {
    selector.minus = read_minus(draft, *minus);
  }
  fields.prose("description");
  fields.finish();
  if (node.keys.empty() || (node.keys.size() == 1 && !selector.minus.empty())) {
    problems.add({"empty-selector", node.where, "a zone selects something",
                  "{}", "write 'everyone' for all there is"});
  }
  if (problems.failures() != before) return std::nullopt;
  return selector;
}

void collect_zones(const Selector& selector, std::set<std::string>& names) {
  names.insert(selector.zones.begin(), selector.zones.end());
  for (const Selector& minus : selector.minus) collect_zones(minus, names);
}

// Depth first; ends because a zone is left for good once it is done.
class CircleFinder {
 public:
  explicit CircleFinder(RulesDraft& draft) : draft_{draft} {}

  void visit(const std::string& name) {
    const auto zone = draft_.rules.zones.find(name);
    if (zone == draft_.rules.zones.end() || done_.contains(name)) return;
    if (!open_.insert(name).second) {
      draft_.problems.add({"zone-circle", zone->second.where,
                           "a zone is not made of itself", name, ""});
      return;
    }
    std::set<std::string> parts;
    collect_zones(zone->second, parts);
    for (const std::string& part : parts) visit(part);
    open_.erase(name);
    done_.insert(name);
  }

 private:
  RulesDraft& draft_;
  std::set<std::string> open_;
  std::set<std::string> done_;
};

}  // namespace

std::optional<Selector> read_zone(RulesDraft& draft, const Node& node) {
  if (node.is_map()) return read_zone_map(draft, node);
  if (!node.is_list()) return read_zone_text(draft, node);
  const int before = draft.problems.failures();
  Selector selector;
  selector.where = node.where;
  selector.zones = read_zone_names(draft, node);
  selector.name = fmt::format("{}", fmt::join(selector.zones, ", "));
  if (node.items.empty()) {
    draft.problems.add(
        {"empty-list", node.where, "a list of zones names some", "[]", ""});
  }
  if (draft.problems.failures() != before) return std::nullopt;
  return selector;
}

void read_zones(RulesDraft& draft, const Node& node) {
  if (!node.is_map()) {
    wrong_type(draft.problems, node, "a mapping of names to zones");
    return;
  }
  for (const Node& key : node.keys) {
    if (key.text == "everyone" || key.text == "internet") {
      draft.problems.add({"reserved-name", key.where,
                          "a zone has a name of its own", key.text, ""});
    }
    draft.zone_names.push_back(key.text);
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    auto zone = read_zone(draft, node.items[i]);
    if (!zone) continue;
    zone->name = node.keys[i].text;
    zone->where = node.keys[i].where;
    draft.rules.zones.emplace(node.keys[i].text, std::move(*zone));
  }
  CircleFinder circles{draft};
  for (const Node& key : node.keys) circles.visit(key.text);
}

}  // namespace netproof::io
