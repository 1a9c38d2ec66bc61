#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/diagnostic.hpp"
#include "netproof/engine/engine.hpp"
#include "netproof/model/rule_spec.hpp"

namespace netproof {

using Zones = std::map<std::string, Selector>;

/// The locations that a selector means, by member: the outermost object that
/// it matches (contract 3.1).
struct ZoneScope {
  std::string name;
  std::vector<Scope> scopes;         ///< in the order of Place, none empty
  std::vector<std::uint32_t> owner;  ///< scopes[i] is of members[owner[i]]
  std::vector<std::string> members;  ///< "vpc:a", in the order of Place
  /// Addresses of DNS records in it that no location owns: nothing arrives
  /// there, and nothing comes from there.
  IpSet unowned;
  /// Why there may be more in it than is listed here; sorted.
  std::vector<std::string> unknown;
  /// Names in it that do not exist, and that it selects nothing.
  Diagnostics problems;

  bool empty() const noexcept { return scopes.empty(); }
  /// The index of the scope of `place`, if it is in the zone.
  std::optional<std::size_t> find(Place place) const;
};

/// Every location of a network with the objects that hold it and the labels
/// that it inherits: account -> VPC -> subnet -> interface, segment -> host.
/// Besides what is written, `account` and `region` are labels.
class Locations {
 public:
  /// `members` as Engine::members() gives them; not kept.
  Locations(const Topology& topology, std::span<const Engine::Member> members);

  /// `listed_only`: a subnet or segment that lists endpoints has no others.
  ZoneScope select(const Selector& selector, const Zones& zones,
                   bool listed_only) const;
  /// Every location that is not, or not wholly, in `zone`.
  ZoneScope outside(const ZoneScope& zone, bool listed_only) const;

  /// Every place in a zone, those without an address of their own included: a
  /// subnet in which each address is an interface's. In the order of Place.
  std::vector<Place> places_of(const Selector& selector,
                               const Zones& zones) const;

  /// All addresses of a place; empty for a place that is not known.
  const IpSet& addresses(Place place) const;
  bool listed(Place place) const;
  /// The values of a label over all locations, sorted; "" is not one.
  std::vector<std::string> values_of(const std::string& label) const;
  const Topology& topology() const noexcept { return topology_; }

 private:
  enum class Kind : std::uint8_t {
    kAccount,
    kVpc,
    kSubnet,
    kInterface,
    kHost,
    kSegment,
    kSite,
    kEndpoint,
    kInternet,
  };
  struct Node {
    Kind kind = Kind::kInternet;
    std::string name;
    std::string full_name;
    Labels labels;
    std::optional<std::size_t> parent;
    std::vector<std::string> endpoints;  ///< that it is, or is part of
  };
  struct Leaf {
    Place place;
    IpSet addresses;
    std::size_t node = 0;
    bool listed = false;
    bool addresses_unknown = false;
    bool has_listed = false;  ///< its subnet or segment lists endpoints
  };
  struct Chosen;
  struct Choice;
  class Builder;

  static std::string_view kind_name(Kind kind);
  const Node* holder(std::size_t node, Kind kind) const;
  bool matches(std::size_t node, const Selector& selector) const;
  std::size_t outermost(std::size_t node, const Selector& selector) const;
  std::size_t place_object(std::size_t node) const;
  Choice choose(const Selector& selector, const Zones& zones, int depth,
                Diagnostics& problems) const;
  Choice choose_zones(const Selector& selector, const Zones& zones, int depth,
                      Diagnostics& problems) const;
  void take_away(const Selector& minus, const Zones& zones, int depth,
                 Choice& choice, Diagnostics& problems) const;
  /// Addresses that the records of a selector stand for.
  IpSet addresses_named(const Selector& selector) const;
  /// What of `addresses` no location owns.
  IpSet owned_by_nobody(IpSet addresses) const;
  void note_unowned(ZoneScope& zone) const;
  void check_names(const Selector& selector, const Zones& zones,
                   Diagnostics& problems) const;
  std::string why_empty(const Selector& selector) const;
  ZoneScope gather(Choice choice, bool listed_only) const;

  Topology topology_;
  std::vector<Node> nodes_;
  std::vector<Leaf> leaves_;  ///< in the order of Place
};

/// "everyone", "internet", the name of a zone, "vpc:a" (account, vpc, subnet,
/// interface, host, site, segment, endpoint, name) or a prefix; nothing for any
/// other text.
std::optional<Selector> parse_selector(std::string_view text,
                                       const Zones& zones);

/// Every place within what `text` names: "subnet:app-a", "internet", or "app-a"
/// where objects of one kind only have that name. Empty: nothing or several.
std::vector<Place> places_named(const Locations& locations,
                                std::string_view text);

/// The known name that is nearest to `name`, if any is near; for messages.
std::string nearest(const std::string& name,
                    const std::vector<std::string>& known);

}  // namespace netproof
