// What nobody knows, and what it makes unknown.
#include <algorithm>
#include <array>
#include <utility>

#include "io/declared_network.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;

/// What says where a resource is: without it nobody knows what it changes.
struct Home {
  AwsFamily family;
  std::string_view key;
};

constexpr auto kHomes = std::to_array<Home>({
    {F::kSubnets, "VpcId"},
    {F::kRouteTables, "VpcId"},
    {F::kNetworkAcls, "VpcId"},
    {F::kSecurityGroups, "VpcId"},
    {F::kInterfaces, "SubnetId"},
    {F::kNatGateways, "SubnetId"},
    {F::kEndpoints, "VpcId"},
    {F::kVpcAttachments, "VpcId"},
    {F::kVpcAttachments, "TransitGatewayId"},
    {F::kTransitAttachments, "TransitGatewayId"},
    {F::kTransitTables, "TransitGatewayId"},
});

// The elements under `key`; none if there is no such list.
std::vector<AwsValue::Member> elements(const AwsValue& map,
                                       std::string_view key) {
  const AwsValue* value = map.find(key);
  return value == nullptr ? std::vector<AwsValue::Member>{} : value->members;
}

}  // namespace

void DeclaredNetwork::doubt(Sort sort, const std::string& why,
                            const AwsValue& at) {
  doubts_.try_emplace(sort, Doubt{why, at});
}

void DeclaredNetwork::doubt_all(const std::string& why, const AwsValue& at) {
  for (const Sort sort : {Sort::kRoutes, Sort::kAcls, Sort::kGroups,
                          Sort::kTransit, Sort::kSubnets}) {
    doubt(sort, why, at);
  }
  doubt_public("", why, at);
  add_unlisted_interfaces();
  add_stranger(why, at);
}

void DeclaredNetwork::add_stranger(const std::string& why, const AwsValue& at) {
  gap(at, why, "where packets go is unknown");
  AwsValue value = ValueMaker::map(at);
  put(value, "Id", maker_.text(why, at));
  add(F::kUnmodelled, std::move(value), why);
}

void DeclaredNetwork::doubt_public(const std::string& vpc,
                                   const std::string& why, const AwsValue& at) {
  public_doubts_.try_emplace(vpc, Doubt{why, at});
}

void DeclaredNetwork::assume_idle(const std::string& provider) {
  if (!idle_providers_.insert(provider).second) return;
  Assumption assumption;
  assumption.id = "what the provider " + provider + " makes";
  assumption.subject = provider;
  assumption.value = "no part of the network of AWS";
  assumption.why = "its resources are not read, and name no part of it";
  reading_.draft.parts.assumptions.push_back(std::move(assumption));
}

void DeclaredNetwork::doubt_labels(const std::string& why, const AwsValue& at) {
  reading_.draft.unlabelled.push_back(
      {"value-is-known", maker_.file().source.at(at.begin, at.end),
       "a tag is known, because rules select by it", why,
       "every verdict is unknown while it is not"});
}

void DeclaredNetwork::gap(const AwsValue& at, const std::string& about,
                          const std::string& help) {
  reading_.gap("value-is-known", maker_.file().source.at(at.begin, at.end),
               "what routing or filtering depends on is known", about, help);
}

AwsValue DeclaredNetwork::open_permission(const Doubt& doubt) const {
  AwsValue permission = ValueMaker::map(doubt.at);
  put(permission, "IpProtocol", maker_.unknown(doubt.why, doubt.at));
  return permission;
}

void DeclaredNetwork::leave_out_homeless() {
  for (Declared& one : declared_) {
    for (const Home& home : kHomes) {
      const AwsValue* value =
          home.family == one.family ? one.value.find(home.key) : nullptr;
      if (value == nullptr || !is_unknown(*value)) continue;
      doubt_all(std::string(value->text), *value);
      one.left_out = true;
    }
  }
}

void DeclaredNetwork::open_lists(AwsFamily family, std::string_view key,
                                 const Doubt& doubt) {
  for (Declared& one : declared_) {
    if (one.family != family) continue;
    replace(one.value, key, maker_.unknown(doubt.why, doubt.at));
  }
}

void DeclaredNetwork::open_transit(const Doubt& doubt) {
  open_lists(F::kStaticRoutes, "Routes", doubt);
  for (const Declared& one : declared_) {
    if (one.family == F::kTransitGateways) {
      reading_.snapshot.doubted.emplace(
          known_text(one.value, "TransitGatewayId"));
    }
    if (one.family != F::kTransitTables) continue;
    const std::string id{known_text(one.value, "TransitGatewayRouteTableId")};
    add(F::kTransitAssociations, ValueMaker::map(doubt.at), id);
    add(F::kTransitPropagations, ValueMaker::map(doubt.at), id);
  }
}

void DeclaredNetwork::open_groups(const Doubt& doubt) {
  for (Declared& one : declared_) {
    if (one.family != F::kSecurityGroups) continue;
    push(one.value, "IpPermissions", open_permission(doubt));
    push(one.value, "IpPermissionsEgress", open_permission(doubt));
  }
}

void DeclaredNetwork::open_blocks(const Doubt& doubt) {
  reading_.snapshot.more_subnets = true;
  for (Declared& one : declared_) {
    if (one.family != F::kVpcs) continue;
    push(one.value, "CidrBlockAssociationSet",
         maker_.unknown(doubt.why, doubt.at));
  }
}

void DeclaredNetwork::apply(Sort sort, const Doubt& doubt) {
  switch (sort) {
    case Sort::kRoutes:
      open_lists(F::kRouteTables, "Routes", doubt);
      return;
    case Sort::kAcls:
      open_lists(F::kNetworkAcls, "Entries", doubt);
      return;
    case Sort::kTransit:
      open_transit(doubt);
      return;
    case Sort::kGroups:
      open_groups(doubt);
      return;
    case Sort::kSubnets:
      open_blocks(doubt);
      return;
  }
}

// The doubt about public addresses of a VPC that the gateway is attached to.
const DeclaredNetwork::Doubt* DeclaredNetwork::public_doubt(
    const AwsValue& gateway) const {
  const AwsValue* list = gateway.find("Attachments");
  const auto anywhere = public_doubts_.find("");
  const bool any = list != nullptr && is_unknown(*list);
  if (any && anywhere != public_doubts_.end()) return &anywhere->second;
  for (const auto& attached : elements(gateway, "Attachments")) {
    auto found =
        public_doubts_.find(std::string(known_text(attached.value, "VpcId")));
    if (found == public_doubts_.end()) found = anywhere;
    if (found != public_doubts_.end()) return &found->second;
  }
  return nullptr;
}

// Without gateways, what is routed to the internet is unknown: it may come
// back to a public address that nobody knows. What the internet itself sends
// is for whoever judges: the gap tells.
void DeclaredNetwork::hide_gateways() {
  bool doubted = false;
  for (const Declared& one : declared_) {
    const Doubt* doubt =
        one.family == F::kInternetGateways ? public_doubt(one.value) : nullptr;
    if (doubt == nullptr) continue;
    doubted = true;
    reading_.gap("public-addresses-are-known",
                 maker_.file().source.at(doubt->at.begin, doubt->at.end),
                 "the public addresses of a network are known", doubt->why,
                 "what the internet can call is unknown");
  }
  if (!doubted) return;
  for (Declared& one : declared_) {
    if (one.family != F::kInternetGateways) continue;
    one.left_out = true;
    for (const auto& attached : elements(one.value, "Attachments")) {
      reading_.snapshot.doubted.emplace(known_text(attached.value, "VpcId"));
    }
  }
}

}  // namespace netproof::io
