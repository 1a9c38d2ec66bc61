#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "io/rules_reader.hpp"
#include "io/suggest.hpp"
#include "netproof/net/service.hpp"

namespace netproof::io {
namespace {

struct VerbName {
  const char* key;
  Verb verb;
};

constexpr std::array<VerbName, 6> kVerbs{{
    {"deny", Verb::kDeny},
    {"require", Verb::kRequire},
    {"isolate", Verb::kIsolate},
    {"only", Verb::kOnly},
    {"through", Verb::kThrough},
    {"no_overlap", Verb::kNoOverlap},
}};

void not_supported(Problems& problems, const Node& node,
                   const std::string& what, const std::string& fragment) {
  problems.add({"not-supported-yet", node.where, what, fragment,
                fmt::format("'{}' is not supported yet", fragment)});
}

void read_service(RulesDraft& draft, Fields& fields, bool needed,
                  RuleSpec& rule) {
  const Node* node = needed ? fields.need("service") : fields.find("service");
  if (node == nullptr) return;
  const auto service = read_named_service(draft, *node);
  if (!service) return;
  rule.service = service->set;
  rule.service_text = service->text;
}

std::optional<Selector> need_zone(RulesDraft& draft, Fields& fields,
                                  const char* key) {
  const Node* node = fields.need(key);
  if (node == nullptr) return std::nullopt;
  return read_zone(draft, *node);
}

// What is asked of a bucket (S106).
void read_action(RulesDraft& draft, Fields& fields, RuleSpec& rule) {
  const Node* node = fields.find("action");
  if (node == nullptr) return;
  rule.action = read_text(draft.problems, *node).value_or("");
  const bool one = rule.action.starts_with("s3:") && rule.action.size() > 3 &&
                   rule.action.find_first_of("*?") == std::string::npos;
  if (!one) {
    draft.problems.add({"bucket-action", node->where,
                        "an action is one of S3, s3:GetObject", rule.action,
                        "leave it out to mean any"});
  } else if (rule.to && rule.to->buckets.empty()) {
    draft.problems.add({"bucket-action", node->where,
                        "an action is asked of a bucket", rule.action,
                        "write to: bucket:NAME"});
  }
}

void read_isolate(RulesDraft& draft, Fields& fields, RuleSpec& rule) {
  rule.zone = need_zone(draft, fields, "zone");
  const Node* from = fields.need("from");
  if (from == nullptr) return;
  const auto words = read_list<std::string>(
      draft.problems, *from, [&](const Node& item, auto& out) {
        if (read_choice(draft.problems, item, {"everyone", "members"})) {
          out.push_back(item.text);
        }
      });
  rule.from_everyone = std::ranges::find(words, "everyone") != words.end();
  rule.from_members = std::ranges::find(words, "members") != words.end();
  if (from->is_list() && from->items.empty()) {
    draft.problems.add({"empty-list", from->where,
                        "a zone is isolated from everyone or from members",
                        "[]", ""});
  }
}

void read_only(RulesDraft& draft, Fields& fields, RuleSpec& rule) {
  rule.to = need_zone(draft, fields, "into");
  if (const Node* from = fields.find("from")) {
    rule.from = read_zone(draft, *from);
  }
  if (const Node* allow = fields.need("allow")) {
    rule.allow = read_allow(draft, *allow);
  }
}

void read_through(RulesDraft& draft, Fields& fields, RuleSpec& rule) {
  rule.from = need_zone(draft, fields, "from");
  rule.to = need_zone(draft, fields, "to");
  const Node* via = fields.need("via");
  if (via == nullptr) return;
  const auto add = [&](const Node& item) {
    if (const auto zone = read_zone(draft, item)) rule.via.push_back(*zone);
  };
  if (!via->is_list()) {
    add(*via);
  } else {
    for (const Node& item : via->items) add(item);
    if (via->items.empty()) {
      draft.problems.add(
          {"empty-list", via->where, "a list of zones names some", "[]", ""});
    }
  }
}

void read_no_overlap(RulesDraft& draft, Fields& fields, RuleSpec& rule) {
  if (const Node* of = fields.need("of")) {
    rule.overlap_of = read_list<
        std::string>(draft.problems, *of, [&](const Node& item, auto& out) {
      if (read_choice(draft.problems, item, {"vpcs", "sites", "segments"})) {
        out.push_back(item.text);
      }
    });
    if (of->is_list() && of->items.empty()) {
      draft.problems.add({"empty-list", of->where,
                          "a list of what does not overlap names some", "[]",
                          ""});
    }
  }
  if (const Node* within = fields.need("within")) {
    const auto choice =
        read_choice(draft.problems, *within, {"routing-domain", "anywhere"});
    rule.overlap_anywhere = choice == std::size_t{1};
  }
}

void read_verb(RulesDraft& draft, const Node& node, RuleSpec& rule,
               const char* key) {
  Fields fields{draft.problems, node, key};
  if (!node.is_map()) return;
  switch (rule.verb) {
    case Verb::kDeny:
    case Verb::kRequire:
      rule.from = need_zone(draft, fields, "from");
      rule.to = need_zone(draft, fields, "to");
      read_action(draft, fields, rule);
      break;
    case Verb::kIsolate:
      read_isolate(draft, fields, rule);
      break;
    case Verb::kOnly:
      read_only(draft, fields, rule);
      break;
    case Verb::kThrough:
      read_through(draft, fields, rule);
      break;
    case Verb::kNoOverlap:
      read_no_overlap(draft, fields, rule);
      break;
  }
  if (rule.verb != Verb::kNoOverlap) {
    read_service(draft, fields, rule.verb == Verb::kRequire, rule);
  }
  if (const Node* relayed = fields.find("relayed")) {
    not_supported(draft.problems, *relayed,
                  "a rule does not look through relays", "relayed");
  }
  fields.finish();
}

void read_verbs(RulesDraft& draft, Fields& fields, RuleSpec& rule) {
  int count = 0;
  for (const VerbName& each : kVerbs) {
    const Node* node = fields.find(each.key);
    if (node == nullptr) continue;
    ++count;
    rule.verb = each.verb;
    read_verb(draft, *node, rule, each.key);
  }
  if (const Node* survive = fields.find("survive")) {
    ++count;
    not_supported(draft.problems, *survive,
                  "a rule is one of deny, require, isolate, only, through, "
                  "no_overlap",
                  "survive");
  }
  if (count == 1) return;
  draft.problems.add({"rule-verb", rule.where,
                      "a rule has one of deny, require, isolate, only, "
                      "through, no_overlap",
                      count == 0 ? "none" : "several", ""});
}

void read_judgement(RulesDraft& draft, Fields& fields, RuleSpec& rule) {
  Problems& problems = draft.problems;
  if (const Node* node = fields.find("severity")) {
    const auto at = read_choice(problems, *node, {"note", "warning", "error"});
    if (at) rule.severity = static_cast<Severity>(*at);
  }
  rule.level =
      rule.verb == Verb::kRequire ? Level::kConnection : Level::kPacket;
  if (const Node* node = fields.find("level")) {
    const auto at = read_choice(problems, *node, {"packet", "connection"});
    if (at) rule.level = static_cast<Level>(*at);
  }
  if (const Node* node = fields.find("endpoints")) {
    const auto at = read_choice(problems, *node, {"addresses", "interfaces"});
    rule.interfaces_only = at == std::size_t{1};
  }
  rule.because = fields.prose("because");
  rule.mandatory = fields.flag("mandatory", false);
  rule.allow_empty = fields.flag("allow_empty", false);
  if (const Node* node = fields.find("except")) {
    rule.except = read_allow(draft, *node);
  }
  for (const char* key : {"when", "active"}) {
    if (const Node* node = fields.find(key)) {
      not_supported(problems, *node, "a rule holds at all hours", key);
    }
  }
}

void check_id(RulesDraft& draft, const Node& node, const RuleSpec& rule) {
  for (const RuleSpec& other : draft.rules.rules) {
    if (other.id != rule.id || rule.id.empty()) continue;
    draft.problems.add({"duplicate-name", node.where,
                        "an id stands for one rule", rule.id,
                        fmt::format("first at {}", to_string(other.where))});
  }
}

bool is_date(const std::string& text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = '0' <= text[i] && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != kForm[i]) return false;
  }
  const std::string month = text.substr(5, 2);
  const std::string day = text.substr(8, 2);
  return "01" <= month && month <= "12" && "01" <= day && day <= "31";
}

}  // namespace

