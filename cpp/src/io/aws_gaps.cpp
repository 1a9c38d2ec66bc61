#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

using F = AwsFamily;

std::string below(const std::string& vpc, std::string_view what) {
  return fmt::format("{}/{}", vpc, what);
}

class Gaps {
 public:
  explicit Gaps(AwsBuild& build) : build_{build} {}

  void run() {
    report_truncated();
    for (std::size_t s = 0; s < build_.snapshot.scopes.size(); ++s) {
      report_missing(s);
    }
    for (auto& [id, notes] : build_.vpcs) {
      open_vpc(id, notes);
      settle_main_table(id, notes);
    }
    open_groups();
    report_lists();
    doubt_vpn_gateways();
    doubt_unmodelled();
  }

 private:
  bool assumes() const {
    return !build_.reading.options.assume_missing.empty();
  }
  Vpc& at(const AwsBuild::VpcNotes& notes) {
    return build_.parts.vpcs[notes.index];
  }

  // S123. What is there of it does not stand for the whole.
  void report_truncated() {
    for (const auto& [key, answer] : build_.snapshot.answers) {
      if (answer.finished) continue;
      const auto& [family, scope, about] = key;
      const std::string of = about.empty() ? "" : " of " + about;
      build_.reading.draft.problems.add(
          {"aws-truncated", answer.where,
           fmt::format("the answer of {}{} is whole", aws_call(family).call,
                       of),
           about,
           "the last page is missing, or the list was cut at 1,000: collect "
           "every page"});
    }
  }

  bool holds_vpcs(std::size_t scope) const {
    return std::ranges::any_of(build_.vpcs, [&](const auto& one) {
      return one.second.seen && one.second.scope == scope;
    });
  }

  bool has_attachments(std::size_t scope) const {
    return build_.snapshot.has(F::kTransitAttachments, scope) ||
           build_.snapshot.has(F::kVpcAttachments, scope);
  }

  void missing(std::string_view call, std::size_t scope,
               const std::string& about = {}) {
    const std::string where = to_string(build_.snapshot.scopes[scope]);
    const std::string of = about.empty() ? "" : " of " + about;
    if (assumes()) {
      Assumption assumption;
      assumption.id = fmt::format("{}{} of {}", call, of, where);
      assumption.subject = where;
      assumption.value = "the defaults of AWS";
      assumption.why = fmt::format("{}{} is not in the snapshot", call, of);
      build_.parts.assumptions.push_back(std::move(assumption));
      return;
    }
    const auto file = std::ranges::find_if(
        build_.snapshot.files,
        [&](const AwsFile& one) { return one.scope == scope; });
    build_.reading.gap(
        "snapshot-has-every-call", file->source.at(0, 1),
        fmt::format("a snapshot of {} holds {}{}", where, call, of), "",
        "collect it, or take AWS's defaults with --assume-missing "
        "aws-defaults");
  }

  void report_missing(std::size_t scope) {
    if (holds_vpcs(scope)) {
      for (std::size_t f = 0; f < static_cast<std::size_t>(F::kPrefixLists);
           ++f) {
        const auto family = static_cast<AwsFamily>(f);
        if (!build_.snapshot.has(family, scope)) {
          missing(aws_call(family).call, scope);
        }
      }
      if (!has_attachments(scope)) {
        missing(aws_call(F::kTransitAttachments).call, scope);
      }
    }
    report_missing_tables(scope);
  }

  void report_missing_tables(std::size_t scope) {
    bool gateways = false;
    for (const AwsResource& one : build_.snapshot.table(F::kTransitGateways)) {
      gateways = gateways || one.file->scope == scope;
    }
    for (const F family : {F::kTransitTables, F::kTransitAttachments}) {
      if (!gateways || build_.snapshot.has(family, scope)) continue;
      missing(aws_call(family).call, scope);
    }
    for (const AwsResource& one : build_.snapshot.table(F::kTransitTables)) {
      if (one.file->scope != scope) continue;
      const std::string id{one.text("TransitGatewayRouteTableId")};
      const bool routes =
          build_.snapshot.has_about(F::kTransitRoutes, id) || is_static(id);
      if (!routes) missing(aws_call(F::kTransitRoutes).call, scope, id);
    }
  }

  bool is_static(const std::string& table) {
    return std::ranges::any_of(
        build_.snapshot.table(F::kStaticRoutes), [&](const auto& one) {
          return one.text("TransitGatewayRouteTableId") == table;
        });
  }

