#include "engine/graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/strong_components.hpp>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "engine/engine_impl.hpp"

namespace netproof {
namespace engine {
namespace {

using Directed =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
using Undirected =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;

/// A name as Graphviz reads it: names come from files.
std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c == '\n' ? ' ' : c;
  }
  return text + '"';
}

/// The first vertex of each kind; vertices of a kind follow in id order.
struct Layout {
  std::size_t vpc;
  std::size_t site;
  std::size_t segment;
  std::size_t vpc_table;
  std::size_t transit_table;
  std::size_t router;
  std::size_t internet;

  explicit Layout(const Network& network) {
    const TopologyParts& parts = network.parts();
    vpc = 0;
    site = vpc + parts.vpcs.size();
    segment = site + parts.sites.size();
    vpc_table = segment + parts.segments.size();
    transit_table = vpc_table + parts.route_tables.size() + parts.vpcs.size();
    router = transit_table + parts.transit_route_tables.size();
    internet = router + parts.routers.size();
  }
  std::size_t size() const { return internet + 1; }
};

}  // namespace

struct ContextGraph::Impl {
  const Compiled& compiled;
  const Network& network;
  const TopologyParts& parts;
  Layout at;
  Directed graph;

  explicit Impl(const Compiled& of)
      : compiled{of},
        network{of.network},
        parts{of.network.parts()},
        at{of.network},
        graph(at.size()) {
    add_vpc_tables();
    add_transit_tables();
    add_sites();
    add_routers();
    add_internet();
    remove_doubles();
  }

  void link(std::size_t from, std::size_t to) { edges.emplace_back(from, to); }

  void remove_doubles() {
    std::ranges::sort(edges);
    const auto rest = std::ranges::unique(edges);
    edges.erase(rest.begin(), rest.end());
    for (const auto& [from, to] : edges) add_edge(from, to, graph);
  }

  /// Every next hop that some decision of `fib` names.
  template <class Each>
  static void each_hop(const Fib& fib, Each each) {
    std::vector<bool> seen;
    for (const Family family : {Family::kV4, Family::kV6}) {
      for (const Fib::Run& run : fib.runs(family)) {
        if (run.decision >= seen.size()) seen.resize(run.decision + 1);
        if (seen[run.decision]) continue;
        seen[run.decision] = true;
        for (const Sharing& sharing : fib.decision(run.decision)) {
          for (const NextHop& hop : sharing) each(hop);
        }
      }
    }
  }

  void enter_transit(std::size_t from, Index attachment) {
    for (const Index table : compiled.tables.association[attachment]) {
      if (table != kNone) link(from, at.transit_table + table);
    }
  }

  void add_vpc_tables() {
    for (std::size_t v = 0; v < network.vpcs.size(); ++v) {
      for (const Index s : network.vpcs[v].subnets) {
        for (const Index table : network.subnets[s].tables) {
          link(at.vpc + v, at.vpc_table + table);
        }
      }
    }
    for (std::size_t t = 0; t < compiled.tables.vpc.size(); ++t) {
      each_hop(compiled.tables.vpc[t],
               [&](NextHop hop) { add_vpc_hop(static_cast<Index>(t), hop); });
    }
  }

  void add_vpc_hop(Index table, NextHop hop) {
    const std::size_t from = at.vpc_table + table;
    switch (hop.kind) {
      case HopKind::kLocal:
        link(from, at.vpc + hop.index);
        break;
      case HopKind::kInternetGateway:
      case HopKind::kEgressOnly:
        link(from, at.internet);
        break;
      case HopKind::kTransit:
        enter_transit(from, hop.index);
        break;
      case HopKind::kNat:
        send_from(from, network.subnet_of_nat[hop.index]);
        break;
      case HopKind::kInterface:
        send_from(from, network.subnet_of_interface[hop.index]);
        break;
      case HopKind::kEndpoint:
        if (const auto& subnet = parts.endpoints[hop.index].subnet) {
          if (subnet->id) send_from(from, subnet->id->value);
        }
        break;
      case HopKind::kPeering: {
        const Peering& peering = parts.peerings[hop.index];
        for (const auto& end : {peering.requester.id, peering.accepter.id}) {
          if (end) link(from, at.vpc + end->index());
        }
        break;
      }
      case HopKind::kVpnGateway:
        each_hop(compiled.tables.vgw[hop.index], [&](NextHop to) {
          if (to.kind == HopKind::kSite) link(from, at.site + to.index);
        });
        break;
      default:
        break;
    }
  }

