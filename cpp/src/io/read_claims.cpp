#include <algorithm>
#include <limits>

#include "io/sections.hpp"
#include "io/suggest.hpp"

namespace netproof::io {
namespace {

constexpr int kLargestCount = std::numeric_limits<int>::max();

void read_assumption(Draft& draft, const Node& node) {
  const int before = draft.problems.failures();
  Fields fields{draft.problems, node, "assumption"};
  if (!node.is_map()) return;
  Assumption assumption;
  assumption.id = fields.need_text("id");
  assumption.where = node.where;
  if (const Node* id = node.find("id")) {
    assumption.where = id->where;
    if (!assumption.id.empty()) {
      register_name(draft, "assume", assumption.id, id->where);
    }
  }
  for (const char* key : {"subject", "value", "why"}) fields.need(key);
  assumption.subject = fields.prose("subject");
  assumption.value = fields.prose("value");
  assumption.why = fields.prose("why");
  assumption.confirmed_by = fields.prose("confirmed_by");
  fields.finish();
  if (draft.problems.failures() == before) {
    draft.parts.assumptions.push_back(std::move(assumption));
  }
}

// The prefixes that hold the VPCs of a selection.
void read_cover(Fields& fields, Claim& claim) {
  Problems& problems = fields.problems();
  if (const Node* prefixes = fields.find("prefixes")) {
    claim.prefixes = read_list<WrittenPrefix>(
        problems, *prefixes, [&](const Node& item, auto& out) {
          if (auto prefix = read_prefix(problems, item)) {
            out.push_back(std::move(*prefix));
          }
        });
  }
  if (const Node* cover = fields.need("cover")) {
    claim.select = read_choice_of_labels(problems, *cover);
  }
  claim.only = fields.flag("only", false);
}

void read_number(Fields& fields, const char* key, Claim& claim) {
  const Node* node = fields.need(key);
  if (node == nullptr) return;
  const auto count = read_int(fields.problems(), *node, 0, kLargestCount);
  if (count) claim.count = *count;
}

void read_count(Fields& fields, Claim& claim) {
  Problems& problems = fields.problems();
  claim.of = fields.text("of");
  const auto& known = table_names();
  if (!claim.of.empty() && std::ranges::find(known, claim.of) == known.end()) {
    problems.add({"unknown-table", fields.find("of")->where,
                  "what is counted is a table of objects", claim.of,
                  suggestion(claim.of, known)});
  }
  if (const Node* select = fields.find("select")) {
    claim.select = read_choice_of_labels(problems, *select);
  }
  read_number(fields, "count", claim);
}

void read_claim(Draft& draft, const Node& node) {
  const int before = draft.problems.failures();
  Fields fields{draft.problems, node, "claim"};
  if (!node.is_map()) return;
  Claim claim;
  claim.where = node.where;
  fields.need("says");
  claim.says = fields.prose("says");
  const auto has = [&](const char* key) { return node.find(key) != nullptr; };
  if (has("prefixes") + has("subnet") + has("of") != 1) {
    draft.problems.add({"one-of-keys", node.where,
                        "a claim has one of 'prefixes', 'subnet', 'of'",
                        claim.says, ""});
    return;
  }
  if (has("prefixes")) {
    read_cover(fields, claim);
  } else if (has("of")) {
    read_count(fields, claim);
  } else {
    claim.subnet = fields.need_ref<Subnet>("subnet");
    read_number(fields, "usable", claim);
  }
  fields.finish();
  if (draft.problems.failures() == before) {
    draft.parts.claims.push_back(std::move(claim));
  }
}

void read_expectations(Draft& draft, const Node& node) {
  if (!node.is_map()) {
    wrong_type(draft.problems, node, "a mapping of tables to counts");
    return;
  }
  if (node.broken) draft.problems.fail();
  std::vector<std::string> known = table_names();
  known.emplace_back("claims");
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const Node& key = node.keys[i];
    if (key.text.starts_with("x-")) continue;
    if (key.text == "claims") {
      each_object(draft, &node.items[i], nullptr,
                  [&](const Node& item) { read_claim(draft, item); });
      continue;
    }
    if (std::ranges::find(known, key.text) == known.end()) {
      draft.problems.add({"unknown-key", key.where,
                          "what is counted is a table of objects", key.text,
                          suggestion(key.text, known)});
      continue;
    }
    const auto count =
        read_int(draft.problems, node.items[i], 0, kLargestCount);
    if (count) {
      draft.parts.expectations.push_back({key.text, *count, key.where});
    }
  }
}

}  // namespace

void read_claims(Draft& draft, Fields& fields) {
  each_object(draft, fields.find("assume"), nullptr,
              [&](const Node& node) { read_assumption(draft, node); });
  if (const Node* expect = fields.find("expect")) {
    read_expectations(draft, *expect);
  }
}

}  // namespace netproof::io
