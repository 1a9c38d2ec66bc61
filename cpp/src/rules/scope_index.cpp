#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "netproof/rules/scope.hpp"

namespace netproof {

/// Makes the tree of objects; labels of an object win over inherited ones.
class Locations::Builder {
 public:
  explicit Builder(Locations& locations)
      : locations_{locations},
        parts_{locations.topology_.parts()},
        subnets_{subnets_of(locations.topology_)} {
    for (const Account& account : parts_.accounts) add_account(account);
    for (const Vpc& vpc : parts_.vpcs) add_vpc(vpc);
    for (const SubnetView& subnet : subnets_) add_subnet(subnet);
    for (const Segment& segment : parts_.segments) {
      segments_.push_back(
          add(Kind::kSegment, segment, account_node(segment.account)));
    }
    for (const Cluster& cluster : parts_.clusters) {
      clusters_.push_back(
          add(Kind::kCluster, cluster, account_node(cluster.account)));
    }
    for (const RouteTable& table : parts_.route_tables) find_open(table);
    for (const Endpoint& endpoint : parts_.endpoints) {
      if (endpoint.kind != EndpointKind::kInterface) continue;
      for (const Ref<Interface>& interface : endpoint.interfaces) {
        if (!interface) continue;
        endpoints_of_[interface.id->index()].push_back(endpoint.name);
      }
    }
  }

  void add_leaf(const Engine::Member& member) {
    Leaf leaf{member.place,
              member.addresses,
              node_of(member.place),
              member.listed,
              has_listed(member.place),
              {},
              {},
              {}};
    const std::size_t i = member.place.index;
    if (member.place.kind == PlaceKind::kEndpoint) {
      // Services of AWS have public addresses (S36).
      if (open_endpoints_.contains(i)) leaf.possible = global_unicast();
    } else if (member.place.kind == PlaceKind::kSubnet) {
      if (member.addresses_unknown) leaf.possible = blocks_of(subnets_.at(i));
      leaf.unlisted = unlisted_in(subnets_.at(i));
    } else if (member.addresses_unknown) {
      leaf.possible = IpSet::all();
    }
    if (const auto carrier = carrier_of(parts_, member.place)) {
      leaf.mapped = mappings_of(parts_.interfaces.at(carrier->index()));
    }
    leaf.possible -= leaf.addresses;
    locations_.leaves_.push_back(std::move(leaf));
  }

  // Labels of what may be unlisted. A VPC whose prefixes nobody knows has no
  // place where a packet could start or end, and yet it may have some.
  void find_open_ends() {
    note_labels(parts_.interfaces, locations_.interface_labels_);
    note_labels(parts_.subnets, locations_.subnet_labels_);
    note_labels(parts_.interfaces, locations_.subnet_labels_);
    std::set<std::size_t> placed;
    for (const SubnetView& subnet : subnets_) {
      if (subnet.vpc.index() < vpcs_.size()) placed.insert(subnet.vpc.index());
    }
    for (std::size_t v = 0; v < vpcs_.size(); ++v) {
      const Vpc& vpc = parts_.vpcs[v];
      if (vpc.cidrs.open && !placed.contains(v)) {
        locations_.gaps_.push_back(vpcs_[v]);
      }
    }
  }

 private:
  std::size_t add(Kind kind, const Object& object,
                  std::optional<std::size_t> parent) {
    Node node{kind,
              object.name,
              fmt::format("{}:{}", kind_name(kind), object.name),
              object.labels,
              parent,
              {},
              {}};
    if (!object.account.empty()) {
      node.labels.try_emplace("account", object.account);
    }
    if (parent) {
      const Labels& inherited = locations_.nodes_[*parent].labels;
      node.labels.insert(inherited.begin(), inherited.end());
    }
    locations_.nodes_.push_back(std::move(node));
    return locations_.nodes_.size() - 1;
  }

  void add_account(const Account& account) {
    const std::size_t node = add(Kind::kAccount, account, std::nullopt);
    Labels& labels = locations_.nodes_[node].labels;
    labels["account"] = account.name;
    if (!account.organisational_unit.empty()) {
      labels.try_emplace("ou", account.organisational_unit);
    }
    accounts_.emplace(account.name, node);
    if (!account.id.empty()) accounts_.emplace(account.id, node);
  }

