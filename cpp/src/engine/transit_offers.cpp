#include "engine/transit_offers.hpp"

#include "engine/tables.hpp"

namespace netproof::engine {
namespace {

constexpr int kMedOfVpn = 100;  // S43, where none is written

const TransitAttachment& attachment_at(const Network& network, Index a) {
  return network.parts().transit_attachments[a];
}

Offer vpc_offer(const Network& network, Index a) {
  const TransitAttachment& attachment = attachment_at(network, a);
  if (!attachment.vpc || !attachment.vpc->id) return {.open = true};
  const Vpc& vpc = network.parts().vpcs[attachment.vpc->id->index()];
  Offer offer{.open = vpc.cidrs.open};
  for (const WrittenPrefix& cidr : vpc.cidrs.items) {
    const bool v6 = cidr.prefix.family() == Family::kV6;
    if (v6 && attachment.ipv6.is(false)) continue;
    offer.prefixes.push_back({.prefix = cidr.prefix,
                              .attachment = a,
                              .doubtful = v6 && attachment.ipv6.unknown});
  }
  return offer;
}

Offer direct_connect_offer(const Network& network, Index a) {
  const TransitAttachment& attachment = attachment_at(network, a);
  if (!attachment.direct_connect || !attachment.direct_connect->id) {
    return {.open = true};
  }
  const Knowledge known =
      dxgw_knowledge(network, attachment.direct_connect->id->value);
  Offer offer{.open = !known.open_sites.empty()};
  for (const KnownPrefix& prefix : known.prefixes) {
    offer.prefixes.push_back({.prefix = prefix.prefix,
                              .attachment = a,
                              .as_path_length = prefix.as_path_length,
                              .med = prefix.med,
                              .doubtful = prefix.doubtful});
  }
  return offer;
}

Offer vpn_offer(const Network& network, Index a) {
  const TransitAttachment& attachment = attachment_at(network, a);
  if (!attachment.vpn || !attachment.vpn->id) return {.open = true};
  const VpnConnection& vpn =
      network.parts().vpn_connections[attachment.vpn->id->index()];
  if (!vpn.bgp || vpn.up.is(false)) return {};
  Offer offer{.open = vpn.advertised.open};
  for (const WrittenPrefix& prefix : vpn.advertised.items) {
    offer.prefixes.push_back({.prefix = prefix.prefix,
                              .attachment = a,
                              .as_path_length = vpn.as_path_length,
                              .med = vpn.med.value_or(kMedOfVpn),
                              .doubtful = vpn.up.unknown});
  }
  return offer;
}

}  // namespace

Offer offer_of(const Network& network, Index a) {
  const TransitAttachment& attachment = attachment_at(network, a);
  if (attachment.available.is(false)) return {};
  Offer offer;
  switch (attachment.kind) {
    case AttachmentKind::kVpc:
      offer = vpc_offer(network, a);
      break;
    case AttachmentKind::kDirectConnect:
      offer = direct_connect_offer(network, a);
      break;
    case AttachmentKind::kVpn:
      offer = vpn_offer(network, a);
      break;
    case AttachmentKind::kPeering:
      break;  // static routes only (S65)
  }
  if (attachment.available.unknown) {
    for (Propagated& prefix : offer.prefixes) prefix.doubtful = true;
  }
  return offer;
}

}  // namespace netproof::engine
