#pragma once

#include <string>

#include "netproof/base/diagnostic.hpp"

namespace netproof {

struct RenderOptions {
  bool color = false;  ///< ANSI escapes, for a terminal
  std::string root;    ///< the folder to which locations are relative
  std::string level = "error";
};

/// Diagnostics as rustc shows them, with the line that is meant and a caret
/// under it:
///
///     error[prefix]: a prefix length is 0 to 32, not '33'
///       --> topologies/prod.yaml:41:15
///        |
///     41 |       - destination: 10.0.0.0/33
///        |                      ^^^^^^^^^^^
///        = help: ...
///
/// Files are read again; where that fails only the place is shown. Control
/// characters of files do not reach the terminal. Ends with a newline.
std::string render(const Diagnostics& diagnostics,
                   const RenderOptions& options = {});

}  // namespace netproof