std::optional<NamedService> read_named_service(RulesDraft& draft,
                                               const Node& node) {
  if (!node.is_list()) {
    const auto text = read_text(draft.problems, node);
    if (!text) return std::nullopt;
    const auto named = draft.services.find(*text);
    if (named != draft.services.end()) {
      return NamedService{*text, named->second};
    }
    const auto parsed = parse_service(*text);
    if (parsed) return NamedService{*text, parsed.value()};
    std::vector<std::string> known;
    for (const auto& [name, set] : draft.services) known.push_back(name);
    draft.problems.add({"service", node.where, parsed.error().what,
                        parsed.error().fragment, suggestion(*text, known)});
    return std::nullopt;
  }
  std::vector<std::string> texts;
  std::vector<TransportSet> sets;
  for (const Node& item : node.items) {
    if (item.is_list()) {
      wrong_type(draft.problems, item, "a service");
    } else if (const auto service = read_named_service(draft, item)) {
      texts.push_back(service->text);
      sets.push_back(service->set);
    }
  }
  if (node.items.empty()) {
    draft.problems.add(
        {"empty-list", node.where, "a list of services names some", "[]", ""});
  }
  if (sets.size() != node.items.size() || sets.empty()) return std::nullopt;
  return NamedService{fmt::format("{}", fmt::join(texts, ", ")),
                      TransportSet::union_of(std::move(sets))};
}