  void send_from(std::size_t from, Index subnet) {
    if (subnet == kNone) return;
    for (const Index table : network.subnets[subnet].tables) {
      link(from, at.vpc_table + table);
    }
  }

  void add_transit_tables() {
    for (std::size_t t = 0; t < compiled.tables.transit.size(); ++t) {
      each_hop(compiled.tables.transit[t], [&](NextHop hop) {
        if (hop.kind == HopKind::kAttachment) {
          add_attachment(at.transit_table + t, hop.index);
        }
      });
    }
  }

  void add_attachment(std::size_t from, Index attachment) {
    const TransitAttachment& written = parts.transit_attachments[attachment];
    if (written.vpc && written.vpc->id) {
      const Index vpc = written.vpc->id->value;
      link(from, at.vpc_table + network.vpcs[vpc].main_table);
      if (!written.subnets) return;
      for (const Ref<Subnet>& entry : written.subnets->items) {
        if (entry.id) send_from(from, entry.id->value);
      }
    }
    if (written.peer && written.peer->id) {
      enter_transit(from, written.peer->id->value);
    }
    if (written.vpn && written.vpn->id) {
      const auto& site = parts.vpn_connections[written.vpn->id->index()].site;
      if (site.id) link(from, at.site + site.id->index());
    }
    if (written.direct_connect && written.direct_connect->id) {
      each_hop(compiled.tables.dxgw[written.direct_connect->id->index()],
               [&](NextHop hop) {
                 if (hop.kind == HopKind::kSite) {
                   link(from, at.site + hop.index);
                 }
               });
    }
  }

  void add_sites() {
    for (std::size_t s = 0; s < parts.sites.size(); ++s) {
      each_hop(compiled.tables.site[s],
               [&](NextHop hop) { add_site_hop(at.site + s, hop); });
    }
  }

  void add_site_hop(std::size_t from, NextHop hop) {
    if (hop.kind == HopKind::kRouter) link(from, at.router + hop.index);
    if (hop.kind == HopKind::kVirtualInterface) {
      const VirtualInterface& vif = parts.virtual_interfaces[hop.index];
      if (vif.gateway && vif.gateway->id) {
        each_hop(compiled.tables.dx_entry[hop.index], [&](NextHop in) {
          if (in.kind == HopKind::kAttachment) {
            enter_transit(from, in.index);
          } else if (in.kind == HopKind::kSite) {
            link(from, at.site + in.index);
          } else if (in.kind == HopKind::kVpnGateway) {
            enter_vpn_gateway(from, in.index);
          }
        });
      } else if (vif.vpn_gateway && vif.vpn_gateway->id) {
        enter_vpn_gateway(from, vif.vpn_gateway->id->value);
      }
    }
    if (hop.kind != HopKind::kVpn) return;
    const VpnConnection& vpn = parts.vpn_connections[hop.index];
    if (vpn.vpn_gateway && vpn.vpn_gateway->id) {
      enter_vpn_gateway(from, vpn.vpn_gateway->id->value);
    }
    for (std::size_t a = 0; a < parts.transit_attachments.size(); ++a) {
      const auto& line = parts.transit_attachments[a].vpn;
      if (line && line->id && line->id->value == hop.index) {
        enter_transit(from, static_cast<Index>(a));
      }
    }
  }

  void enter_vpn_gateway(std::size_t from, Index gateway) {
    const auto& vpc = parts.vpn_gateways[gateway].vpc;
    if (vpc && vpc->id) {
      link(from, at.vpc + vpc->id->index());
      for (const Index table : network.vpcs[vpc->id->index()].tables) {
        if (parts.route_tables[table].gateway) {
          link(from, at.vpc_table + table);
        }
      }
    }
    each_hop(compiled.tables.vgw[gateway], [&](NextHop hop) {
      if (hop.kind == HopKind::kSite) link(from, at.site + hop.index);
    });
  }

  void add_routers() {
    for (std::size_t s = 0; s < parts.segments.size(); ++s) {
      const auto& router = parts.segments[s].router;
      if (router && router->id) {
        link(at.segment + s, at.router + router->id->index());
      }
    }
    for (std::size_t r = 0; r < parts.routers.size(); ++r) {
      each_hop(compiled.tables.router[r], [&](NextHop hop) {
        const std::size_t from = at.router + r;
        if (hop.kind == HopKind::kSegment) link(from, at.segment + hop.index);
        if (hop.kind == HopKind::kRouter) link(from, at.router + hop.index);
        if (hop.kind == HopKind::kSite) link(from, at.site + hop.index);
        if (hop.kind == HopKind::kInternet) link(from, at.internet);
      });
    }
  }

