#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rules/plan_checks.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

/// One association of an attachment, as written.
struct Association {
  std::string table;
  Location where;
};

std::string attached_to(const TopologyParts& parts,
                        const TransitAttachment& attachment) {
  if (attachment.vpc && attachment.vpc->id) {
    return " (vpc:" + parts.vpcs.at(attachment.vpc->id->index()).name + ")";
  }
  return "";
}

void report_twice(const TopologyParts& parts, std::uint32_t id,
                  const std::vector<Association>& all,
                  std::vector<Finding>& found) {
  const TransitAttachment& attachment = parts.transit_attachments.at(id);
  const std::string name = "tgw-attachment:" + attachment.name;
  std::vector<std::string> tables;
  std::set<std::string> seen;
  for (const Association& one : all) {
    if (seen.insert(one.table).second) tables.push_back(one.table);
  }
  const std::string who = name + attached_to(parts, attachment);
  std::string text =
      tables.size() == 1
          ? fmt::format("{} is associated with {} {} times", who, tables[0],
                        all.size())
          : fmt::format(
                "{} is associated with {} route tables: {}; AWS takes "
                "one, and which is not known",
                who, tables.size(), some_of(tables));
  Finding finding = make_finding("attachment-has-one-association",
                                 std::move(text), all.back().where, name);
  finding.related.push_back({"the attachment", attachment.where});
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    finding.related.push_back({"in " + all[i].table, all[i].where});
  }
  found.push_back(std::move(finding));
}

/// Reports references from a table to attachments of another gateway.
class Foreigners {
 public:
  Foreigners(const TopologyParts& parts, std::vector<Finding>& found)
      : parts_{parts}, found_{found} {}

  void check(const TransitRouteTable& table, const Ref<TransitAttachment>& ref,
             const std::string& how) {
    if (!ref || !table.gateway) return;
    const TransitAttachment& attachment =
        parts_.transit_attachments.at(ref.id->index());
    if (!attachment.gateway || attachment.gateway.id == table.gateway.id) {
      return;
    }
    const std::string name = "tgw-rtb:" + table.name;
    Finding finding =
        make_finding("table-and-attachment-share-a-gateway",
                     fmt::format("{} of tgw:{} {} tgw-attachment:{} of tgw:{}",
                                 name, table.gateway.name, how, attachment.name,
                                 attachment.gateway.name),
                     ref.where, name);
    finding.subjects.push_back("tgw-attachment:" + attachment.name);
    finding.related = {{"the table", table.where},
                       {"the attachment", attachment.where}};
    found_.push_back(std::move(finding));
  }

 private:
  const TopologyParts& parts_;
  std::vector<Finding>& found_;
};

}  // namespace

void check_associations(const PlanContext& context,
                        std::vector<Finding>& found) {
  const TopologyParts& parts = context.parts();
  std::map<std::uint32_t, std::vector<Association>> by_attachment;
  for (const TransitRouteTable& table : parts.transit_route_tables) {
    for (const auto& ref : table.associations.items) {
      if (!ref) continue;
      by_attachment[ref.id->value].push_back(
          {"tgw-rtb:" + table.name, ref.where});
    }
  }
  for (const auto& [id, all] : by_attachment) {
    if (all.size() > 1) report_twice(parts, id, all, found);
  }
}

void check_gateways_of_tables(const PlanContext& context,
                              std::vector<Finding>& found) {
  Foreigners foreigners(context.parts(), found);
  for (const TransitRouteTable& table : context.parts().transit_route_tables) {
    for (const auto& ref : table.associations.items) {
      foreigners.check(table, ref, "is associated with");
    }
    for (const auto& ref : table.propagations.items) {
      foreigners.check(table, ref, "learns from");
    }
    for (const TransitRoute& route : table.routes.items) {
      for (const auto& ref : route.targets) {
        foreigners.check(table, ref, "has a route to");
      }
    }
  }
}

}  // namespace netproof
