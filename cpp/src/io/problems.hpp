#pragma once

#include <string>

#include "io/node.hpp"
#include "netproof/base/diagnostic.hpp"

namespace netproof::io {

/// Collects what is wrong, and says what it spoils.
///
/// A failure spoils the object around it, unless a list or value that can be
/// open takes it upon itself: then only that is open. Diagnostics stay either
/// way.
class Problems {
 public:
  /// Records `diagnostic` and a failure. The fragment is cut and cleaned.
  void add(Diagnostic diagnostic);

  /// The word `unknown` stands where a value cannot be open: the list around
  /// it takes it, and if there is none it is an error.
  void add_unknown(const Node& node);

  /// A failure whose diagnostic has been recorded.
  void fail() noexcept { ++failures_; }

  int failures() const noexcept { return failures_; }
  /// The failures since there were `before` of them are dealt with.
  void forgive(int before) noexcept { failures_ = before; }

  /// True if the nearest object or list around is a list that can be open.
  bool in_open_list() const noexcept { return in_open_list_; }
  void set_in_open_list(bool value) noexcept { in_open_list_ = value; }

  const Diagnostics& diagnostics() const noexcept { return diagnostics_; }
  /// Sorted by place, each once.
  Diagnostics take();

 private:
  Diagnostics diagnostics_;
  int failures_ = 0;
  bool in_open_list_ = false;
};

/// For the life of this value, an element of a list that can be open (or an
/// object, whose values cannot) is read.
class ElementScope {
 public:
  ElementScope(Problems& problems, bool open)
      : problems_{problems}, before_{problems.in_open_list()} {
    problems_.set_in_open_list(open);
  }
  ~ElementScope() { problems_.set_in_open_list(before_); }
  ElementScope(const ElementScope&) = delete;
  ElementScope& operator=(const ElementScope&) = delete;

 private:
  Problems& problems_;
  bool before_;
};

}  // namespace netproof::io
