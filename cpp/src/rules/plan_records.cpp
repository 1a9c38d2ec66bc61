#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "netproof/model/place.hpp"
#include "rules/plan_checks.hpp"
#include "rules/prefix_index.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

/// Whose an address may be: a VPC, site, segment or public address.
struct Owner {
  std::string name;
  Location where;

  friend auto operator<=>(const Owner&, const Owner&) = default;
};

/// What is known of the owners of one address.
struct Ownership {
  std::set<Owner> owners;
  std::string unlisted;  ///< a place that lists who is in it, but not this one
  std::string reserved;  ///< a subnet that cannot give it away (S11)
  std::string open;      ///< whose open list may hold it

  bool owned() const { return !owners.empty(); }
};

/// The addresses of a network by who owns them (S140, S159).
class Owners {
 public:
  explicit Owners(const Topology& topology)
      : parts_{topology.parts()}, subnets_{subnets_of(topology)} {
    add_interfaces();
    add_vpcs();
    add_outside();
  }

  Ownership of(IpAddress address) const {
    Ownership found;
    const auto listed = listed_.find(address);
    if (listed != listed_.end()) found.owners = listed->second;
    const IpPrefix host = IpPrefix::host(address);
    ranges_.for_each_around(host, [&](IpPrefix, const auto& owners) {
      found.owners.insert(owners.begin(), owners.end());
    });
    by_subnet_.for_each_around(host, [&](IpPrefix block, const auto& subnets) {
      for (const std::size_t s : subnets) ask_subnet(s, block, address, found);
    });
    by_segment_.for_each_around(host, [&](IpPrefix, const auto& segments) {
      for (const std::size_t s : segments) ask_segment(s, found);
    });
    found.open = open_;
    by_vpc_.for_each_around(host, [&](IpPrefix, const auto& vpcs) {
      for (const std::size_t v : vpcs) {
        if (parts_.vpcs[v].subnets_open)
          found.open = "vpc:" + parts_.vpcs[v].name;
      }
    });
    return found;
  }

 private:
  Owner vpc_owner(const Ref<Vpc>& vpc) const {
    return {"vpc:" + vpc.name, parts_.vpcs.at(vpc.id->index()).where};
  }

  void list(IpAddress address, const Owner& owner) {
    listed_[address].insert(owner);
  }

  // An interface and its subnet are of one VPC: one owner.
  Owner subnet_owner(const Ref<Subnet>& subnet, const Owner& otherwise) const {
    if (!subnet) return otherwise;
    const Subnet& one = parts_.subnets.at(subnet.id->index());
    return one.vpc ? vpc_owner(one.vpc) : otherwise;
  }

  void add_interfaces() {
    for (const Interface& one : parts_.interfaces) {
      const Owner self{"interface:" + one.name, one.where};
      const Owner owner = subnet_owner(one.subnet, self);
      for (const IpAddress address : one.addresses) list(address, owner);
      for (const IpAddress address : one.public_addresses) list(address, owner);
      if (one.subnet) lists_endpoints_.insert(one.subnet.id->index());
    }
    for (const Pod& one : parts_.pods) {
      Owner owner{"pod:" + one.name, one.where};
      if (one.interface) {
        const std::size_t i = one.interface.id->index();
        owner = subnet_owner(parts_.interfaces.at(i).subnet, owner);
      }
      for (const IpAddress address : one.addresses) list(address, owner);
    }
    for (const NatGateway& one : parts_.nat_gateways) {
      const Owner self{"nat:" + one.name, one.where};
      const Owner owner = subnet_owner(one.subnet, self);
      list(one.private_address, owner);
      if (one.public_address) list(*one.public_address, owner);
    }
  }

  void add_vpcs() {
    for (std::size_t s = 0; s < subnets_.size(); ++s) {
      const Subnet* written = subnets_[s].written;
      if (written != nullptr && !written->vpc) continue;
      if (subnets_[s].open) continue;  // implied by `subnets: unknown`
      for (const IpPrefix& block : subnets_[s].cidrs) by_subnet_.add(block, s);
    }
    for (std::size_t v = 0; v < parts_.vpcs.size(); ++v) {
      const Vpc& vpc = parts_.vpcs[v];
      note_open(vpc.cidrs.open, "vpc:" + vpc.name);
      for (const WrittenPrefix& cidr : vpc.cidrs.items) {
        by_vpc_.add(cidr.prefix, v);
      }
    }
    for (const Subnet& subnet : parts_.subnets) {
      note_open(subnet.cidrs.open, "subnet:" + subnet.name);
    }
  }

