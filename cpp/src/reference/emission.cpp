#include <algorithm>

#include "reference/view.hpp"

namespace netproof::reference {
namespace {

Answer3 yes_if(bool condition) {
  return condition ? Answer3::kYes : Answer3::kNo;
}

bool lists(const std::vector<IpAddress>& addresses, IpAddress address) {
  return std::ranges::find(addresses, address) != addresses.end();
}

Answer3 interface_emits(const Interface& interface, IpAddress source) {
  if (lists(interface.addresses, source)) return Answer3::kYes;
  if (interface.source_check.unknown) return Answer3::kUnknown;
  return yes_if(!interface.source_check.value);
}

Answer3 open_list_has(const OpenList<WrittenPrefix>& list, IpAddress source) {
  if (contains(list.items, source)) return Answer3::kYes;
  return list.open ? Answer3::kUnknown : Answer3::kNo;
}

}  // namespace

Answer3 View::emits(Place place, IpAddress source) const {
  switch (place.kind) {
    case PlaceKind::kInterface:
      return interface_emits(parts().interfaces[place.index], source);
    case PlaceKind::kSubnet:
      return yes_if(unlisted(place.index).contains(source));
    case PlaceKind::kHost: {
      const Host& host = parts().hosts[place.index];
      const bool spoofs =
          host.segment && parts().segments[host.segment.id->index()].spoofs;
      return yes_if(spoofs || lists(host.addresses, source));
    }
    case PlaceKind::kSegment: {
      const Segment& segment = parts().segments[place.index];
      if (segment.spoofs) return Answer3::kYes;
      if (host_at(place.index, source)) return Answer3::kNo;
      return open_list_has(segment.prefixes, source);
    }
    case PlaceKind::kSite: {
      const Site& site = parts().sites[place.index];
      if (site.spoofs) return Answer3::kYes;
      return open_list_has(site.prefixes, source);
    }
    case PlaceKind::kPod:
      return yes_if(lists(parts().pods[place.index].addresses, source));
    case PlaceKind::kEndpoint:
      return Answer3::kNo;
    case PlaceKind::kInternet:
      return yes_if(is_internet(source));
  }
  return Answer3::kNo;
}

bool View::answers_only(Place place) const {
  if (place.kind == PlaceKind::kEndpoint) return true;
  if (place.kind != PlaceKind::kInterface) return false;
  return std::ranges::any_of(parts().endpoints, [&](const Endpoint& endpoint) {
    return std::ranges::any_of(endpoint.interfaces,
                               [&](const Ref<Interface>& one) {
                                 return one && one.id->value == place.index;
                               });
  });
}

std::vector<Place> View::owners(IpAddress source) const {
  std::vector<Place> result;
  const auto add = [&](PlaceKind kind, std::size_t index) {
    result.push_back(Place{kind, static_cast<std::uint32_t>(index)});
  };
  const auto at = listed_.find(source);
  const std::vector<Place> listed =
      at == listed_.end() ? std::vector<Place>{} : at->second;
  for (const Place place : listed) {
    const bool interface = place.kind == PlaceKind::kInterface;
    if (interface && !answers_only(place)) result.push_back(place);
  }
  for (std::size_t s = 0; s < subnets_.size(); ++s) {
    if (unlisted(s).contains(source)) add(PlaceKind::kSubnet, s);
  }
  for (const Place place : listed) {
    if (place.kind == PlaceKind::kHost) result.push_back(place);
  }
  for (std::uint32_t s = 0; s < parts().segments.size(); ++s) {
    if (in_segment(parts().segments[s], source) && !host_at(s, source)) {
      add(PlaceKind::kSegment, s);
    }
  }
  for (std::size_t s = 0; s < parts().sites.size(); ++s) {
    if (contains(parts().sites[s].prefixes.items, source)) {
      add(PlaceKind::kSite, s);
    }
  }
  for (const Place place : listed) {
    if (place.kind == PlaceKind::kPod) result.push_back(place);
  }
  if (is_internet(source)) add(PlaceKind::kInternet, 0);
  return result;
}

}  // namespace netproof::reference
