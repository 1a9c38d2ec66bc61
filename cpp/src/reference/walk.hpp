#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "reference/filters.hpp"
#include "reference/hybrid_lists.hpp"
#include "reference/transit_lines.hpp"
#include "reference/tree.hpp"
#include "reference/view.hpp"

namespace netproof::reference {

/// A table of a VPC; null: the main table that AWS makes (S14).
struct VpcTable {
  Id<Vpc> vpc;
  const RouteTable* written = nullptr;
};

/// What a VPC table says of one destination.
struct VpcStep {
  enum class Kind { kLocal, kTarget, kBlackhole, kNoRoute };
  Kind kind = Kind::kNoRoute;
  TargetKind target = TargetKind::kUnknown;
  std::uint32_t index = 0;
  std::optional<std::uint32_t> attachment;  ///< of a transit gateway, if fixed
  std::string table;
  std::string prefix;  ///< as written
  Location where;
};

/// What a router says of one destination.
struct RouterStep {
  enum class Kind { kSegment, kRouter, kSite, kInternet, kBlackhole, kNoRoute };
  Kind kind = Kind::kNoRoute;
  std::uint32_t index = 0;
  std::string name;  ///< "segment:x", "router:x", "site:x", "internet"
  std::string prefix;
  Location where;
};

/// Follows one packet through the model. Functions take the packet as it
/// stands before their step and return all its ways from there on.
class Walk {
 public:
  struct Options {
    bool listed_only = true;
    bool hops = true;
    const std::function<bool(Place)>* blocked = nullptr;
    /// The request as it was delivered, if this is its reply.
    const Packet* request = nullptr;
    Flow asked;  ///< the request as it was sent
    /// Nodes of the tree; beyond this the rest is not followed.
    std::size_t most_nodes = 0;
  };

  Walk(const View& view, const PortCuts& ports, Options options)
      : view_{view}, ports_{ports}, filters_{view}, options_{options} {}

  Tree send(Place place, const Flow& flow);
  /// Nodes made so far.
  std::size_t nodes() const noexcept { return nodes_; }

 private:
  using Next = std::function<Tree(Packet)>;
  using NextVpc = std::function<Tree(Packet, const VpcStep&)>;
  using NextTransit = std::function<Tree(Packet, const TransitStep&)>;
  template <class What>
  using NextRung = std::function<Tree(Packet, const std::vector<const What*>&)>;

  // walk.cpp: ends, choices, filters.
  Tree end(Packet packet, bool delivered, Place to, Drop drop);
  Tree drop(Packet packet, DropCode code, const std::string& at,
            const std::string& entry = "", const Location& where = {});
  Tree deliver(Packet packet, Place place);
  void hop(Packet& packet, const std::string& at, const std::string& did,
           const std::string& entry = "", const Location& where = {},
           bool translated = false) const;
  Tree give_up(Packet packet);
  bool is_reply() const { return options_.request != nullptr; }
  bool blocked(Place place) const {
    return options_.blocked != nullptr && (*options_.blocked)(place);
  }
  Tree choose(Packet packet, const Fact& fact,
              const std::vector<std::string>& alternatives,
              const std::function<Tree(Packet, std::size_t)>& next);
  Tree share(Packet packet, std::size_t count,
             const std::function<Tree(Packet, std::size_t)>& next);
  Tree yes_no(Packet packet, Answer3 answer, const Fact& fact, const Next& yes,
              const Next& no);
  Tree filter(Packet packet, const Judgement& judgement, DropCode code,
              const Next& next);
  /// Counts a table, router or site; the drop if the packet was here before.
  std::optional<Tree> visit(Packet& packet, const std::string& at, bool table);
  template <class What>
  Tree climb(Packet packet, const std::string& at,
             std::vector<Candidate<What>> candidates,
             const NextRung<What>& next);

  // send.cpp
  Tree send_new(Packet packet);
  Tree send_on(Packet packet);
  Tree from_vpc_place(Packet packet, Place place);

  // walk_vpc.cpp: subnets.
  using EgressFilter = std::function<Tree(Packet, EgressTo, const Next&)>;
  Tree leave_subnet(Packet packet, std::size_t subnet,
                    const EgressFilter& egress);
  Tree act(Packet packet, Id<Vpc> vpc, const VpcStep& step);
  Tree act_on_target(Packet packet, Id<Vpc> vpc, const VpcStep& step);
  bool stays(std::size_t subnet, const VpcStep& step) const;
  EgressTo egress_to(Id<Vpc> vpc, const VpcStep& step) const;
  Tree local(Packet packet, Id<Vpc> vpc);
  Tree enter_subnet(Packet packet, std::size_t subnet, const Next& next);
  Tree arrive(Packet packet, std::size_t subnet);
  Tree owner(Packet packet, std::size_t subnet);
  Tree one_listing(Packet packet, std::size_t subnet,
                   const std::vector<Place>& listing,
                   const std::function<Tree(Packet, Place)>& next);
  Tree subnet_place(Packet packet, std::size_t subnet);
  Tree accept(Packet packet, Place place);
  Tree acl(Packet packet, std::size_t subnet, bool inbound, const Next& next);