  void add_outside() {
    for (const Site& site : parts_.sites) {
      const std::string name = "site:" + site.name;
      note_open(site.prefixes.open, name);
      for (const WrittenPrefix& prefix : site.prefixes.items) {
        ranges_.add(prefix.prefix, {name, site.where});
      }
    }
    for (std::size_t s = 0; s < parts_.segments.size(); ++s) {
      const Segment& segment = parts_.segments[s];
      note_open(segment.prefixes.open, "segment:" + segment.name);
      for (const WrittenPrefix& prefix : segment.prefixes.items) {
        by_segment_.add(prefix.prefix, s);
      }
    }
    for (const Host& host : parts_.hosts) {
      if (!host.segment) continue;
      const std::size_t s = host.segment.id->index();
      lists_hosts_.insert(s);
      for (const IpAddress address : host.addresses) {
        list(address, segment_owner(s));
      }
    }
  }

  Owner segment_owner(std::size_t segment) const {
    const Segment& one = parts_.segments[segment];
    return {"segment:" + one.name, one.where};
  }

  void ask_subnet(std::size_t s, IpPrefix block, IpAddress address,
                  Ownership& found) const {
    const SubnetView& subnet = subnets_[s];
    const Vpc& vpc = parts_.vpcs.at(subnet.vpc.index());
    const std::string name = "subnet:" + subnet.name;
    const Owner owner{"vpc:" + vpc.name, vpc.where};
    if (found.owners.contains(owner)) return;
    if (!assignable({block}).contains(address)) {
      found.reserved = name;
      return;
    }
    found.owners.insert(owner);
    const bool may_be_unlisted =
        subnet.written == nullptr || subnet.written->interfaces_open;
    if (!may_be_unlisted && lists_endpoints_.contains(s)) found.unlisted = name;
  }

  void ask_segment(std::size_t s, Ownership& found) const {
    const Owner owner = segment_owner(s);
    if (!found.owners.insert(owner).second) return;
    if (lists_hosts_.contains(s)) found.unlisted = owner.name;
  }

  void note_open(bool open, const std::string& name) {
    if (open && open_.empty()) open_ = name;
  }

  const TopologyParts& parts_;
  std::vector<SubnetView> subnets_;
  std::map<IpAddress, std::set<Owner>> listed_;
  PrefixIndex<Owner> ranges_;
  PrefixIndex<std::size_t> by_subnet_;
  PrefixIndex<std::size_t> by_segment_;
  PrefixIndex<std::size_t> by_vpc_;
  std::set<std::size_t> lists_endpoints_;
  std::set<std::size_t> lists_hosts_;
  std::string open_;
};

std::vector<std::string> names_of(const std::set<Owner>& owners) {
  std::vector<std::string> names;
  for (const Owner& owner : owners) names.push_back(owner.name);
  return names;
}

/// What is wrong with an address of a record, and how bad it is.
struct Fault {
  std::string what;
  Severity level = Severity::kError;
};

std::optional<Fault> fault_of(IpAddress address, const Ownership& ownership) {
  if (unroutable().contains(address)) {
    return Fault{"which no router forwards", Severity::kWarning};
  }
  if (ownership.owners.size() > 1) {
    return Fault{"which has several owners: " +
                 some_of(names_of(ownership.owners))};
  }
  if (!ownership.unlisted.empty()) {
    return Fault{"which lies in " + ownership.unlisted +
                     ", but nothing listed there has it",
                 Severity::kWarning};
  }
  if (ownership.owned() || global_unicast().contains(address)) {
    return std::nullopt;
  }
  if (!ownership.reserved.empty()) {
    return Fault{"which " + ownership.reserved +
                 " gives to nobody: AWS keeps the first four and the last"};
  }
  if (!ownership.open.empty()) {
    return Fault{"which nobody is known to have (" + ownership.open +
                     " is not wholly known)",
                 Severity::kWarning};
  }
  return Fault{"which nobody has"};
}

}  // namespace

void check_records(const PlanContext& context, std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  if (parts.dns_records.empty()) return;
  const Owners owners{context.topology};
  for (const DnsRecord& record : parts.dns_records) {
    const std::string name = "name:" + record.name;
    for (const IpAddress address : record.addresses) {
      const Ownership ownership = owners.of(address);
      const auto fault = fault_of(address, ownership);
      if (!fault) continue;
      Finding finding =
          make_finding("record-points-at-an-owned-address",
                       fmt::format("{} points at {}, {}", name,
                                   to_string(address), fault->what),
                       record.where, name);
      finding.level = fault->level;
      for (const Owner& owner : ownership.owners) {
        finding.subjects.push_back(owner.name);
        finding.related.push_back({owner.name, owner.where});
      }
      found.push_back(std::move(finding));
    }
  }
}

}  // namespace netproof
