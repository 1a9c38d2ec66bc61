#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

// What nobody described may be connected in any way: one place stands for all
// of it, it may pass on what it gets, and lead to the internet.
class Unseen {
 public:
  explicit Unseen(AwsBuild& build) : build_{build}, parts_{build.parts} {}

  void run() {
    for (const std::string& vpc : build_.doubted_vpcs) add_way(vpc);
    for (const std::string& gateway : build_.doubted_gateways) {
      add_table(gateway);
    }
    spread_learned();
    const bool unseen = uses(kUnseen);
    if (unseen) add_site(kUnseen);
    if (build_.on_premises) add_site(kOnPremises);
    if (unseen && build_.on_premises) join();
  }

 private:
  Ref<Site> site(std::string_view name, const Location& where) {
    return ref<Site>(std::string(name), where);
  }

  bool uses(std::string_view name) const {
    const auto leads = [&](const auto& link) { return link.site.name == name; };
    return std::ranges::any_of(parts_.vpn_connections, leads) ||
           std::ranges::any_of(parts_.virtual_interfaces, leads);
  }

  void add_way(const std::string& vpc) {
    const auto at = build_.vpcs.find(vpc);
    if (at == build_.vpcs.end()) return;
    const Location where = parts_.vpcs[at->second.index].where;
    VpnGateway gateway;
    gateway.name = vpc + "/" + std::string(kUnseen);
    gateway.where = where;
    gateway.vpc = ref<Vpc>(vpc, where);
    VirtualInterface link;
    link.name = gateway.name;
    link.where = where;
    link.site = site(kUnseen, where);
    link.vpn_gateway = ref<VpnGateway>(gateway.name, where);
    link.advertised.open = true;
    link.up.unknown = true;
    parts_.vpn_gateways.push_back(std::move(gateway));
    parts_.virtual_interfaces.push_back(std::move(link));
  }

  // A table that may say anything, and an attachment to what nobody sees.
  void add_table(const std::string& gateway) {
    const auto at = std::ranges::find(parts_.transit_gateways, gateway,
                                      &TransitGateway::name);
    if (at == parts_.transit_gateways.end()) return;
    const std::string name = gateway + "/" + std::string(kUnseen);
    TransitRouteTable table;
    table.name = name;
    table.where = at->where;
    table.gateway = ref<TransitGateway>(gateway, at->where);
    table.associations.open = true;
    table.propagations.open = true;
    table.routes.open = true;
    VpnConnection vpn;
    vpn.name = name;
    vpn.where = at->where;
    vpn.site = site(kUnseen, at->where);
    vpn.advertised.open = true;
    vpn.site_routes.emplace();
    vpn.site_routes->open = true;
    vpn.up.unknown = true;
    TransitAttachment attachment;
    attachment.name = name;
    attachment.where = at->where;
    attachment.kind = AttachmentKind::kVpn;
    attachment.gateway = table.gateway;
    attachment.vpn = ref<VpnConnection>(name, at->where);
    attachment.available.unknown = true;
    table.associations.items.push_back(ref<TransitAttachment>(name, at->where));
    parts_.transit_route_tables.push_back(std::move(table));
    parts_.vpn_connections.push_back(std::move(vpn));
    parts_.transit_attachments.push_back(std::move(attachment));
  }

  static void add_once(OpenList<WrittenPrefix>& list,
                       const WrittenPrefix& prefix) {
    const bool known = std::ranges::any_of(
        list.items,
        [&](const WrittenPrefix& one) { return one.prefix == prefix.prefix; });
    if (!known) list.items.push_back(prefix);
  }

  // Over the links that end at the gateway itself.
  void advertise(const std::string& gateway, const WrittenPrefix& prefix) {
    for (VirtualInterface& link : parts_.virtual_interfaces) {
      const bool here = (link.gateway && link.gateway->name == gateway) ||
                        (link.vpn_gateway && link.vpn_gateway->name == gateway);
      if (here && link.site.name == kOnPremises) {
        add_once(link.advertised, prefix);
      }
    }
    for (VpnConnection& vpn : parts_.vpn_connections) {
      if (vpn.name == gateway ||
          (vpn.vpn_gateway && vpn.vpn_gateway->name == gateway)) {
        add_once(vpn.advertised, prefix);
      }
    }
  }

  // What propagates from a gateway is advertised over its links (S99), and
  // over those of the Direct Connect gateways that it is associated with.
  void spread(const std::string& gateway, const WrittenPrefix& prefix) {
    advertise(gateway, prefix);
    for (const DirectConnectGateway& one : parts_.direct_connect_gateways) {
      for (const DirectConnectAssociation& association : one.associations) {
        if (association.vpn_gateway &&
            association.vpn_gateway->name == gateway) {
          advertise(one.name, prefix);
        }
      }
    }
  }

  void spread_learned() {
    for (const auto& [name, prefixes] : build_.learned) {
      std::string gateway = name;
      const auto at = std::ranges::find(parts_.transit_attachments, name,
                                        &TransitAttachment::name);
      if (at != parts_.transit_attachments.end()) {
        if (at->direct_connect) gateway = at->direct_connect->name;
        if (at->vpn) gateway = at->vpn->name;
      }
      for (const WrittenPrefix& prefix : prefixes) spread(gateway, prefix);
    }
  }

  // A summary that covers VPCs, or half the internet, is a way there and not
  // what the site owns.
  bool is_own(const IpPrefix& prefix) const {
    constexpr int kShortest = 8;
    if (prefix.length() < kShortest) return false;
    return std::ranges::none_of(parts_.vpcs, [&](const Vpc& vpc) {
      return std::ranges::any_of(vpc.cidrs.items, [&](const auto& cidr) {
        return cidr.prefix.overlaps(prefix);
      });
    });
  }

  void add_site(std::string_view name) {
    Site place;
    place.name = name;
    place.internet = true;
    place.prefixes.open = true;
    const auto own = [&](const auto& link) {
      if (link.site.name != name) return;
      for (const WrittenPrefix& prefix : link.advertised.items) {
        if (is_own(prefix.prefix)) add_once(place.prefixes, prefix);
      }
    };
    for (const auto& link : parts_.virtual_interfaces) own(link);
    for (const auto& link : parts_.vpn_connections) own(link);
    parts_.sites.push_back(std::move(place));
  }

  // The two may be connected behind what is seen.
  void join() {
    DirectConnectGateway between;
    between.name = kUnseen;
    for (const std::string_view end : {kUnseen, kOnPremises}) {
      VirtualInterface link;
      link.name = fmt::format("{}/{}", kUnseen, end);
      link.site = site(end, {});
      link.gateway = ref<DirectConnectGateway>(between.name, {});
      link.site_link = true;
      link.advertised.open = true;
      link.up.unknown = true;
      parts_.virtual_interfaces.push_back(std::move(link));
    }
    parts_.direct_connect_gateways.push_back(std::move(between));
  }

  AwsBuild& build_;
  TopologyParts& parts_;
};

}  // namespace

void build_unseen(AwsBuild& build) { Unseen{build}.run(); }

}  // namespace netproof::io