  // Where the blocks of a subnet that are not known may be: in the CIDRs of its
  // VPC, beside the subnets that are.
  IpSet blocks_of(const SubnetView& subnet) const {
    if (subnet.vpc.index() >= parts_.vpcs.size()) return IpSet::all();
    const Vpc& vpc = parts_.vpcs[subnet.vpc.index()];
    if (vpc.cidrs.open) return IpSet::all();
    std::vector<IpPrefix> whole;
    for (const WrittenPrefix& cidr : vpc.cidrs.items) {
      whole.push_back(cidr.prefix);
    }
    std::vector<IpPrefix> known;
    for (const SubnetView& other : subnets_) {
      if (other.vpc != subnet.vpc || other.written == nullptr) continue;
      known.insert(known.end(), other.cidrs.begin(), other.cidrs.end());
    }
    return IpSet::from_prefixes(whole) - IpSet::from_prefixes(known);
  }

  template <class T>
  static void note_labels(const std::vector<T>& objects,
                          std::set<std::string>& labels) {
    for (const T& object : objects) {
      for (const auto& [label, _] : object.labels) labels.insert(label);
    }
  }

  static std::string unlisted_in(const SubnetView& subnet) {
    if (subnet.open) return "subnet";
    const bool open =
        subnet.written != nullptr && subnet.written->interfaces_open;
    return open ? "interface" : "";
  }

  static std::vector<std::pair<IpAddress, IpAddress>> mappings_of(
      const Interface& interface) {
    std::vector<std::pair<IpAddress, IpAddress>> mapped;
    for (const IpAddress address : interface.addresses) {
      if (mapped.size() == interface.public_addresses.size()) break;
      if (address.family() != Family::kV4) continue;
      mapped.emplace_back(interface.public_addresses[mapped.size()], address);
    }
    return mapped;
  }

  // Prefix lists that may hold more send more to their endpoints.
  void find_open(const RouteTable& table) {
    for (const Route& route : table.routes.items) {
      if (!route.prefix_list) continue;
      const auto& id = route.prefix_list->id;
      if (id && !parts_.prefix_lists[id->index()].entries.open) continue;
      for (const RouteTarget& target : route.targets) {
        if (target.kind == TargetKind::kEndpoint && target.index) {
          open_endpoints_.insert(*target.index);
        }
      }
    }
  }

  // An account that is only named at its objects has no labels of its own.
  std::optional<std::size_t> account_node(const std::string& name) {
    if (name.empty()) return std::nullopt;
    const auto at = accounts_.find(name);
    if (at != accounts_.end()) return at->second;
    Account account;
    account.name = name;
    add_account(account);
    return accounts_.at(name);
  }

  void add_vpc(const Vpc& vpc) {
    const std::size_t node = add(Kind::kVpc, vpc, account_node(vpc.account));
    if (!vpc.region.empty()) {
      locations_.nodes_[node].labels.try_emplace("region", vpc.region);
    }
    vpcs_.push_back(node);
  }

  void add_subnet(const SubnetView& subnet) {
    Object object;
    object.name = subnet.name;
    if (subnet.written != nullptr) object = *subnet.written;
    const bool in_vpc = subnet.written == nullptr || subnet.written->vpc;
    std::optional<std::size_t> parent;
    if (in_vpc) parent = vpcs_.at(subnet.vpc.index());
    subnet_nodes_.push_back(add(Kind::kSubnet, object, parent));
  }

