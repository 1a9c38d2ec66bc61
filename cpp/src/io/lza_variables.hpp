#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// `{{ name }}` in a text, which stand before YAML is read. They are hidden
/// behind characters of no meaning, as many as they have themselves, so that
/// every place stays what it is in the file.
class HiddenVariables {
 public:
  /// `source` without them. Characters of the private use area are refused.
  SourceText hide(const SourceText& source, Problems& problems);

  /// Puts the values of `values` into the scalars below `node`; a variable
  /// without a value becomes `{{ name }}` again.
  void reveal(Node& node,
              const std::map<std::string, std::string>& values) const;

 private:
  void reveal_text(std::string& text,
                   const std::map<std::string, std::string>& values) const;

  std::vector<std::string> names_;
};

}  // namespace netproof::io
