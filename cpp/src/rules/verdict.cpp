#include "netproof/rules/verdict.hpp"

namespace netproof {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kProved:
      return "proved";
    case Verdict::kVacuous:
      return "vacuous";
    case Verdict::kUnknown:
      return "unknown";
    case Verdict::kViolated:
      return "violated";
  }
  return "";
}

std::string_view to_string(Verb verb) {
  switch (verb) {
    case Verb::kDeny:
      return "deny";
    case Verb::kRequire:
      return "require";
    case Verb::kIsolate:
      return "isolate";
    case Verb::kOnly:
      return "only";
    case Verb::kThrough:
      return "through";
    case Verb::kNoOverlap:
      return "no_overlap";
  }
  return "";
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "";
}

std::string_view to_string(Level level) {
  return level == Level::kPacket ? "packet" : "connection";
}

}  // namespace netproof
