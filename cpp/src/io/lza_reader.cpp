#include "io/lza_reader.hpp"

#include <utility>

#include "io/lza_files.hpp"
#include "io/lza_network.hpp"
#include "io/sections.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

void doubt_everything(LzaNetwork& network) {
  for (const LzaVpc& vpc : network.vpcs) network.doubted_vpcs.insert(vpc.id);
  for (const LzaGateway& one : network.gateways) {
    network.doubted_gateways.insert(one.name);
  }
}

void check_top(LzaNetwork& network) {
  const bool known = network.config.knows({"homeRegion",
                                           "defaultVpc",
                                           "transitGateways",
                                           "transitGatewayPeering",
                                           "transitGatewayConnects",
                                           "centralNetworkServices",
                                           "vpcs",
                                           "vpcTemplates",
                                           "vpcPeering",
                                           "vpcFlowLogs",
                                           "directConnectGateways",
                                           "customerGateways",
                                           "dhcpOptions",
                                           "endpointPolicies",
                                           "prefixLists",
                                           "firewallManagerService",
                                           "certificates",
                                           "elbAccountIds",
                                           "accountVpcIds",
                                           "accountVpcEndpointIds"});
  if (!known) doubt_everything(network);
  const auto defaults = network.config.object("defaultVpc", "default VPC");
  if (!defaults || defaults->flag("delete", false) == true) return;
  network.reading.gap(defaults->where("delete"),
                      "the default VPCs of the accounts are deleted", "delete",
                      "they are not part of the network that is judged");
}

// Values that stand in no file of the folder (S163).
void report_variables(LzaReading& reading, const Node& node) {
  if (node.is_scalar() && is_unresolved(node.text)) {
    reading.gap(node.where, "a value is written in the folder", node.text,
                "what depends on it is unknown");
  }
  for (const Node& item : node.items) report_variables(reading, item);
}

void check_customizations(LzaNetwork& network, const LzaFiles& files) {
  if (!files.customizations) return;
  network.reading.gap(
      *files.customizations, "machines of customizations-config.yaml are read",
      "customizations-config.yaml", "what is routed through them is unknown");
}

void find_regions(LzaNetwork& network, const LzaFiles& files) {
  if (!files.global.is_map()) return;
  const LzaObject file{network.reading, files.global, "global file"};
  for (const Node* region : file.texts("enabledRegions")) {
    network.regions.insert(region->text);
  }
  const std::string home = file.text("homeRegion");
  if (!network.regions.empty() && !home.empty()) network.regions.insert(home);
}

Node topology_of(LzaNetwork& network, const std::string& name) {
  const Location& where = network.config.where();
  Node root = map_node(where);
  if (!name.empty()) put_text(root, "name", name, where);
  put(root, "snapshot", word_node("true", where));
  put(root, "accounts", network.accounts.table());
  for (auto& [table, objects] : network.tables) {
    put(root, table, std::move(objects));
  }
  return root;
}

}  // namespace

bool is_landing_zone(const fs::path& path) { return !lza_file(path).empty(); }

void read_landing_zone(Draft& draft, const fs::path& path,
                       const fs::path& root) {
  const fs::path found = lza_file(path);
  const fs::path file = found.empty() && fs::is_directory(path)
                            ? path / "network-config.yaml"
                            : (found.empty() ? path : found);
  const int before = draft.problems.failures();
  LzaReading reading{draft};
  const LzaFiles files = read_lza_files(reading, file, root);
  if (!files.network.is_map()) {
    draft.fatal = true;
    return;
  }
  LzaNetwork network{reading, files};
  find_regions(network, files);
  find_lza_vpcs(network);
  find_lza_gateways(network);
  report_variables(reading, files.network);
  check_top(network);
  check_customizations(network, files);
  build_lza_prefix_lists(network);
  build_lza_services(network);
  build_lza_hybrid(network);
  build_lza_vpcs(network);
  build_lza_peerings(network);
  build_lza_gateways(network);
  build_lza_unseen(network);
  const Node topology =
      topology_of(network, file.parent_path().filename().string());
  // What a broken object would have said is not known to anybody.
  if (draft.problems.failures() != before) draft.fatal = true;
  read_sections(draft, topology, true);
  draft.parts.gaps = reading.gaps.take();
}

}  // namespace netproof::io
