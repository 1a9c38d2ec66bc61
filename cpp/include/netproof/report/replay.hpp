#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "netproof/base/location.hpp"
#include "netproof/net/flow.hpp"
#include "netproof/report/write.hpp"

namespace netproof {

/// One line of a flow log, as much of it as could be read.
struct ReplayExample {
  std::string file;
  std::int64_t line = 0;
  std::string interface;  ///< empty: not read, like the rest
  std::optional<bool> ingress;
  bool accepted = false;
  std::optional<Flow> flow;  ///< ICMP: without type and code
};

/// What a filter of the model says, of the packet as a request or of the
/// request that it may answer.
struct ReplayFilter {
  bool of_reply = false;
  std::string at;
  std::string entry;
  Location source;

  friend auto operator<=>(const ReplayFilter&, const ReplayFilter&) = default;
};

/// Records with one cause.
struct ReplayGroup {
  std::string cause;  ///< "accepted-but-acl-denies", "no-data", a fact
  std::string direction;
  std::vector<ReplayFilter> filters;
  std::uint64_t count = 0;
  ReplayExample example;  ///< the first
};

/// How the records of flow logs compare with the model. Groups stand by count,
/// the largest first.
struct ReplayReport {
  std::uint64_t records = 0;
  std::uint64_t requests = 0;  ///< accepted, and allowed by itself
  std::uint64_t replies = 0;   ///< accepted as the reply of what is allowed
  std::uint64_t denied = 0;    ///< rejected, and denied
  /// Rejected, and denied unless state lets it through as a reply.
  std::uint64_t denied_without_state = 0;
  std::uint64_t unreadable = 0;  ///< lines that may say anything
  std::vector<ReplayGroup> disagreements;
  std::vector<ReplayGroup> unknown;
  std::vector<ReplayGroup> not_judged;

  std::uint64_t agreed() const {
    return requests + replies + denied + denied_without_state;
  }
};

std::string to_text(const ReplayReport& report,
                    const TextOptions& options = {});
std::string to_json(const ReplayReport& report, int indent = 2);

/// 1 if a record disagrees, else 4 if one is unknown or could not be read, else
/// 3 if none was judged, else 0.
int exit_code(const ReplayReport& report);

}  // namespace netproof
