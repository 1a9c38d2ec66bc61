#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/fields.hpp"
#include "netproof/model/rule_spec.hpp"

namespace netproof::io {

/// A rule file while it is read: the names that its rules may use.
struct RulesDraft {
  Problems problems;
  RuleSet rules;
  std::vector<std::string> zone_names;
  std::map<std::string, TransportSet> services;
};

/// What `from`, `to`, `via` and zones hold: a text (a zone, kind:name, prefix,
/// `everyone`, `internet`), a list of zones, or a mapping that selects.
std::optional<Selector> read_zone(RulesDraft& draft, const Node& node);

/// Reads all zones of the file and refuses circles between them.
void read_zones(RulesDraft& draft, const Node& node);

/// A service of the file, or one written out, or a list.
struct NamedService {
  std::string text;
  TransportSet set;
};
std::optional<NamedService> read_named_service(RulesDraft& draft,
                                               const Node& node);

/// The entries of `allow` and `except`.
std::vector<AllowEntry> read_allow(RulesDraft& draft, const Node& node);

void read_rule(RulesDraft& draft, const Node& node);
void read_waiver(RulesDraft& draft, const Node& node);

}  // namespace netproof::io
