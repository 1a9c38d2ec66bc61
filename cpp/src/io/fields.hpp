#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/values.hpp"
#include "netproof/model/open.hpp"

namespace netproof::io {

template <class Kind>
std::optional<Ref<Kind>> read_ref(Problems& problems, const Node& node) {
  const auto name = read_text(problems, node);
  if (!name) return std::nullopt;
  return Ref<Kind>{*name, std::nullopt, node.where};
}

/// The elements of a list by `read(const Node&, std::vector<T>&)`. A text
/// stands for the list with it. `unknown`, and an element that fails, open it.
template <class T, class Read>
OpenList<T> read_open_list(Problems& problems, const Node& node, Read read) {
  OpenList<T> list;
  list.where = node.where;
  if (node.kind == NodeKind::kNull || node.is_map()) {
    const int before = problems.failures();
    wrong_type(problems, node, "a list");
    problems.forgive(before);
    list.open = true;
    return list;
  }
  const auto add = [&](const Node& item) {
    if (item.is_unknown()) {
      list.open = true;
      return;
    }
    const ElementScope scope{problems, true};
    const int before = problems.failures();
    read(item, list.items);
    if (problems.failures() != before) list.open = true;
    problems.forgive(before);
  };
  if (node.is_scalar()) {
    add(node);
  } else {
    for (const Node& item : node.items) add(item);
  }
  return list;
}

/// The same for a list that cannot be open: a failure stays one.
template <class T, class Read>
std::vector<T> read_list(Problems& problems, const Node& node, Read read) {
  std::vector<T> list;
  if (node.is_scalar()) {
    read(node, list);
  } else if (node.is_list()) {
    for (const Node& item : node.items) read(item, list);
  } else {
    wrong_type(problems, node, "a list");
  }
  return list;
}

/// The keys of one mapping. What is asked for is what may stand there; the rest
/// is an error of finish().
class Fields {
 public:
  /// `what` is the thing in messages: "route".
  Fields(Problems& problems, const Node& map, std::string what);

  const Node* find(std::string key);
  /// An error if there is none.
  const Node* need(std::string key);
  /// One of two spellings of a key; both at once are an error.
  const Node* find_either(const std::string& key, const std::string& other);
  const Node* need_either(const std::string& key, const std::string& other);
  /// Reports keys that nobody asked for. Keys that begin with "x-" are free.
  void finish();

  std::string text(const std::string& key);
  std::string need_text(const std::string& key);
  std::string prose(const std::string& key);
  bool flag(const std::string& key, bool otherwise);
  /// Empty for `unknown` and for no value.
  std::optional<bool> maybe_flag(const std::string& key);
  Open<bool> open_flag(const std::string& key, Open<bool> otherwise);
  int number(const std::string& key, int otherwise, int least, int most);
  std::vector<IpAddress> addresses(const Node* node);
  OpenList<WrittenPrefix> prefixes(const Node* node);

  template <class Kind>
  std::optional<Ref<Kind>> ref(const std::string& key) {
    const Node* node = find(key);
    return node == nullptr ? std::nullopt : read_ref<Kind>(problems_, *node);
  }
  template <class Kind>
  Ref<Kind> need_ref(const std::string& key) {
    const Node* node = need(key);
    if (node == nullptr) return {};
    return read_ref<Kind>(problems_, *node).value_or(Ref<Kind>{});
  }
  /// A name or `unknown`.
  template <class Kind>
  std::optional<Open<Ref<Kind>>> open_ref(const std::string& key) {
    const Node* node = find(key);
    if (node == nullptr) return std::nullopt;
    Open<Ref<Kind>> result;
    result.where = node->where;
    result.unknown = true;
    if (node->is_unknown()) return result;
    const int before = problems_.failures();
    if (const auto named = read_ref<Kind>(problems_, *node)) {
      result.value = *named;
      result.unknown = false;
    }
    problems_.forgive(before);
    return result;
  }
  template <class Kind>
  std::vector<Ref<Kind>> refs(const std::string& key) {
    const Node* node = find(key);
    if (node == nullptr) return {};
    return read_list<Ref<Kind>>(problems_, *node, appender<Kind>());
  }
  template <class Kind>
  std::optional<OpenList<Ref<Kind>>> open_refs(const std::string& key) {
    const Node* node = find(key);
    if (node == nullptr) return std::nullopt;
    return read_open_list<Ref<Kind>>(problems_, *node, appender<Kind>());
  }

  const Node& map() const noexcept { return map_; }
  Problems& problems() noexcept { return problems_; }

 private:
  template <class Kind>
  auto appender() {
    return [this](const Node& item, std::vector<Ref<Kind>>& out) {
      if (auto named = read_ref<Kind>(problems_, item)) {
        out.push_back(std::move(*named));
      }
    };
  }

  Problems& problems_;
  const Node& map_;
  std::string what_;
  std::vector<std::string> asked_;
};

}  // namespace netproof::io