  void open_vpc(const std::string& id, const AwsBuild::VpcNotes& notes) {
    if (build_.misses(F::kSubnets, notes) || build_.snapshot.more_subnets) {
      at(notes).subnets_open = true;
    }
    // `local` may hold any destination.
    if (at(notes).cidrs.open) open_tables(id);
    if (build_.misses(F::kInterfaces, notes) ||
        build_.snapshot.more_interfaces) {
      for (Subnet& subnet : build_.parts.subnets) {
        if (subnet.vpc.name == id) subnet.interfaces_open = true;
      }
    }
    if (build_.misses(F::kInternetGateways, notes)) {
      add_unknown_gateway(id, notes);
    }
    const bool doubt = build_.misses(F::kInternetGateways, notes) ||
                       build_.misses(F::kEgressOnlyGateways, notes) ||
                       build_.misses(F::kNatGateways, notes) ||
                       build_.misses(F::kPeerings, notes) ||
                       build_.misses(F::kEndpoints, notes) ||
                       (!assumes() && !has_attachments(notes.scope));
    if (doubt) build_.doubted_vpcs.insert(id);
  }

  void open_tables(const std::string& vpc) {
    for (RouteTable& table : build_.parts.route_tables) {
      if (table.vpc.name == vpc) table.routes.open = true;
    }
    build_.doubted_vpcs.insert(vpc);
  }

  // Nobody knows whether the VPC has one, so what passes it is unknown.
  void add_unknown_gateway(const std::string& id,
                           const AwsBuild::VpcNotes& notes) {
    Vpc& vpc = at(notes);
    InternetGateway gateway;
    gateway.name = below(id, kUnseen);
    gateway.where = vpc.where;
    gateway.vpc = ref<Vpc>(id, vpc.where);
    vpc.public_access.unknown = true;
    build_.parts.internet_gateways.push_back(std::move(gateway));
  }

  // Every VPC has one main table (S14).
  void settle_main_table(const std::string& id,
                         const AwsBuild::VpcNotes& notes) {
    const bool misses = build_.misses(F::kRouteTables, notes);
    if (!misses && assumes() &&
        !build_.snapshot.has(F::kRouteTables, notes.scope)) {
      assume_public_subnets(id, notes);
      return;
    }
    if (at(notes).main_table && !misses) return;
    if (assumes()) return;
    RouteTable table;
    table.name = below(id, kUnseen);
    table.where = at(notes).where;
    table.vpc = ref<Vpc>(id, table.where);
    table.routes.open = true;
    if (!at(notes).main_table) {
      at(notes).main_table = ref<RouteTable>(table.name, table.where);
    }
    build_.parts.route_tables.push_back(std::move(table));
    build_.doubted_vpcs.insert(id);
  }

  // Without tables a public subnet is told by what it gives to instances.
  void assume_public_subnets(const std::string& id,
                             const AwsBuild::VpcNotes& notes) {
    const auto& gateways = build_.parts.internet_gateways;
    const auto gateway = std::ranges::find_if(gateways, [&](const auto& one) {
      return one.vpc && one.vpc->name == id;
    });
    if (gateway == gateways.end()) return;
    RouteTable table;
    table.name = below(id, "public");
    table.where = at(notes).where;
    table.vpc = ref<Vpc>(id, table.where);
    Route route;
    route.where = table.where;
    route.destination.emplace();
    route.destination->prefix = IpPrefix::all(Family::kV4);
    route.destination->exact = route.destination->prefix;
    route.destination->text = "0.0.0.0/0";
    route.destination->where = table.where;
    route.targets.push_back({TargetKind::kInternetGateway, gateway->name,
                             std::nullopt, table.where});
    table.routes.items.push_back(std::move(route));
    for (const AwsResource& one : build_.snapshot.table(F::kSubnets)) {
      const AwsObject fields{build_.reading, one};
      if (fields.text("VpcId") != id) continue;
      if (!fields.flag("MapPublicIpOnLaunch").value_or(false)) continue;
      Open<Ref<RouteTable>> chosen;
      chosen.value = ref<RouteTable>(table.name, one.where());
      build_.parts.subnets[build_.subnets.at(fields.text("SubnetId"))]
          .route_table = std::move(chosen);
    }
    build_.parts.route_tables.push_back(std::move(table));
  }

  bool is_group(const std::string& name) const {
    const auto& groups = build_.parts.security_groups;
    return build_.groups.contains(name) ||
           std::ranges::find(groups, name, &SecurityGroup::name) !=
               groups.end();
  }

  // An interface of a group that is not described may let anything pass.
  void open_groups() {
    for (Interface& interface : build_.parts.interfaces) {
      const auto removed = std::erase_if(
          interface.security_groups->items,
          [&](const auto& group) { return !is_group(group.name); });
      if (removed == 0) continue;
      interface.security_groups->open = true;
      build_.reading.gap("snapshot-has-every-call", interface.where,
                         "a snapshot describes the groups of its interfaces",
                         interface.name,
                         "what the interface lets through is unknown");
    }
    for (SecurityGroup& group : build_.parts.security_groups) {
      for (auto* rules : {&group.ingress, &group.egress}) {
        for (SecurityGroupRule& rule : rules->items) settle_peers(rule);
      }
    }
  }