std::vector<AllowEntry> read_allow(RulesDraft& draft, const Node& node) {
  if (!node.is_list()) {
    wrong_type(draft.problems, node, "a list of {from, to, service}");
    return {};
  }
  std::vector<AllowEntry> entries;
  for (const Node& item : node.items) {
    Fields fields{draft.problems, item, "allowed flow"};
    if (!item.is_map()) continue;
    AllowEntry entry;
    entry.where = item.where;
    if (const Node* from = fields.find("from")) {
      entry.from = read_zone(draft, *from);
    }
    if (const Node* to = fields.find("to")) entry.to = read_zone(draft, *to);
    if (const Node* service = fields.find("service")) {
      const auto named = read_named_service(draft, *service);
      if (named) entry.service = named->set;
    }
    fields.finish();
    if (item.keys.empty()) {
      draft.problems.add({"empty-list", item.where,
                          "an allowed flow has from, to or service", "{}", ""});
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

void read_rule(RulesDraft& draft, const Node& node) {
  Fields fields{draft.problems, node, "rule"};
  if (!node.is_map()) return;
  RuleSpec rule;
  rule.id = fields.need_text("id");
  const Node* id = node.find("id");
  rule.where = id == nullptr ? node.where : id->where;
  if (id != nullptr) check_id(draft, *id, rule);
  read_verbs(draft, fields, rule);
  read_judgement(draft, fields, rule);
  fields.finish();
  draft.rules.rules.push_back(std::move(rule));
}

void read_waiver(RulesDraft& draft, const Node& node) {
  Problems& problems = draft.problems;
  Fields fields{problems, node, "exception"};
  if (!node.is_map()) return;
  Waiver waiver;
  waiver.where = node.where;
  waiver.rule = fields.need_text("rule");
  waiver.subject = fields.need_text("subject");
  fields.need("reason");
  waiver.reason = fields.prose("reason");
  waiver.owner = fields.prose("owner");
  waiver.expires = fields.text("expires");
  const Node* subject = node.find("subject");
  const std::size_t colon = waiver.subject.find(':');
  if (!waiver.subject.empty() && (colon == 0 || colon == std::string::npos ||
                                  colon + 1 == waiver.subject.size())) {
    problems.add({"kind-name", subject->where, "a subject is written kind:name",
                  waiver.subject, ""});
  }
  if (!waiver.expires.empty() && !is_date(waiver.expires)) {
    problems.add({"date", node.find("expires")->where,
                  "a date is written 2027-03-31", waiver.expires, ""});
  }
  fields.finish();
  for (const RuleSpec& rule : draft.rules.rules) {
    if (rule.id == waiver.rule && rule.mandatory && !rule.id.empty()) {
      problems.add(
          {"rule-mandatory", node.find("rule")->where,
           "a mandatory rule has no exceptions", rule.id,
           fmt::format("it is mandatory at {}", to_string(rule.where))});
    }
  }
  draft.rules.waivers.push_back(std::move(waiver));
}

}  // namespace netproof::io
