// What AWS makes by itself.
#include <utility>

#include "io/declared_network.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;

}  // namespace

bool DeclaredNetwork::is_known(Age age, const std::string& what,
                               const std::string& of) {
  if (age == Age::kNew) return true;
  if (assumes()) assume(what, of);
  return assumes();
}

void DeclaredNetwork::assume(const std::string& what, const std::string& of) {
  Assumption assumption;
  assumption.id = what + " of " + of;
  assumption.subject = of;
  assumption.value = "the defaults of AWS";
  assumption.why = "the configuration does not manage it";
  reading_.draft.parts.assumptions.push_back(std::move(assumption));
}

AwsValue DeclaredNetwork::everyone(bool v6, const AwsValue& at) const {
  AwsValue range = ValueMaker::map(at);
  put(range, v6 ? "CidrIpv6" : "CidrIp",
      maker_.text(v6 ? "::/0" : "0.0.0.0/0", at));
  return range;
}

// AWS lets members of the default group reach each other, and all out (S70).
void DeclaredNetwork::add_default_group(const VpcParts& parts,
                                        const AwsValue& at) {
  if (find(F::kSecurityGroups, parts.group) != nullptr) return;
  AwsValue& group = declare(F::kSecurityGroups, parts.group, at);
  put(group, "GroupName", maker_.text("default", at));
  put(group, "VpcId", maker_.text(parts.vpc, at));
  if (!is_known(parts.age, "the default security group", parts.vpc)) {
    const Doubt doubt{parts.vpc + ": the rules of its default group", at};
    push(group, "IpPermissions", open_permission(doubt));
    push(group, "IpPermissionsEgress", open_permission(doubt));
    return;
  }
  AwsValue self = ValueMaker::map(at);
  put(self, "GroupId", maker_.text(parts.group, at));
  AwsValue in = ValueMaker::map(at);
  put(in, "IpProtocol", maker_.text("-1", at));
  AwsValue out = in;
  push(in, "UserIdGroupPairs", std::move(self));
  push(out, "IpRanges", everyone(false, at));
  push(out, "Ipv6Ranges", everyone(true, at));
  push(group, "IpPermissions", std::move(in));
  push(group, "IpPermissionsEgress", std::move(out));
}

// It allows everything (S76).
void DeclaredNetwork::add_default_acl(const VpcParts& parts,
                                      const AwsValue& at) {
  if (find(F::kNetworkAcls, parts.acl) != nullptr) return;
  AwsValue& acl = declare(F::kNetworkAcls, parts.acl, at);
  put(acl, "VpcId", maker_.text(parts.vpc, at));
  put(acl, "IsDefault", ValueMaker::flag(true, at));
  if (!is_known(parts.age, "the default network ACL", parts.vpc)) {
    put(acl, "Entries",
        maker_.unknown(parts.vpc + ": the entries of its default ACL", at));
    return;
  }
  for (const bool egress : {false, true}) {
    for (const bool v6 : {false, true}) {
      AwsValue entry = ValueMaker::map(at);
      AwsValue number = ValueMaker::flag(true, at);
      number.text = v6 ? "101" : "100";
      put(entry, "RuleNumber", std::move(number));
      put(entry, "Egress", ValueMaker::flag(egress, at));
      put(entry, "Protocol", maker_.text("-1", at));
      put(entry, "RuleAction", maker_.text("allow", at));
      put(entry, v6 ? "Ipv6CidrBlock" : "CidrBlock",
          maker_.text(v6 ? "::/0" : "0.0.0.0/0", at));
      push(acl, "Entries", std::move(entry));
    }
  }
}

void DeclaredNetwork::add_main_table(const VpcParts& parts,
                                     const AwsValue& at) {
  const auto other = main_tables_.find(parts.vpc);
  const bool replaced = other != main_tables_.end();
  const bool named = replaced && !is_unknown(other->second);
  const std::string id = named ? std::string(other->second.text) : parts.table;
  if (AwsValue* declared = find(F::kRouteTables, id)) {
    if (replaced && !named) {
      replace(*declared, "Routes", maker_.unknown(other->second.text, at));
    }
    push(*declared, "Associations", main_association(at));
    return;
  }
  AwsValue& table = declare(F::kRouteTables, id, at);
  put(table, "VpcId", maker_.text(parts.vpc, at));
  const bool known =
      !replaced && is_known(parts.age, "the main route table", parts.vpc);
  if (!known) {
    put(table, "Routes",
        maker_.unknown(parts.vpc + ": the routes of its main table", at));
  }
  push(table, "Associations", main_association(at));
}

AwsValue DeclaredNetwork::main_association(const AwsValue& at) {
  AwsValue main = ValueMaker::map(at);
  put(main, "Main", ValueMaker::flag(true, at));
  return main;
}

void DeclaredNetwork::declare_defaults() {
  for (const auto& [parts, at] : vpcs_) {
    add_default_group(parts, at);
    add_default_acl(parts, at);
    add_main_table(parts, at);
  }
  vpcs_.clear();
}

void DeclaredNetwork::finish_gateway(const GatewayTables& tables,
                                     const AwsValue& at) {
  for (const std::string& id : {tables.association, tables.propagation}) {
    if (id.empty() || find(F::kTransitTables, id) != nullptr) continue;
    AwsValue& routes = add_transit_table(id, tables.gateway, at);
    if (is_known(tables.age, "the default route table", tables.gateway)) {
      continue;
    }
    replace(routes, "Routes",
            maker_.unknown(tables.gateway + ": the routes of its default table",
                           at));
    add(F::kTransitAssociations, ValueMaker::map(at), id);
    add(F::kTransitPropagations, ValueMaker::map(at), id);
  }
}

// A table that is named, and that nobody declares, may hold anything. It
// belongs to the gateway of what joins it.
void DeclaredNetwork::add_unseen_tables() {
  for (const auto& [id, member] : transit_tables_) {
    if (find(F::kTransitTables, id) != nullptr) continue;
    const AwsValue* attachment =
        find(F::kTransitAttachments, std::string(member.text));
    if (attachment == nullptr) {
      doubt_all(id, member);
      continue;
    }
    AwsValue& routes = add_transit_table(
        id, std::string(known_text(*attachment, "TransitGatewayId")), member);
    replace(routes, "Routes", maker_.unknown(id + ": its routes", member));
  }
}

}  // namespace netproof::io
