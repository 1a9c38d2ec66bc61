#pragma once

#include <deque>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "io/draft.hpp"

namespace netproof::io {

/// One object of the Kubernetes API; lists are taken apart.
struct KubernetesObject {
  std::string kind;
  std::string group;  ///< of the API, without its version; "" is the core
  std::string name;
  std::string space;  ///< "default" where none is written
  bool space_given = false;
  const Node* node = nullptr;

  std::string full_name() const { return space + "/" + name; }
};

/// The files of a cluster, and what lies in them.
struct KubernetesObjects {
  std::deque<Node> documents;
  std::vector<KubernetesObject> objects;
};

/// Reads every file. What is no object is an error, unless it is empty. An
/// object that is given twice alike is one; else it is an error.
KubernetesObjects read_objects(Draft& draft, const std::filesystem::path& path,
                               const std::filesystem::path& root);

/// The value behind these keys; null if there is none or it is null.
const Node* inside(const Node& node, std::initializer_list<const char*> keys);
/// The text behind these keys; "" if there is none.
std::string text_inside(const Node& node,
                        std::initializer_list<const char*> keys);
/// The elements of the list behind these keys.
const std::vector<Node>& list_inside(const Node& node,
                                     std::initializer_list<const char*> keys);
/// The switch behind these keys; false if there is none.
bool flag_inside(Problems& problems, const Node& node,
                 std::initializer_list<const char*> keys);
Labels labels_inside(Problems& problems, const Node& node,
                     std::initializer_list<const char*> keys);

/// A NetworkPolicy; false, with the reason in the problems, if it cannot be
/// understood.
bool read_kubernetes_policy(Draft& draft, const KubernetesObject& object,
                            NetworkPolicy& policy);

}  // namespace netproof::io