  std::size_t node_of(Place place) {
    const std::size_t i = place.index;
    switch (place.kind) {
      case PlaceKind::kInterface: {
        const Interface& interface = parts_.interfaces.at(i);
        std::optional<std::size_t> parent;
        if (interface.subnet) {
          parent = subnet_nodes_.at(interface.subnet.id->index());
        }
        const std::size_t node = add(Kind::kInterface, interface, parent);
        interface_nodes_.emplace(i, node);
        const auto at = endpoints_of_.find(i);
        if (at != endpoints_of_.end()) {
          locations_.nodes_[node].endpoints = at->second;
        }
        return node;
      }
      case PlaceKind::kSubnet:
        return subnet_nodes_.at(i);
      case PlaceKind::kHost: {
        const Host& host = parts_.hosts.at(i);
        std::optional<std::size_t> parent;
        if (host.segment) parent = segments_.at(host.segment.id->index());
        return add(Kind::kHost, host, parent);
      }
      case PlaceKind::kSegment:
        return segments_.at(i);
      case PlaceKind::kSite:
        return add(Kind::kSite, parts_.sites.at(i),
                   account_node(parts_.sites.at(i).account));
      case PlaceKind::kEndpoint: {
        const Endpoint& endpoint = parts_.endpoints.at(i);
        const std::size_t node = add(Kind::kEndpoint, endpoint, std::nullopt);
        locations_.nodes_[node].endpoints = {endpoint.name};
        return node;
      }
      case PlaceKind::kPod:
        return pod_node(parts_.pods.at(i));
      case PlaceKind::kInternet:
        break;
    }
    const Object internet;
    const std::size_t node = add(Kind::kInternet, internet, std::nullopt);
    locations_.nodes_[node].full_name = "internet";
    return node;
  }

  // Of a pod both its namespace and its interface say where it is.
  std::size_t pod_node(const Pod& pod) {
    const std::size_t node = add(Kind::kPod, pod, namespace_node(pod));
    if (!pod.interface) return node;
    const std::size_t carrier = interface_nodes_.at(pod.interface.id->index());
    locations_.nodes_[node].carrier = carrier;
    const Labels inherited = locations_.nodes_[carrier].labels;
    locations_.nodes_[node].labels.insert(inherited.begin(), inherited.end());
    return node;
  }

  // A namespace that is only named at its pods has no labels but its name.
  std::size_t namespace_node(const Pod& pod) {
    const std::size_t c = pod.cluster.id->index();
    const auto at = namespaces_.find({c, pod.space});
    if (at != namespaces_.end()) return at->second;
    Object object;
    object.name = pod.space;
    for (const Namespace& one : parts_.clusters.at(c).namespaces) {
      if (one.name == pod.space) object = one;
    }
    object.labels.try_emplace("namespace", pod.space);
    const std::size_t node = add(Kind::kNamespace, object, clusters_.at(c));
    namespaces_.emplace(std::pair{c, pod.space}, node);
    return node;
  }

  bool has_listed(Place place) {
    if (busy_subnets_.empty() && busy_segments_.empty()) {
      for (const Interface& interface : parts_.interfaces) {
        if (interface.subnet) {
          busy_subnets_.insert(interface.subnet.id->index());
        }
      }
      for (const Host& host : parts_.hosts) {
        if (host.segment) busy_segments_.insert(host.segment.id->index());
      }
    }
    if (place.kind == PlaceKind::kSubnet) {
      return busy_subnets_.contains(place.index);
    }
    return place.kind == PlaceKind::kSegment &&
           busy_segments_.contains(place.index);
  }

  Locations& locations_;
  const TopologyParts& parts_;
  std::vector<SubnetView> subnets_;
  std::map<std::string, std::size_t> accounts_;
  std::vector<std::size_t> vpcs_;
  std::vector<std::size_t> subnet_nodes_;
  std::vector<std::size_t> segments_;
  std::vector<std::size_t> clusters_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> namespaces_;
  std::map<std::size_t, std::size_t> interface_nodes_;
  std::map<std::size_t, std::vector<std::string>> endpoints_of_;
  std::set<std::size_t> open_endpoints_;
  std::set<std::size_t> busy_subnets_;
  std::set<std::size_t> busy_segments_;
};

Locations::Locations(const Topology& topology,
                     std::span<const Engine::Member> members)
    : topology_{topology} {
  Builder builder(*this);
  for (const Engine::Member& member : members) builder.add_leaf(member);
  builder.find_open_ends();
  std::ranges::sort(leaves_, {}, &Leaf::place);
}

}  // namespace netproof
