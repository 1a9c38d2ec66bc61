#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "netproof/base/location.hpp"
#include "netproof/model/object.hpp"
#include "netproof/net/transport_set.hpp"

namespace netproof {

/// Chooses locations: keys are ANDed, the values of one key ORed (contract
/// 3.1). `labels` come from `select`; the lists name objects or prefixes.
struct Selector {
  LabelChoice labels;
  std::vector<std::string> accounts, vpcs, subnets, interfaces, hosts, sites,
      segments, pods, endpoints;
  /// DNS records: the addresses that they point at, at whoever owns them.
  std::vector<std::string> names;
  /// Buckets, which hold no location (S106): only as `to` of deny and require.
  std::vector<std::string> buckets;
  std::vector<IpPrefix> cidrs;
  std::vector<std::string> zones;  ///< the union of other zones
  std::vector<Selector> minus;
  bool everyone = false;
  bool internet = false;
  std::string name;  ///< as the rule calls it: a zone, kind:name or a prefix
  Location where;
};

enum class Verb { kDeny, kRequire, kIsolate, kOnly, kThrough, kNoOverlap };
enum class Severity { kNote, kWarning, kError };
enum class Level { kPacket, kConnection };

/// An `allow` or `except` entry: its flows and their replies. A missing side
/// is the zone of the rule itself.
struct AllowEntry {
  std::optional<Selector> from;
  std::optional<Selector> to;
  std::optional<TransportSet> service;
  Location where;
};

struct Waiver {
  std::string rule;
  std::string subject;
  std::string reason;
  std::string owner;
  std::string expires;  ///< ISO date, the last day on which it holds; or empty
  Location where;
};

/// A rule as written.
struct RuleSpec {
  std::string id;
  Verb verb = Verb::kDeny;
  Severity severity = Severity::kError;
  Level level = Level::kPacket;
  std::string because;
  bool mandatory = false;
  bool allow_empty = false;
  bool interfaces_only = false;  ///< endpoints: interfaces
  std::optional<Selector> from;  ///< deny require through only isolate
  std::optional<Selector> to;    ///< deny require through; `into` of only
  std::optional<Selector> zone;  ///< isolate
  bool from_everyone = false;    ///< isolate: [everyone]
  bool from_members = false;     ///< isolate: [members]
  std::vector<Selector> via;     ///< through
  TransportSet service = TransportSet::all();
  std::string service_text = "any";
  /// Of a bucket in `to`, "s3:GetObject"; empty: any.
  std::string action;
  std::vector<AllowEntry> allow;  ///< only
  std::vector<AllowEntry> except;
  std::vector<std::string> overlap_of;  ///< no_overlap: vpcs, sites, segments
  bool overlap_anywhere = false;
  Location where;
};

/// A rule file: rules, named zones, waivers and the client port range.
struct RuleSet {
  std::vector<RuleSpec> rules;
  std::map<std::string, Selector> zones;
  std::vector<Waiver> waivers;
  std::uint16_t client_port_first = 1024;
  std::uint16_t client_port_last = 65535;
};

}  // namespace netproof
