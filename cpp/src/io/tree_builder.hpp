#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// Builds a Node from the events of a parser and refuses what documents of ours
/// do not have: deep nesting, and in a mapping, which is then broken, duplicate
/// keys and keys that are no text.
class TreeBuilder {
 public:
  TreeBuilder(const SourceText& source, Problems& problems)
      : source_{source}, problems_{problems} {}

  void scalar(std::string text, bool quoted, std::size_t begin,
              std::size_t end);
  /// A value that is not there, or a word for that. What is not `written` has
  /// the place of its key.
  void null(std::size_t begin, std::size_t end, bool written);
  /// False if this nests too deep: the parser has to stop.
  [[nodiscard]] bool open(NodeKind kind, std::size_t begin);
  /// Ends the innermost list or map at `end`.
  void close(std::size_t end);
  /// The end of the last thing that was added.
  std::size_t last_end() const noexcept { return last_end_; }

  const SourceText& source() const noexcept { return source_; }
  Problems& problems() noexcept { return problems_; }
  Node take_root() { return std::move(root_); }

 private:
  struct Frame {
    Node node;
    std::size_t begin = 0;
    std::optional<Node> key;  ///< read, and waiting for its value
    bool wants_key = false;
    std::unordered_map<std::string, int> lines;  ///< of the keys
  };

  void place(Node& node, std::size_t begin, std::size_t end) const;
  void add(Node node);
  void add_key(Frame& frame, Node key);
  // Records a key that does not count; whoever reads the map fails.
  void refuse_key(Frame& frame, Diagnostic diagnostic);

  const SourceText& source_;
  Problems& problems_;
  std::vector<Frame> frames_;
  Node root_;
  std::size_t last_end_ = 0;
};

}  // namespace netproof::io
