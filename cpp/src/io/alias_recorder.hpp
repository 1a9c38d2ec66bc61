#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "io/tree_builder.hpp"

namespace netproof::io {

/// A step of building a tree.
struct AliasEvent {
  enum Kind { kScalar, kNull, kList, kMap, kEnd };
  Kind kind = kNull;
  std::string text = {};
  bool flag = false;  ///< of a scalar: quoted; of a null: written
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Passes steps on to a TreeBuilder, and keeps those of values with an anchor
/// so that an alias can repeat them. What aliases repeat is bounded: a few
/// lines could stand for more than memory holds.
class AliasRecorder {
 public:
  explicit AliasRecorder(TreeBuilder& builder) : builder_{builder} {}

  /// The next step begins the value of `anchor`; 0: of none.
  void open(std::size_t anchor);
  /// Adds a step. False: the tree nests too deep, the reason is recorded.
  [[nodiscard]] bool add(const AliasEvent& event);
  /// Repeats the value of `anchor` for an alias that begins at `at`. False: it
  /// lies inside that value, or repeats too much; the reason is recorded.
  [[nodiscard]] bool replay(std::size_t anchor, std::size_t at);

 private:
  struct Recording {
    std::size_t anchor = 0;
    int depth = 0;
    std::vector<AliasEvent> events;
  };

  bool build(const AliasEvent& event);
  bool refuse(std::size_t at, const char* what);

  TreeBuilder& builder_;
  std::vector<Recording> active_;
  std::unordered_map<std::size_t, std::vector<AliasEvent>> finished_;
  std::size_t repeated_ = 0;
};

}  // namespace netproof::io
