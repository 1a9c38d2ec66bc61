#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "netproof/base/result.hpp"
#include "netproof/net/flow.hpp"

namespace netproof {

/// One line of a VPC Flow Log that says what became of packets.
struct FlowLogRecord {
  std::string_view interface;
  Flow flow;  ///< at the interface; ICMP: type and code are not logged
  bool accepted = false;
  std::optional<bool> ingress;  ///< if the line says so
  bool opens = false;           ///< a SYN, and no answer to one
  /// The ends as the interface's own address stands in them.
  IpAddress srcaddr;
  IpAddress dstaddr;
};

/// Why a line cannot be judged.
enum class NotJudged {
  kNoData,
  kSkippedData,
  kMissingField,
  kUnreadableLine,
  kRejectedElsewhere,  ///< by something that is neither group nor ACL
  kUnknownInterface,
  kUnknownDirection,
  kExempt,
};

/// "no-data", ...
std::string_view to_string(NotJudged reason);

/// Which column holds which field.
class FlowLogFormat {
 public:
  /// The default format of version 2, which needs no header.
  FlowLogFormat();
  /// A line of field names; '_' stands for '-' too. The error names a field
  /// without which no line can be judged.
  static Result<FlowLogFormat, ParseError> of_header(std::string_view line);
  /// True if the line begins with the name of a field.
  static bool is_header(std::string_view line);

  std::variant<FlowLogRecord, NotJudged> read(std::string_view line) const;

 private:
  struct NoColumns {};
  explicit FlowLogFormat(NoColumns) {}

  static constexpr std::size_t kFields = 13;
  std::array<std::size_t, kFields> columns_{};  ///< from 1; 0: none
  std::size_t width_ = 0;
  bool default_ = false;
};

}  // namespace netproof
