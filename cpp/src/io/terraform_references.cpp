#include "io/terraform_references.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "io/word_lists.hpp"

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

// References through modules and attributes go no deeper, and branch no more:
// whoever writes such a configuration wants to be waited for.
constexpr int kDeepest = 32;
constexpr int kMostSteps = 1000;
constexpr std::size_t kMostReferences = 500;

// Ids of what AWS makes together with a resource.
constexpr auto kParts = std::to_array<std::string_view>(
    {"default_route_table_id", "main_route_table_id", "default_network_acl_id",
     "default_security_group_id", "association_default_route_table_id",
     "propagation_default_route_table_id", "transit_gateway_attachment_id",
     "primary_network_interface_id", "prefix_list_id"});

struct Alias {
  std::string_view type;
  std::string_view attribute;
};

// Resources that are another one, or act on one.
constexpr auto kAliases = std::to_array<Alias>({
    {"aws_default_route_table", "default_route_table_id"},
    {"aws_default_network_acl", "default_network_acl_id"},
    {"aws_vpc_peering_connection_accepter", "vpc_peering_connection_id"},
    {"aws_ec2_transit_gateway_vpc_attachment_accepter",
     "transit_gateway_attachment_id"},
    {"aws_ec2_transit_gateway_peering_attachment_accepter",
     "transit_gateway_attachment_id"},
});

std::string bare_key(const TerraformPath& module, std::string_view bare) {
  std::string key;
  for (const TerraformStep& step : module) {
    key += step.name + "[" + step.key + "].";
  }
  return key += bare;
}

// The name of a call without the key of the instance.
std::string bare_call(TerraformPath call) {
  const std::string name = call.back().name;
  call.pop_back();
  return bare_key(call, name);
}

// What counts by numbers may be counted from elsewhere, as [count.index + 1],
// which is not told: with as many on both sides it is taken for the same.
bool is_same_count(const std::string& key, std::size_t siblings,
                   std::size_t others) {
  return key.starts_with('"') || siblings == others;
}

// "aws_vpc.a.id" stands for its beginnings, which are listed too.
std::vector<std::string_view> longest(const AwsValue& references) {
  std::vector<std::string_view> texts;
  for (const AwsValue::Member& one : references.members) {
    texts.push_back(one.value.text);
  }
  std::vector<std::string_view> kept;
  for (const std::string_view text : texts) {
    const bool begins = std::ranges::any_of(texts, [&](std::string_view other) {
      return other.size() > text.size() && other.starts_with(text) &&
             (other[text.size()] == '.' || other[text.size()] == '[');
    });
    if (!begins && !among(kept, text)) kept.push_back(text);
  }
  return kept;
}

bool is_only_endpoint(const TerraformResource& resource,
                      std::string_view rest) {
  const AwsValue* zones = resource.values.find("subnet_mapping");
  return resource.parts.type == "aws_networkfirewall_firewall" &&
         rest.starts_with("firewall_status") && zones != nullptr &&
         zones->members.size() == 1;
}

bool is_key(std::string_view text) {
  return text == "each.key" || text == "count.index";
}

std::string join_rest(const std::string& first, std::string_view second) {
  if (first.empty()) return std::string(second);
  if (second.empty()) return first;
  return first + (second.starts_with('[') ? "" : ".") + std::string(second);
}

}  // namespace

TerraformReferences::TerraformReferences(const TerraformDocument& document,
                                         AwsFile& file)
    : document_{document}, maker_{file} {
  for (const TerraformResource& one : document.resources) {
    Instances& all = by_bare_[bare_key(one.parts.module, one.parts.bare())];
    if (all.first == nullptr) all.first = &one;
    const bool fresh = all.by_key.try_emplace(one.parts.key, &one).second;
    all.doubled = all.doubled || !fresh;
    TerraformPath call;
    for (const TerraformStep& step : one.parts.module) {
      call.push_back(step);
      modules_[bare_call(call)].insert(step.key);
    }
  }
  for (const TerraformResource& one : document.resources) {
    by_name_.try_emplace(name_of(one), &one);
  }
}

