#include "rules/labels.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace netproof {

namespace {

void inherit(Labels& labels, const Labels& from) {
  labels.insert(from.begin(), from.end());
}

Labels own_labels(const Object& object) {
  Labels labels = object.labels;
  if (!object.account.empty()) labels.try_emplace("account", object.account);
  return labels;
}

}  // namespace

LabelIndex::LabelIndex(const TopologyParts& parts) : parts_{parts} {
  for (const Account& account : parts.accounts) {
    accounts_.emplace(account.name, &account);
    if (!account.id.empty()) accounts_.emplace(account.id, &account);
  }
  vpcs_.reserve(parts.vpcs.size());
  for (const Vpc& vpc : parts.vpcs) vpcs_.push_back(of(vpc));
}

Labels LabelIndex::of(const Object& object) const {
  Labels labels = own_labels(object);
  const auto at = accounts_.find(object.account);
  if (at != accounts_.end()) inherit(labels, of(*at->second));
  return labels;
}

Labels LabelIndex::of(const Account& account) const {
  Labels labels = account.labels;
  labels["account"] = account.name;
  if (!account.organisational_unit.empty()) {
    labels.try_emplace("ou", account.organisational_unit);
  }
  return labels;
}

Labels LabelIndex::of(const Vpc& vpc) const {
  const Object& object = vpc;
  Labels labels = of(object);
  if (!vpc.region.empty()) labels.try_emplace("region", vpc.region);
  return labels;
}

Labels LabelIndex::of(const Interface& interface) const {
  return inside(interface, interface.subnet);
}

Labels LabelIndex::of(const NatGateway& gateway) const {
  return inside(gateway, gateway.subnet);
}

Labels LabelIndex::of(const TransitAttachment& attachment) const {
  return attachment.vpc ? inside(attachment, *attachment.vpc)
                        : of(static_cast<const Object&>(attachment));
}

Labels LabelIndex::of(const InternetGateway& gateway) const {
  return gateway.vpc ? inside(gateway, *gateway.vpc)
                     : of(static_cast<const Object&>(gateway));
}

Labels LabelIndex::of(const VpnGateway& gateway) const {
  return gateway.vpc ? inside(gateway, *gateway.vpc)
                     : of(static_cast<const Object&>(gateway));
}

Labels LabelIndex::of(const Host& host) const {
  const Object& object = host;
  Labels labels = of(object);
  if (host.segment) {
    const Object& segment = parts_.segments.at(host.segment.id->index());
    inherit(labels, of(segment));
  }
  return labels;
}

Labels LabelIndex::inside(const Object& object, const Ref<Vpc>& vpc) const {
  if (!vpc) return of(object);
  Labels labels = own_labels(object);
  inherit(labels, vpcs_.at(vpc.id->index()));
  return labels;
}

Labels LabelIndex::inside(const Object& object,
                          const Ref<Subnet>& subnet) const {
  if (!subnet) return of(object);
  Labels labels = own_labels(object);
  inherit(labels, of(parts_.subnets.at(subnet.id->index())));
  return labels;
}

bool matches(const Labels& labels, const LabelChoice& choice) {
  return std::ranges::all_of(choice, [&](const auto& wanted) {
    const auto at = labels.find(wanted.first);
    return at != labels.end() &&
           std::ranges::find(wanted.second, at->second) != wanted.second.end();
  });
}

std::string to_string(const LabelChoice& choice) {
  if (choice.empty()) return "any label";
  std::string text;
  for (const auto& [label, values] : choice) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{}: {}", label, fmt::join(values, " or "));
  }
  return text;
}

}  // namespace netproof
