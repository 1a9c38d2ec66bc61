#include "engine/request.hpp"

#include <algorithm>
#include <cstdint>

#include "netproof/net/ip_set_union.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::engine {
namespace {

/// The service, with the client ports that are asked about.
TransportSet asked_service(const Question& question) {
  TransportSet clients = TransportSet::all();
  for (const std::uint8_t protocol : {kTcp, kUdp, kSctp}) {
    const TransportSet inside =
        TransportSet::ports(protocol, question.client_port_first,
                            question.client_port_last, 0, 65535);
    clients = (clients - TransportSet::protocol(protocol)) | inside;
  }
  return question.service & clients;
}

std::map<Place, IpSet> destinations_of(const Question& question) {
  std::map<Place, IpSetUnion> unions;
  for (const Scope& scope : question.to) {
    unions[scope.place].add(scope.addresses);
  }
  std::map<Place, IpSet> found;
  for (auto& [place, addresses] : unions) found[place] = addresses.take();
  return found;
}

}  // namespace

Request::Request(const Network& network, const Question& question)
    : network_{network},
      question_{question},
      service_{asked_service(question)},
      to_{destinations_of(question)} {
  IpSetUnion destinations;
  for (const Scope& scope : question.to) destinations.add(scope.addresses);
  addresses_ = destinations.take();
  std::vector<IpPrefix> open;
  for (const PublicMapping& map : network.mappings) {
    const bool asked = std::ranges::any_of(map.owners, [&](Place place) {
      const auto at = to_.find(place);
      return at != to_.end() && at->second.contains(map.private_address);
    });
    if (asked) open.push_back(IpPrefix::host(map.public_address));
  }
  addresses_ |= IpSet::from_prefixes(open);
  std::vector<IpPrefix> hidden;
  for (const PublicMapping& map : network.mappings) {
    if (addresses_.contains(map.public_address)) {
      hidden.push_back(IpPrefix::host(map.private_address));
    }
  }
  followed_ = addresses_ | IpSet::from_prefixes(hidden);
  for (const Endpoint& endpoint : network.parts().endpoints) {
    for (const Ref<Interface>& interface : endpoint.interfaces) {
      if (interface.id) answering_.insert(interface.id->value);
    }
  }
}

WalkOptions Request::walk_options() const {
  WalkOptions options;
  options.destinations = followed_;
  options.service = service_;
  options.listed_only = question_.listed_only;
  options.most_ways = question_.most_ways;
  options.blocked = {question_.blocked.begin(), question_.blocked.end()};
  return options;
}

bool Request::is_absent(Place place) const {
  if (!question_.listed_only) return false;
  if (place.kind == PlaceKind::kSubnet) {
    const SubnetInfo& subnet = network_.subnets[place.index];
    return subnet.lists_interfaces && !subnet.interfaces_open;
  }
  return place.kind == PlaceKind::kSegment &&
         !network_.hosts_of_segment[place.index].empty();
}

bool Request::perhaps_absent(Place place) const {
  if (!question_.listed_only || place.kind != PlaceKind::kSubnet) return false;
  const SubnetInfo& subnet = network_.subnets[place.index];
  return subnet.lists_interfaces && subnet.interfaces_open;
}

bool Request::answers_only(Place place) const {
  return place.kind == PlaceKind::kEndpoint ||
         (place.kind == PlaceKind::kInterface &&
          answering_.contains(place.index));
}

}  // namespace netproof::engine
