#include "io/lza_files.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "io/lza_variables.hpp"
#include "io/text_file.hpp"
#include "io/yaml_document.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kTopKeys{
    "defaultVpc:", "transitGateways:", "centralNetworkServices:",
    "vpcTemplates:"};

// Whether a line of the text begins with a key that stands at the top of a
// network-config and nowhere else.
bool speaks_of_networks(const std::string& text) {
  return std::ranges::any_of(kTopKeys, [&](std::string_view key) {
    for (std::size_t at = text.find(key); at != std::string::npos;
         at = text.find(key, at + 1)) {
      if (at == 0 || text[at - 1] == '\n') return true;
    }
    return false;
  });
}

class Reader {
 public:
  Reader(LzaReading& reading, const fs::path& network, const fs::path& root)
      : reading_{reading}, folder_{network.parent_path()}, root_{root} {}

  LzaFiles read(const fs::path& network) {
    LzaFiles files;
    files.folder = folder_;
    files.root = root_;
    const auto replaced = read_file("replacements-config.yaml");
    if (replaced && replaced->is_map()) take_values(*replaced);
    if (auto accounts = read_file("accounts-config.yaml")) {
      files.has_accounts = true;
      files.accounts = std::move(*accounts);
      if (files.accounts.is_map()) name_accounts(files.accounts);
    }
    if (auto organization = read_file("organization-config.yaml")) {
      files.organization = std::move(*organization);
    }
    if (auto global = read_file("global-config.yaml")) {
      files.global = std::move(*global);
    }
    files.network = parse(network).value_or(Node{});
    files.customizations = find_customizations();
    return files;
  }

 private:
  // A file of the folder, if it is there.
  std::optional<Node> read_file(const char* name) {
    std::error_code error;
    const fs::path path = folder_ / name;
    if (!fs::exists(path, error)) return std::nullopt;
    return parse(path);
  }

  std::optional<Node> parse(const fs::path& path) {
    Problems& problems = reading_.draft.problems;
    const int before = problems.failures();
    const auto source =
        read_text_file(path, display_name(path, root_), {}, problems);
    std::optional<Node> root;
    if (source) {
      HiddenVariables variables;
      const SourceText hidden = variables.hide(*source, problems);
      if (problems.failures() == before) {
        root = parse_yaml(hidden, problems, Aliases::kFollow);
      }
      if (root) variables.reveal(*root, values_);
    }
    if (root && root->kind != NodeKind::kNull && !root->is_map()) {
      const LzaObject refused{reading_, *root, "configuration file"};
    }
    if (!root || root->broken || problems.failures() != before) {
      reading_.draft.fatal = true;
    }
    return root;
  }

  // Texts stand for themselves. What is looked up in a parameter store is not
  // here, and a list has no one text.
  void take_values(const Node& root) {
    const LzaObject file{reading_, root, "replacements file"};
    for (const LzaObject& one :
         file.objects("globalReplacements", "replacement")) {
      const Node* value = one.find("value");
      if (one.text("type") != "String" || value == nullptr) continue;
      values_[one.text("key")] = one.text("value");
    }
  }

  // The name of an account is a variable that stands for itself (S163).
  void name_accounts(const Node& root) {
    const LzaObject file{reading_, root, "accounts file"};
    for (const char* key : {"mandatoryAccounts", "workloadAccounts"}) {
      for (const LzaObject& one : file.objects(key, "account")) {
        const std::string name = one.text("name");
        values_.emplace(name, name);
      }
    }
  }

  std::optional<Location> find_customizations() {
    std::error_code error;
    const fs::path path = folder_ / "customizations-config.yaml";
    if (!fs::exists(path, error)) return std::nullopt;
    const auto source = read_text_file(path, display_name(path, root_), {},
                                       reading_.draft.problems);
    if (!source) return std::nullopt;
    for (const char* word : {"firewalls:", "LoadBalancer", "launchTemplate"}) {
      const std::size_t at = source->text().find(word);
      if (at != std::string::npos) return source->at(at, at + 1);
    }
    return std::nullopt;
  }

  LzaReading& reading_;
  fs::path folder_;
  fs::path root_;
  std::map<std::string, std::string> values_;
};

}  // namespace

fs::path lza_file(const fs::path& path) {
  std::error_code error;
  fs::path file = path;
  if (fs::is_directory(path, error)) file = path / "network-config.yaml";
  const std::string ending = file.extension().string();
  if (ending != ".yaml" && ending != ".yml") return {};
  Problems ignored;
  const auto source = read_text_file(file, file.string(), {}, ignored);
  return source && speaks_of_networks(source->text()) ? file : fs::path{};
}

LzaFiles read_lza_files(LzaReading& reading, const fs::path& network,
                        const fs::path& root) {
  return Reader{reading, network, root}.read(network);
}

}  // namespace netproof::io