  // vpc_table.cpp
  Tree with_table(Packet packet, std::size_t subnet,
                  const std::function<Tree(Packet, VpcTable)>& next);
  Tree main_table(Packet packet, Id<Vpc> vpc, const std::string& at,
                  const std::function<Tree(Packet, VpcTable)>& next);
  Tree any_table(Packet packet, Id<Vpc> vpc, const std::string& at,
                 const std::function<Tree(Packet, VpcTable)>& next);
  Tree decide(Packet packet, VpcTable table, const NextVpc& next);
  Tree decide_open_routes(Packet packet, VpcTable table, const NextVpc& next);
  Tree decide_open_lists(Packet packet, VpcTable table, std::size_t line,
                         const NextVpc& next);
  Tree decide_open_gateways(Packet packet, VpcTable table, std::size_t gateway,
                            const NextVpc& next);
  Tree decide_known(Packet packet, VpcTable table, const NextVpc& next);
  Tree pick(Packet packet, VpcTable table, const std::string& what,
            const std::vector<VpcStep>& steps, const NextVpc& next);
  std::vector<Candidate<VpcStep>> candidates(const Packet& packet,
                                             VpcTable table) const;
  bool belongs(Id<Vpc> vpc, TargetKind kind, std::uint32_t index) const;
  VpcStep step_to(VpcTable table, const RouteTarget& target, bool blackhole,
                  const std::string& prefix, const Location& where) const;
  std::vector<VpcStep> steps_of(VpcTable table, const Route& route,
                                Family family, const std::string& prefix) const;
  std::vector<VpcStep> gateways(VpcTable table, Family family,
                                bool inside) const;
  std::string name_of(VpcTable table) const;
  std::string describe(const VpcStep& step) const;

  // walk_gateways.cpp: NAT gateways, interfaces and endpoints as next hops.
  Tree into_nat(Packet packet, std::uint32_t nat);
  Tree nat_private_address(Packet packet, std::uint32_t nat);
  Tree nat_sends(Packet packet, std::uint32_t nat);
  Tree into_interface(Packet packet, std::uint32_t interface);
  Tree interface_forwards(Packet packet, std::uint32_t interface);
  Tree into_endpoint(Packet packet, Id<Vpc> vpc, std::uint32_t endpoint);
  Tree into_inspection(Packet packet, std::uint32_t endpoint);
  // walk_firewall.cpp
  Tree into_firewall(Packet packet, std::uint32_t endpoint);
  Tree firewall_request(Packet packet, std::uint32_t endpoint);
  Tree firewall_reply(Packet packet, std::uint32_t endpoint);
  Tree out_of_firewall(Packet packet, std::uint32_t endpoint,
                       const std::string& line, const Location& where);
  Tree into_peering(Packet packet, Id<Vpc> vpc, std::uint32_t peering);

  // walk_internet.cpp
  Tree into_internet_gateway(Packet packet, Id<Vpc> vpc, std::uint32_t gateway);
  Tree into_egress_only(Packet packet, Id<Vpc> vpc, std::uint32_t gateway);
  Tree internet(Packet packet);
  std::optional<Tree> internet_answer(const Packet& packet);
  Tree from_internet(Packet packet, Id<Vpc> vpc, std::uint32_t gateway,
                     bool ingress_counts);
  Tree past_public_access(Packet packet, Id<Vpc> vpc, bool ingress_counts,
                          const Next& next);
  Tree through_edge(Packet packet, Id<Vpc> vpc, TargetKind kind,
                    std::uint32_t gateway);

  // transit_table.cpp
  Tree transit_decide(Packet packet, std::uint32_t table,
                      const NextTransit& next);
  Tree transit_open(Packet packet, std::uint32_t table, std::size_t stage,
                    const NextTransit& next);
  Tree transit_known(Packet packet, std::uint32_t table,
                     const NextTransit& next);
  Tree transit_pick(Packet packet, std::uint32_t table,
                    const std::vector<const TransitStep*>& rung, int rank,
                    const NextTransit& next);

  // walk_transit.cpp
  Tree into_transit(Packet packet, Id<Vpc> vpc, const VpcStep& step);
  Tree enter_attachment(Packet packet, std::uint32_t attachment);
  Tree entry_subnet(Packet packet, std::uint32_t attachment,
                    std::optional<std::size_t> subnet);
  Tree with_association(
      Packet packet, std::uint32_t attachment, const std::string& asked_by,
      const std::function<Tree(Packet, std::optional<std::uint32_t>)>& next);
  Tree from_attachment(Packet packet, std::uint32_t attachment);
  Tree out_of_attachment(Packet packet, std::uint32_t attachment);
  Tree into_vpc(Packet packet, std::uint32_t attachment);
  Tree into_vpc_by(Packet packet, Id<Vpc> vpc,
                   std::optional<std::size_t> subnet);
  Tree switched(Packet packet, const Open<bool>& on, const std::string& at,
                const std::string& what, const Next& next, const Next& off);
  Tree available(Packet packet, std::uint32_t attachment, const Next& next);
  Tree carries(Packet packet, std::uint32_t attachment, const Next& next);

