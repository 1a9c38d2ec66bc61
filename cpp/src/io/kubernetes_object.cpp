#include "io/kubernetes_object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>
#include <tuple>
#include <utility>

#include "io/folder_files.hpp"
#include "io/kubernetes_reader.hpp"
#include "io/text_file.hpp"
#include "io/yaml_document.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAround = " \t\"'{-[\r";
constexpr std::string_view kBlank = " \r\n\t";
constexpr std::string_view kKustomize = "kustomize.config.k8s.io";

bool holds_objects(const fs::path& path) {
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return true;  // The reader says why it cannot be opened.
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  // As a key at the start of a line, quoted or not, or of a JSON text.
  for (std::size_t at = text.find("apiVersion"); at != std::string::npos;
       at = text.find("apiVersion", at + 1)) {
    std::size_t begin = at;
    while (begin > 0 &&
           kAround.find(text[begin - 1]) != std::string_view::npos) {
      --begin;
    }
    if (begin == 0 || text[begin - 1] == '\n' || text[begin - 1] == ',') {
      return true;
    }
  }
  return false;
}

bool is_text(const fs::path& path) {
  const fs::path ending = path.extension();
  return ending == ".yaml" || ending == ".yml" || ending == ".json";
}

bool may_hold_objects(const fs::path& path) {
  return is_text(path) && holds_objects(path);
}

/// The same value, wherever it is written and in whatever order of keys.
bool same_value(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text ||
      a.items.size() != b.items.size()) {
    return false;
  }
  if (!a.is_map()) return std::ranges::equal(a.items, b.items, same_value);
  for (std::size_t i = 0; i < a.keys.size(); ++i) {
    const Node* other = b.find(a.keys[i].text);
    if (other == nullptr || !same_value(a.items[i], *other)) return false;
  }
  return true;
}

/// The documents of a file of YAML, each with empty lines in front for those
/// before it, so that places are those of the file.
std::vector<SourceText> documents_of(const SourceText& source) {
  std::vector<SourceText> found;
  const std::string& text = source.text();
  std::string lines;
  std::string blank;
  bool any = false;
  const auto finish = [&] {
    if (any) found.emplace_back(source.file(), blank + lines);
    blank += std::string(
        static_cast<std::size_t>(std::ranges::count(lines, '\n')), '\n');
    lines.clear();
    any = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\n', at);
    end = end == std::string::npos ? text.size() : end + 1;
    const std::string_view line = std::string_view{text}.substr(at, end - at);
    const bool marks =
        line.starts_with("---") &&
        (line.size() == 3 || kBlank.find(line[3]) != std::string_view::npos);
    if (marks) {
      finish();
      // A document may begin in the same line.
      const std::string rest = "   " + std::string{line.substr(3)};
      const std::size_t first = rest.find_first_not_of(" \t\r\n");
      any = first != std::string::npos && rest[first] != '#';
      lines += any ? rest : "\n";
    } else {
      lines += line;
      const std::size_t first = line.find_first_not_of(" \t\r\n");
      any = any || (first != std::string_view::npos && line[first] != '#');
    }
    at = end;
  }
  finish();
  return found;
}

class ObjectReader {
 public:
  ObjectReader(Draft& draft, KubernetesObjects& found)
      : draft_{draft}, found_{found} {}

  void read(const SourceText& source) {
    if (source.file().ends_with(".json")) {
      read_document(source);
      return;
    }
    const std::vector<SourceText> documents = documents_of(source);
    if (documents.size() > kMostDocuments) {
      fail({source.file(), 0, 0, 0, 0}, "a file has at most 2000 documents");
      return;
    }
    for (const SourceText& one : documents) read_document(one);
  }

 private:
  // Each document is read with the lines before it.
  static constexpr std::size_t kMostDocuments = 2000;

  void fail(const Location& where, const char* rule,
            const std::string& fragment = "", const std::string& help = "") {
    draft_.problems.add({"kubernetes-object", where, rule, fragment, help});
    draft_.fatal = true;
  }

  void read_document(const SourceText& source) {
    const int before = draft_.problems.failures();
    auto root = parse_document(source, draft_.problems);
    if (draft_.problems.failures() != before) draft_.fatal = true;
    if (!root || root->kind == NodeKind::kNull) return;
    add(found_.documents.emplace_back(std::move(*root)));
  }

