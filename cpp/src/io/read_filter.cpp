#include <fmt/format.h>

#include "io/filter_line.hpp"
#include "io/for_each_vpc.hpp"
#include "io/target.hpp"

namespace netproof::io {
namespace {

constexpr int kLastAclRule = 32766;

std::optional<Peer> read_peer(Problems& problems, const Node& node) {
  if (!node.is_scalar() || (!node.text.starts_with("sg:") &&
                            !node.text.starts_with("prefix_list:"))) {
    const auto prefix = read_prefix(problems, node);
    if (!prefix) return std::nullopt;
    return Peer{*prefix};
  }
  const auto named = read_kind_name(problems, node, {"sg", "prefix_list"}, {});
  if (!named) return std::nullopt;
  if (named->kind == "sg") {
    return Peer{Ref<SecurityGroup>{named->name, std::nullopt, node.where}};
  }
  return Peer{Ref<PrefixList>{named->name, std::nullopt, node.where}};
}

// The peers of one rule; what stands for VPCs goes to `pending`.
OpenList<Peer> read_peers(Problems& problems, const Node& list, bool ingress,
                          std::size_t rule,
                          std::vector<PendingPeers>& pending) {
  return read_open_list<Peer>(problems, list, [&](const Node& item, auto& out) {
    const int before = problems.failures();
    if (item.is_map()) {
      auto prefixes = read_vpc_prefixes(problems, item, true);
      if (problems.failures() != before) return;
      pending.push_back({ingress, rule, out.size(), std::move(prefixes)});
    } else if (auto peer = read_peer(problems, item)) {
      out.push_back(std::move(*peer));
    }
  });
}

void read_group_rule(Problems& problems, const Node& node, bool ingress,
                     std::vector<SecurityGroupRule>& rules,
                     std::vector<PendingPeers>& pending) {
  const int before = problems.failures();
  std::vector<PendingPeers> found;
  Fields fields{problems, node, "security group rule"};
  if (!node.is_map()) return;
  SecurityGroupRule rule;
  rule.where = node.where;
  rule.name = fields.text("name");
  rule.service = read_open_service(fields);
  fields.prose("description");
  if (const Node* list = fields.need(ingress ? "sources" : "destinations")) {
    rule.peers = read_peers(problems, *list, ingress, rules.size(), found);
  }
  refuse_schedule(fields);
  fields.finish();
  if (problems.failures() != before) return;
  rules.push_back(std::move(rule));
  pending.insert(pending.end(), found.begin(), found.end());
}

OpenList<SecurityGroupRule> read_group_rules(
    Problems& problems, const Node& node, bool ingress,
    const std::string& prefix, std::vector<PendingPeers>& pending) {
  auto list = read_open_list<SecurityGroupRule>(
      problems, node, [&](const Node& item, auto& out) {
        read_group_rule(problems, item, ingress, out, pending);
      });
  int number = 0;
  for (SecurityGroupRule& rule : list.items) {
    ++number;
    if (rule.name.empty()) rule.name = fmt::format("{} #{}", prefix, number);
  }
  return list;
}

WrittenPrefix everything(Family family, const Location& where) {
  WrittenPrefix prefix;
  prefix.prefix = IpPrefix::all(family);
  prefix.exact = prefix.prefix;
  prefix.text = to_string(prefix.prefix);
  prefix.where = where;
  return prefix;
}

// The line that AWS puts into a new group (S70).
SecurityGroupRule everything_out(const SecurityGroup& group) {
  SecurityGroupRule rule;
  rule.name = fmt::format("sg:{} egress default", group.name);
  rule.service = {TransportSet::all(), false, group.where};
  rule.peers.items = {everything(Family::kV4, group.where),
                      everything(Family::kV6, group.where)};
  rule.where = group.where;
  return rule;
}

void read_acl_entry(Problems& problems, const Node& node,
                    std::vector<AclEntry>& entries) {
  const int before = problems.failures();
  Fields fields{problems, node, "network ACL rule"};
  if (!node.is_map()) return;
  AclEntry entry;
  entry.where = node.where;
  if (const Node* number = fields.need("rule")) {
    entry.number = read_int(problems, *number, 1, kLastAclRule).value_or(0);
  }
  entry.allow = read_action(fields);
  entry.service = read_open_service(fields);
  fields.prose("description");
  if (const Node* cidr = fields.need("cidr")) {
    entry.cidr.where = cidr->where;
    entry.cidr.unknown = cidr->is_unknown();
    if (!entry.cidr.unknown) {
      entry.cidr.value = read_prefix(problems, *cidr).value_or(WrittenPrefix{});
    }
  }
  refuse_schedule(fields);
  fields.finish();
  if (problems.failures() == before) entries.push_back(std::move(entry));
}

OpenList<AclEntry> read_acl_entries(Fields& fields, const char* key) {
  const Node* node = fields.find(key);
  if (node == nullptr) return {};
  return read_open_list<AclEntry>(
      fields.problems(), *node, [&](const Node& item, auto& out) {
        read_acl_entry(fields.problems(), item, out);
      });
}

}  // namespace

void read_prefix_list(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, PrefixList& list) {
    list.entries = fields.prefixes(fields.need("entries"));
  };
  record_lost(draft, "prefix_lists",
              read_object(draft, node, {"prefix_lists", "prefix list"},
                          draft.parts.prefix_lists, body));
}

void read_security_group(Draft& draft, const Node& node,
                         const VpcOwner& owner) {
  static const InVpc words{"security_groups",
                           "security group",
                           "carried",
                           "name the group in 'security_groups' of its VPC",
                           {}};
  const auto body = [&](Fields& fields, SecurityGroup& group, auto& pending) {
    if (const Node* ingress = fields.find("ingress")) {
      group.ingress =
          read_group_rules(draft.problems, *ingress, true,
                           fmt::format("sg:{} ingress", group.name), pending);
    }
    if (const Node* egress = fields.find("egress")) {
      group.egress =
          read_group_rules(draft.problems, *egress, false,
                           fmt::format("sg:{} egress", group.name), pending);
    } else {
      group.egress.items.push_back(everything_out(group));
    }
  };
  record_lost(
      draft, words.kind,
      read_in_vpc(draft, node, owner, words,
                  VpcTable{draft.parts.security_groups, draft.groups}, body));
}

void read_network_acl(Draft& draft, const Node& node, const VpcOwner& owner) {
  static const InVpc words{"network_acls", "network ACL", nullptr, "", {}};
  const auto body = [&](Fields& fields, NetworkAcl& acl, auto&) {
    acl.inbound = read_acl_entries(fields, "inbound");
    acl.outbound = read_acl_entries(fields, "outbound");
  };
  record_lost(
      draft, words.kind,
      read_in_vpc(draft, node, owner, words,
                  VpcTable{draft.parts.network_acls, draft.acls}, body));
}

}  // namespace netproof::io
