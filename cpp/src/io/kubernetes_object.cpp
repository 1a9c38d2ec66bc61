#include "io/kubernetes_object.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>
#include <utility>

#include "io/kubernetes_reader.hpp"
#include "io/text_file.hpp"
#include "io/yaml_document.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAround = " \t\"'{-[\r";
constexpr std::string_view kBlank = " \r\n\t";

bool holds_objects(const fs::path& path) {
  std::ifstream stream{path, std::ios::binary};
  std::array<char, 8192> buffer{};
  stream.read(buffer.data(), buffer.size());
  const std::string_view text{buffer.data(),
                              static_cast<std::size_t>(stream.gcount())};
  // As a key at the start of a line, quoted or not, or of a JSON text.
  for (std::size_t at = text.find("apiVersion"); at != std::string_view::npos;
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
      lines += '\n';
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

  void fail(const Location& where, const char* rule) {
    draft_.problems.add({"kubernetes-object", where, rule, "", ""});
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
      fail(node.where, "an object has 'apiVersion' and 'kind'");
      return;
    }
    if (object.kind.ends_with("List")) {
      for (const Node& item : list_inside(node, {"items"})) {
        add_item(item, version, object.kind);
      }
      return;
    }
    file(std::move(object), version, node);
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
    if (object.space.empty()) object.space = "default";
    object.node = &node;
    if (object.name.empty()) {
      fail(node.where, "an object has a name");
      return;
    }
    found_.objects.push_back(std::move(object));
  }

  Draft& draft_;
  KubernetesObjects& found_;
};

}  // namespace

std::vector<fs::path> kubernetes_files(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  std::vector<fs::path> files;
  fs::recursive_directory_iterator at{path, error};
  for (; !error && at != fs::recursive_directory_iterator{};
       at.increment(error)) {
    const bool hidden = at->path().filename().string().starts_with('.');
    if (hidden && at->is_directory(error)) at.disable_recursion_pending();
    if (!hidden && is_text(at->path()) && at->is_regular_file(error) &&
        holds_objects(at->path())) {
      files.push_back(at->path());
    }
  }
  std::ranges::sort(files);
  return files;
}

bool is_kubernetes(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return !kubernetes_files(path).empty();
  return is_text(path) && holds_objects(path);
}

KubernetesObjects read_objects(Draft& draft, const fs::path& path,
                               const fs::path& root) {
  KubernetesObjects found;
  ObjectReader reader{draft, found};
  for (const fs::path& file : kubernetes_files(path)) {
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

const Node* inside(const Node& node, std::initializer_list<const char*> keys) {
  const Node* at = &node;
  for (const char* key : keys) {
    at = at->is_map() ? at->find(key) : nullptr;
    if (at == nullptr) return nullptr;
  }
  return at->kind == NodeKind::kNull ? nullptr : at;
}

std::string text_inside(const Node& node,
                        std::initializer_list<const char*> keys) {
  const Node* found = inside(node, keys);
  return found != nullptr && found->is_scalar() ? found->text : "";
}

const std::vector<Node>& list_inside(const Node& node,
                                     std::initializer_list<const char*> keys) {
  static const std::vector<Node> none;
  const Node* found = inside(node, keys);
  return found != nullptr && found->is_list() ? found->items : none;
}

Labels labels_inside(Problems& problems, const Node& node,
                     std::initializer_list<const char*> keys) {
  Labels labels;
  const Node* found = inside(node, keys);
  if (found == nullptr) return labels;
  if (!found->is_map()) {
    wrong_type(problems, *found, "labels");
    return labels;
  }
  for (std::size_t i = 0; i < found->keys.size(); ++i) {
    const Node& value = found->items[i];
    if (value.is_scalar() || value.kind == NodeKind::kNull) {
      labels[found->keys[i].text] = value.text;
    } else {
      wrong_type(problems, value, "a text");
    }
  }
  return labels;
}

}  // namespace netproof::io
