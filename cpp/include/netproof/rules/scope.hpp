#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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
  /// Addresses that are in it if their place owns them, which nobody knows; in
  /// the order of Place, none empty.
  std::vector<Scope> possible;
  /// Names in it that do not exist, and that it selects nothing.
  Diagnostics problems;

  bool empty() const noexcept { return scopes.empty(); }
  /// The index of the scope of `place`, if it is in the zone.
  std::optional<std::size_t> find(Place place) const;
};

/// Every location of a network with the objects that hold it and the labels
/// that it inherits: account -> VPC -> subnet -> interface, segment -> host,
/// cluster -> namespace -> pod. Besides what is written, `account`, `region`
/// and `namespace` are labels.
class Locations {
 public:
  /// `members` as Engine::members() gives them; not kept.
  Locations(const Topology& topology, std::span<const Engine::Member> members);

  /// `listed_only`: a subnet or segment that lists endpoints has no others.
  ZoneScope select(const Selector& selector, const Zones& zones,
                   bool listed_only) const;
  /// Every location that is not, or not wholly, in `zone`.
  ZoneScope outside(const ZoneScope& zone, bool listed_only) const;

  /// Every place that is known to be in a zone, wholly or in part, those
  /// without an address of their own included: a subnet in which each address
  /// is an interface's. In the order of Place.
  std::vector<Place> places_of(const Selector& selector,
                               const Zones& zones) const;
  /// Those of them that own, or may own, addresses outside the zone.
  std::vector<Place> places_partly_in(const Selector& selector,
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
    kCluster,
    kNamespace,
    kPod,
    kInternet,
  };
  struct Node {
    Kind kind = Kind::kInternet;
    std::string name;
    std::string full_name;
    Labels labels;
    std::optional<std::size_t> parent;
    /// The interface that carries a pod: in its VPC it is found by that.
    std::optional<std::size_t> carrier;
    std::vector<std::string> endpoints;  ///< that it is, or is part of
  };
  struct Leaf {
    Place place;
    IpSet addresses;
    std::size_t node = 0;
    bool listed = false;
    bool has_listed = false;  ///< its subnet or segment lists endpoints
    /// It may own some of these besides `addresses`.
    IpSet possible;
    /// What may be in it without being listed, with labels of its own: "subnet"
    /// or "interface"; empty: nothing.
    std::string unlisted;
    /// Public addresses in front of `addresses` (S27), with these.
    std::vector<std::pair<IpAddress, IpAddress>> mapped;
  };
  struct Chosen;
  struct Choice;
  class Builder;

  static std::string_view kind_name(Kind kind);
  /// True if the selector names objects or labels, not only addresses.
  static bool chooses_objects(const Selector& selector);
  const Node* holder(std::size_t node, Kind kind) const;
  bool matches(std::size_t node, const Selector& selector) const;
  /// True if something that `node` holds without listing it may match: labels
  /// of its own may be those that listed ones have.
  bool may_match(std::size_t node, const Selector& selector,
                 const std::set<std::string>& own) const;
  bool names_match(std::size_t node, const Selector& selector) const;
  bool labels_match(std::size_t node, const Selector& selector,
                    const std::set<std::string>& absent_ones) const;
  std::size_t outermost(std::size_t node, const Selector& selector) const;
  std::size_t place_object(std::size_t node) const;
  Choice choose(const Selector& selector, const Zones& zones, int depth,
                Diagnostics& problems) const;
  Choice choose_zones(const Selector& selector, const Zones& zones, int depth,
                      Diagnostics& problems) const;
  Chosen whole(std::size_t leaf) const;
  /// What `selector` itself says of one leaf, zones and `minus` apart; `one`
  /// holds what may be meant of it. False: nothing of it is.
  bool narrow(const Selector& selector, const IpSet& addresses,
              Chosen& one) const;
  void choose_gaps(const Selector& selector, Choice& choice) const;
  void take_away(const Selector& minus, const Zones& zones, int depth,
                 Choice& choice, Diagnostics& problems) const;
  /// Addresses that the records of a selector stand for.
  IpSet addresses_named(const Selector& selector) const;
  /// What of `addresses` no location owns.
  IpSet owned_by_nobody(IpSet addresses) const;
  void check_names(const Selector& selector, const Zones& zones,
                   Diagnostics& problems) const;
  std::string unlisted_text(const Leaf& leaf) const;
  std::string why_empty(const Selector& selector) const;
  ZoneScope gather(Choice choice, bool listed_only) const;

  Topology topology_;
  std::vector<Node> nodes_;
  std::vector<Leaf> leaves_;  ///< in the order of Place
  /// Labels that some interface has itself, and some subnet or interface.
  std::set<std::string> interface_labels_;
  std::set<std::string> subnet_labels_;
  /// VPCs without a location, because their prefixes are not known.
  std::vector<std::size_t> gaps_;
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
