#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "rules/plan_carried.hpp"
#include "rules/plan_checks.hpp"
#include "rules/plan_entries.hpp"
#include "rules/transit_view.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

/// Asks what a transit table delivers of what comes in by one attachment.
class Delivery {
 public:
  explicit Delivery(const TopologyParts& parts)
      : parts_{parts}, carriers_{parts} {
    for (std::uint32_t i = 0; i < parts.transit_attachments.size(); ++i) {
      attachments_["tgw-attachment:" + parts.transit_attachments[i].name] = i;
    }
    for (std::uint32_t t = 0; t < parts.transit_route_tables.size(); ++t) {
      open_ = open_ || parts.transit_route_tables[t].associations.open;
      for (const std::uint32_t id : associated_with(parts, t)) {
        tables_.emplace(id, t);
      }
    }
  }

  /// May an attachment be associated with a table that is not written?
  bool open() const { return open_; }

  std::vector<std::uint32_t> tables_of(std::uint32_t attachment) const {
    std::vector<std::uint32_t> tables;
    const auto [begin, end] = tables_.equal_range(attachment);
    for (auto at = begin; at != end; ++at) tables.push_back(at->second);
    return tables;
  }

  IpSet delivered(std::uint32_t table, std::uint32_t from) {
    const PlanTable written = transit_table_of(parts_, table);
    IpSet all;
    for (const EntryGroup& group :
         groups_of(written.entries, [](const PlanEntry&) { return true; })) {
      const PlanEntry* winner = group.winner();
      all |= winner == nullptr ? group.decides
                               : part_of(group, *winner, table, from);
    }
    return all;
  }

 private:
  // What is not known counts as delivered.
  IpSet part_of(const EntryGroup& group, const PlanEntry& entry,
                std::uint32_t table, std::uint32_t from) {
    if (entry.blackhole()) return {};
    const auto at = attachments_.find(entry.target);
    if (at == attachments_.end()) return group.decides;
    if (at->second == from) return {};
    if (!entry.written()) return group.decides;
    const Carried& carried = carriers_.of(at->second, table);
    if (carried.open || carried.may_lead_on) return group.decides;
    return group.decides & carried.all();
  }

  const TopologyParts& parts_;
  Carriers carriers_;
  std::map<std::string, std::uint32_t> attachments_;
  std::multimap<std::uint32_t, std::uint32_t> tables_;
  bool open_ = false;
};

std::string largest_of(const IpSet& set) {
  std::vector<IpPrefix> prefixes = set.prefixes();
  std::ranges::stable_sort(prefixes, {}, &IpPrefix::length);
  std::vector<std::string> texts;
  for (const IpPrefix prefix : prefixes) texts.push_back(to_string(prefix));
  return some_of(texts);
}

/// One side of an association: what it allows, and what is delivered of that.
struct Offer {
  std::string gateway;  ///< "dxgw:main"
  std::string table;    ///< "tgw-rtb:rt", or why there is none
  std::optional<IpSet> delivered;
};

void judge(const Offer& offer, const WrittenPrefix& allowed,
           std::vector<Finding>& found) {
  const std::string prefix = to_string(allowed.prefix);
  if (!offer.delivered) {
    found.push_back(
        make_finding("advertised-prefix-is-deliverable",
                     fmt::format("{} advertises {}, but {}", offer.gateway,
                                 prefix, offer.table),
                     allowed.where, offer.gateway));
    return;
  }
  const IpSet whole = IpSet::of(allowed.prefix);
  const IpSet part = whole & *offer.delivered;
  if (part == whole) return;
  if (part.empty()) {
    found.push_back(make_finding(
        "advertised-prefix-is-deliverable",
        fmt::format("{} advertises {}, of which {} delivers nothing",
                    offer.gateway, prefix, offer.table),
        allowed.where, offer.gateway));
    return;
  }
  Finding finding = make_finding(
      "advertised-prefix-is-deliverable",
      fmt::format("{} advertises {}; {} delivers {} of it, and drops {}",
                  offer.gateway, prefix, offer.table, largest_of(part),
                  largest_of(whole - part)),
      allowed.where, offer.gateway);
  finding.level = Severity::kNote;
  found.push_back(std::move(finding));
}

