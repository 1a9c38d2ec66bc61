#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "io/lza_network.hpp"

namespace netproof::io {
namespace {

// A deployment that somebody may have changed, or that does not happen.
void check_region(LzaNetwork& network, LzaVpc& vpc) {
  need_lza_label(vpc.config, vpc.region, vpc.config.where("region"));
  if (network.regions.empty() || network.regions.contains(vpc.region)) return;
  vpc.certain = false;
  network.reading.gap(vpc.config.where("region"),
                      "a VPC is in a Region that is enabled", vpc.region,
                      "whether it is deployed is unknown");
}

void find_written(LzaNetwork& network) {
  for (const LzaObject& one : network.config.objects("vpcs", "VPC")) {
    LzaVpc vpc{one.need("name"), one.text("name"), one.need("account"),
               one.need("region"), one};
    network.accounts.mention(vpc.account, one.where("account"));
    check_region(network, vpc);
    if (!vpc.id.empty()) network.vpcs.push_back(std::move(vpc));
  }
}

/// It excludes the Region, or may.
bool may_exclude(const LzaObject& targets, const std::string& region) {
  return std::ranges::any_of(
      targets.texts("excludedRegions"), [&](const Node* node) {
        return node->text == region || is_unresolved(node->text);
      });
}

// What a template makes in one account.
void add_instance(LzaNetwork& network, const LzaObject& config,
                  const std::string& account, bool certain) {
  const std::string name = config.text("name");
  LzaVpc vpc{fmt::format("{}@{}", name, account),
             name,
             account,
             config.text("region"),
             config,
             true,
             certain};
  check_region(network, vpc);
  network.vpcs.push_back(std::move(vpc));
}

void find_made(LzaNetwork& network) {
  for (const LzaObject& one :
       network.config.objects("vpcTemplates", "VPC template")) {
    const std::string name = one.need("name");
    const std::string region = one.need("region");
    const auto targets = one.object("deploymentTargets", "deployment target");
    if (!targets) {
      network.reading.draft.problems.add(
          {"missing-key", one.where(), "a VPC template has deploymentTargets",
           name, ""});
      continue;
    }
    const auto found = network.accounts.deployed(*targets);
    const bool excluded = may_exclude(*targets, region);
    if (excluded) {
      network.reading.gap(targets->where(),
                          "a template is not in a Region that it excludes",
                          region, "whether it is deployed is unknown");
    }
    for (const std::string& account : found.accounts) {
      network.accounts.mention(account, targets->where());
      add_instance(network, one, account, found.certain && !excluded);
    }
    if (!found.open) continue;
    add_instance(network, one, "unknown-account", false);
    network.reading.draft.unlabelled.push_back(
        {"landing-zone-is-understood", targets->where(),
         "the accounts of a template are known", name,
         "accounts-config.yaml of the folder lists them"});
  }
}

class VpcBuilder {
 public:
  VpcBuilder(LzaNetwork& network, const LzaVpc& vpc)
      : network_{network}, vpc_{vpc}, config_{vpc.config} {
    map_acls();
  }

  /// Whether there are ways in or out that are not modelled.
  void find_doubts() {
    const bool known = config_.knows({"name",
                                      "account",
                                      "region",
                                      "deploymentTargets",
                                      "cidrs",
                                      "ipv6Cidrs",
                                      "ipamAllocations",
                                      "defaultSecurityGroupRulesDeletion",
                                      "dhcpOptions",
                                      "dnsFirewallRuleGroups",
                                      "egressOnlyIgw",
                                      "enableDnsHostnames",
                                      "enableDnsSupport",
                                      "gatewayEndpoints",
                                      "instanceTenancy",
                                      "interfaceEndpoints",
                                      "internetGateway",
                                      "loadBalancers",
                                      "natGateways",
                                      "networkAcls",
                                      "outposts",
                                      "queryLogs",
                                      "resolverRules",
                                      "routeTables",
                                      "securityGroups",
                                      "subnets",
                                      "tags",
                                      "targetGroups",
                                      "transitGatewayAttachments",
                                      "useCentralEndpoints",
                                      "virtualPrivateGateway",
                                      "vpcFlowLogs",
                                      "vpcRoute53Resolver"});
    const bool gateways =
        is_written("internetGateway") && is_written("egressOnlyIgw");
    if (!known || !gateways) network_.doubted_vpcs.insert(vpc_.id);
    refuse_outposts();
    find_lza_table_doubts(network_, vpc_);
  }

  void build() {
    Node map = lza_map(vpc_.id, vpc_.account, config_.where());
    put_text(map, "region", vpc_.region, config_.where());
    put_labels(map, config_, {{"vpc-name", vpc_.name}});
    put(map, "cidrs", cidrs());
    put(map, "subnets", subnets());
    put(map, "route_tables", lza_route_tables(network_, vpc_));
    put(map, "security_groups", lza_security_groups(network_, vpc_));
    if (map.items.back().items.empty()) {
      map.keys.pop_back();
      map.items.pop_back();
    }
    put(map, "network_acls", lza_network_acls(network_, vpc_));
    put(map, "transit_gateway_attachments", lza_attachments(network_, vpc_));
    put_gateways(map);
    network_.add("vpcs", std::move(map));
  }

 private:
  std::string inside(std::string_view name) const {
    return fmt::format("{}/{}", vpc_.id, name);
  }

  bool is_written(std::string_view key) const {
    const Node* node = config_.find(key);
    return node == nullptr || !is_unresolved(node->text);
  }

