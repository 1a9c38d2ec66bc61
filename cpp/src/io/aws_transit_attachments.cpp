#include <algorithm>
#include <array>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

// "2024-01-02T03:04:05", if the time is in UTC: text order is time order.
std::string time_of(std::string text) {
  constexpr std::size_t kSeconds = 19;
  if (text.size() < kSeconds) return {};
  std::string zone = text.substr(kSeconds);
  if (zone.starts_with('.')) {
    const std::size_t end = zone.find_first_not_of("0123456789", 1);
    zone = end == std::string::npos ? "" : zone.substr(end);
  }
  if (!zone.empty() && zone != "Z" && zone != "+00:00") return {};
  text.resize(kSeconds);
  text[10] = 'T';
  return text;
}

enum class Presence { kThere, kDown, kGone, kUnknown };

Presence presence_of(const AwsObject& attachment) {
  const std::string state = attachment.text("State");
  if (state == "available" || state.empty()) return Presence::kThere;
  if (state == "deleted" || state == "rejected" || state == "failed") {
    return Presence::kGone;
  }
  for (const char* word :
       {"initiating", "initiatingRequest", "pendingAcceptance", "pending",
        "rollingBack", "deleting", "rejecting", "failing"}) {
    if (state == word) return Presence::kDown;
  }
  // Changes may disturb traffic (S56).
  if (state != "modifying") attachment.report_unknown("State");
  return Presence::kUnknown;
}

void set_state(const AwsObject& fields, TransitAttachment& attachment) {
  const Presence presence = presence_of(fields);
  attachment.available = {presence == Presence::kThere,
                          presence == Presence::kUnknown,
                          fields.where("State")};
}

class AttachmentBuilder {
 public:
  explicit AttachmentBuilder(AwsBuild& build) : build_{build} {
    for (const auto& one : table(AwsFamily::kVpcAttachments)) {
      details_[std::string(one.text(kId))] = &one;
    }
    for (const auto& one : table(AwsFamily::kPeeringAttachments)) {
      pair_ends(one);
    }
    count_ends();
  }

  void run() {
    for (const auto& one : table(AwsFamily::kTransitAttachments)) {
      add_any(one);
    }
    for (const auto& one : table(AwsFamily::kVpcAttachments)) {
      if (!seen_.contains(std::string(one.text(kId)))) add_vpc_only(one);
    }
    for (const auto& one : table(AwsFamily::kPeeringAttachments)) {
      add_peering_only(one);
    }
    for (std::size_t i = 0; i < peers_.size(); ++i) connect(peers_[i]);
  }

 private:
  static constexpr const char* kId = "TransitGatewayAttachmentId";

  /// One end of a peering of transit gateways.
  struct End {
    std::size_t index = 0;
    std::string id;
    std::string other_gateway;
  };

  std::vector<AwsResource>& table(AwsFamily family) {
    return build_.snapshot.table(family);
  }

  void pair_ends(const AwsResource& resource) {
    const std::string accepter{
        resource.text("AccepterTransitGatewayAttachmentId")};
    if (accepter.empty()) return;
    other_id_[std::string(resource.text(kId))] = accepter;
    other_id_[accepter] = resource.text(kId);
  }

  void count_ends() {
    std::map<std::string, std::set<std::string>> gateways;
    for (const auto& one : table(AwsFamily::kTransitAttachments)) {
      gateways[std::string(one.text(kId))].insert(
          std::string(one.text("TransitGatewayId")));
    }
    for (const auto& one : table(AwsFamily::kPeeringAttachments)) {
      for (const char* side : {"RequesterTgwInfo", "AccepterTgwInfo"}) {
        const AwsValue* info = one.value.find(side);
        const AwsValue* id =
            info == nullptr ? nullptr : info->find("TransitGatewayId");
        if (id != nullptr &&
            one.text("AccepterTransitGatewayAttachmentId").empty()) {
          gateways[std::string(one.text(kId))].insert(std::string(id->text));
        }
      }
    }
    for (const auto& [id, all] : gateways) {
      if (all.size() > 1) shared_.insert(id);
    }
  }

