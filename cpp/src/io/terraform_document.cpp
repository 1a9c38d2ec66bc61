#include "io/terraform_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

// The whole file as one value: a list under a key of the root comes in pieces.
class Collector : public AwsSink {
 public:
  explicit Collector(AwsValue& root) : root_{root} { root_.kind = Kind::kMap; }
  void list(std::string_view key) override {
    AwsValue value;
    value.kind = Kind::kList;
    root_.members.push_back({key, std::move(value)});
  }
  void element(std::string_view, AwsValue value) override {
    AwsValue& last = root_.members.back().value;
    if (last.members.empty()) last.begin = value.begin;
    last.end = value.end;
    last.members.push_back({{}, std::move(value)});
  }
  void member(std::string_view key, AwsValue value) override {
    root_.members.push_back({key, std::move(value)});
  }

 private:
  AwsValue& root_;
};

// What can be done to a resource. One that Terraform forgets stays as it is.
constexpr auto kActions = std::to_array<std::string_view>(
    {"no-op", "create", "read", "update", "delete", "delete create",
     "create delete", "forget"});

const AwsValue* given(const AwsValue& map, std::string_view key) {
  const AwsValue* value = map.find(key);
  return value == nullptr || value->kind == Kind::kNull ? nullptr : value;
}

bool is_true(const AwsValue* value) {
  return value != nullptr && value->kind == Kind::kWord &&
         value->text == "true";
}

std::string index_of(const AwsValue& resource) {
  const AwsValue* index = resource.find("index");
  if (index == nullptr || index->kind == Kind::kNull) return {};
  if (index->kind == Kind::kText) return fmt::format("\"{}\"", index->text);
  return std::string(index->text);
}

class Reader {
 public:
  Reader(AwsFile& file, TerraformDocument& document, Problems& problems)
      : maker_{file}, document_{document}, problems_{problems} {}

  bool read() {
    const AwsValue& root = document_.root;
    if (!check_version(root)) return false;
    if (is_true(root.find("errored"))) {
      refuse("terraform-errored", *root.find("errored"),
             "a plan is one that could be made", "errored",
             "mend what terraform plan complains about");
      return false;
    }
    const AwsValue* planned = given(root, "planned_values");
    if (planned == nullptr) {
      add_values(*given(root, "values"), Of::kState);
      return true;
    }
    read_changes();
    // What the plan does not touch stays as it was: data sources, and what
    // -target leaves alone.
    add_values(*planned, Of::kPlan);
    if (const AwsValue* before = given(root, "prior_state")) {
      const AwsValue* values =
          is_map(*before, "prior_state") ? given(*before, "values") : nullptr;
      if (values != nullptr) add_values(*values, Of::kPriorState);
    }
    const AwsValue* complete = given(root, "complete");
    const AwsValue* deferred = given(root, "deferred_changes");
    document_.complete = (complete == nullptr ? makes_all_configured(document_)
                                              : is_true(complete)) &&
                         (deferred == nullptr || deferred->empty());
    return true;
  }

 private:
  /// Where resources stand that are listed by module.
  enum class Of { kState, kPlan, kPriorState };

  void refuse(const char* code, const AwsValue& at, std::string what,
              std::string_view fragment, const char* help) {
    problems_.add({code, maker_.file().source.at(at.begin, at.end),
                   std::move(what), std::string(fragment), help});
  }

  bool check_version(const AwsValue& root) {
    const AwsValue* version = root.find("format_version");
    if (version == nullptr || root.find("resources") != nullptr) {
      refuse("terraform-format", root,
             "a file is what `terraform show -json` prints", "",
             "run `terraform show -json PLANFILE > plan.json`");
      return false;
    }
    const std::string_view text = version->text;
    // Before 1.0 minor versions may change anything.
    if (!text.starts_with("1.") && !text.starts_with("0.")) {
      refuse("terraform-version", *version,
             "the major version of the format is 0 or 1", text,
             "this version of netproof does not know a later one");
      return false;
    }
    const bool any = given(root, "planned_values") != nullptr ||
                     given(root, "values") != nullptr;
    if (!any) {
      refuse("terraform-format", *version,
             "a file of Terraform has planned_values or values", "",
             "an empty state has no network");
    }
    return any;
  }

  bool is_map(const AwsValue& value, const char* what) {
    if (value.kind == Kind::kMap) return true;
    refuse("value-type", value, fmt::format("{} is a mapping", what),
           value.text, "");
    return false;
  }