std::vector<std::uint32_t> attachments_of(const TopologyParts& parts,
                                          std::uint32_t direct_connect,
                                          Id<TransitGateway> gateway) {
  std::vector<std::uint32_t> ids;
  for (std::uint32_t i = 0; i < parts.transit_attachments.size(); ++i) {
    const TransitAttachment& one = parts.transit_attachments[i];
    if (one.direct_connect && one.direct_connect->id &&
        one.direct_connect->id->value == direct_connect &&
        one.gateway.id == gateway) {
      ids.push_back(i);
    }
  }
  return ids;
}

/// Empty: not known.
std::optional<Offer> offer_of(const TopologyParts& parts, Delivery& delivery,
                              std::uint32_t direct_connect,
                              const Ref<TransitGateway>& gateway) {
  Offer offer{"dxgw:" + parts.direct_connect_gateways[direct_connect].name,
              fmt::format("it has no attachment at tgw:{}", gateway.name),
              {}};
  for (const std::uint32_t from :
       attachments_of(parts, direct_connect, *gateway.id)) {
    const auto tables = delivery.tables_of(from);
    if (tables.empty()) {
      offer.table =
          fmt::format("its attachment at tgw:{} has no table", gateway.name);
    }
    for (const std::uint32_t table : tables) {
      if (may_hold_more(parts, table)) return std::nullopt;
      offer.table = "tgw-rtb:" + parts.transit_route_tables[table].name;
      const IpSet more = delivery.delivered(table, from);
      offer.delivered = offer.delivered ? *offer.delivered | more : more;
    }
  }
  return offer;
}

// S90: a filter. The VPC's block goes out if an allowed prefix holds it.
void judge_filter(const TopologyParts& parts, const std::string& name,
                  const DirectConnectAssociation& one,
                  std::vector<Finding>& found) {
  if (!one.vpn_gateway->id || one.allowed_prefixes.open) return;
  const VpnGateway& gateway =
      parts.vpn_gateways.at(one.vpn_gateway->id->index());
  if (!gateway.vpc || !gateway.vpc->id) return;
  const Vpc& vpc = parts.vpcs.at(gateway.vpc->id->index());
  if (vpc.cidrs.open || one.allowed_prefixes.items.empty()) return;
  for (const WrittenPrefix& allowed : one.allowed_prefixes.items) {
    for (const WrittenPrefix& cidr : vpc.cidrs.items) {
      if (allowed.prefix.contains(cidr.prefix)) return;
    }
  }
  const WrittenPrefix& first = one.allowed_prefixes.items.front();
  found.push_back(make_finding(
      "advertised-prefix-is-deliverable",
      fmt::format("{} allows {} for vgw:{}, which holds no block of vpc:{}: "
                  "nothing is advertised",
                  name, to_string(first.prefix), gateway.name, vpc.name),
      first.where, name));
}

}  // namespace

// S91, S92: the list goes out as it is, whatever the tables hold.
void check_advertised_prefixes(const PlanContext& context,
                               std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  if (!parts.left_out.empty()) return;
  Delivery delivery(parts);
  for (std::uint32_t d = 0; d < parts.direct_connect_gateways.size(); ++d) {
    const DirectConnectGateway& gateway = parts.direct_connect_gateways[d];
    for (const DirectConnectAssociation& one : gateway.associations) {
      if (one.vpn_gateway) {
        judge_filter(parts, "dxgw:" + gateway.name, one, found);
      }
      if (!one.transit_gateway || !one.transit_gateway->id) continue;
      if (delivery.open()) continue;
      const auto offer = offer_of(parts, delivery, d, *one.transit_gateway);
      if (!offer) continue;
      for (const WrittenPrefix& allowed : one.allowed_prefixes.items) {
        judge(*offer, allowed, found);
      }
    }
  }
}

}  // namespace netproof
