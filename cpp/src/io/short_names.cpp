#include "io/short_names.hpp"

#include <fmt/format.h>

#include <unordered_map>

namespace netproof::io {
namespace {

/// The names of one kind. Nothing to do where no declaration made any.
class Names {
 public:
  Names(const Draft& draft, const char* kind, bool any) {
    const auto at = draft.names.find(kind);
    if (any && at != draft.names.end()) known_ = &at->second;
  }

  void complete(std::string& name, const std::string& vpc) const {
    if (known_ == nullptr || known_->contains(name)) return;
    std::string full = fmt::format("{}@{}", name, vpc);
    if (known_->contains(full)) name = std::move(full);
  }
  template <class Kind>
  void complete(Ref<Kind>& ref, const std::string& vpc) const {
    complete(ref.name, vpc);
  }
  template <class Kind>
  void complete(std::optional<Ref<Kind>>& ref, const std::string& vpc) const {
    if (ref) complete(ref->name, vpc);
  }
  template <class Kind>
  void complete(std::optional<Open<Ref<Kind>>>& ref,
                const std::string& vpc) const {
    if (ref && !ref->unknown) complete(ref->value.name, vpc);
  }
  template <class Kind>
  void complete(std::optional<OpenList<Ref<Kind>>>& refs,
                const std::string& vpc) const {
    if (!refs) return;
    for (Ref<Kind>& ref : refs->items) complete(ref.name, vpc);
  }

 private:
  const std::map<std::string, Location>* known_ = nullptr;
};

class Completer {
 public:
  explicit Completer(Draft& draft)
      : parts_{draft.parts},
        groups_{draft, "security_groups", !draft.groups.declarations.empty()},
        tables_{draft, "route_tables",
                !draft.route_tables.declarations.empty()},
        acls_{draft, "network_acls", !draft.acls.declarations.empty()},
        endpoints_{draft, "endpoints", !draft.endpoints.declarations.empty()} {}

  void run() {
    for (Vpc& vpc : parts_.vpcs) {
      tables_.complete(vpc.main_table, vpc.name);
      groups_.complete(vpc.security_groups, vpc.name);
      groups_.complete(vpc.default_group, vpc.name);
    }
    subnets();
    for (SecurityGroup& group : parts_.security_groups) {
      peers(group.ingress, group.vpc.name);
      peers(group.egress, group.vpc.name);
    }
    for (RouteTable& table : parts_.route_tables) targets(table);
  }

 private:
  void subnets() {
    std::unordered_map<std::string, const std::string*> vpc_of;
    for (Subnet& subnet : parts_.subnets) {
      const std::string& vpc = subnet.vpc.name;
      tables_.complete(subnet.route_table, vpc);
      acls_.complete(subnet.acl, vpc);
      groups_.complete(subnet.security_groups, vpc);
      vpc_of.emplace(subnet.name, &vpc);
    }
    for (Interface& interface : parts_.interfaces) {
      const auto at = vpc_of.find(interface.subnet.name);
      if (at == vpc_of.end()) continue;
      groups_.complete(interface.security_groups, *at->second);
    }
  }

  void peers(OpenList<SecurityGroupRule>& rules, const std::string& vpc) {
    for (SecurityGroupRule& rule : rules.items) {
      for (Peer& peer : rule.peers.items) {
        auto* group = std::get_if<Ref<SecurityGroup>>(&peer);
        if (group != nullptr) groups_.complete(*group, vpc);
      }
    }
  }

  void targets(RouteTable& table) {
    for (Route& route : table.routes.items) {
      for (RouteTarget& target : route.targets) {
        if (target.kind != TargetKind::kEndpoint) continue;
        endpoints_.complete(target.name, table.vpc.name);
      }
    }
  }

  TopologyParts& parts_;
  Names groups_;
  Names tables_;
  Names acls_;
  Names endpoints_;
};

}  // namespace

void complete_short_names(Draft& draft) { Completer{draft}.run(); }

}  // namespace netproof::io
