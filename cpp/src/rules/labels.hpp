#pragma once

#include <map>
#include <string>
#include <vector>

#include "netproof/model/topology.hpp"

namespace netproof {

/// The labels of objects with those that they inherit: account -> VPC ->
/// subnet -> interface, and account -> whatever else names one. The nearer
/// label wins; `account`, `ou` and `region` are labels as in zones of rules.
/// Refers to the parts. COST: linear in the labels of accounts and VPCs.
class LabelIndex {
 public:
  explicit LabelIndex(const TopologyParts& parts);

  Labels of(const Object& object) const;
  Labels of(const Account& account) const;
  Labels of(const Vpc& vpc) const;
  Labels of(const Interface& interface) const;
  Labels of(const NatGateway& gateway) const;
  Labels of(const TransitAttachment& attachment) const;
  Labels of(const Host& host) const;
  Labels of(const InternetGateway& gateway) const;
  Labels of(const VpnGateway& gateway) const;
  /// Subnet, RouteTable, SecurityGroup, NetworkAcl, Endpoint,
  /// EgressOnlyGateway.
  template <class Kind>
  requires requires(const Kind& object) { Ref<Vpc>{object.vpc}; }
  Labels of(const Kind& object) const { return inside(object, object.vpc); }

  /// By the id of a VPC.
  const Labels& of_vpc(std::size_t vpc) const { return vpcs_.at(vpc); }

 private:
  Labels inside(const Object& object, const Ref<Vpc>& vpc) const;
  Labels inside(const Object& object, const Ref<Subnet>& subnet) const;

  const TopologyParts& parts_;
  std::map<std::string, const Account*> accounts_;
  std::vector<Labels> vpcs_;
};

/// Every key of `choice` is a label with one of its values.
bool matches(const Labels& labels, const LabelChoice& choice);

/// "department: sales, environment: dev or test"; "any label" if empty.
std::string to_string(const LabelChoice& choice);

}  // namespace netproof
