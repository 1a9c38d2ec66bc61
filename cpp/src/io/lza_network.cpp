#include "io/lza_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace netproof::io {

// Whoever selects by what nobody knows would pass over the object in silence.
void need_lza_label(const LzaObject& config, const std::string& text,
                    const Location& where) {
  if (!is_unresolved(text)) return;
  config.reading().draft.unlabelled.push_back(
      {"landing-zone-is-understood", where,
       "keys and values of tags, and names, are known", text,
       "give it in replacements-config.yaml, as type: String"});
}

void LzaNetwork::add(const std::string& table, Node object) {
  const auto [at, added] = tables.try_emplace(table, list_node(object.where));
  push(at->second, std::move(object));
}

std::vector<const LzaVpc*> LzaNetwork::named(std::string_view name,
                                             const std::string& account) const {
  std::vector<const LzaVpc*> found;
  for (const LzaVpc& vpc : vpcs) {
    if (vpc.name != name) continue;
    if (account.empty() || vpc.account == account) found.push_back(&vpc);
  }
  return found;
}

const LzaGateway* LzaNetwork::gateway(std::string_view name) const {
  const auto at = std::ranges::find(gateways, name, &LzaGateway::name);
  return at == gateways.end() ? nullptr : &*at;
}

Node lza_map(const std::string& name, const std::string& account,
             const Location& where) {
  Node map = map_node(where);
  put_text(map, "name", name, where);
  if (!account.empty()) put_text(map, "account", account, where);
  return map;
}

void put_labels(
    Node& map, const LzaObject& config,
    const std::vector<std::pair<std::string, std::string>>& others) {
  Node labels = map_node(map.where);
  std::set<std::string> taken;
  for (const LzaObject& tag : config.objects("tags", "tag")) {
    const std::string key = tag.text("key");
    const std::string value = tag.text("value");
    need_lza_label(config, key, tag.where("key"));
    need_lza_label(config, value, tag.where("value"));
    if (key.empty() || value.empty() || !taken.insert(key).second) continue;
    put_text(labels, key, value, tag.where());
  }
  for (const auto& [key, value] : others) {
    need_lza_label(config, value, map.where);
    if (value.empty() || !taken.insert(key).second) continue;
    put_text(labels, key, value, map.where);
  }
  if (!labels.keys.empty()) put(map, "labels", std::move(labels));
}

Node prefix_node(const Node& node) {
  if (!node.is_scalar() || is_unresolved(node.text)) {
    return unknown_node(node.where);
  }
  return text_node(node.text, node.where);
}

Node subnet_cidrs(const LzaObject& subnet, LzaFamily family) {
  Node list = list_node(subnet.where());
  const auto take = [&](const char* key) {
    const Node* block = subnet.find(key);
    if (block != nullptr && !subnet.text(key).empty()) {
      push(list, prefix_node(*block));
    }
  };
  if (family != LzaFamily::kV6) {
    take("ipv4CidrBlock");
    if (const Node* pool = subnet.find("ipamAllocation")) {
      push(list, unknown_node(pool->where));
    }
  }
  if (family != LzaFamily::kV4) take("ipv6CidrBlock");
  if (list.items.empty()) push(list, unknown_node(subnet.where()));
  return list;
}

std::optional<LzaObject> subnet_named(const LzaVpc& vpc,
                                      std::string_view name) {
  const auto at = vpc.subnets.find(name);
  if (at == vpc.subnets.end()) return std::nullopt;
  return at->second;
}

std::vector<Node> blocks_of_subnets(const LzaNetwork& network,
                                    const LzaObject& selection) {
  std::vector<Node> blocks;
  const bool v6 = selection.flag("ipv6", false).value_or(false);
  const LzaFamily family = v6 ? LzaFamily::kV6 : LzaFamily::kV4;
  auto names = selection.has("subnets") ? selection.texts("subnets")
                                        : std::vector<const Node*>{};
  if (const Node* one = selection.find("subnet")) names.push_back(one);
  auto vpcs = network.named(selection.text("vpc"), selection.text("account"));
  // All that a template makes have the same blocks; others of a name may not.
  const auto differs = [&](const LzaVpc* one) {
    return !(one->config.where() == vpcs.front()->config.where());
  };
  if (std::ranges::any_of(vpcs, differs)) vpcs.clear();
  for (const Node* name : names) {
    const auto subnet =
        vpcs.empty() ? std::nullopt : subnet_named(*vpcs.front(), name->text);
    if (!subnet) {
      selection.reading().gap(name->where,
                              "a subnet that is referred to is declared",
                              name->text, "its addresses are unknown");
      blocks.push_back(unknown_node(name->where));
      continue;
    }
    for (Node& block : subnet_cidrs(*subnet, family).items) {
      block.where = name->where;
      blocks.push_back(std::move(block));
    }
  }
  if (blocks.empty()) blocks.push_back(unknown_node(selection.where()));
  return blocks;
}

std::string lza_ports(std::string_view protocol, std::optional<int> first,
                      std::optional<int> last) {
  constexpr int kLast = 65535;
  if (!first || !last || *first < 0 || *last < *first || *last > kLast) {
    return {};
  }
  return *first == *last ? fmt::format("{}/{}", protocol, *first)
                         : fmt::format("{}/{}-{}", protocol, *first, *last);
}

std::string zone_of(const LzaVpc& vpc, const LzaObject& config,
                    std::string_view key) {
  const std::string zone = config.text(key);
  if (zone.empty() || is_unresolved(zone)) return {};
  // Letters are mapped to zones anew in each account, numbers are not.
  const bool number = zone.find_first_not_of("0123456789") == std::string::npos;
  return number ? vpc.region + "-az" + zone
                : vpc.region + zone + "@" + vpc.account;
}

}  // namespace netproof::io
