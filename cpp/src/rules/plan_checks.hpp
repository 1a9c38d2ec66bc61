#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/rules/plan.hpp"

namespace netproof {

// The checks of the tables plan_table_*.cpp; each reports one kind of finding.
void check_host_bits(const PlanContext& context, std::vector<Finding>& found);
void check_link_local(const PlanContext& context, std::vector<Finding>& found);
void check_vpc_sizes(const PlanContext& context, std::vector<Finding>& found);
void check_subnet_sizes(const PlanContext& context,
                        std::vector<Finding>& found);
void check_subnets_in_vpc(const PlanContext& context,
                          std::vector<Finding>& found);
void check_subnet_overlaps(const PlanContext& context,
                           std::vector<Finding>& found);
void check_secondary_cidrs(const PlanContext& context,
                           std::vector<Finding>& found);
void check_prefix_overlaps(const PlanContext& context,
                           std::vector<Finding>& found);
void check_peered_vpcs(const PlanContext& context, std::vector<Finding>& found);
void check_references(const PlanContext& context, std::vector<Finding>& found);
void check_associations(const PlanContext& context,
                        std::vector<Finding>& found);
void check_gateways_of_tables(const PlanContext& context,
                              std::vector<Finding>& found);
void check_route_targets(const PlanContext& context,
                         std::vector<Finding>& found);
void check_static_routes(const PlanContext& context,
                         std::vector<Finding>& found);
void check_pierced_blackholes(const PlanContext& context,
                              std::vector<Finding>& found);
void check_swallowed_members(const PlanContext& context,
                             std::vector<Finding>& found);
void check_covered_blackholes(const PlanContext& context,
                              std::vector<Finding>& found);
void check_hidden_propagations(const PlanContext& context,
                               std::vector<Finding>& found);
void check_expectations(const PlanContext& context,
                        std::vector<Finding>& found);
void check_blocks(const PlanContext& context, std::vector<Finding>& found);
void check_allocations(const PlanContext& context, std::vector<Finding>& found);
void check_gateway_endpoints(const PlanContext& context,
                             std::vector<Finding>& found);
void check_meds(const PlanContext& context, std::vector<Finding>& found);
void check_communities(const PlanContext& context, std::vector<Finding>& found);
void check_records(const PlanContext& context, std::vector<Finding>& found);
void check_site_links(const PlanContext& context, std::vector<Finding>& found);

class LabelIndex;
/// The part of check_expectations that is about prefixes and subnets.
void check_claims(const PlanContext& context, const LabelIndex& labels,
                  std::vector<Finding>& found);

void check_used_routes(const PlanContext& context, std::vector<Finding>& found);
void check_redundant_routes(const PlanContext& context,
                            std::vector<Finding>& found);
void check_contradictions(const PlanContext& context,
                          std::vector<Finding>& found);
void check_used_tables(const PlanContext& context, std::vector<Finding>& found);
void check_route_owners(const PlanContext& context,
                        std::vector<Finding>& found);

void check_interface_places(const PlanContext& context,
                            std::vector<Finding>& found);
void check_interface_addresses(const PlanContext& context,
                               std::vector<Finding>& found);
void check_interface_twins(const PlanContext& context,
                           std::vector<Finding>& found);
void check_attached_zones(const PlanContext& context,
                          std::vector<Finding>& found);
void check_broken_references(const PlanContext& context,
                             std::vector<Finding>& found);
void check_group_references(const PlanContext& context,
                            std::vector<Finding>& found);
void check_redundant_entries(const PlanContext& context,
                             std::vector<Finding>& found);
void check_source_conditions(const PlanContext& context,
                             std::vector<Finding>& found);
void check_endpoint_requests(const PlanContext& context,
                             std::vector<Finding>& found);
void check_path_mtu(const PlanContext& context, std::vector<Finding>& found);
void check_pod_names(const PlanContext& context, std::vector<Finding>& found);
void check_reached_lines(const PlanContext& context,
                         std::vector<Finding>& found);
void check_received_prefixes(const PlanContext& context,
                             std::vector<Finding>& found);
void check_associated_gateways(const PlanContext& context,
                               std::vector<Finding>& found);
void check_association_kinds(const PlanContext& context,
                             std::vector<Finding>& found);
void check_allowed_prefixes(const PlanContext& context,
                            std::vector<Finding>& found);
void check_advertised_prefixes(const PlanContext& context,
                               std::vector<Finding>& found);
void check_quotas(const PlanContext& context, std::vector<Finding>& found);

/// A finding of a kind in the table, with its level and fix.
Finding make_finding(std::string_view id, std::string message, Location source,
                     std::string subject);

/// What a written prefix is for.
enum class PrefixUse {
  kVpc,
  kSubnet,
  kSite,
  kSegment,
  kRoute,       ///< of a VPC, transit or router table
  kAdvertised,  ///< by a site, or allowed at a Direct Connect gateway
  kFilter,      ///< in a prefix list, ACL, group or firewall line
  kPlan,        ///< an address block, or in a claim
};

/// Calls `visit` for every prefix in the topology, in the order of the kinds,
/// with the object that holds it ("tgw-rtb:prod").
void for_each_prefix(
    const TopologyParts& parts,
    const std::function<void(const WrittenPrefix&, PrefixUse,
                             const std::string& holder)>& visit);

}  // namespace netproof
