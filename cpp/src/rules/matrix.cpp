#include "netproof/rules/matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "netproof/rules/scope.hpp"
#include "rules/breach.hpp"
#include "rules/open_blocks.hpp"
#include "rules/public_doubt.hpp"

namespace netproof {

namespace {

struct MatrixZone {
  std::string name;
  ZoneScope scope;
};

// A zone for each value of the label, and the internet.
std::vector<MatrixZone> zones_by_label(const Locations& locations,
                                       const std::string& label) {
  std::vector<MatrixZone> zones;
  for (const std::string& value : locations.values_of(label)) {
    Selector selector;
    selector.name = value;
    selector.labels[label] = {value};
    ZoneScope scope = locations.select(selector, {}, false);
    if (!scope.empty()) zones.push_back({value, std::move(scope)});
  }
  return zones;
}

// A zone for each VPC, site and segment: the members of everyone.
std::vector<MatrixZone> zones_by_object(const Locations& locations) {
  Selector everyone;
  everyone.everyone = true;
  const ZoneScope all = locations.select(everyone, {}, false);
  std::vector<MatrixZone> zones;
  for (const std::string& member : all.members) {
    if (member == "internet" || member.starts_with("endpoint:")) continue;
    const auto selector = parse_selector(member, {});
    expects(selector.has_value(), "the name of a member selects it");
    zones.push_back({member, locations.select(*selector, {}, false)});
  }
  std::ranges::sort(zones, {}, &MatrixZone::name);
  return zones;
}

void add_internet(const Locations& locations, std::vector<MatrixZone>& zones) {
  Selector internet;
  internet.internet = true;
  zones.push_back({"internet", locations.select(internet, {}, false)});
}

/// Every place of every zone; no place is in two of them, because a location
/// has one value of a label.
struct Everywhere {
  std::vector<Scope> scopes;
  std::map<Place, std::size_t> zone_of;

