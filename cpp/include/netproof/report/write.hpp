#pragma once

#include <string>
#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/report/report.hpp"
#include "netproof/rules/compare.hpp"
#include "netproof/rules/matrix.hpp"
#include "netproof/rules/overlaps.hpp"
#include "netproof/rules/reach.hpp"

namespace netproof {

struct TextOptions {
  bool colour = false;
  bool verbose = false;  ///< every place of a finding, every hop of a witness
  /// The folder that the paths in locations are relative to; files that cannot
  /// be read there have no excerpt.
  std::string source_root;
};

/// For people: verdict first, then the reason, then the places. Ends with a
/// line feed, like every text here.
std::string to_text(const Report& report, const TextOptions& options = {});
std::string to_text(const NamedTrace& trace, const TextOptions& options = {});
std::string to_text(const ReachAnswer& answer, const TextOptions& options = {});
std::string to_text(const Matrix& matrix, const TextOptions& options = {});
std::string to_text(const std::vector<Overlap>& overlaps,
                    const TextOptions& options = {});
std::string to_text(const Comparison& comparison,
                    const TextOptions& options = {});
/// Problems of the input, with excerpts.
std::string to_text(const Diagnostics& diagnostics,
                    const TextOptions& options = {});

/// For programs, as in contract section 5: every key always there, the same
/// bytes for the same answer. `indent` -1: one line (JSON Lines).
std::string to_json(const Report& report, int indent = 2);
std::string to_json(const NamedTrace& trace, int indent = 2);
std::string to_json(const ReachAnswer& answer, int indent = 2);
std::string to_json(const Matrix& matrix, int indent = 2);
std::string to_json(const std::vector<Overlap>& overlaps, int indent = 2);
std::string to_json(const Comparison& comparison, int indent = 2);
/// What `trace --flows` answers in place of a line that it cannot read.
std::string to_json(const Diagnostic& error, int line_number, int indent);

}  // namespace netproof