  // walk_hybrid.cpp
  Tree into_direct_connect(Packet packet, std::uint32_t gateway);
  Tree from_virtual_interface(Packet packet, std::uint32_t virtual_interface);
  Tree vpn_gateway_to_site(Packet packet, std::uint32_t gateway,
                           std::optional<std::uint32_t> not_site);
  Tree from_link_to_vpn_gateway(Packet packet, std::uint32_t gateway,
                                std::uint32_t site);
  Tree direct_connect_leads(Packet packet, std::uint32_t gateway,
                            std::uint32_t site,
                            const DirectConnectTarget& target);
  Tree ask_open(Packet packet, const std::vector<Fact>& facts,
                const std::function<Tree(Packet, std::size_t)>& yes,
                const Next& none, std::size_t first = 0);
  Tree one_link(Packet packet, const std::string& at,
                const std::vector<const SiteLink*>& links,
                const std::function<Tree(Packet, const SiteLink&)>& take);

  // walk_site.cpp
  Tree into_site(Packet packet, std::uint32_t site, bool by_link);
  Tree beyond_site(Packet packet, std::uint32_t site, bool by_link);
  Tree out_of_site(Packet packet, std::uint32_t site);
  Tree with_vpn_tables(Packet packet, std::uint32_t site, std::size_t vpn,
                       VpnTables tables,
                       const std::function<Tree(Packet, VpnTables)>& next);
  Tree by_link(Packet packet, std::uint32_t site, const SiteLink& link);

  // walk_segment.cpp
  Tree from_segment(Packet packet, std::uint32_t segment);
  Tree into_segment(Packet packet, std::uint32_t segment);
  Tree into_router(Packet packet, std::uint32_t router,
                   const std::string& from);
  Tree out_of_router(Packet packet, std::uint32_t router,
                     const std::string& from, const RouterStep& step);
  Tree past_firewall(Packet packet, const Ref<ZoneFirewall>& firewall,
                     const std::string& from, const std::string& to,
                     const Next& next);

  // walk_cluster.cpp
  Tree from_pod(Packet packet, std::uint32_t pod);
  Tree into_pod(Packet packet, std::uint32_t pod);
  Tree internet_into_cluster(Packet packet, const Cluster& cluster);
  Tree owner_pod(Packet packet, const Cluster& cluster,
                 const std::function<Tree(Packet, std::uint32_t)>& next);
  Tree past_cluster_edge(Packet packet, const Cluster& cluster, const Next& yes,
                         const Next& no);

  // walk_node.cpp
  Tree from_node(Packet packet, Place from);
  Tree within_node(Packet packet, Place from, Place to);
  Tree past_carrier(Packet packet, Place from);
  Tree out_of_node(Packet packet, Place from);
  Tree pod_leaves(Packet packet, std::uint32_t pod);
  Tree with_source_of_node(Packet packet, std::uint32_t pod);
  std::optional<Tree> by_node(const Packet& packet, Place place);

  const View& view_;
  const PortCuts& ports_;
  Filters filters_;
  Options options_;
  std::size_t nodes_ = 0;
};

/// A doubt about a line is a fact of the table `at` that holds it (S137).
template <class What>
Tree Walk::climb(Packet packet, const std::string& at,
                 std::vector<Candidate<What>> candidates,
                 const NextRung<What>& next) {
  const auto as_good = [&](const Candidate<What>& one) {
    return one.length == candidates[0].length && one.rank == candidates[0].rank;
  };
  std::ranges::stable_sort(candidates, [](const auto& a, const auto& b) {
    if (a.length != b.length) return a.length > b.length;
    return a.rank < b.rank;
  });
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Candidate<What>& one = candidates[i];
    if (!as_good(one)) break;
    if (one.doubts.empty()) continue;
    Fact fact = one.doubts.back();
    fact.key = at + " " + to_string(packet.flow.dst) + ": " + fact.key;
    return choose(packet, fact, {"there", "not there"},
                  [this, i, at, candidates, next](Packet p, std::size_t which) {
                    auto rest = candidates;
                    if (which == 0) {
                      rest[i].doubts.pop_back();
                    } else {
                      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
                    }
                    return climb(std::move(p), at, std::move(rest), next);
                  });
  }
  std::vector<const What*> rung;
  for (const Candidate<What>& one : candidates) {
    if (as_good(one)) rung.push_back(&one.what);
  }
  return next(std::move(packet), rung);
}

}  // namespace netproof::reference
