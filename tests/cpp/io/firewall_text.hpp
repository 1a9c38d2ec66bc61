#pragma once

#include <string>
#include <variant>

#include "netproof/model/network_firewall.hpp"

namespace netproof::io {

/// "10.0.0.0/8 HOME @pl-1 but 10.1.0.0/16", "any", "open".
inline std::string text_of(const FirewallSide& side) {
  const auto add = [](std::string& text, const FirewallAddress& one) {
    if (!text.empty()) text += ' ';
    if (const auto* prefix = std::get_if<WrittenPrefix>(&one)) {
      text += to_string(prefix->prefix);
    } else if (const auto* list = std::get_if<Ref<PrefixList>>(&one)) {
      text += "@" + list->name;
    } else {
      text += "HOME";
    }
  };
  if (side.within.open) return "open";
  std::string text;
  for (const FirewallAddress& one : side.within.items) add(text, one);
  if (text.empty()) text = "any";
  if (!side.without.empty()) text += " but";
  for (const FirewallAddress& one : side.without) add(text, one);
  return text;
}

}  // namespace netproof::io
