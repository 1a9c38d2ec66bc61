#include "io/tree_builder.hpp"

#include <fmt/format.h>

#include <utility>

namespace netproof::io {

void TreeBuilder::place(Node& node, std::size_t begin, std::size_t end) const {
  node.where = source_.at(begin, end);
  node.begin = static_cast<std::uint32_t>(begin);
  node.end = static_cast<std::uint32_t>(end);
}

void TreeBuilder::scalar(std::string text, bool quoted, std::size_t begin,
                         std::size_t end) {
  Node node;
  node.kind = NodeKind::kScalar;
  node.quoted = quoted;
  node.text = std::move(text);
  place(node, begin, end);
  last_end_ = end;
  add(std::move(node));
}

void TreeBuilder::null(std::size_t begin, std::size_t end, bool written) {
  Node node;
  place(node, begin, end);
  if (written) {
    last_end_ = end;
  } else if (!frames_.empty() && frames_.back().key) {
    node.where = frames_.back().key->where;
  }
  add(std::move(node));
}

bool TreeBuilder::open(NodeKind kind, std::size_t begin) {
  if (frames_.size() >= static_cast<std::size_t>(kDeepestNesting)) {
    problems_.add({"nesting-depth", source_.at(begin, begin + 1),
                   fmt::format("lists and mappings nest at most {} deep",
                               kDeepestNesting),
                   "", ""});
    return false;
  }
  Frame frame;
  frame.node.kind = kind;
  frame.begin = begin;
  frame.wants_key = kind == NodeKind::kMap;
  frames_.push_back(std::move(frame));
  last_end_ = begin;
  return true;
}

void TreeBuilder::close(std::size_t end) {
  if (frames_.empty()) return;
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  place(frame.node, frame.begin, end);
  last_end_ = end;
  add(std::move(frame.node));
}

void TreeBuilder::add(Node node) {
  if (frames_.empty()) {
    root_ = std::move(node);
    return;
  }
  Frame& frame = frames_.back();
  if (frame.node.kind == NodeKind::kList) {
    frame.node.items.push_back(std::move(node));
  } else if (frame.wants_key) {
    add_key(frame, std::move(node));
    frame.wants_key = false;
  } else {
    // A refused key leaves its value out; the error has been recorded.
    if (frame.key) {
      frame.node.keys.push_back(std::move(*frame.key));
      frame.node.items.push_back(std::move(node));
    }
    frame.key.reset();
    frame.wants_key = true;
  }
}

void TreeBuilder::refuse_key(Frame& frame, Diagnostic diagnostic) {
  const int before = problems_.failures();
  problems_.add(std::move(diagnostic));
  problems_.forgive(before);
  frame.node.broken = true;
}

void TreeBuilder::add_key(Frame& frame, Node key) {
  if (!key.is_scalar() || key.text.empty()) {
    refuse_key(frame, {"key-is-text", key.where, "a key is a text",
                       std::string(describe(key.kind)), ""});
    return;
  }
  if (key.text == "<<" && !key.quoted) {
    refuse_key(frame, {"yaml-merge-key", key.where,
                       "a mapping is written out where it is used", key.text,
                       "merge keys are not applied; tables and selectors are "
                       "for what repeats"});
    return;
  }
  const auto [at, added] = frame.lines.emplace(key.text, key.where.line);
  if (!added) {
    refuse_key(frame,
               {"duplicate-key", key.where, "a key stands once in a mapping",
                key.text, fmt::format("first in line {}", at->second)});
    return;
  }
  frame.key = std::move(key);
}

}  // namespace netproof::io
