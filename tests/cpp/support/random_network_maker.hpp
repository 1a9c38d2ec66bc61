#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/network.hpp"
#include "support/random_network.hpp"

namespace netproof::testing {

/// Throws the dice for one network, part by part. What several parts need is
/// kept as names and blocks.
class NetworkMaker {
 public:
  explicit NetworkMaker(std::uint32_t seed);

  RandomNetwork make();

 private:
  struct SubnetPlan {
    std::string name;
    std::vector<IpPrefix> blocks;
    std::string zone;
  };
  struct VpcPlan {
    std::string name;
    std::uint32_t number = 0;
    std::vector<IpPrefix> blocks;
    std::vector<SubnetPlan> subnets;
    Texts tables;
    Texts groups;
    Texts acls;
    Texts targets;      ///< of routes, the likely ones more than once
    Texts middleboxes;  ///< targets that work inside the VPC
    Texts gateways_v6;
    Texts entries;  ///< subnets in which transit gateways enter
    bool vgw = false;
  };

  bool doubt(const std::string& what);
  bool has(std::uint32_t chance, const std::string& what);
  void note(const std::string& what) { features_.insert(what); }
  static IpPrefix block_in(IpPrefix outer, int length, std::uint32_t at);
  static IpAddress host_in(IpPrefix block, std::uint32_t at);
  static Texts texts(const std::vector<IpPrefix>& blocks);
  std::string some_block();
  std::string service();

  // random_network.cpp: VPCs.
  void plan_vpc(std::uint32_t number);
  void plan_subnets(VpcPlan& plan);
  void make_lists();
  void make_vpc(VpcPlan& plan);
  void make_subnets(VpcPlan& plan);
  void make_interfaces(VpcPlan& plan, const SubnetPlan& subnet);
  void finish_interface(Interface& made, const SubnetPlan& subnet,
                        const VpcPlan& plan);
  Texts some_groups(const VpcPlan& plan);
  void make_gateways(VpcPlan& plan);
  void make_boxes(VpcPlan& plan);
  void make_peerings();
  void make_tables(VpcPlan& plan);
  void make_inspection(const VpcPlan& plan);
  std::vector<Line> base_lines(const VpcPlan& plan);
  Line line(const VpcPlan& plan);
  void make_edge_table(VpcPlan& plan, const std::string& gateway);

  // random_filters.cpp
  void make_groups(VpcPlan& plan);
  const VpcPlan& referred(const VpcPlan& plan);
  GroupLine group_line(const VpcPlan& plan, bool ingress);
  void make_acls(VpcPlan& plan);
  std::vector<AclLine> acl_lines(bool inbound);
  std::string firewall(const std::string& name, const Texts& segments,
                       const Texts& neighbours);

  // random_hybrid.cpp
  void plan_transit();
  void make_transit();
  void attach_vpcs(const std::string& gateway);
  void attach_hybrid(const std::string& gateway);
  void make_transit_tables(const std::string& gateway);
  Line transit_line(const Texts& attachments);
  void finish_attachment(TransitAttachment& made);
  void plan_sites();
  void make_sites();
  void make_links();
  void link(Open<bool>& up, std::optional<int>& preference);
  std::optional<int> med();
  Texts advertised(const std::string& site);
  void make_segments();
  std::vector<Line> router_lines(const Texts& others);

  // random_firewalls.cpp, with dice of their own: what else a network holds
  // does not depend on them.
  void make_firewalls();
  void guard_entries(const VpcPlan& plan);
  std::string network_firewall(const std::string& vpc);
  Texts rule_groups(const std::string& name, bool stateful);
  FirewallText firewall_line(bool stateful);
  Texts firewall_side();
  bool fire_doubt(const std::string& what);

  Dice dice_;
  Dice fire_;
  Network net_;
  std::uint32_t doubts_ = 0;  ///< per mille
  /// One transit gateway carries nearly everything between the VPCs, the group
  /// references too.
  bool hub_ = false;
  /// Which groups refer to groups: none, to those of their VPC, to any. What
  /// few refer to, an engine may overlook.
  enum class References { kNone, kOwn, kAny } references_ = References::kAny;
  std::set<std::string> features_;
  std::vector<VpcPlan> vpcs_;
  Texts gateways_;  ///< transit gateways
  Texts sites_;
  std::vector<std::pair<std::string, std::string>> site_blocks_;
  Texts direct_connects_;
  Texts blocks_;  ///< every block that something may route or match
  Texts listed_;  ///< what the prefix list of the transit tables holds
  Texts attachments_;
  std::uint32_t publics_ = 0;
  std::uint32_t firewalls_ = 0;
};

}  // namespace netproof::testing
