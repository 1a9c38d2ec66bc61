#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference/candidate.hpp"
#include "reference/view.hpp"

namespace netproof::reference {

/// A link between a site and AWS, or a router's line to a site (S151, S153).
struct SiteLink {
  enum class Kind { kVirtualInterface, kVpn, kRouter };
  Kind kind = Kind::kVirtualInterface;
  std::uint32_t index = 0;
  std::uint32_t site = 0;
  std::optional<int> preference;  ///< the site's own
  std::string name;               ///< "vif:x", "vpn:x", "router:x"
  std::string prefix;             ///< as written; "unknown" in an open list
  Location where;
};

/// A link that may carry any destination, because its list is open.
struct OpenLink {
  Fact fact;
  SiteLink link;
};

/// What a VPN gateway knows of the sites behind it that contains `address`,
/// with the ranks of S151; and the links of which it cannot say.
std::vector<Candidate<SiteLink>> site_links(const View& view,
                                            std::uint32_t vpn_gateway,
                                            IpAddress address);
std::vector<OpenLink> open_site_links(const View& view,
                                      std::uint32_t vpn_gateway,
                                      IpAddress address);

/// The same for a Direct Connect gateway (S152).
std::vector<Candidate<SiteLink>> direct_connect_links(const View& view,
                                                      std::uint32_t gateway,
                                                      IpAddress address);
std::vector<OpenLink> open_direct_connect_links(const View& view,
                                                std::uint32_t gateway,
                                                IpAddress address);

/// What an association of a Direct Connect gateway leads to: one of the three.
struct DirectConnectTarget {
  std::optional<std::uint32_t> transit_gateway;
  std::optional<std::uint32_t> vpn_gateway;
  /// Another virtual interface, by SiteLink (S96).
  std::optional<std::uint32_t> virtual_interface;
  std::string name;
  std::string prefix;
  Location where;
};
struct OpenTarget {
  Fact fact;
  DirectConnectTarget target;
};

/// What a Direct Connect gateway advertises over one of its virtual interfaces
/// and hence takes from it (S90, S91, S153).
std::vector<Candidate<DirectConnectTarget>> direct_connect_targets(
    const View& view, std::uint32_t virtual_interface, IpAddress address);
std::vector<OpenTarget> open_direct_connect_targets(
    const View& view, std::uint32_t virtual_interface, IpAddress address);

/// What a site has learned over its links that contains `address` (S153). For
/// a VPN on a transit gateway that is what its table says: `vpn_tables` holds
/// the table of each VPN attachment by connection.
using VpnTables = std::vector<std::optional<std::uint32_t>>;
std::vector<Candidate<SiteLink>> links_of_site(const View& view,
                                               std::uint32_t site,
                                               IpAddress address,
                                               const VpnTables& vpn_tables);
std::vector<OpenLink> open_links_of_site(const View& view, std::uint32_t site,
                                         IpAddress address,
                                         const VpnTables& vpn_tables);

}  // namespace netproof::reference
