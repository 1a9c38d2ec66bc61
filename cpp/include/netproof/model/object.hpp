#pragma once

#include <map>
#include <string>
#include <vector>

#include "netproof/base/location.hpp"
#include "netproof/net/ip_prefix.hpp"

namespace netproof {

using Labels = std::map<std::string, std::string>;

/// Chooses objects by label: keys are ANDed, the values of one key ORed.
using LabelChoice = std::map<std::string, std::vector<std::string>>;

/// What every object of a topology has. `labels` are the ones written at the
/// object itself; inheritance is derived (see selector.hpp).
struct Object {
  std::string name;
  std::string account;
  Labels labels;
  Location where;
};

/// A prefix as the author wrote it. Host bits are kept in `text` and are a
/// finding; analysis uses the masked block.
struct WrittenPrefix {
  IpPrefix prefix;
  IpPrefix exact;  ///< the shortest prefix that has the written address
  bool host_bits = false;
  std::string text;
  Location where;
};

}  // namespace netproof