  /// Edge tables and routers take what comes from the internet (S148).
  void add_internet() {
    for (std::size_t t = 0; t < parts.route_tables.size(); ++t) {
      if (parts.route_tables[t].gateway) link(at.internet, at.vpc_table + t);
    }
    for (std::size_t r = 0; r < parts.routers.size(); ++r) {
      const auto& routes = parts.routers[r].routes.items;
      if (std::ranges::any_of(routes, &RouterRoute::internet)) {
        link(at.internet, at.router + r);
      }
    }
  }

  std::string name(std::size_t vertex) const {
    if (vertex >= at.internet) return "internet";
    if (vertex >= at.router)
      return "router:" + parts.routers[vertex - at.router].name;
    if (vertex >= at.transit_table) {
      return "tgw-rtb:" +
             parts.transit_route_tables[vertex - at.transit_table].name;
    }
    if (vertex >= at.vpc_table) {
      return network.table_name(static_cast<Index>(vertex - at.vpc_table));
    }
    if (vertex >= at.segment) {
      return "segment:" + parts.segments[vertex - at.segment].name;
    }
    if (vertex >= at.site) return "site:" + parts.sites[vertex - at.site].name;
    return "vpc:" + parts.vpcs[vertex].name;
  }

  std::vector<std::pair<std::size_t, std::size_t>> edges;
};

ContextGraph::ContextGraph(const Compiled& compiled)
    : impl_{std::make_unique<Impl>(compiled)} {}

ContextGraph::~ContextGraph() = default;

Cycles ContextGraph::cycles() const {
  const std::size_t vertices = num_vertices(impl_->graph);
  std::vector<std::size_t> component(vertices);
  const std::size_t count = boost::strong_components(
      impl_->graph,
      boost::make_iterator_property_map(
          component.begin(), get(boost::vertex_index, impl_->graph)));
  std::vector<std::size_t> size(count);
  for (const std::size_t c : component) ++size[c];
  const auto flags = [&](std::size_t begin, std::size_t end) {
    std::vector<bool> found;
    for (std::size_t v = begin; v < end; ++v) {
      found.push_back(size[component[v]] > 1 ||
                      edge(v, v, impl_->graph).second);
    }
    return found;
  };
  const Layout& at = impl_->at;
  return {flags(at.vpc_table, at.transit_table),
          flags(at.transit_table, at.router), flags(at.router, at.internet),
          flags(at.site, at.segment)};
}

// Two VPCs are in one domain if some table holds or would learn a route to
// both: the tables join what they point at (S52).
std::vector<std::uint32_t> ContextGraph::domains() const {
  Undirected joined(impl_->at.size());
  for (const auto& [from, to] : impl_->edges) {
    // The internet joins nobody: it is not a routing domain.
    if (from != impl_->at.internet && to != impl_->at.internet) {
      add_edge(from, to, joined);
    }
  }
  std::vector<std::uint32_t> component(impl_->at.size());
  boost::connected_components(
      joined, boost::make_iterator_property_map(
                  component.begin(), get(boost::vertex_index, joined)));
  component.resize(impl_->at.vpc_table);
  return component;
}

std::string ContextGraph::to_dot() const {
  std::ostringstream out;
  out << "digraph network {\n";
  for (std::size_t v = 0; v < num_vertices(impl_->graph); ++v) {
    out << "  " << v << " [label=" << quoted(impl_->name(v)) << "];\n";
  }
  for (const auto& [from, to] : impl_->edges) {
    out << "  " << from << " -> " << to << ";\n";
  }
  out << "}\n";
  return out.str();
}

}  // namespace engine

Engine::Impl::Impl(const Topology& topology)
    : compiled{topology}, members{engine::members_of(compiled.network)} {
  compiled.cycles = engine::ContextGraph{compiled}.cycles();
}

std::string Engine::to_dot() const {
  return engine::ContextGraph{impl_->compiled}.to_dot();
}

std::vector<std::uint32_t> Engine::routing_domains() const {
  return engine::ContextGraph{impl_->compiled}.domains();
}

}  // namespace netproof