  TransitAttachment start(const AwsResource& resource, const AwsObject& fields,
                          const std::string& id, const std::string& gateway) {
    TransitAttachment attachment;
    build_.name(attachment, resource, fields, kId, "ResourceOwnerId");
    attachment.name = shared_.contains(id) ? id + "@" + gateway : id;
    attachment.gateway =
        ref<TransitGateway>(gateway, fields.where("TransitGatewayId"));
    attachment.created = time_of(fields.text("CreationTime"));
    return attachment;
  }

  void add_any(const AwsResource& resource) {
    const OddScope odd{build_.reading};
    const AwsObject fields{build_.reading, resource};
    fields.knows({"Association", "CreationTime", "ResourceId",
                  "ResourceOwnerId", "ResourceType", "State", "Tags",
                  "TransitGatewayAttachmentId", "TransitGatewayId",
                  "TransitGatewayOwnerId"});
    if (presence_of(fields) == Presence::kGone) return;
    const std::string id = fields.text(kId);
    TransitAttachment attachment =
        start(resource, fields, id, fields.text("TransitGatewayId"));
    set_state(fields, attachment);
    seen_.insert(id);
    const std::string kind = fields.text("ResourceType");
    const std::string what = fields.text("ResourceId");
    if (kind == "vpc") {
      const auto details = details_.find(id);
      add_vpc(attachment, what,
              details == details_.end() ? nullptr : details->second);
    } else if (kind == "vpn") {
      add_vpn(attachment, what);
    } else if (kind == "direct-connect-gateway") {
      add_direct_connect(attachment, what);
    } else if (kind == "peering" || kind == "tgw-peering") {
      peers_.push_back({build_.parts.transit_attachments.size(), id, what});
      attachment.kind = AttachmentKind::kPeering;
    } else {
      add_stranger(attachment, fields, kind);
    }
    if (odd.odd()) attachment.available.unknown = true;
    put(id, std::move(attachment));
  }

  void add_stranger(TransitAttachment& attachment, const AwsObject& fields,
                    const std::string& kind) {
    for (const char* known :
         {"connect", "client-vpn", "vpn-concentrator", "network-function"}) {
      if (kind == known) not_modelled(attachment, fields, kind);
    }
    if (!attachment.vpn) fields.report_unknown("ResourceType");
    add_unseen(attachment);
  }

  void put(const std::string& id, TransitAttachment attachment) {
    if (attachment.vpc) {
      build_.attached.emplace(attachment.vpc->name, attachment.gateway.name);
    }
    build_.attachment_names[attachment.name] =
        build_.parts.transit_attachments.size();
    build_.attachments[{id, attachment.gateway.name}] =
        build_.parts.transit_attachments.size();
    build_.parts.transit_attachments.push_back(std::move(attachment));
  }

  void not_modelled(TransitAttachment& attachment, const AwsObject& fields,
                    const std::string& kind) {
    build_.reading.gap("snapshot-is-understood", fields.where("ResourceType"),
                       "an attachment is of a kind that is modelled", kind,
                       "where packets to it go is unknown");
    add_unseen(attachment);
  }

  // What nobody sees hangs on a VPN to the unseen place.
  void add_unseen(TransitAttachment& attachment) {
    if (attachment.vpn) return;
    attachment.kind = AttachmentKind::kVpn;
    attachment.vpn = ref<VpnConnection>(attachment.name, attachment.where);
    VpnConnection vpn;
    vpn.name = attachment.name;
    vpn.where = attachment.where;
    vpn.site = ref<Site>(std::string(kUnseen), attachment.where);
    vpn.advertised.open = true;
    vpn.site_routes.emplace();
    vpn.site_routes->open = true;
    vpn.up.unknown = true;
    build_.parts.vpn_connections.push_back(std::move(vpn));
  }

