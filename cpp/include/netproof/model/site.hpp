#pragma once

#include <optional>
#include <string>
#include <vector>

#include "netproof/model/transit.hpp"

namespace netproof {

struct VirtualInterface;

/// A place outside AWS. It owns its prefixes; what it advertises over a link
/// is written at the link (S99, S120).
struct Site : Object {
  OpenList<WrittenPrefix> prefixes;
  /// May it forward what arrives by one link out by a link (S95, S120)?
  Open<bool> transit{false, true, {}};
  bool internet = false;  ///< a way to the internet
  bool spoofs = false;    ///< may emit sources that it does not own
};

/// A Direct Connect gateway: virtual interfaces to sites, associations with
/// transit gateways or VPN gateways and their allowed prefixes (S89-S96).
struct DirectConnectAssociation {
  std::optional<Ref<TransitGateway>> transit_gateway;
  std::optional<Ref<VpnGateway>> vpn_gateway;
  OpenList<WrittenPrefix> allowed_prefixes;
  Location where;
};

struct DirectConnectGateway : Object {
  std::vector<DirectConnectAssociation> associations;
};

/// A private or transit virtual interface: one link from a site to a Direct
/// Connect gateway, or straight to a VPN gateway.
struct VirtualInterface : Object {
  Ref<Site> site;
  std::optional<Ref<DirectConnectGateway>> gateway;
  std::optional<Ref<VpnGateway>> vpn_gateway;
  /// What the site advertises to AWS over this link.
  OpenList<WrittenPrefix> advertised;
  Open<bool> up{true, false, {}};
  bool site_link = false;  ///< S96
  /// 7100, 7200 or 7300: the local preference community (S93).
  int local_preference = 7200;
  int as_path_length = 1;
  /// Lower first, after the AS path (S93); empty: AWS's default.
  std::optional<int> med;
  /// Communities other than those of `local_preference`, "65000:100": AWS
  /// does not read them (S93).
  std::vector<std::string> communities;
  /// The site's own choice among its links, higher first (S94); empty: any.
  std::optional<int> site_preference;
};

/// A site-to-site VPN, on a transit gateway (by its attachment) or on a VPN
/// gateway (S97). Static VPNs propagate nothing to a transit gateway.
struct VpnConnection : Object {
  Ref<Site> site;
  std::optional<Ref<VpnGateway>> vpn_gateway;
  bool bgp = true;
  /// Received from the site by BGP, or the static routes of the connection.
  OpenList<WrittenPrefix> advertised;
  /// What the site routes into the tunnel where it is written down; else what
  /// AWS advertises by BGP (S97).
  std::optional<OpenList<WrittenPrefix>> site_routes;
  Open<bool> up{true, false, {}};
  int as_path_length = 1;
  std::optional<int> med;  ///< as at a virtual interface
  std::optional<int> site_preference;
};

/// A virtual private gateway attached to a VPC (S25).
struct VpnGateway : Object {
  std::optional<Ref<Vpc>> vpc;
};

}  // namespace netproof
