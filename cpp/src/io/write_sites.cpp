#include "io/write_parts.hpp"

namespace netproof::io {
namespace {

YamlTree site(const Site& site) {
  YamlTree tree = written_object(site);
  tree["prefixes"] = written(site.prefixes);
  put_unless(tree, "transit", site.transit, {false, true, {}});
  put_flag(tree, "internet", site.internet);
  put_flag(tree, "spoofs", site.spoofs);
  return tree;
}

YamlTree association(const DirectConnectAssociation& association) {
  YamlTree tree = YamlTree::object();
  put(tree, "transit_gateway", association.transit_gateway);
  put(tree, "vpn_gateway", association.vpn_gateway);
  tree["allowed_prefixes"] = written(association.allowed_prefixes);
  return tree;
}

YamlTree direct_connect_gateway(const DirectConnectGateway& gateway) {
  YamlTree tree = written_object(gateway);
  tree["associations"] = written_list(gateway.associations, association);
  return tree;
}

void put_number(YamlTree& tree, const char* key,
                const std::optional<int>& number) {
  if (number) tree[key] = *number;
}

// What a link of either sort says about its BGP session.
template <class Link>
void put_session(YamlTree& tree, const Link& link) {
  put_unless(tree, "up", link.up, {true, false, {}});
  if (link.as_path_length != 1) tree["as_path_length"] = link.as_path_length;
  put_number(tree, "med", link.med);
  put_number(tree, "site_preference", link.site_preference);
}

YamlTree virtual_interface(const VirtualInterface& link) {
  YamlTree tree = written_object(link);
  tree["site"] = written(link.site);
  put(tree, "direct_connect_gateway", link.gateway);
  put(tree, "vpn_gateway", link.vpn_gateway);
  tree["advertised"] = written(link.advertised);
  put_flag(tree, "site_link", link.site_link);
  if (link.local_preference != VirtualInterface{}.local_preference) {
    tree["local_preference"] = link.local_preference;
  }
  put_session(tree, link);
  if (!link.communities.empty()) {
    tree["communities"] = written(link.communities);
  }
  return tree;
}

YamlTree vpn_connection(const VpnConnection& link) {
  YamlTree tree = written_object(link);
  tree["site"] = written(link.site);
  put(tree, "vpn_gateway", link.vpn_gateway);
  if (!link.bgp) tree["bgp"] = false;
  tree["advertised"] = written(link.advertised);
  put(tree, "site_routes", link.site_routes);
  put_session(tree, link);
  return tree;
}

}  // namespace

void write_sites(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "sites", parts.sites, site);
  put_table(file, "direct_connect_gateways", parts.direct_connect_gateways,
            direct_connect_gateway);
  put_table(file, "virtual_interfaces", parts.virtual_interfaces,
            virtual_interface);
  put_table(file, "vpn_connections", parts.vpn_connections, vpn_connection);
}

}  // namespace netproof::io
