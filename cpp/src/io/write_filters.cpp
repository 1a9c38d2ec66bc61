#include <fmt/format.h>

#include "io/write_parts.hpp"

namespace netproof::io {
namespace {

YamlTree peer(const Peer& peer) {
  if (const auto* prefix = std::get_if<WrittenPrefix>(&peer)) {
    return written(*prefix);
  }
  if (const auto* list = std::get_if<Ref<PrefixList>>(&peer)) {
    return fmt::format("prefix_list:{}", list->name);
  }
  return fmt::format("sg:{}", std::get<Ref<SecurityGroup>>(peer).name);
}

// The lines of one direction. A line that matches nothing is none.
YamlTree group_rules(const OpenList<SecurityGroupRule>& rules,
                     const char* peers) {
  YamlTree list = YamlTree::array();
  for (const SecurityGroupRule& rule : rules.items) {
    if (!rule.service.unknown && rule.service.value.empty()) continue;
    YamlTree tree = YamlTree::object();
    put_text(tree, "name", rule.name);
    tree["service"] = written(rule.service);
    tree[peers] = written_list(rule.peers, peer);
    list.push_back(std::move(tree));
  }
  if (rules.open) list.push_back(nullptr);
  return list;
}

YamlTree security_group(const SecurityGroup& group) {
  YamlTree tree = written_object(group);
  tree["vpc"] = written(group.vpc);
  tree["ingress"] = group_rules(group.ingress, "sources");
  tree["egress"] = group_rules(group.egress, "destinations");
  return tree;
}

YamlTree acl_entries(const OpenList<AclEntry>& entries) {
  YamlTree list = YamlTree::array();
  for (const AclEntry& entry : entries.items) {
    if (!entry.service.unknown && entry.service.value.empty()) continue;
    YamlTree tree = YamlTree::object();
    tree["rule"] = entry.number;
    tree["action"] = written_action(entry.allow);
    tree["service"] = written(entry.service);
    tree["cidr"] = written(entry.cidr);
    list.push_back(std::move(tree));
  }
  if (entries.open) list.push_back(nullptr);
  return list;
}

YamlTree network_acl(const NetworkAcl& acl) {
  YamlTree tree = written_object(acl);
  tree["vpc"] = written(acl.vpc);
  tree["inbound"] = acl_entries(acl.inbound);
  tree["outbound"] = acl_entries(acl.outbound);
  return tree;
}

YamlTree prefix_list(const PrefixList& list) {
  YamlTree tree = written_object(list);
  tree["entries"] = written(list.entries);
  return tree;
}

}  // namespace

void write_filters(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "prefix_lists", parts.prefix_lists, prefix_list);
  put_table(file, "security_groups", parts.security_groups, security_group);
  put_table(file, "network_acls", parts.network_acls, network_acl);
}

}  // namespace netproof::io
