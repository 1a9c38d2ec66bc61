#include "io/cloudformation_reader.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "io/aws_build.hpp"
#include "io/cloudformation_stack.hpp"
#include "io/cloudformation_translate.hpp"
#include "io/cloudformation_values.hpp"
#include "io/cloudformation_zones.hpp"
#include "io/resolve.hpp"
#include "io/text_file.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

// "network.parameters.json" beside "network.yaml".
fs::path parameters_of(const fs::path& file) {
  const std::string name = file.filename().string();
  return file.parent_path() /
         (name.substr(0, name.find('.')) + ".parameters.json");
}

bool is_parameters(const fs::path& file) {
  return file.filename().string().ends_with(".parameters.json");
}

/// The stacks, and one text for all of them.
struct Read {
  std::vector<CloudFormationStack> stacks;
  std::vector<SourceText> texts;
};

void read_stack(Draft& draft, const fs::path& file, const fs::path& root,
                Read& read) {
  auto source =
      read_text_file(file, display_name(file, root), {}, draft.problems);
  if (!source) return;
  auto stack = read_cloudformation_stack(*source, draft.problems);
  if (!stack) return;
  std::error_code error;
  const fs::path values = parameters_of(file);
  if (fs::exists(values, error)) {
    const auto text =
        read_text_file(values, display_name(values, root), {}, draft.problems);
    if (text) read_cloudformation_parameters(*text, *stack, draft.problems);
  }
  read.stacks.push_back(std::move(*stack));
  read.texts.push_back(std::move(*source));
}

// Objects of two stacks of one name could not be told apart.
void refuse_equal_names(Draft& draft, const Read& read) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < read.stacks.size(); ++i) {
    if (names.insert(read.stacks[i].name).second) continue;
    draft.problems.add({"cloudformation-stack",
                        {read.texts[i].file(), 0, 0, 0, 0},
                        "the templates of a folder have names of their own",
                        read.stacks[i].name,
                        "the part before the first point is the name"});
  }
}

Assumption assumption(std::string id, const std::string& subject,
                      std::string value, std::string why) {
  Assumption made;
  made.id = std::move(id);
  made.subject = subject;
  made.value = std::move(value);
  made.why = std::move(why);
  return made;
}

void assume(Draft& draft, const Read& read) {
  for (std::size_t i = 0; i < read.stacks.size(); ++i) {
    const CloudFormationStack& stack = read.stacks[i];
    const std::string& file = read.texts[i].file();
    auto& list = draft.parts.assumptions;
    list.push_back(assumption(
        "what the templates do not declare, " + stack.name, file, "absent",
        "a template shows what its stack manages; routes, rules and "
        "attachments that others make are not in it"));
    if (!stack.given.contains("AWS::StackName")) {
      list.push_back(assumption("the name of the stack " + stack.name, file,
                                stack.name, "its file is called so"));
    }
    const Node* parameters = stack.section("Parameters");
    if (parameters == nullptr) continue;
    for (std::size_t k = 0; k < parameters->keys.size(); ++k) {
      const std::string& name = parameters->keys[k].text;
      const Node* missing = parameters->items[k].find("Default");
      if (missing == nullptr || stack.given.contains(name)) continue;
      list.push_back(assumption("parameter " + name + " of " + stack.name, file,
                                missing->text,
                                "its default; nobody gives another value"));
    }
  }
}

// Transforms that bring nothing of the network by themselves; one, or a list.
bool is_harmless(const AwsValue& transform) {
  if (transform.kind == AwsValue::Kind::kList) {
    return std::ranges::all_of(transform.members, [](const auto& one) {
      return is_harmless(one.value);
    });
  }
  return known(transform) == "AWS::Serverless-2016-10-31" ||
         known(transform) == "AWS::LanguageExtensions";
}

bool has_key(const Node& node, std::string_view key) {
  return node.find(key) != nullptr ||
         std::ranges::any_of(
             node.items, [&](const Node& item) { return has_key(item, key); });
}

// What a macro makes of the template nobody knows. That of AWS Serverless gives
// all functions what Globals say.
void doubt_macros(CloudFormationContext& context, const Read& read,
                  CloudFormationValues& values) {
  for (std::size_t i = 0; i < read.stacks.size(); ++i) {
    const CloudFormationStack& stack = read.stacks[i];
    AwsValue at;
    const auto look_at = [&](const Node& node) {
      at.begin = node.begin + stack.start;
      at.end = node.end + stack.start;
    };
    const auto doubt = [&](const Node& node, const std::string& what) {
      look_at(node);
      context.network.doubt_all(stack.name + ": " + what, at);
    };
    if (const Node* transform = stack.section("Transform")) {
      if (!is_harmless(values.read(i, *transform))) {
        doubt(*transform, "Transform");
      }
    }
    const Node* globals = stack.section("Globals");
    if (globals != nullptr && has_key(*globals, "VpcConfig")) {
      look_at(*globals);
      context.network.add_unlisted_interfaces();
      context.network.gap(at, stack.name + ": Globals",
                          "which addresses its interfaces have is unknown");
    }
    const Node& resources = *stack.section("Resources");
    for (std::size_t k = 0; k < resources.keys.size(); ++k) {
      const std::string& name = resources.keys[k].text;
      if (name.starts_with("Fn::")) doubt(resources.keys[k], name);
      for (const Node& key : resources.items[k].keys) {
        if (key.text.starts_with("Fn::")) doubt(key, name + " " + key.text);
      }
    }
  }
}

