#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "folder.hpp"
#include "reading.hpp"

namespace netproof {

/// A folder with the configuration of a landing zone.
class Landing : public Folder {
 protected:
  /// Reads `network` as network-config.yaml.
  TopologyParts parts(const std::string& network) const {
    write("network-config.yaml", kHead + network);
    const auto result = read();
    if (result) return result.value().parts();
    ADD_FAILURE() << lines_of(result.error());
    return {};
  }
  std::string refused(const std::string& network) const {
    write("network-config.yaml", kHead + network);
    return lines_of(errors());
  }
  static std::string gaps_of(const TopologyParts& parts) {
    return lines_of(parts.gaps);
  }

  /// Two lines: what follows begins in line 3.
  const std::string kHead =
      "homeRegion: eu-west-1\ndefaultVpc: {delete: true}\n";
};

template <class Kind>
const Kind& named(const std::vector<Kind>& objects, const std::string& name) {
  const auto at = std::ranges::find(objects, name, &Kind::name);
  if (at != objects.end()) return *at;
  ADD_FAILURE() << "no " << name;
  static const Kind none{};
  return none;
}

inline std::vector<std::string> prefixes_of(
    const OpenList<WrittenPrefix>& list) {
  std::vector<std::string> texts;
  for (const WrittenPrefix& one : list.items) {
    texts.push_back(to_string(one.prefix));
  }
  return texts;
}

}  // namespace netproof
