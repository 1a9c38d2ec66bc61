#include "io/write_parts.hpp"

#include <fmt/format.h>

#include "netproof/base/contract.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::io {
namespace {

// What lies between two ends of a range: one number, or the range.
std::string numbers(unsigned first, unsigned last) {
  return first == last ? fmt::format("{}", first)
                       : fmt::format("{}-{}", first, last);
}

// Types and codes have no ranges in the format: one text for each.
void add_icmp(const TransportRange& range, YamlTree& list) {
  const std::string name = protocol_name(range.protocol);
  const bool every_code = range.dport_first == 0 && range.dport_last == 255;
  for (unsigned type = range.sport_first; type <= range.sport_last; ++type) {
    if (every_code) {
      list.push_back(fmt::format("{}/{}", name, type));
      continue;
    }
    for (unsigned code = range.dport_first; code <= range.dport_last; ++code) {
      list.push_back(fmt::format("{}/{}/{}", name, type, code));
    }
  }
}

void add_service(const TransportRange& range, YamlTree& list) {
  const std::string name = protocol_name(range.protocol);
  if (TransportSet::protocol(range.protocol).ranges() == std::vector{range}) {
    list.push_back(name);
  } else if (is_icmp(range.protocol)) {
    add_icmp(range, list);
  } else {
    expects(range.sport_first == 0 && range.sport_last == 65535,
            "a line of a topology says nothing of source ports");
    list.push_back(fmt::format("{}/{}", name,
                               numbers(range.dport_first, range.dport_last)));
  }
}

}  // namespace

YamlTree written_object(const Object& object) {
  YamlTree tree = YamlTree::object();
  tree["name"] = object.name;
  put_text(tree, "account", object.account);
  for (const auto& [key, value] : object.labels) tree["labels"][key] = value;
  return tree;
}

YamlTree written(const WrittenPrefix& prefix) {
  return to_string(prefix.prefix);
}

YamlTree written(const IpAddress& address) { return to_string(address); }

YamlTree written(const std::string& text) { return text; }

YamlTree written(bool flag) { return flag; }

YamlTree written(const TransportSet& service) {
  if (service == TransportSet::all()) return "any";
  YamlTree list = YamlTree::array();
  for (const TransportRange& range : service.ranges()) add_service(range, list);
  return list.size() == 1 ? list.front() : list;
}

YamlTree written_action(const Open<bool>& allow) {
  if (allow.unknown) return nullptr;
  return allow.value ? "allow" : "deny";
}

void put_text(YamlTree& tree, const char* key, const std::string& text) {
  if (!text.empty()) tree[key] = text;
}

void put_flag(YamlTree& tree, const char* key, bool flag) {
  if (flag) tree[key] = true;
}

}  // namespace netproof::io
