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
template <class Line, class Write>
YamlTree lines(OpenList<Line> list, Write write) {
  std::erase_if(list.items, [](const Line& line) {
    return !line.service.unknown && line.service.value.empty();
  });
  return written_list(list, write);
}

YamlTree group_rules(const OpenList<SecurityGroupRule>& rules,
                     const char* peers) {
  return lines(rules, [&](const SecurityGroupRule& rule) {
    YamlTree tree = YamlTree::object();
    put_text(tree, "name", rule.name);
    tree["service"] = written(rule.service);
    tree[peers] = written_list(rule.peers, peer);
    return tree;
  });
}

YamlTree security_group(const SecurityGroup& group) {
  YamlTree tree = written_object(group);
  tree["vpc"] = written(group.vpc);
  tree["ingress"] = group_rules(group.ingress, "sources");
  tree["egress"] = group_rules(group.egress, "destinations");
  return tree;
}

YamlTree acl_entry(const AclEntry& entry) {
  YamlTree tree = YamlTree::object();
  tree["rule"] = entry.number;
  tree["action"] = written_action(entry.allow);
  tree["service"] = written(entry.service);
  tree["cidr"] = written(entry.cidr);
  return tree;
}

YamlTree network_acl(const NetworkAcl& acl) {
  YamlTree tree = written_object(acl);
  tree["vpc"] = written(acl.vpc);
  tree["inbound"] = lines(acl.inbound, acl_entry);
  tree["outbound"] = lines(acl.outbound, acl_entry);
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
