#include "engine/tables.hpp"

namespace netproof::engine {

// S143. A dangling name in a list says nothing about which attachment is
// meant, so the list counts as open.
std::vector<std::vector<Index>> associations(const Network& network) {
  const TopologyParts& parts = network.parts();
  std::vector<std::vector<Index>> explicit_tables(
      parts.transit_attachments.size());
  std::vector<std::vector<Index>> open_tables(parts.transit_gateways.size());
  for (std::size_t t = 0; t < parts.transit_route_tables.size(); ++t) {
    const TransitRouteTable& table = parts.transit_route_tables[t];
    bool open = table.associations.open;
    for (const Ref<TransitAttachment>& entry : table.associations.items) {
      if (!entry.id) {
        open = true;
        continue;
      }
      auto& tables = explicit_tables[entry.id->index()];
      if (tables.empty() || tables.back() != t) {
        tables.push_back(static_cast<Index>(t));
      }
    }
    if (open && table.gateway.id) {
      open_tables[table.gateway.id->index()].push_back(static_cast<Index>(t));
    }
  }
  for (std::size_t a = 0; a < explicit_tables.size(); ++a) {
    auto& tables = explicit_tables[a];
    const auto& gateway = parts.transit_attachments[a].gateway.id;
    if (!tables.empty() || !gateway) continue;
    const auto& chosen =
        parts.transit_gateways[gateway->index()].default_association;
    tables.push_back(chosen && chosen->id ? chosen->id->value : kNone);
    for (const Index t : open_tables[gateway->index()]) {
      if (tables.front() != t) tables.push_back(t);
    }
  }
  for (auto& tables : explicit_tables) {
    if (tables.empty()) tables.push_back(kNone);
  }
  return explicit_tables;
}

}  // namespace netproof::engine
