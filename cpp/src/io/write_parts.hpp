#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/yaml_text.hpp"
#include "netproof/model/topology.hpp"

namespace netproof::io {

/// Name, account and labels: what every object begins with.
YamlTree written_object(const Object& object);

YamlTree written(const WrittenPrefix& prefix);
YamlTree written(const IpAddress& address);
YamlTree written(const std::string& text);
YamlTree written(bool flag);
/// In the language of IAM.
YamlTree written(const ResourcePolicy& policy);
/// A list of services, or the one that it is.
YamlTree written(const TransportSet& service);

/// `allow`, `deny` or unknown.
YamlTree written_action(const Open<bool>& allow);

template <class Kind>
YamlTree written(const Ref<Kind>& reference) {
  return reference.name;
}

/// Null, which is written as `unknown`, if it is open.
template <class T>
YamlTree written(const Open<T>& value) {
  return value.unknown ? YamlTree{} : written(value.value);
}

template <class T, class Write>
YamlTree written_list(const std::vector<T>& items, Write write) {
  YamlTree list = YamlTree::array();
  for (const T& item : items) list.push_back(write(item));
  return list;
}

template <class T>
YamlTree written(const std::vector<T>& items) {
  return written_list(items, [](const T& item) { return written(item); });
}

/// With `unknown` at the end of a list that is open.
template <class T, class Write>
YamlTree written_list(const OpenList<T>& list, Write write) {
  YamlTree items = written_list(list.items, write);
  if (list.open) items.push_back(nullptr);
  return items;
}

template <class T>
YamlTree written(const OpenList<T>& list) {
  return written_list(list, [](const T& item) { return written(item); });
}

/// Sets a key, if there is a value.
template <class T>
void put(YamlTree& tree, const char* key, const std::optional<T>& value) {
  if (value) tree[key] = written(*value);
}

/// Sets a key, unless it says what its absence says.
template <class T>
void put_unless(YamlTree& tree, const char* key, const Open<T>& value,
                const Open<T>& absent) {
  const bool same = value.unknown == absent.unknown &&
                    (value.unknown || value.value == absent.value);
  if (!same) tree[key] = written(value);
}

void put_text(YamlTree& tree, const char* key, const std::string& text);
void put_flag(YamlTree& tree, const char* key, bool flag);

/// Sets a key to a list of the objects of one kind, if there are any.
template <class Kind, class Write>
void put_table(YamlTree& tree, const char* key, const std::vector<Kind>& table,
               Write write) {
  if (!table.empty()) tree[key] = written_list(table, write);
}

// The tables of one subject each, into the mapping of a file.
void write_vpcs(YamlTree& file, const TopologyParts& parts);
void write_routing(YamlTree& file, const TopologyParts& parts);
void write_filters(YamlTree& file, const TopologyParts& parts);
void write_transit(YamlTree& file, const TopologyParts& parts);
void write_sites(YamlTree& file, const TopologyParts& parts);
void write_segments(YamlTree& file, const TopologyParts& parts);
void write_clusters(YamlTree& file, const TopologyParts& parts);
void write_buckets(YamlTree& file, const TopologyParts& parts);
void write_network_firewalls(YamlTree& file, const TopologyParts& parts);

}  // namespace netproof::io
