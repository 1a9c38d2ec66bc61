#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "netproof/rules/scope.hpp"

namespace netproof {

/// A location that a selector matched, with the object that makes it a member.
struct Locations::Chosen {
  std::size_t leaf = 0;
  IpSet addresses;  ///< of the location, those that are meant
  IpSet possible;   ///< meant if the location owns them, which nobody knows
  /// Of the location, and meant if something that it holds without listing it
  /// has the labels that are asked for.
  IpSet perhaps;
  std::size_t member = 0;
  bool named = false;  ///< by the addresses of DNS records
  bool known = true;   ///< it is meant for sure, at least in part

  bool empty() const noexcept {
    return addresses.empty() && possible.empty() && perhaps.empty();
  }
  void unite(const Chosen& other);
  void take(const IpSet& away);
};

struct Locations::Choice {
  std::vector<Chosen> chosen;
  IpSet unowned;
  /// Of gaps_, those that are meant: wholly, or perhaps in part.
  std::map<std::size_t, bool> gaps;
};

}  // namespace netproof