  void add_vpc(TransitAttachment& attachment, const std::string& vpc,
               const AwsResource* details) {
    const auto at = build_.vpcs.find(vpc);
    if (at == build_.vpcs.end()) {
      build_.reading.gap("snapshot-has-every-call", attachment.where,
                         "a snapshot describes the VPCs of its attachments",
                         vpc, "collect the account that owns it");
      add_unseen(attachment);
      return;
    }
    attachment.kind = AttachmentKind::kVpc;
    attachment.vpc = ref<Vpc>(vpc, attachment.where);
    attachment.subnets.emplace();
    if (details == nullptr) {
      attachment.subnets->open = true;
      attachment.appliance_mode.unknown = true;
      attachment.ipv6.unknown = true;
      attachment.group_referencing.unknown = true;
      return;
    }
    read_details(attachment, *details);
  }

  void read_details(TransitAttachment& attachment,
                    const AwsResource& resource) {
    const AwsObject fields{build_.reading, resource};
    fields.knows({"CreationTime", "Options", "State", "SubnetIds", "Tags",
                  "TransitGatewayAttachmentId", "TransitGatewayId", "VpcId",
                  "VpcOwnerId"});
    const AwsObject options = fields.object("Options");
    options.knows({"ApplianceModeSupport", "DnsSupport", "Ipv6Support",
                   "SecurityGroupReferencingSupport"});
    attachment.appliance_mode = options.enabled("ApplianceModeSupport", false);
    attachment.ipv6 = options.enabled("Ipv6Support", false);
    attachment.group_referencing =
        options.enabled("SecurityGroupReferencingSupport", true);
    if (attachment.created.empty()) {
      attachment.created = time_of(fields.text("CreationTime"));
    }
    if (fields.is_unknown("SubnetIds")) {
      attachment.subnets->open = true;
      return;
    }
    for (const std::string& subnet : fields.texts("SubnetIds")) {
      if (!build_.subnets.contains(subnet)) {
        attachment.subnets->open = true;
      } else {
        attachment.subnets->items.push_back(
            ref<Subnet>(subnet, fields.where("SubnetIds")));
      }
    }
  }

  void add_vpc_only(const AwsResource& resource) {
    const OddScope odd{build_.reading};
    const AwsObject fields{build_.reading, resource};
    if (presence_of(fields) == Presence::kGone) return;
    const std::string id = fields.text(kId);
    TransitAttachment attachment =
        start(resource, fields, id, fields.text("TransitGatewayId"));
    attachment.account = fields.text("VpcOwnerId");
    set_state(fields, attachment);
    add_vpc(attachment, fields.text("VpcId"), &resource);
    if (odd.odd()) attachment.available.unknown = true;
    put(id, std::move(attachment));
  }

  void add_vpn(TransitAttachment& attachment, const std::string& id) {
    attachment.kind = AttachmentKind::kVpn;
    attachment.vpn = ref<VpnConnection>(id, attachment.where);
    auto& vpns = build_.parts.vpn_connections;
    if (std::ranges::find(vpns, id, &VpnConnection::name) != vpns.end()) return;
    VpnConnection vpn;
    vpn.name = id;
    vpn.where = attachment.where;
    vpn.site = ref<Site>(std::string(kOnPremises), attachment.where);
    build_.on_premises = true;
    vpn.advertised.open = true;
    vpn.up.unknown = true;
    vpns.push_back(std::move(vpn));
  }