std::string TerraformReferences::name_of(const TerraformResource& resource,
                                         int depth) const {
  const std::string_view id = known_text(resource.values, "id");
  const TerraformResource& r = resource;
  if (depth == 0) steps_ = kMostSteps;
  for (const Alias& alias : kAliases) {
    const AwsValue* value = r.values.find(alias.attribute);
    if (r.parts.type != alias.type || value == nullptr) continue;
    const AwsValue same =
        resolve(r, *value, find_in(r.config, {"expressions", alias.attribute}),
                {}, depth + 1);
    if (same.kind == Kind::kText) return std::string(same.text);
  }
  if (!id.empty()) return std::string(id);
  if (r.parts.type == "aws_default_security_group") {
    const Targets vpc = targets(
        scope_of(r), find_in(r.config, {"expressions", "vpc_id"}), depth + 1);
    if (vpc && vpc->size() == 1 && vpc->front().rest == "id") {
      return part_of(*vpc->front().resource, "default_security_group_id");
    }
    const std::string_view home = known_text(r.values, "vpc_id");
    for (const TerraformResource& one : document_.resources) {
      if (home.empty() || one.parts.type != "aws_vpc") continue;
      if (known_text(one.values, "id") != home) continue;
      return part_of(one, "default_security_group_id");
    }
  }
  return r.address;
}

TerraformReferences::Scope TerraformReferences::scope_of(
    const TerraformResource& resource) const {
  const auto at =
      by_bare_.find(bare_key(resource.parts.module, resource.parts.bare()));
  return {resource.parts.module, resource.parts.key,
          at == by_bare_.end() ? 0 : at->second.by_key.size()};
}

TerraformReferences::Scope TerraformReferences::scope_of(
    TerraformPath call) const {
  const auto at = modules_.find(bare_call(call));
  Scope scope{
      {}, call.back().key, at == modules_.end() ? 0 : at->second.size()};
  call.pop_back();
  scope.module = std::move(call);
  return scope;
}

std::string TerraformReferences::part_of(const TerraformResource& resource,
                                         std::string_view attribute) const {
  const std::string_view known = known_text(resource.values, attribute);
  if (!known.empty()) return std::string(known);
  // AWS makes the main table that is the default one.
  if (attribute == "main_route_table_id") {
    return part_of(resource, "default_route_table_id");
  }
  // One table is both, if no other is chosen.
  if (attribute == "propagation_default_route_table_id") {
    return part_of(resource, "association_default_route_table_id");
  }
  return resource.address + "." + std::string(attribute);
}

const TerraformResource* TerraformReferences::find(
    std::string_view name) const {
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? nullptr : at->second;
}

bool TerraformReferences::configures(const TerraformResource& resource,
                                     std::string_view attribute) {
  if (resource.config == nullptr) return false;
  const AwsValue* expression =
      find_in(resource.config, {"expressions", attribute});
  return expression != nullptr;
}

TerraformReferences::Targets TerraformReferences::instances(
    const Scope& scope, const TerraformAddress& address, bool by_key) const {
  const auto at = by_bare_.find(bare_key(scope.module, address.bare()));
  if (at == by_bare_.end() || at->second.doubled) return std::nullopt;
  const auto& [first, instances, _] = at->second;
  const TerraformResource* found = nullptr;
  const bool single = instances.size() == 1;
  const bool keyed = !address.key.empty() || by_key;
  if (single && (first->parts.key.empty() || !keyed)) {
    found = first;
  } else if (keyed) {
    const bool counted =
        address.key.empty() &&
        !is_same_count(scope.key, scope.siblings, instances.size());
    if (counted) return std::nullopt;
    const auto one =
        instances.find(address.key.empty() ? scope.key : address.key);
    if (one != instances.end()) found = one->second;
  }
  if (found == nullptr) return std::nullopt;
  return std::vector<Target>{{found, address.rest}};
}