  void add(const Node& node) {
    KubernetesObject object;
    object.kind = text_inside(node, {"kind"});
    const std::string version = text_inside(node, {"apiVersion"});
    if (!node.is_map() || object.kind.empty() || version.empty()) {
      fail(node.where, "an object has 'apiVersion' and 'kind'", "",
           "charts are rendered first: helm template");
    } else if (version.starts_with(kKustomize)) {
      fail(node.where, "objects are as they are applied", object.kind,
           "give what 'kubectl kustomize' prints");
    } else if (is_list(node, object.kind)) {
      add_items(node, version, object.kind);
    } else {
      file(std::move(object), version, node);
    }
  }

  // Kinds of single objects may end like those of lists.
  static bool is_list(const Node& node, const std::string& kind) {
    return kind == "List" ||
           (kind.ends_with("List") && node.find("items") != nullptr);
  }

  void add_items(const Node& node, const std::string& version,
                 const std::string& kind) {
    const Node* items = node.find("items");
    const bool none = items != nullptr && items->kind == NodeKind::kNull;
    if (items == nullptr || (!none && !items->is_list())) {
      fail(node.where, "a list has 'items'", kind);
      return;
    }
    if (!text_inside(node, {"metadata", "continue"}).empty()) {
      fail(node.where, "a list is whole, not the first of several pages", kind);
    }
    for (const Node& item : items->items) add_item(item, version, kind);
  }

  // Elements of a list of one kind may leave their kind out.
  void add_item(const Node& item, const std::string& version,
                const std::string& list) {
    const bool whole = !text_inside(item, {"kind"}).empty();
    if (whole || list == "List" || !item.is_map()) {
      add(item);
      return;
    }
    KubernetesObject object;
    object.kind = list.substr(0, list.size() - 4);
    file(std::move(object), version, item);
  }

  void file(KubernetesObject object, const std::string& version,
            const Node& node) {
    const std::size_t slash = version.find('/');
    if (slash != std::string::npos) object.group = version.substr(0, slash);
    object.name = text_inside(node, {"metadata", "name"});
    object.space = text_inside(node, {"metadata", "namespace"});
    object.space_given = !object.space.empty();
    if (!object.space_given) object.space = "default";
    object.node = &node;
    const std::string begin = text_inside(node, {"metadata", "generateName"});
    if (object.name.empty() && !begin.empty()) {
      // The cluster makes up the rest, another for each.
      object.name = fmt::format("{}({})", begin, ++generated_);
    }
    if (object.name.empty()) {
      fail(node.where, "an object has a name");
    } else if (is_new(object)) {
      found_.objects.push_back(std::move(object));
    }
  }

  bool is_new(const KubernetesObject& object) {
    const auto [at, fresh] = first_.try_emplace(
        std::tuple{object.group, object.kind, object.space, object.name},
        object.node);
    if (!fresh && !same_value(*at->second, *object.node)) {
      draft_.problems.add(
          {"duplicate-name", object.node->where,
           "an object is given once, or twice alike",
           object.kind + " " + object.full_name(),
           fmt::format("first at {}", to_string(at->second->where))});
      draft_.fatal = true;
    }
    return fresh;
  }

  Draft& draft_;
  KubernetesObjects& found_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>,
           const Node*>
      first_;
  int generated_ = 0;
};

}  // namespace

bool is_kubernetes(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return may_hold_objects(path);
  return !files_below(path, may_hold_objects).files.empty();
}

KubernetesObjects read_objects(Draft& draft, const fs::path& path,
                               const fs::path& root) {
  KubernetesObjects found;
  ObjectReader reader{draft, found};
  std::error_code error;
  FolderFiles all{{path}, {}};
  if (fs::is_directory(path, error)) {
    all = files_below(path, [](const fs::path& file) {
      return may_hold_objects(file) ||
             (is_text(file) && file.stem() == "kustomization");
    });
  }
  report_left_out(draft.problems, all, root);
  if (!all.left_out.empty()) draft.fatal = true;
  for (const fs::path& file : all.files) {
    const auto source =
        read_text_file(file, display_name(file, root), {}, draft.problems);
    if (source) {
      reader.read(*source);
    } else {
      draft.fatal = true;
    }
  }
  return found;
}

}  // namespace netproof::io