  void settle_peers(SecurityGroupRule& rule) {
    const auto removed = std::erase_if(rule.peers.items, [&](const Peer& peer) {
      const auto* group = std::get_if<Ref<SecurityGroup>>(&peer);
      if (group != nullptr) return !is_group(group->name);
      const auto* list = std::get_if<Ref<PrefixList>>(&peer);
      return list != nullptr && !build_.prefix_lists.contains(list->name);
    });
    if (removed == 0) return;
    rule.peers.open = true;
    build_.reading.gap("snapshot-has-every-call", rule.where,
                       "a snapshot describes the groups and lists that its "
                       "rules name",
                       rule.name, "whom the rule lets in is unknown");
  }

  using UsedLists = std::map<std::string, Location>;

  static void add_lists(const SecurityGroupRule& rule, UsedLists& used) {
    for (const Peer& peer : rule.peers.items) {
      const auto* list = std::get_if<Ref<PrefixList>>(&peer);
      if (list != nullptr) used.emplace(list->name, rule.where);
    }
  }

  UsedLists used_lists() const {
    UsedLists used;
    for (const RouteTable& table : build_.parts.route_tables) {
      for (const Route& route : table.routes.items) {
        if (!route.prefix_list) continue;
        used.emplace(route.prefix_list->name, route.where);
      }
    }
    for (const SecurityGroup& group : build_.parts.security_groups) {
      for (const auto* rules : {&group.ingress, &group.egress}) {
        for (const SecurityGroupRule& rule : rules->items) {
          add_lists(rule, used);
        }
      }
    }
    return used;
  }

  // A list that something names, and whose entries nobody collected.
  void report_lists() {
    for (const auto& [name, where] : used_lists()) {
      const auto at = build_.prefix_lists.find(name);
      const bool known = at != build_.prefix_lists.end() &&
                         !build_.parts.prefix_lists[at->second].entries.open;
      if (known) continue;
      build_.reading.gap(
          "snapshot-has-every-call", where,
          "a snapshot holds get-managed-prefix-list-entries of every list that "
          "it names",
          name, "collect it into a file with the id of the list in its name");
    }
  }

  // What a VPN gateway leads to is in other calls (S25, S89).
  void doubt_vpn_gateways() {
    const auto anywhere = [&](AwsFamily family) {
      return std::ranges::any_of(build_.snapshot.answers, [&](const auto& one) {
        return std::get<0>(one.first) == family && one.second.finished;
      });
    };
    const bool links = anywhere(F::kVpnConnections) &&
                       anywhere(F::kDirectConnectAssociations) &&
                       anywhere(F::kVirtualInterfaces);
    if (links || assumes()) return;
    for (const VpnGateway& gateway : build_.parts.vpn_gateways) {
      if (!gateway.vpc) continue;
      build_.doubted_vpcs.insert(gateway.vpc->name);
      build_.reading.gap(
          "snapshot-has-every-call", gateway.where,
          "a snapshot with VPN gateways holds describe-vpn-connections, "
          "describe-virtual-interfaces and "
          "describe-direct-connect-gateway-associations",
          gateway.name, "what the gateway leads to is unknown");
    }
  }

  // What is of no Region concerns all of its account.
  bool concerns(const AwsResource& one, std::size_t scope) const {
    const AwsScope& of = build_.snapshot.scopes[one.file->scope];
    const AwsScope& here = build_.snapshot.scopes[scope];
    return one.file->scope == scope ||
           (of.region.empty() && !of.account.empty() &&
            of.account == here.account);
  }

  void open_transit_tables(const std::string& gateway) {
    for (TransitRouteTable& table : build_.parts.transit_route_tables) {
      if (table.gateway.name == gateway) table.routes.open = true;
    }
  }

  void doubt_unmodelled() {
    for (const AwsResource& one : build_.snapshot.table(F::kUnmodelled)) {
      // Whether a thing that is not even known obeys route tables is not.
      const bool stranger = aws_call(one.about) == nullptr;
      for (const auto& [id, notes] : build_.vpcs) {
        if (!concerns(one, notes.scope)) continue;
        build_.doubted_vpcs.insert(id);
        if (stranger) open_tables(id);
      }
      for (const AwsResource& gateway :
           build_.snapshot.table(F::kTransitGateways)) {
        if (!concerns(one, gateway.file->scope)) continue;
        const std::string id{gateway.text("TransitGatewayId")};
        build_.doubted_gateways.insert(id);
        if (stranger) open_transit_tables(id);
      }
    }
  }

  AwsBuild& build_;
};

}  // namespace

void build_gaps(AwsBuild& build) { Gaps{build}.run(); }

}  // namespace netproof::io