  explicit Everywhere(const std::vector<MatrixZone>& zones) {
    for (std::size_t z = 0; z < zones.size(); ++z) {
      for (const Scope& scope : zones[z].scope.scopes) {
        scopes.push_back(scope);
        zone_of.emplace(scope.place, z);
      }
    }
    std::ranges::sort(scopes, {}, &Scope::place);
  }
};

struct Tally {
  BigUint asked;    ///< every flow between every pair of places
  BigUint certain;  ///< of these, what arrives in every world
  bool some = false;
  bool maybe = false;
};

// A location is judged against others only.
PacketSet judged(PacketSet set, const std::vector<Scope>& from, Place to) {
  for (const Scope& scope : from) {
    if (scope.place == to) set = between_others(set, scope.addresses, to);
  }
  return set;
}

// Where worlds lead a packet to several places, it arrives at none for sure.
void count(const Passage& passage, const Everywhere& everywhere,
           const MatrixRequest& request, std::vector<Tally>& tallies) {
  for (const Place to : passage.to) {
    Tally& tally = tallies[everywhere.zone_of.at(to)];
    if (judged(passage.some_possibly, passage.from, to).empty()) continue;
    const PacketSet certain =
        passage.to.size() > 1 ? PacketSet::none()
                              : judged(passage.some_always, passage.from, to);
    tally.maybe = tally.maybe || certain.empty();
    if (certain.empty()) continue;
    tally.some = true;
    const auto scope =
        std::ranges::lower_bound(everywhere.scopes, to, {}, &Scope::place);
    const PacketSet asked = PacketSet::box(addresses_of(passage.from),
                                           scope->addresses, request.service);
    tally.certain += (certain & asked).size();
  }
}

BigUint flows_between(const MatrixZone& from, const MatrixZone& to,
                      const TransportSet& service) {
  BigUint asked;
  for (const Scope& a : from.scope.scopes) {
    for (const Scope& b : to.scope.scopes) {
      asked += judged(PacketSet::box(a.addresses, b.addresses, service), {a},
                      b.place)
                   .size();
    }
  }
  return asked;
}

// The next row.
std::vector<Cell> row_of(const Engine& engine, const MatrixRequest& request,
                         const std::vector<MatrixZone>& zones,
                         const Everywhere& everywhere, Matrix& matrix) {
  const MatrixZone& from = zones[matrix.cells.size()];
  Question question;
  question.from = from.scope.scopes;
  question.to = everywhere.scopes;
  question.service = request.service;
  question.level = request.level;
  question.keep_dropped = false;
  const Answer answer = engine.ask(question);
  if (!answer.accounting.balances()) {
    matrix.defects.push_back(
        fmt::format("'{}': what was sent is not what was delivered and dropped",
                    from.name));
  }
  std::vector<Tally> tallies(zones.size());
  for (const Passage& passage : answer.passages) {
    count(passage, everywhere, request, tallies);
    if (passage.some_always == passage.some_possibly) continue;
    matrix.unknown.insert(matrix.unknown.end(), passage.facts.begin(),
                          passage.facts.end());
  }
  std::vector<Cell> cells;
  for (std::size_t z = 0; z < zones.size(); ++z) {
    const Tally& tally = tallies[z];
    const bool open = !from.scope.unknown.empty() ||
                      !zones[z].scope.unknown.empty() || !answer.limits.empty();
    if (!tally.some) {
      cells.push_back(tally.maybe || open ? Cell::kUnknown : Cell::kNone);
      continue;
    }
    const bool all = !open && tally.certain == flows_between(from, zones[z],
                                                             request.service);
    cells.push_back(all ? Cell::kAll : Cell::kSome);
  }
  return cells;
}

// Interfaces that nobody listed may have public addresses: what says that
// nothing passes did not ask about them. What says that something passes did
// not ask about blocks that nobody knows. The last zone is the internet.
void doubt(const Topology& topology, const PublicDoubt& doubt,
           const std::vector<MatrixZone>& zones, std::size_t row,
           Matrix& matrix) {
  std::vector<Cell>& cells = matrix.cells[row];
  const ZoneScope& from = zones[row].scope;
  const bool leaves = row + 1 == zones.size() || cells.back() != Cell::kNone;
  for (std::size_t z = 0; z < zones.size(); ++z) {
    if (cells[z] == Cell::kUnknown) continue;
    const ZoneScope& to = zones[z].scope;
    const auto reasons = cells[z] == Cell::kNone
                             ? doubt.between(from, to, leaves)
                             : open_block_doubts(topology, from, to);
    if (reasons.empty()) continue;
    cells[z] = Cell::kUnknown;
    matrix.unknown.insert(matrix.unknown.end(), reasons.begin(), reasons.end());
  }
}

}  // namespace

std::string_view to_string(Cell cell) {
  switch (cell) {
    case Cell::kNone:
      return "none";
    case Cell::kSome:
      return "some";
    case Cell::kAll:
      return "all";
    case Cell::kUnknown:
      return "unknown";
  }
  return "";
}

Result<Matrix, Diagnostics> build_matrix(const Topology& topology,
                                         const Engine& engine,
                                         const MatrixRequest& request) {
  const Locations locations(topology, engine.members());
  // The parts of a cluster by itself are its namespaces.
  const bool alone = !topology->clusters.empty() && topology->vpcs.empty();
  const std::string by = request.by.empty() && alone ? "namespace" : request.by;
  std::vector<MatrixZone> zones =
      by.empty() ? zones_by_object(locations) : zones_by_label(locations, by);
  if (zones.empty() && !by.empty()) {
    return Unexpected{Diagnostics{
        {"unknown-label", {}, "a label is one that some object has", by, ""}}};
  }
  add_internet(locations, zones);
  Matrix matrix;
  matrix.by = by;
  matrix.service = request.service_text;
  matrix.level = request.level;
  const Everywhere everywhere(zones);
  const PublicDoubt doubted(topology);
  for (std::size_t row = 0; row < zones.size(); ++row) {
    matrix.zones.push_back(zones[row].name);
    matrix.cells.push_back(row_of(engine, request, zones, everywhere, matrix));
    doubt(topology, doubted, zones, row, matrix);
  }
  std::ranges::sort(matrix.unknown);
  matrix.unknown.erase(
      std::unique(matrix.unknown.begin(), matrix.unknown.end()),
      matrix.unknown.end());
  return matrix;
}

}  // namespace netproof