TerraformReferences::Targets TerraformReferences::through_variable(
    const Scope& scope, std::string_view text, int depth) const {
  if (scope.module.empty()) return std::nullopt;
  text.remove_prefix(std::string_view("var.").size());
  const std::size_t end = text.find_first_of(".[");
  const std::string_view name = text.substr(0, end);
  std::string_view rest =
      end == std::string_view::npos ? std::string_view{} : text.substr(end);
  if (rest.starts_with('.')) rest.remove_prefix(1);
  const Scope caller = scope_of(scope.module);
  const std::string call = scope.module.back().name;
  const AwsValue* expression =
      find_in(terraform_module(document_, caller.module),
              {"module_calls", call, "expressions", name});
  Targets found = targets(caller, expression, depth + 1);
  if (!found) return std::nullopt;
  for (Target& one : *found) one.rest = join_rest(one.rest, rest);
  return found;
}

TerraformReferences::Targets TerraformReferences::through_output(
    const Scope& scope, std::string_view text, bool by_key, int depth) const {
  std::string_view rest = text.substr(std::string_view("module.").size());
  TerraformStep step;
  const std::size_t name_end = rest.find_first_of(".[");
  if (name_end == std::string_view::npos) return std::nullopt;
  step.name = rest.substr(0, name_end);
  rest.remove_prefix(name_end);
  if (rest.starts_with('[')) {
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    step.key = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
  }
  if (!rest.starts_with('.')) return std::nullopt;
  rest.remove_prefix(1);
  const std::size_t end = rest.find_first_of(".[");
  const std::string_view output = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
  if (rest.starts_with('.')) rest.remove_prefix(1);
  const AwsValue* call = find_in(terraform_module(document_, scope.module),
                                 {"module_calls", step.name});
  const bool many =
      call != nullptr && (call->find("count_expression") != nullptr ||
                          call->find("for_each_expression") != nullptr);
  if (many && step.key.empty()) {
    TerraformPath called = scope.module;
    called.push_back(step);
    const auto made = modules_.find(bare_call(called));
    const bool same =
        made != modules_.end() &&
        is_same_count(scope.key, scope.siblings, made->second.size());
    if (!by_key || !same) return std::nullopt;
    step.key = scope.key;
  }
  Scope inside{scope.module, {}};
  inside.module.push_back(std::move(step));
  const AwsValue* expression =
      find_in(call, {"module", "outputs", output, "expression"});
  Targets found = targets(inside, expression, depth + 1);
  if (!found) return std::nullopt;
  for (Target& one : *found) one.rest = join_rest(one.rest, rest);
  return found;
}

TerraformReferences::Targets TerraformReferences::target(const Scope& scope,
                                                         std::string_view text,
                                                         bool by_key,
                                                         int depth) const {
  if (text.starts_with("var.")) return through_variable(scope, text, depth);
  if (text.starts_with("module.")) {
    return through_output(scope, text, by_key, depth);
  }
  for (const std::string_view other :
       {"local.", "each.", "count.", "path.", "self.", "terraform."}) {
    if (text.starts_with(other)) return std::nullopt;
  }
  const auto address = parse_terraform_address(text);
  return address ? instances(scope, *address, by_key) : std::nullopt;
}

TerraformReferences::Targets TerraformReferences::targets(
    const Scope& scope, const AwsValue* expression, int depth) const {
  const AwsValue* references = find_in(expression, {"references"});
  if (depth > kDeepest || references == nullptr ||
      references->kind != Kind::kList || references->empty() ||
      references->members.size() > kMostReferences || --steps_ < 0) {
    return std::nullopt;
  }
  const std::vector<std::string_view> texts = longest(*references);
  const bool by_key = std::ranges::any_of(texts, is_key);
  std::vector<Target> all;
  for (const std::string_view text : texts) {
    if (is_key(text)) continue;
    Targets found = target(scope, text, by_key, depth);
    if (!found) return std::nullopt;
    all.insert(all.end(), found->begin(), found->end());
  }
  return all;
}

void TerraformReferences::mention(
    const Scope& scope, const AwsValue& expression,
    std::vector<const TerraformResource*>& found) const {
  const AwsValue* references = expression.find("references");
  if (references == nullptr) {
    for (const AwsValue::Member& one : expression.members) {
      mention(scope, one.value, found);
    }
    return;
  }
  for (const std::string_view text : longest(*references)) {
    const Targets to = target(scope, text, true, 0);
    for (const Target& one : to.value_or(std::vector<Target>{})) {
      found.push_back(one.resource);
    }
  }
}