  void refuse_outposts() {
    if (config_.list("outposts").empty()) return;
    network_.doubted_vpcs.insert(vpc_.id);
    network_.reading.gap(config_.where("outposts"),
                         "a VPC that is modelled is in no Outpost", "outposts",
                         "local gateways lead to networks that are not here; "
                         "what depends on them is unknown");
  }

  Node cidrs() const {
    Node list = list_node(config_.where("cidrs"));
    for (const Node* cidr : config_.texts("cidrs")) {
      push(list, prefix_node(*cidr));
    }
    for (const LzaObject& one : config_.objects("ipv6Cidrs", "IPv6 CIDR")) {
      const Node* block = one.find("cidrBlock");
      push(list,
           block == nullptr ? unknown_node(one.where()) : prefix_node(*block));
    }
    for (const Node* pool : config_.list("ipamAllocations")) {
      push(list, unknown_node(pool->where));
    }
    if (list.items.empty()) push(list, unknown_node(config_.where()));
    return list;
  }

  void map_acls() {
    for (const LzaObject& acl : config_.objects("networkAcls", "network ACL")) {
      for (const Node* subnet : acl.texts("subnetAssociations")) {
        acls_[subnet->text].push_back(acl.text("name"));
        if (vpc_.subnets.contains(subnet->text)) continue;
        acls_open_ = true;
        network_.reading.gap(
            subnet->where, "a network ACL is for subnets of its VPC",
            subnet->text, "which ACL the subnets of the VPC have is unknown");
      }
    }
  }

  // Zones by letter and by number do not compare.
  bool mixes_zones() const {
    bool letters = false;
    bool numbers = false;
    for (const LzaObject& one : config_.objects("subnets", "subnet")) {
      const std::string zone = zone_of(vpc_, one, "availabilityZone");
      (zone.find('@') == std::string::npos ? numbers : letters) = true;
    }
    return letters && numbers;
  }

  Node subnets() {
    Node list = list_node(config_.where("subnets"));
    const bool mixed = mixes_zones();
    for (const LzaObject& one : config_.objects("subnets", "subnet")) {
      push(list, subnet(one, mixed));
    }
    return list;
  }

  Node subnet(const LzaObject& one, bool mixed) {
    const bool known =
        one.knows({"name", "availabilityZone", "routeTable", "ipv4CidrBlock",
                   "ipv6CidrBlock", "ipamAllocation", "mapPublicIpOnLaunch",
                   "assignIpv6OnCreation", "enableDns64", "privateDnsOptions",
                   "shareTargets", "tags", "outpost"});
    const std::string name = one.need("name");
    Node map = lza_map(inside(name), {}, one.where("name"));
    put_labels(map, one, {{"subnet-name", name}});
    put(map, "cidrs", subnet_cidrs(one, LzaFamily::kBoth));
    const std::string zone = zone_of(vpc_, one, "availabilityZone");
    const Location& at = one.where("availabilityZone");
    put(map, "zone",
        zone.empty() || mixed ? unknown_node(at) : text_node(zone, at));
    put_table(map, one, known && !one.has("outpost"));
    put_acl(map, one, name, known);
    // What stands in it comes later, and is not listed here (S165).
    Node interfaces = list_node(one.where());
    push(interfaces, unknown_node(one.where()));
    put(map, "interfaces", std::move(interfaces));
    return map;
  }

  void put_table(Node& map, const LzaObject& one, bool known) const {
    const Node* table = one.find("routeTable");
    if (!known || (table != nullptr && is_unresolved(table->text))) {
      put(map, "route_table", unknown_node(one.where("routeTable")));
    } else if (table != nullptr) {
      put_text(map, "route_table", inside(one.text("routeTable")),
               table->where);
    }
  }

  void put_acl(Node& map, const LzaObject& one, const std::string& name,
               bool known) {
    const auto at = acls_.find(name);
    const std::size_t count = at == acls_.end() ? 0 : at->second.size();
    if (!known || acls_open_ || count > 1) {
      put(map, "network_acl", unknown_node(one.where()));
    } else if (count == 1) {
      put_text(map, "network_acl", inside(at->second.front()), one.where());
    }
  }

  void put_gateway(Node& map, const char* key, std::string_view name,
                   const Location& where) const {
    Node list = list_node(where);
    push(list, lza_map(inside(name), {}, where));
    put(map, key, std::move(list));
  }

  void put_gateways(Node& map) {
    put_switched(map, "internetGateway", "internet_gateways", "igw");
    put_switched(map, "egressOnlyIgw", "egress_only_gateways", "eigw");
    if (const Node* vpn = config_.find("virtualPrivateGateway")) {
      put_gateway(map, "vpn_gateways", "vgw", vpn->where);
    }
  }

  void put_switched(Node& map, const char* key, const char* table,
                    const char* name) {
    const auto on = config_.flag(key, false);
    if (on.value_or(true)) put_gateway(map, table, name, config_.where(key));
  }

  LzaNetwork& network_;
  const LzaVpc& vpc_;
  const LzaObject& config_;
  std::map<std::string, std::vector<std::string>> acls_;
  bool acls_open_ = false;  ///< one is for a subnet that nobody knows
};

}  // namespace

void find_lza_vpcs(LzaNetwork& network) {
  find_written(network);
  find_made(network);
  for (LzaVpc& vpc : network.vpcs) {
    for (const LzaObject& one : vpc.config.objects("subnets", "subnet")) {
      vpc.subnets.emplace(one.text("name"), one);
    }
  }
}

void build_lza_vpcs(LzaNetwork& network) {
  for (const LzaVpc& vpc : network.vpcs) {
    VpcBuilder{network, vpc}.find_doubts();
  }
  for (const LzaVpc& vpc : network.vpcs) VpcBuilder{network, vpc}.build();
}

}  // namespace netproof::io