  std::optional<TerraformResource> start(const AwsValue& value) {
    if (!is_map(value, "a resource")) return std::nullopt;
    TerraformResource resource;
    resource.address = known_text(value, "address");
    auto parts = parse_terraform_address(resource.address);
    if (!parts || !parts->rest.empty()) {
      refuse("terraform-address", value,
             "a resource has an address, as aws_vpc.main", resource.address,
             "");
      return std::nullopt;
    }
    resource.parts = std::move(*parts);
    const std::string_view type = known_text(value, "type");
    if (!type.empty() && type != resource.parts.type) {
      refuse("terraform-address", value,
             "the type of a resource is the one in its address",
             resource.address, "");
      return std::nullopt;
    }
    if (resource.parts.key.empty()) resource.parts.key = index_of(value);
    resource.config = config_of(resource.parts);
    return resource;
  }

  void refuse_again(const AwsValue& at, const std::string& address) {
    refuse("terraform-address", at, "a resource stands once", address, "");
  }

  const AwsValue* config_of(const TerraformAddress& address) {
    const AwsValue* module = terraform_module(document_, address.module);
    const auto [blocks, fresh] = configured_.try_emplace(module);
    const AwsValue* listed = find_in(module, {"resources"});
    if (fresh && listed != nullptr) {
      for (const AwsValue::Member& one : listed->members) {
        blocks->second.try_emplace(known_text(one.value, "address"),
                                   &one.value);
      }
    }
    const auto at = blocks->second.find(address.bare());
    return at == blocks->second.end() ? nullptr : at->second;
  }

  void read_changes() {
    for (const AwsValue::Member& one :
         list_of(document_.root, "resource_changes")) {
      auto resource = start(one.value);
      if (!resource) continue;
      // Of a deposed object its successor has the address.
      const std::string_view deposed = known_text(one.value, "deposed");
      resource->address = marked(resource->address, deposed);
      if (!seen_.insert(resource->address).second) {
        refuse_again(one.value, resource->address);
        continue;
      }
      moved_.emplace(known_text(one.value, "previous_address"));
      const AwsValue* change = one.value.find("change");
      if (change == nullptr) {
        refuse("terraform-change", one.value, "a resource says what changes",
               resource->address, "print the whole plan");
      } else if (is_map(*change, "a change")) {
        add_change(std::move(*resource), *change);
      }
    }
  }

  // What is done to a resource, in one word: "update", "delete create".
  std::string actions_of(const AwsValue& change, const std::string& address) {
    std::string said;
    for (const AwsValue::Member& one : list_of(change, "actions")) {
      said += (said.empty() ? "" : " ") + std::string(one.value.text);
    }
    if (std::ranges::find(kActions, said) == kActions.end()) {
      refuse("terraform-change", change,
             "a change has actions that are known, as [create]", address,
             "this version of netproof does not know it");
    }
    return said;
  }

  void add_change(TerraformResource resource, const AwsValue& change) {
    const AwsValue* before = change.find("before");
    const AwsValue* after = change.find("after");
    const std::string actions = actions_of(change, resource.address);
    const bool was = before != nullptr && before->kind == Kind::kMap;
    resource.existed = was && !actions.starts_with("create") &&
                       actions != "delete create" && actions != "delete";
    resource.untouched = was && (actions == "no-op" || actions == "forget");
    if (was && actions != "no-op" && actions != "read") {
      resource.before = *before;
    }
    if (actions == "delete") {
      document_.deleted.push_back(std::move(resource));
      return;
    }
    // Terraform lets go of it; it stays as it is.
    const bool stays = actions == "forget" && was;
    const bool is = after != nullptr && after->kind == Kind::kMap;
    const AwsValue* unknown = change.find("after_unknown");
    if ((!is && !stays) || is_true(unknown)) {
      refuse("terraform-change", change, "a change says what is after it",
             resource.address, "");
      return;
    }
    resource.values = stays ? *before : *after;
    if (!stays && unknown != nullptr) {
      merge(resource.values, *unknown, resource.address);
    }
    document_.resources.push_back(std::move(resource));
  }

