#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/base/location.hpp"
#include "netproof/model/topology.hpp"
#include "netproof/net/flow.hpp"

namespace netproof {

/// What one filter says of a packet.
struct FilterSays {
  enum class Verdict { kPasses, kDenies, kUnknown };
  Verdict verdict = Verdict::kPasses;
  std::string at;     ///< "acl:w", "interface:eni-1"; empty: no filter
  std::string entry;  ///< the line that decided
  Location where;
  std::string fact;  ///< if unknown: what nobody knows
};

/// The groups of one interface and the ACL of its subnet, asked about a packet
/// of which the header is known and the way is not. What depends on the way is
/// unknown (S73, S78, S156).
class InterfaceFilters {
 public:
  explicit InterfaceFilters(Topology topology);

  /// The interface of that name.
  std::optional<std::uint32_t> find(std::string_view name) const;
  /// True if the interface lists this private address.
  bool lists(std::uint32_t interface, IpAddress address) const;
  /// True if neither group nor ACL is asked about packets between the
  /// interface and `remote` (S41).
  bool exempt(std::uint32_t interface, IpAddress remote) const;

  FilterSays groups(std::uint32_t interface, const Flow& flow,
                    bool ingress) const;
  FilterSays acl(std::uint32_t interface, const Flow& flow, bool ingress) const;

  /// ICMP headers with the addresses of `flow`, at least one of each kind that
  /// some filter tells from others.
  std::vector<Flow> icmp_headers(const Flow& flow) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace netproof