// Whether some stacks are given other values than others.
bool differs(const Read& read, std::string_view name) {
  std::set<std::string_view> values;
  for (const CloudFormationStack& stack : read.stacks) {
    const auto given = stack.given.find(name);
    if (given != stack.given.end()) values.insert(given->second);
  }
  return values.size() > 1;
}

// Account and Region, where all stacks are given the same.
std::string given_to_all(const Read& read, std::string_view name) {
  std::string value;
  for (const CloudFormationStack& stack : read.stacks) {
    const auto given = stack.given.find(name);
    if (given == stack.given.end() || differs(read, name)) return {};
    value = given->second;
  }
  return value;
}

// Nothing if it is not made.
std::optional<CloudFormationResource> resource_of(
    std::size_t stack, const Read& read, std::size_t entry,
    CloudFormationValues& values) {
  const Node& resources = *read.stacks[stack].section("Resources");
  const Node& key = resources.keys[entry];
  const Node& node = resources.items[entry];
  // What a macro works out has no type here.
  if (key.text.starts_with("Fn::")) return std::nullopt;
  const std::optional<bool> made = values.is_made(stack, node);
  if (made == false) return std::nullopt;
  CloudFormationResource one;
  one.id = values.name_of(stack, key.text);
  one.type = node.find("Type")->text;
  one.certain = made.has_value();
  if (const Node* properties = node.find("Properties")) {
    one.properties = values.read(stack, *properties);
  }
  if (one.properties.kind == AwsValue::Kind::kNull) {
    one.properties.kind = AwsValue::Kind::kMap;
  }
  // A resource is where it is named.
  one.properties.begin = key.begin + read.stacks[stack].start;
  one.properties.end = key.end + read.stacks[stack].start;
  return one;
}

std::vector<CloudFormationResource> resources_of(const Read& read,
                                                 CloudFormationValues& values,
                                                 const ValueMaker& maker) {
  std::vector<CloudFormationResource> all;
  for (std::size_t i = 0; i < read.stacks.size(); ++i) {
    const Node* resources = read.stacks[i].section("Resources");
    for (std::size_t k = 0; k < resources->keys.size(); ++k) {
      auto one = resource_of(i, read, k, values);
      if (one) all.push_back(std::move(*one));
    }
  }
  std::ranges::sort(all, {}, &CloudFormationResource::id);
  // Names of zones are mapped anew in each account.
  settle_zones(all, maker, !differs(read, "AWS::AccountId"));
  for (CloudFormationResource& one : all) settle_symbols(one.properties, maker);
  return all;
}

void translate(AwsReading& reading, AwsFile& file, const Read& read) {
  const ValueMaker maker{file};
  CloudFormationValues values{read.stacks, maker, reading.draft.problems};
  const auto resources = resources_of(read, values, maker);
  DeclaredNetwork network{reading, file};
  CloudFormationContext context{resources, network};
  doubt_macros(context, read, values);
  translate_cloudformation(context);
  network.finish();
}

}  // namespace

void read_cloudformation(Draft& draft, const fs::path& path,
                         const fs::path& root, const ReadOptions& options) {
  std::error_code error;
  FolderFiles all{{path}, {}};
  if (fs::is_directory(path, error)) all = cloudformation_files(path);
  std::vector<fs::path>& files = all.files;
  std::erase_if(files, is_parameters);
  const int before = draft.problems.failures();
  report_left_out(draft.problems, all, root);
  if (files.empty()) {
    draft.problems.add({"cloudformation-files",
                        {display_name(path, root), 0, 0, 0, 0},
                        "a folder holds templates of AWS CloudFormation",
                        "",
                        "as .yaml, .yml, .json or .template"});
  }
  Read read;
  for (const fs::path& file : files) read_stack(draft, file, root, read);
  refuse_equal_names(draft, read);
  if (draft.problems.failures() != before) {
    draft.fatal = true;
    return;
  }
  assume(draft, read);
  SourceText whole{read.texts};
  for (std::size_t i = 0; i < read.stacks.size(); ++i) {
    read.stacks[i].start = static_cast<std::uint32_t>(whole.start_of(i));
  }
  AwsSnapshot snapshot;
  AwsReading reading{draft, snapshot, options};
  const AwsScope scope{given_to_all(read, "AWS::AccountId"),
                       given_to_all(read, "AWS::Region"), ""};
  AwsFile& file = snapshot.files.emplace_back(std::move(whole),
                                              snapshot.scope_index(scope));
  translate(reading, file, read);
  if (draft.problems.failures() != before) draft.fatal = true;
  draft.parts.snapshot = true;
  draft.parts.name = path.stem().string();
  build_network(reading);
  draft.parts.gaps = reading.gaps.take();
  resolve_names(draft);
}

}  // namespace netproof::io
