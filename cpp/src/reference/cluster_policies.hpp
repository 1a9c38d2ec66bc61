#pragma once

#include <cstdint>
#include <vector>

#include "reference/filters.hpp"
#include "reference/view.hpp"

namespace netproof::reference {

/// Judges single packets by the NetworkPolicies of a pod (S107-S113, S173).
class ClusterPolicies {
 public:
  explicit ClusterPolicies(const View& view) : view_{view} {}

  Judgement ingress(const Flow& flow, std::uint32_t pod) const;
  Judgement egress(const Flow& flow, std::uint32_t pod) const;

 private:
  /// One packet at one pod: who is on the other side.
  struct Meeting;

  Judgement meet(const Flow& flow, std::uint32_t pod, bool ingress,
                 IpAddress other) const;
  Judgement judge(const Meeting& meeting) const;
  static Answer3 at_least(const Meeting& meeting);
  static std::vector<const NetworkPolicy*> applicable(const Meeting& meeting);
  Answer3 policy_allows(const Meeting& meeting, const NetworkPolicy& policy,
                        Judgement& result) const;
  Answer3 rule_allows(const Meeting& meeting, const NetworkPolicy& policy,
                      const PolicyRule& rule) const;
  Answer3 peer_is(const Meeting& meeting, const NetworkPolicy& policy,
                  const PolicyPeer& peer) const;
  Answer3 block_is(const Meeting& meeting, const IpBlock& block) const;
  Answer3 pod_is(const Meeting& meeting, const NetworkPolicy& policy,
                 const PolicyPeer& peer, const Pod& other) const;
  Answer3 port_is(const Meeting& meeting, const PolicyPort& port) const;

  const View& view_;
};

}  // namespace netproof::reference
