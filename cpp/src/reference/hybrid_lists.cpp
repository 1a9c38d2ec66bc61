#include "reference/hybrid_lists.hpp"

#include <algorithm>

namespace netproof::reference {
namespace {

// S151: Direct Connect before static VPN before BGP VPN.
constexpr int kDirect = 0;
constexpr int kStaticVpn = 1;
constexpr int kBgpVpn = 2;

/// The MED of a route that comes without one: 0 over Direct Connect, 100 over
/// a VPN (S43).
int med_of(const VirtualInterface& vif) { return vif.med ? *vif.med : 0; }
int med_of(const VpnConnection& vpn) { return vpn.med ? *vpn.med : 100; }

bool is_v6(IpAddress address) { return address.family() == Family::kV6; }

SiteLink link_of(const VirtualInterface& vif, std::uint32_t index) {
  return SiteLink{SiteLink::Kind::kVirtualInterface,
                  index,
                  vif.site.id->value,
                  vif.site_preference,
                  "vif:" + vif.name,
                  "unknown",
                  vif.where};
}

SiteLink link_of(const VpnConnection& vpn, std::uint32_t index) {
  return SiteLink{
      SiteLink::Kind::kVpn, index,     vpn.site.id->value, vpn.site_preference,
      "vpn:" + vpn.name,    "unknown", vpn.where};
}

Fact opening(const std::string& link, const std::string& what,
             IpAddress address) {
  return Fact{link + " " + what + " " + to_string(address),
              link + " may carry another prefix"};
}

bool maybe_up(const Open<bool>& up) { return up.unknown || up.value; }

/// Calls `found` for each virtual interface that ends at the VPN gateway.
template <class Found>
void for_each_vif_of(const View& view, std::uint32_t vpn_gateway, Found found) {
  const TopologyParts& parts = view.parts();
  const auto leads_here = [&](const VirtualInterface& vif) {
    if (vif.vpn_gateway) {
      return vif.vpn_gateway->id == Id<VpnGateway>{vpn_gateway};
    }
    if (!vif.gateway || !vif.gateway->id) return false;
    const auto& dx = parts.direct_connect_gateways[vif.gateway->id->index()];
    return std::ranges::any_of(dx.associations, [&](const auto& one) {
      return one.vpn_gateway &&
             one.vpn_gateway->id == Id<VpnGateway>{vpn_gateway};
    });
  };
  for (std::uint32_t i = 0; i < parts.virtual_interfaces.size(); ++i) {
    const VirtualInterface& vif = parts.virtual_interfaces[i];
    if (vif.site && leads_here(vif)) found(vif, i);
  }
}

template <class Found>
void for_each_vpn_of(const View& view, std::uint32_t vpn_gateway, Found found) {
  const auto& vpns = view.parts().vpn_connections;
  for (std::uint32_t i = 0; i < vpns.size(); ++i) {
    const VpnConnection& vpn = vpns[i];
    if (vpn.site && vpn.vpn_gateway &&
        vpn.vpn_gateway->id == Id<VpnGateway>{vpn_gateway}) {
      found(vpn, i);
    }
  }
}

/// Adds what a virtual interface advertises to AWS that contains the address.
void add_advertised(std::vector<Candidate<SiteLink>>& result,
                    const VirtualInterface& vif, std::uint32_t index,
                    IpAddress address) {
  std::vector<Fact> doubts;
  if (!add_doubt(doubts, vif.up, "vif:" + vif.name, "up")) return;
  for (const WrittenPrefix& prefix : vif.advertised.items) {
    if (!prefix.prefix.contains(address)) continue;
    SiteLink link = link_of(vif, index);
    link.prefix = prefix.text;
    link.where = prefix.where;
    result.push_back(
        {prefix.prefix.length(),
         {kDirect, -vif.local_preference, vif.as_path_length, med_of(vif)},
         doubts,
         link});
  }
}

}  // namespace

std::vector<Candidate<SiteLink>> site_links(const View& view,
                                            std::uint32_t vpn_gateway,
                                            IpAddress address) {
  std::vector<Candidate<SiteLink>> result;
  for_each_vif_of(view, vpn_gateway,
                  [&](const VirtualInterface& vif, std::uint32_t i) {
                    add_advertised(result, vif, i, address);
                  });
  for_each_vpn_of(
      view, vpn_gateway, [&](const VpnConnection& vpn, std::uint32_t i) {
        std::vector<Fact> doubts;
        if (is_v6(address)) return;
        if (!add_doubt(doubts, vpn.up, "vpn:" + vpn.name, "up")) return;
        for (const WrittenPrefix& prefix : vpn.advertised.items) {
          if (!prefix.prefix.contains(address)) continue;
          SiteLink link = link_of(vpn, i);
          link.prefix = prefix.text;
          link.where = prefix.where;
          std::array<int, 4> rank{kStaticVpn};
          if (vpn.bgp) rank = {kBgpVpn, 0, vpn.as_path_length, med_of(vpn)};
          result.push_back({prefix.prefix.length(), rank, doubts, link});
        }
      });
  return result;
}

std::vector<OpenLink> open_site_links(const View& view,
                                      std::uint32_t vpn_gateway,
                                      IpAddress address) {
  std::vector<OpenLink> result;
  for_each_vif_of(
      view, vpn_gateway, [&](const VirtualInterface& vif, std::uint32_t i) {
        if (!vif.advertised.open || !maybe_up(vif.up)) return;
        const SiteLink link = link_of(vif, i);
        result.push_back({opening(link.name, "advertises", address), link});
      });
  for_each_vpn_of(
      view, vpn_gateway, [&](const VpnConnection& vpn, std::uint32_t i) {
        if (!vpn.advertised.open || !maybe_up(vpn.up) || is_v6(address)) {
          return;
        }
        const SiteLink link = link_of(vpn, i);
        result.push_back({opening(link.name, "advertises", address), link});
      });
  return result;
}

std::vector<Candidate<SiteLink>> direct_connect_links(const View& view,
                                                      std::uint32_t gateway,
                                                      IpAddress address) {
  std::vector<Candidate<SiteLink>> result;
  const auto& vifs = view.parts().virtual_interfaces;
  for (std::uint32_t i = 0; i < vifs.size(); ++i) {
    if (!vifs[i].site || !vifs[i].gateway ||
        vifs[i].gateway->id != Id<DirectConnectGateway>{gateway}) {
      continue;
    }
    add_advertised(result, vifs[i], i, address);
  }
  return result;
}

std::vector<OpenLink> open_direct_connect_links(const View& view,
                                                std::uint32_t gateway,
                                                IpAddress address) {
  std::vector<OpenLink> result;
  const auto& vifs = view.parts().virtual_interfaces;
  for (std::uint32_t i = 0; i < vifs.size(); ++i) {
    const VirtualInterface& vif = vifs[i];
    if (!vif.site || !vif.gateway ||
        vif.gateway->id != Id<DirectConnectGateway>{gateway} ||
        !vif.advertised.open || !maybe_up(vif.up)) {
      continue;
    }
    const SiteLink link = link_of(vif, i);
    result.push_back({opening(link.name, "advertises", address), link});
  }
  return result;
}

}  // namespace netproof::reference