std::vector<const TerraformResource*> TerraformReferences::mentioned(
    const TerraformResource& from) const {
  std::vector<const TerraformResource*> found;
  steps_ = kMostSteps;
  if (const AwsValue* all = find_in(from.config, {"expressions"})) {
    mention(scope_of(from), *all, found);
  }
  return found;
}

std::optional<std::string> TerraformReferences::id_of(
    const Target& target, const TerraformTypes& types, int depth) const {
  const TerraformResource& resource = *target.resource;
  const std::string& rest = target.rest;
  // What is read later may be a resource that stands here as well.
  const bool unread =
      resource.parts.data && known_text(resource.values, "id").empty();
  if (unread) return std::nullopt;
  if (rest.empty() || rest == "id" || rest == "arn") {
    if (!types.allow(resource.parts.type)) return std::nullopt;
    return name_of(resource, depth + 1);
  }
  const std::string_view known = known_text(resource.values, rest);
  if (!known.empty()) return std::string(known);
  if (configures(resource, rest)) {
    const AwsValue* value = resource.values.find(rest);
    if (value == nullptr) return std::nullopt;
    const AwsValue found = resolve(
        resource, *value, find_in(resource.config, {"expressions", rest}),
        types, depth + 1);
    if (found.kind != Kind::kText) return std::nullopt;
    return std::string(found.text);
  }
  // With one zone there is one endpoint to be meant.
  if (is_only_endpoint(resource, rest)) {
    return part_of(resource, "firewall_status");
  }
  if (!among(kParts, rest)) return std::nullopt;
  return part_of(resource, rest);
}

AwsValue TerraformReferences::resolve(const TerraformResource& from,
                                      const AwsValue& value,
                                      const AwsValue* expression,
                                      const TerraformTypes& types,
                                      int depth) const {
  if (!is_unknown(value) || depth > kDeepest) return value;
  if (depth == 0) steps_ = kMostSteps;
  const Targets found = targets(scope_of(from), expression, depth);
  if (!found || found->size() != 1) return value;
  const auto id = id_of(found->front(), types, depth);
  return id ? maker_.text(*id, value) : value;
}

AwsValue TerraformReferences::one(const TerraformResource& from,
                                  std::string_view attribute,
                                  const TerraformTypes& types) const {
  const AwsValue* value = from.values.find(attribute);
  if (value == nullptr || value->empty()) return {};
  return resolve(from, *value, find_in(from.config, {"expressions", attribute}),
                 types, 0);
}

AwsValue TerraformReferences::resolve_list(const TerraformResource& from,
                                           const AwsValue& value,
                                           const AwsValue* expression,
                                           const TerraformTypes& types) const {
  const auto open = [](const AwsValue::Member& one) {
    return is_unknown(one.value);
  };
  const bool listed = value.kind == Kind::kList;
  if (listed && std::ranges::none_of(value.members, open)) return value;
  const AwsValue* hidden = &value;
  if (listed) hidden = &std::ranges::find_if(value.members, open)->value;
  AwsValue nobody = maker_.unknown(hidden->text, value);
  steps_ = kMostSteps;
  const Targets found = targets(scope_of(from), expression, 0);
  if (!found) return nobody;
  if (listed && value.members.size() != found->size()) return nobody;
  AwsValue list = ValueMaker::list(value);
  for (const Target& one : *found) {
    const auto id = id_of(one, types, 0);
    if (!id) return nobody;
    push(list, maker_.text(*id, value));
  }
  return list;
}

AwsValue TerraformReferences::many(const TerraformResource& from,
                                   std::string_view attribute,
                                   const TerraformTypes& types) const {
  const AwsValue* value = from.values.find(attribute);
  if (value == nullptr || value->empty()) return {};
  return resolve_list(from, *value,
                      find_in(from.config, {"expressions", attribute}), types);
}

}  // namespace netproof::io
