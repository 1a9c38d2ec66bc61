#include "io/cloudformation_stack.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>
#include <utility>

#include "io/json_document.hpp"
#include "io/suggest.hpp"
#include "io/yaml_document.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

constexpr auto kSections = std::to_array<std::string_view>(
    {"AWSTemplateFormatVersion", "Conditions", "Description", "Globals",
     "Hooks", "Mappings", "Metadata", "Outputs", "Parameters", "Resources",
     "Rules", "Transform"});

constexpr auto kFunctions = std::to_array<std::string_view>(
    {"And", "Base64", "Cidr", "Equals", "FindInMap", "GetAZs", "GetAtt",
     "GetStackOutput", "If", "ImportValue", "Join", "Length", "Not", "Or",
     "Select", "Split", "Sub", "ToJsonString", "Transform"});

bool has_extension(const fs::path& path) {
  for (const char* known : {".yaml", ".yml", ".json", ".template"}) {
    if (path.extension() == known) return true;
  }
  return false;
}

// "Type: AWS::", in YAML or JSON.
bool has_a_type(std::string_view text) {
  for (std::size_t at = text.find("AWS::"); at != std::string_view::npos;
       at = text.find("AWS::", at + 1)) {
    const std::size_t last = text.find_last_not_of(" \t\"':", at - 1);
    const std::size_t length = std::string_view{"Type"}.size();
    if (at == 0 || last == std::string_view::npos || last + 1 < length) {
      continue;
    }
    if (text.substr(last + 1 - length, length) == "Type") return true;
  }
  return false;
}

bool looks_like_a_template(const fs::path& path) {
  if (!has_extension(path)) return false;
  std::ifstream stream{path, std::ios::binary};
  constexpr std::size_t kLooksAt = std::size_t{1} << 18U;
  std::string text(kLooksAt, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text.find("AWSTemplateFormatVersion") != std::string::npos ||
         (text.find("Resources") != std::string::npos && has_a_type(text));
}

void refuse(Problems& problems, const Node& node, const char* code,
            std::string what, std::string help = {}) {
  const bool text = node.is_scalar();
  problems.add({code, node.where, std::move(what),
                text ? node.text : std::string(describe(node.kind)),
                std::move(help)});
}

void check_sections(const Node& root, Problems& problems) {
  const std::vector<std::string> known{kSections.begin(), kSections.end()};
  for (std::size_t i = 0; i < root.keys.size(); ++i) {
    const Node& key = root.keys[i];
    if (std::ranges::find(kSections, key.text) == kSections.end()) {
      refuse(problems, key, "cloudformation-section",
             "a template has the sections of AWS CloudFormation",
             suggestion(key.text, known));
      continue;
    }
    const bool mapping = key.text == "Conditions" || key.text == "Mappings" ||
                         key.text == "Outputs" || key.text == "Parameters" ||
                         key.text == "Resources";
    if (mapping && !root.items[i].is_map()) {
      refuse(problems, root.items[i], "cloudformation-section",
             "the section " + key.text + " is a mapping");
    }
  }
}

void check_resources(const Node& root, Problems& problems) {
  const Node* resources = root.find("Resources");
  if (resources == nullptr) {
    refuse(problems, root, "cloudformation-section",
           "a template has the section Resources");
    return;
  }
  for (std::size_t i = 0; i < resources->keys.size(); ++i) {
    // A function that a macro works out.
    if (resources->keys[i].text.starts_with("Fn::")) continue;
    const Node& one = resources->items[i];
    const Node* type = one.find("Type");
    if (!one.is_map()) {
      refuse(problems, one, "cloudformation-resource",
             "a resource is a mapping with Type and Properties");
    } else if (type == nullptr || !type->is_scalar()) {
      refuse(problems, type == nullptr ? resources->keys[i] : *type,
             "cloudformation-resource", "a resource has a Type",
             "as AWS::EC2::VPC");
    }
    const Node* properties = one.find("Properties");
    if (properties != nullptr && properties->kind != NodeKind::kNull &&
        !properties->is_map()) {
      refuse(problems, *properties, "cloudformation-resource",
             "Properties are a mapping");
    }
  }
}

bool is_json(const SourceText& source) {
  if (source.file().ends_with(".json")) return true;
  const std::size_t first = source.text().find_first_not_of(" \t\r\n");
  return source.file().ends_with(".template") && first != std::string::npos &&
         source.text()[first] == '{';
}

std::string parameters_of(const CloudFormationStack& stack) {
  std::string known;
  const Node* parameters = stack.section("Parameters");
  if (parameters == nullptr) return "the template has none";
  for (const Node& one : parameters->keys) {
    known += (known.empty() ? "the template has " : ", ") + one.text;
  }
  return known;
}

std::string joined(const Node& value) {
  if (!value.is_list()) return value.text;
  std::string text;
  for (const Node& one : value.items) {
    text += (text.empty() ? "" : ",") + one.text;
  }
  return text;
}

void give(CloudFormationStack& stack, const Node& key, const Node& value,
          Problems& problems) {
  const bool pseudo = key.text.starts_with("AWS::");
  if (!pseudo && stack.find("Parameters", key.text) == nullptr) {
    refuse(problems, key, "cloudformation-parameter",
           "a value is given for a parameter of the template",
           parameters_of(stack));
  } else if (!value.is_scalar() && !value.is_list()) {
    refuse(problems, value, "cloudformation-parameter",
           "the value of a parameter is a text or a list of texts");
  } else {
    stack.given[key.text] = joined(value);
  }
}

}  // namespace

