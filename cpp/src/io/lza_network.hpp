#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/lza_accounts.hpp"
#include "io/lza_node.hpp"

namespace netproof::io {

/// One VPC: an entry of `vpcs`, or what a template makes in one account.
struct LzaVpc {
  std::string id;  ///< its name in the topology: NAME, or NAME@ACCOUNT
  std::string name;
  std::string account;
  std::string region;
  LzaObject config;
  bool of_template = false;
  bool certain = true;  ///< it is deployed
  std::map<std::string, LzaObject, std::less<>> subnets = {};  ///< by name
};

struct LzaGateway {
  std::string name;
  std::string account;
  std::string region;
  LzaObject config;
};

/// A landing zone on its way to a topology: what is declared, by name, and the
/// tables of objects that stand for it.
struct LzaNetwork {
  LzaNetwork(LzaReading& of, const LzaFiles& files)
      : reading{of},
        folder{files.folder},
        root{files.root},
        accounts{of, files},
        config{of, files.network, "network file"} {}

  LzaReading& reading;
  std::filesystem::path folder;  ///< of the configuration
  std::filesystem::path root;    ///< places are relative to it
  LzaAccounts accounts;
  LzaObject config;
  std::set<std::string> regions;  ///< enabled ones; empty: not known
  std::vector<LzaVpc> vpcs;
  std::vector<LzaGateway> gateways;
  std::map<std::string, Node> tables;  ///< of the topology
  std::set<std::string> doubted_vpcs;
  std::set<std::string> doubted_gateways;
  bool on_premises = false;  ///< a link leads there
  bool unseen = false;       ///< one leads to what nobody described
  /// Endpoints that inspect, by VPC and name (of a firewall: NAME@ZONE).
  std::set<std::pair<std::string, std::string>> inspection;
  /// NAT gateways that have an address, by VPC and name.
  std::set<std::pair<std::string, std::string>> translators;
  /// Gateway prefix lists of AWS, by Region and service.
  std::set<std::string> service_lists;

  /// Adds an object to a table of the topology.
  void add(const std::string& table, Node object);
  /// The VPCs of that name, in `account` if that is not empty.
  std::vector<const LzaVpc*> named(std::string_view name,
                                   const std::string& account = {}) const;
  const LzaGateway* gateway(std::string_view name) const;
};

/// {name, account} and the labels that tags and `extra` give.
Node lza_map(const std::string& name, const std::string& account,
             const Location& where);
/// Every verdict is unknown if `text`, which may be selected by, is not known.
void need_lza_label(const LzaObject& config, const std::string& text,
                    const Location& where);
/// The labels of `tags`, and others that no tag has.
void put_labels(Node& map, const LzaObject& config,
                const std::vector<std::pair<std::string, std::string>>& others);

/// The CIDRs of a subnet of the configuration: of one family, or of both.
enum class LzaFamily { kV4, kV6, kBoth };
Node subnet_cidrs(const LzaObject& subnet, LzaFamily family);
/// The subnet of that name in a VPC.
std::optional<LzaObject> subnet_named(const LzaVpc& vpc, std::string_view name);
/// The blocks of subnets that `{account, vpc, subnets}` names; an element is
/// `unknown` where nobody knows.
std::vector<Node> blocks_of_subnets(const LzaNetwork& network,
                                    const LzaObject& selection);
/// A prefix, or `unknown` if its text is not resolved.
Node prefix_node(const Node& node);
/// The Availability Zone of a subnet (S164); "" if it is not known.
std::string zone_of(const LzaVpc& vpc, const LzaObject& config,
                    std::string_view key);

/// The name of a table of a transit gateway in the topology.
std::string lza_table_id(std::string_view gateway, std::string_view table);
/// `tables`, with which an attachment is associated by name; unknown where the
/// gateway may have associated it before with its default table (S170).
Node lza_associations(LzaNetwork& network, Node tables,
                      const std::string& gateway);
/// The tables of a transit gateway that an attachment joins by name.
void put_lza_memberships(LzaNetwork& network, Node& map, const LzaObject& one,
                         const std::string& gateway);

/// "tcp/80-90"; "" if the ports make no range.
std::string lza_ports(std::string_view protocol, std::optional<int> first,
                      std::optional<int> last);

// In this order: what raises doubts comes before the tables that show them.
void find_lza_vpcs(LzaNetwork& network);
void find_lza_gateways(LzaNetwork& network);
void build_lza_prefix_lists(LzaNetwork& network);
void build_lza_services(LzaNetwork& network);
void build_lza_hybrid(LzaNetwork& network);
void build_lza_vpcs(LzaNetwork& network);
void build_lza_peerings(LzaNetwork& network);
void build_lza_gateways(LzaNetwork& network);
void build_lza_unseen(LzaNetwork& network);

// Parts of the services.
/// An endpoint that inspects: of a firewall, or of what nobody knows.
void add_lza_inspection(LzaNetwork& network, const LzaVpc& vpc,
                        const std::string& name, const Node& subnet,
                        const std::string& firewall);
/// Rule groups, policies, firewalls and their endpoints (S167).
void add_lza_firewalls(LzaNetwork& network, const LzaObject& service);
Node lza_rule_group(LzaNetwork& network, const LzaObject& config);
/// The action of a stateless rule, or of a policy for what none matches.
Node lza_stateless_action(const LzaObject& config, const char* key);

// Parts of a VPC.
/// Doubts the VPC if its tables are said to belong to unknown gateways.
void find_lza_table_doubts(LzaNetwork& network, const LzaVpc& vpc);
Node lza_route_tables(LzaNetwork& network, const LzaVpc& vpc);
Node lza_security_groups(LzaNetwork& network, const LzaVpc& vpc);
Node lza_network_acls(LzaNetwork& network, const LzaVpc& vpc);
/// The attachments of a VPC to transit gateways.
Node lza_attachments(LzaNetwork& network, const LzaVpc& vpc);

}  // namespace netproof::io
