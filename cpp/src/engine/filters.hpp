#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "engine/network.hpp"
#include "netproof/net/packet_set.hpp"

namespace netproof::engine {

/// What a filter surely permits and what it may permit (S157).
struct Bound {
  PacketSet lower;
  PacketSet upper;
};

/// The groups that a place carries. Ids: the written groups, then for each VPC
/// AWS's default group (S70). `open`: it may carry more.
struct GroupSet {
  std::vector<Index> groups;
  bool open = false;
  bool filters = true;  ///< false: no group at all is asked of it

  friend auto operator<=>(const GroupSet&, const GroupSet&) = default;
};

/// Group references match the carriers of this VPC's groups, surely or only
/// perhaps (S156); kNone: none.
struct Reference {
  Index vpc = kNone;
  bool sure = true;

  friend auto operator<=>(const Reference&, const Reference&) = default;
};

/// The filters of a network as packet sets, made when first asked for. Safe
/// for any number of threads.
class Filters {
 public:
  explicit Filters(const Network& network);

  const GroupSet& of_interface(Index interface) const {
    return interface_groups_[interface];
  }
  const GroupSet& of_subnet(Index subnet) const {
    return subnet_groups_[subnet];
  }

  const Bound& acl(Index acl, bool inbound) const;
  const Bound& groups(const GroupSet& set, bool ingress,
                      Reference reference) const;
  /// Zones by index in the firewall; kNone: no zone.
  const Bound& firewall(Index firewall, Index from, Index to) const;

  static const Bound& everything();
  static const Bound& anything();  ///< nothing for sure, everything perhaps

 private:
  struct Carriers {
    IpSet sure;
    IpSet possible;
  };

  const Carriers& carriers(Index group) const;
  Bound make_groups(const GroupSet& set, bool ingress,
                    Reference reference) const;
  Bound make_rule(const SecurityGroupRule& rule, bool ingress,
                  Reference reference) const;
  Index home_of(Index group) const;
  void add_peer(const Peer& peer, Reference reference, IpSet& sure,
                IpSet& possible) const;

  const Network& network_;
  std::vector<GroupSet> interface_groups_;
  std::vector<GroupSet> subnet_groups_;
  mutable std::mutex mutex_;
  mutable std::map<Index, Carriers> carriers_;
  mutable std::map<std::tuple<Index, bool>, std::unique_ptr<Bound>> acls_;
  mutable std::map<std::tuple<GroupSet, bool, Reference>,
                   std::unique_ptr<Bound>>
      groups_;
  mutable std::map<std::tuple<Index, Index, Index>, std::unique_ptr<Bound>>
      firewalls_;
};

}  // namespace netproof::engine