const Node* CloudFormationStack::find(std::string_view in,
                                      std::string_view entry) const {
  const Node* all = section(in);
  return all == nullptr ? nullptr : all->find(entry);
}

bool is_cloudformation(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return looks_like_a_template(path);
  for (fs::directory_iterator at{path, error};
       !error && at != fs::directory_iterator{}; at.increment(error)) {
    if (at->is_regular_file(error) && looks_like_a_template(at->path())) {
      return true;
    }
  }
  return false;
}

FolderFiles cloudformation_files(const fs::path& folder) {
  return files_below(folder, looks_like_a_template);
}

std::string cloudformation_function(std::string_view tag) {
  if (!tag.starts_with('!')) return {};
  tag.remove_prefix(1);
  if (tag == "Ref" || tag == "Condition") return std::string(tag);
  if (std::ranges::find(kFunctions, tag) == kFunctions.end()) return {};
  return "Fn::" + std::string(tag);
}

std::optional<CloudFormationStack> read_cloudformation_stack(
    const SourceText& source, Problems& problems) {
  const int before = problems.failures();
  auto root = is_json(source) ? parse_json(source, problems)
                              : parse_yaml(source, problems, Aliases::kRefuse,
                                           cloudformation_function);
  if (!root) return std::nullopt;
  if (!root->is_map()) {
    refuse(problems, *root, "cloudformation-section",
           "a template is a mapping of sections");
    return std::nullopt;
  }
  check_sections(*root, problems);
  check_resources(*root, problems);
  if (root->broken || problems.failures() != before) return std::nullopt;
  CloudFormationStack stack;
  const std::string name = fs::path(source.file()).filename().string();
  stack.name = name.substr(0, name.find('.'));
  stack.root = std::move(*root);
  return stack;
}

void read_cloudformation_parameters(const SourceText& source,
                                    CloudFormationStack& stack,
                                    Problems& problems) {
  const auto root = parse_json(source, problems);
  if (!root) return;
  const Node* values = root->find("Parameters");
  if (values == nullptr) values = &*root;
  for (std::size_t i = 0; i < values->items.size(); ++i) {
    const Node& item = values->items[i];
    if (values->is_map()) {
      give(stack, values->keys[i], item, problems);
      continue;
    }
    const Node* key = item.find("ParameterKey");
    const Node* value = item.find("ParameterValue");
    if (key == nullptr || value == nullptr) {
      refuse(problems, item, "cloudformation-parameter",
             "a value is given by ParameterKey and ParameterValue");
    } else {
      give(stack, *key, *value, problems);
    }
  }
}

}  // namespace netproof::io