  void add_direct_connect(TransitAttachment& attachment,
                          const std::string& id) {
    attachment.kind = AttachmentKind::kDirectConnect;
    attachment.direct_connect = ref<DirectConnectGateway>(id, attachment.where);
    auto& gateways = build_.parts.direct_connect_gateways;
    auto at = std::ranges::find(gateways, id, &DirectConnectGateway::name);
    if (at == gateways.end()) {
      DirectConnectGateway gateway;
      gateway.name = id;
      gateway.where = attachment.where;
      gateways.push_back(std::move(gateway));
      at = std::prev(gateways.end());
    }
    const bool told = std::ranges::any_of(at->associations, [&](const auto& a) {
      return a.transit_gateway &&
             a.transit_gateway->name == attachment.gateway.name;
    });
    if (!told) {
      DirectConnectAssociation association;
      association.transit_gateway = attachment.gateway;
      association.allowed_prefixes.open = true;
      association.where = attachment.where;
      at->associations.push_back(std::move(association));
    }
    const auto& links = build_.parts.virtual_interfaces;
    const bool linked = std::ranges::any_of(links, [&](const auto& link) {
      return link.gateway && link.gateway->name == id;
    });
    if (!linked) add_unknown_link(*at);
  }

  void add_unknown_link(const DirectConnectGateway& gateway) {
    VirtualInterface link;
    link.name = gateway.name + "/" + std::string(kUnseen);
    link.where = gateway.where;
    link.site = ref<Site>(std::string(kOnPremises), gateway.where);
    build_.on_premises = true;
    link.gateway = ref<DirectConnectGateway>(gateway.name, gateway.where);
    link.advertised.open = true;
    link.up.unknown = true;
    build_.parts.virtual_interfaces.push_back(std::move(link));
  }

  // An end that describe-transit-gateway-attachments does not show.
  void add_peering_only(const AwsResource& resource) {
    const AwsObject fields{build_.reading, resource};
    if (presence_of(fields) == Presence::kGone) return;
    const std::string requester =
        fields.object("RequesterTgwInfo").text("TransitGatewayId");
    const std::string accepter =
        fields.object("AccepterTgwInfo").text("TransitGatewayId");
    if (requester.empty() || accepter.empty()) return;
    const auto other = other_id_.find(fields.text(kId));
    const std::string ids[2] = {fields.text(kId), other == other_id_.end()
                                                      ? fields.text(kId)
                                                      : other->second};
    const std::string gateways[2] = {requester, accepter};
    for (std::size_t i = 0; i < 2; ++i) {
      if (build_.attachments.contains({ids[i], gateways[i]})) continue;
      if (!is_described(gateways[i])) continue;
      TransitAttachment attachment =
          start(resource, fields, ids[i], gateways[i]);
      set_state(fields, attachment);
      attachment.kind = AttachmentKind::kPeering;
      peers_.push_back(
          {build_.parts.transit_attachments.size(), ids[i], gateways[1 - i]});
      put(ids[i], std::move(attachment));
    }
  }

  bool is_described(const std::string& gateway) {
    return std::ranges::any_of(table(AwsFamily::kTransitGateways),
                               [&](const auto& one) {
                                 return one.text("TransitGatewayId") == gateway;
                               });
  }

  // S65: by the id, or by the accepter's if the two differ.
  void connect(const End& end) {
    const auto other = other_id_.find(end.id);
    auto at = build_.attachments.find({end.id, end.other_gateway});
    if (at == build_.attachments.end() && other != other_id_.end()) {
      at = build_.attachments.find({other->second, end.other_gateway});
    }
    TransitAttachment& attachment = build_.parts.transit_attachments[end.index];
    if (at != build_.attachments.end()) {
      const TransitAttachment& far =
          build_.parts.transit_attachments[at->second];
      attachment.peer = ref<TransitAttachment>(far.name, attachment.where);
      return;
    }
    build_.reading.gap("snapshot-has-every-call", attachment.where,
                       "a snapshot describes both ends of a peering",
                       end.other_gateway,
                       "collect the account and Region of the other transit "
                       "gateway");
    add_unseen(attachment);
  }

  AwsBuild& build_;
  std::map<std::string, const AwsResource*> details_;
  std::map<std::string, std::string> other_id_;
  std::set<std::string> shared_;
  std::set<std::string> seen_;
  std::vector<End> peers_;
};

}  // namespace

void build_transit_attachments(AwsBuild& build) {
  AttachmentBuilder{build}.run();
}

}  // namespace netproof::io
