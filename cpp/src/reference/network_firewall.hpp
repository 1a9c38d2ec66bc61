#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "netproof/model/topology.hpp"
#include "netproof/net/flow.hpp"
#include "reference/view.hpp"

namespace netproof::reference {

/// An answer with the line that gives it.
struct FirewallAnswer {
  Answer3 answer = Answer3::kUnknown;
  std::string line;
  Location where;
};

/// Asks a firewall of AWS Network Firewall about single packets. A line that
/// may match or not is followed both ways (S85).
class FirewallJudge {
 public:
  /// `firewall` dangling: it may do anything.
  FirewallJudge(const View& view, const Ref<NetworkFirewall>& firewall);

  /// Do the stateless lines keep it?
  FirewallAnswer kept(const Flow& flow) const;
  /// If they do: do they pass it without stateful inspection?
  FirewallAnswer uninspected(const Flow& flow) const;
  /// Do the stateful lines pass it: the first packet of a flow, or the rest?
  FirewallAnswer passes(const Flow& flow, bool first) const;
  /// Is it sure that a line passes the flow that begins with it?
  bool lined(const Flow& flow) const;
  /// Is it sure that nothing drops this reply?
  bool answers(const Flow& flow) const;

 private:
  struct Outcomes;
  struct Met;
  Outcomes stateless(const Flow& flow) const;
  enum class Stage { kFirst, kRest, kReply };
  Outcomes strict(const Flow& flow, Stage stage) const;
  Outcomes by_action(const Flow& flow, Stage stage) const;
  /// What lines make of it, and what may become of it if none decides.
  struct Undecided {
    std::set<FirewallAction> in_strict_order;
    std::set<FirewallAction> in_action_order;
  };
  Outcomes by_lines(const Flow& flow, Stage stage,
                    const Undecided& otherwise) const;
  std::vector<Met> met_stateful(const Flow& flow, Stage stage,
                                bool& open) const;
  std::vector<Met> met(const OpenList<FirewallPolicy::Use>& uses, bool stateful,
                       const Flow& flow, bool& open) const;
  Answer3 matches(const FirewallLine& line, const Flow& flow) const;
  Answer3 on_side(const FirewallSide& side, IpAddress address) const;
  Answer3 is(const FirewallAddress& one, IpAddress address) const;

  const View& view_;
  const NetworkFirewall* firewall_ = nullptr;
  const FirewallPolicy* policy_ = nullptr;
};

}  // namespace netproof::reference
