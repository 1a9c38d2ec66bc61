#include "io/firewall_action.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace netproof::io {
namespace {

constexpr std::array<std::string_view, 4> kAlerts{
    "aws:alert_strict", "aws:alert_established",
    "aws:alert_established_app_layer",
    "aws:alert_established_app_layer_to_server"};

}  // namespace

Open<FirewallAction> stateless_action(const std::vector<std::string>& words,
                                      const Location& where) {
  std::set<FirewallAction> meant;
  bool unknown = false;
  for (const std::string& word : words) {
    if (word == "aws:pass") {
      meant.insert(FirewallAction::kPass);
    } else if (word == "aws:drop") {
      meant.insert(FirewallAction::kDrop);
    } else if (word == "aws:forward_to_sfe") {
      meant.insert(FirewallAction::kForward);
    } else if (word.empty() || word.starts_with("aws:")) {
      unknown = true;
    }
  }
  if (unknown || meant.size() != 1) return {FirewallAction::kDrop, true, where};
  return {*meant.begin(), false, where};
}

Open<Unmatched> stateful_default(const std::vector<std::string>& words,
                                 const Location& where) {
  std::set<Unmatched> meant;
  bool unknown = false;
  for (const std::string& word : words) {
    if (word == "aws:drop_strict") {
      meant.insert(Unmatched::kDrop);
    } else if (word == "aws:drop_established") {
      meant.insert(Unmatched::kDropEstablished);
    } else if (std::ranges::find(kAlerts, word) == kAlerts.end()) {
      // The variants that look at applications drop by the data.
      unknown = true;
    }
  }
  if (unknown || meant.size() > 1) return {Unmatched::kDrop, true, where};
  return {meant.empty() ? Unmatched::kPass : *meant.begin(), false, where};
}

}  // namespace netproof::io
