#pragma once

#include <cstdint>
#include <string>

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
  /// Is it sure that a line passes it as the first packet of a flow?
  bool lined(const Flow& flow) const;
  /// Is it sure that no stateful line drops this reply?
  bool answers(const Flow& flow) const;

 private:
  struct Outcomes;
  struct Met;
  Outcomes stateless(const Flow& flow) const;
  Outcomes strict(const Flow& flow, bool first) const;
  Outcomes by_action(const Flow& flow, bool first) const;
  /// What lines make of it, and `otherwise` if none decides.
  Outcomes by_lines(const Flow& flow, bool first,
                    FirewallAction otherwise) const;
  std::vector<Met> met(const OpenList<FirewallPolicy::Use>& uses,
                       const Flow& flow, bool& open) const;
  Answer3 matches(const FirewallLine& line, const Flow& flow) const;
  Answer3 on_side(const FirewallSide& side, IpAddress address) const;
  Answer3 is(const FirewallAddress& one, IpAddress address) const;

  const View& view_;
  const NetworkFirewall* firewall_ = nullptr;
  const FirewallPolicy* policy_ = nullptr;
};

}  // namespace netproof::reference