  // Writes what is unknown into what is known. Lists go in step; one that does
  // not is unknown as a whole.
  void merge(AwsValue& known, const AwsValue& unknown,
             const std::string& about) {
    if (is_true(&unknown)) {
      known = maker_.unknown(about, known.end > 0 ? known : unknown);
      return;
    }
    const bool list = unknown.kind == Kind::kList;
    const bool in_step =
        known.kind == unknown.kind &&
        (!list || known.members.size() == unknown.members.size());
    if (!in_step) {
      if (has_true(unknown)) known = maker_.unknown(about, unknown);
      return;
    }
    for (std::size_t i = 0; i < unknown.members.size(); ++i) {
      const AwsValue::Member& one = unknown.members[i];
      if (list) {
        merge(known.members[i].value, one.value,
              fmt::format("{}[{}]", about, i));
      } else {
        merge_key(known, one, fmt::format("{}.{}", about, one.key));
      }
    }
  }

  void merge_key(AwsValue& known, const AwsValue::Member& unknown,
                 const std::string& about) {
    for (AwsValue::Member& member : known.members) {
      if (member.key != unknown.key) continue;
      merge(member.value, unknown.value, about);
      return;
    }
    if (has_true(unknown.value)) {
      put(known, unknown.key, maker_.unknown(about, unknown.value));
    }
  }

  static bool has_true(const AwsValue& value) {
    return is_true(&value) ||
           std::ranges::any_of(value.members, [](const auto& one) {
             return has_true(one.value);
           });
  }

  void add_values(const AwsValue& values, Of of) {
    if (!is_map(values, "the values of a plan or state")) return;
    if (const AwsValue* root = given(values, "root_module")) {
      add_module(*root, of);
    }
  }

  void add_module(const AwsValue& module, Of of) {
    if (!is_map(module, "a module")) return;
    for (const AwsValue::Member& one : list_of(module, "resources")) {
      add_listed(one.value, of);
    }
    for (const AwsValue::Member& one : list_of(module, "child_modules")) {
      add_module(one.value, of);
    }
  }

  // A state is complete: what is not there is not. A plan omits what is not
  // known (S125), so that its resources are read from their changes.
  void add_listed(const AwsValue& value, Of of) {
    auto resource = start(value);
    if (!resource) return;
    resource->address =
        marked(resource->address, known_text(value, "deposed_key"));
    // It stands under the address that it has after the plan.
    if (of == Of::kPriorState && moved_.contains(resource->address)) return;
    if (!seen_.insert(resource->address).second) {
      if (of == Of::kState) refuse_again(value, resource->address);
      return;
    }
    if (of == Of::kPlan) {
      refuse("terraform-change", value,
             "a planned resource stands in resource_changes", resource->address,
             "print the whole plan");
      return;
    }
    const AwsValue* values = value.find("values");
    if (values == nullptr) {
      refuse("value-missing", value, "a resource has values", resource->address,
             "");
    } else if (is_map(*values, "the values of a resource")) {
      resource->values = *values;
      resource->existed = true;
      resource->untouched = true;
      document_.resources.push_back(std::move(*resource));
    }
  }

  static std::string marked(const std::string& address,
                            std::string_view deposed) {
    if (deposed.empty()) return address;
    return fmt::format("{} (deposed {})", address, deposed);
  }

  // The elements of a list; none if it is not there.
  const std::vector<AwsValue::Member>& list_of(const AwsValue& map,
                                               std::string_view key) {
    static const std::vector<AwsValue::Member> kNone;
    const AwsValue* list = given(map, key);
    if (list == nullptr) return kNone;
    if (list->kind == Kind::kList) return list->members;
    refuse("value-type", *list, fmt::format("{} is a list", key), list->text,
           "");
    return kNone;
  }

  ValueMaker maker_;
  TerraformDocument& document_;
  Problems& problems_;
  std::set<std::string> seen_;
  std::set<std::string> moved_;  ///< addresses that resources had before
  /// The blocks of each module, by address.
  std::map<const AwsValue*, std::map<std::string_view, const AwsValue*>>
      configured_;
};

}  // namespace

const AwsValue* find_in(const AwsValue* value,
                        std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (value == nullptr) return nullptr;
    value = value->find(key);
  }
  return value;
}

const AwsValue* terraform_module(const TerraformDocument& document,
                                 const TerraformPath& path) {
  const AwsValue* module = find_in(document.configuration(), {"root_module"});
  for (const TerraformStep& step : path) {
    module = find_in(module, {"module_calls", step.name, "module"});
  }
  return module;
}

bool read_terraform_document(AwsFile& file, TerraformDocument& document,
                             Problems& problems) {
  Collector collector{document.root};
  if (!stream_json(file.source, file.unescaped, problems, collector)) {
    return false;
  }
  const int before = problems.failures();
  return Reader{file, document, problems}.read() &&
         problems.failures() == before;
}

}  // namespace netproof::io
