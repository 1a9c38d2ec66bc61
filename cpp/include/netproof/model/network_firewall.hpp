#pragma once

#include <compare>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "netproof/model/filter.hpp"
#include "netproof/model/object.hpp"
#include "netproof/model/open.hpp"

namespace netproof {

struct FirewallPolicy;
struct FirewallRuleGroup;

/// What a line of AWS Network Firewall does with what it matches. To reject is
/// to drop; an alert decides nothing (S84).
enum class FirewallAction { kPass, kDrop, kForward, kAlert };

/// The variable $HOME_NET (S85): what the policy says, else the CIDRs of the
/// VPC of the firewall.
struct HomeNet {
  friend auto operator<=>(HomeNet, HomeNet) = default;
};

using FirewallAddress = std::variant<WrittenPrefix, Ref<PrefixList>, HomeNet>;

/// One side of a line: what is within and not without. Nothing within: any
/// address.
struct FirewallSide {
  OpenList<FirewallAddress> within;
  std::vector<FirewallAddress> without;
};

/// Which packets of a flow a stateful line speaks of: those of whoever began
/// it, those that answer, or both (`flow` of Suricata).
enum class FlowPart { kBoth, kRequests, kReplies };

/// One line of a rule group (S82, S83). `condition`: what decides besides the
/// header, in words, so that the line may match or not (S85); empty: nothing.
struct FirewallLine {
  std::string name;
  int priority = 0;  ///< of a stateless line; the lowest is asked first
  FirewallSide sources;
  FirewallSide destinations;
  Open<TransportSet> service;
  Open<FirewallAction> action;
  bool established = false;  ///< never matches the first packet of a flow
  FlowPart part = FlowPart::kBoth;
  std::string condition;
  Location where;
};

struct FirewallRuleGroup : Object {
  bool stateful = false;
  OpenList<FirewallLine> lines;
};

/// What becomes of packets that no stateful line of a strictly ordered policy
/// matches (S84).
enum class Unmatched { kPass, kDrop, kDropEstablished };

/// The order of rule groups and what they leave over (S81-S84). A list of
/// groups that is open may do anything.
struct FirewallPolicy : Object {
  struct Use {
    Ref<FirewallRuleGroup> group;
    int priority = 0;
  };
  OpenList<Use> stateless;
  OpenList<Use> stateful;
  Open<FirewallAction> stateless_default{FirewallAction::kForward, false, {}};
  Open<bool> strict_order{false, false, {}};
  Open<Unmatched> unmatched{Unmatched::kPass, false, {}};
  std::optional<OpenList<WrittenPrefix>> home_net;
};

/// A firewall of AWS Network Firewall. Endpoints name it (S86).
struct NetworkFirewall : Object {
  Ref<Vpc> vpc;
  Open<Ref<FirewallPolicy>> policy;
};

}  // namespace netproof
