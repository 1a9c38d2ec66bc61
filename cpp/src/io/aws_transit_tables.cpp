#include <algorithm>
#include <optional>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

/// A block that an attached VPC would propagate to a table.
struct Candidate {
  IpPrefix prefix;
  std::string attachment;
};

class TransitTableBuilder {
 public:
  TransitTableBuilder(AwsBuild& build, const AwsResource& resource)
      : build_{build}, resource_{resource}, fields_{build.reading, resource} {}

  void add() {
    const OddScope odd{build_.reading};
    fields_.knows({"CreationTime", "DefaultAssociationRouteTable",
                   "DefaultPropagationRouteTable", "State", "Tags",
                   "TransitGatewayId", "TransitGatewayRouteTableId"});
    const std::string state = fields_.text("State");
    if (state == "deleted") return;
    build_.name(table_, resource_, fields_, "TransitGatewayRouteTableId");
    table_.gateway = ref<TransitGateway>(fields_.text("TransitGatewayId"),
                                         fields_.where("TransitGatewayId"));
    read_associations();
    read_propagations();
    read_routes();
    if (odd.odd()) table_.routes.open = true;
    build_.parts.transit_route_tables.push_back(std::move(table_));
  }

 private:
  bool assumes() const {
    return !build_.reading.options.assume_missing.empty();
  }

  const TransitAttachment* find(const std::string& id) const {
    const auto at = build_.attachments.find({id, table_.gateway.name});
    return at == build_.attachments.end()
               ? nullptr
               : &build_.parts.transit_attachments[at->second];
  }

  // The attachment of an element of a list; nothing if it does not count.
  std::optional<Ref<TransitAttachment>> member(const AwsObject& one,
                                               const char* settled,
                                               bool& open) {
    one.knows({"ResourceId", "ResourceType", "State",
               "TransitGatewayAttachmentId",
               "TransitGatewayRouteTableAnnouncementId",
               "TransitGatewayRouteTableId"});
    const std::string state = one.text("State");
    if (state == "disassociated" || state == "disabled") return std::nullopt;
    const TransitAttachment* attachment =
        find(one.text("TransitGatewayAttachmentId"));
    if (attachment == nullptr || (!state.empty() && state != settled)) {
      open = true;
      return std::nullopt;
    }
    return ref<TransitAttachment>(attachment->name, one.where());
  }

  void read_associations() {
    table_.associations.where = fields_.where();
    const std::string& id = table_.name;
    auto& listed = build_.snapshot.table(AwsFamily::kTransitAssociations);
    if (build_.snapshot.has_about(AwsFamily::kTransitAssociations, id)) {
      for (const AwsResource& one : listed) {
        if (one.about != id) continue;
        const AwsObject fields{build_.reading, one};
        if (auto found =
                member(fields, "associated", table_.associations.open)) {
          table_.associations.items.push_back(std::move(*found));
        }
      }
      return;
    }
    read_association_of_each();
  }

  // The owner of a transit gateway sees the same at each attachment.
  void read_association_of_each() {
    const std::string& id = table_.name;
    auto& attachments = build_.snapshot.table(AwsFamily::kTransitAttachments);
    for (const AwsResource& one : attachments) {
      const AwsObject fields{build_.reading, one};
      const AwsObject association = fields.object("Association");
      if (association.text("TransitGatewayRouteTableId") != id) continue;
      const TransitAttachment* attachment =
          find(fields.text("TransitGatewayAttachmentId"));
      const std::string state = association.text("State");
      if (attachment == nullptr || state == "disassociated") continue;
      if (state == "associated" || state.empty()) {
        table_.associations.items.push_back(
            ref<TransitAttachment>(attachment->name, association.where()));
      } else {
        table_.associations.open = true;
      }
    }
    if (build_.misses(AwsFamily::kTransitAttachments, resource_.file->scope)) {
      table_.associations.open = true;
    }
  }

  void read_propagations() {
    table_.propagations.where = fields_.where();
    bool told =
        build_.snapshot.has_about(AwsFamily::kTransitPropagations, table_.name);
    const auto add = [&](const AwsObject& fields) {
      if (auto found = member(fields, "enabled", table_.propagations.open)) {
        table_.propagations.items.push_back(std::move(*found));
      }
    };
    for (const AwsResource& one :
         build_.snapshot.table(AwsFamily::kTransitPropagations)) {
      if (one.about == table_.name) add({build_.reading, one});
    }
    for (const AwsResource& one :
         build_.snapshot.table(AwsFamily::kTablePropagations)) {
      const AwsObject fields{build_.reading, one};
      if (fields.text("TransitGatewayRouteTableId") != table_.name) continue;
      told = true;
      for (const AwsObject& each :
           fields.list("TransitGatewayRouteTablePropagations")) {
        add(each);
      }
    }
    if (!told && !assumes()) table_.propagations.open = true;
  }

  void read_routes() {
    table_.routes.where = fields_.where();
    const bool whole =
        build_.snapshot.has_about(AwsFamily::kTransitRoutes, table_.name);
    bool told = whole;
    for (const AwsResource& one :
         build_.snapshot.table(AwsFamily::kTransitRoutes)) {
      if (one.about == table_.name) add_route({build_.reading, one});
    }
    for (const AwsResource& one :
         build_.snapshot.table(AwsFamily::kStaticRoutes)) {
      const AwsObject fields{build_.reading, one};
      if (fields.text("TransitGatewayRouteTableId") != table_.name) continue;
      told = !fields.flag("AdditionalRoutesAvailable").value_or(false);
      for (const AwsObject& route : fields.list("Routes")) add_route(route);
      if (told) add_references(one.file->scope);
    }
    if (!told && !assumes()) table_.routes.open = true;
    if (whole) {
      trust();
    } else {
      keep_static();
    }
  }

  // A referenced list is no static route; without its call nobody knows.
  void add_references(std::size_t scope) {
    for (const AwsResource& one :
         build_.snapshot.table(AwsFamily::kPrefixListReferences)) {
      const AwsObject fields{build_.reading, one};
      if (fields.text("TransitGatewayRouteTableId") != table_.name) continue;
      TransitRoute route;
      route.where = fields.where();
      route.prefix_list = ref<PrefixList>(fields.text("PrefixListId"),
                                          fields.where("PrefixListId"));
      route.blackhole = fields.flag("Blackhole").value_or(false);
      aim(route, fields.object("TransitGatewayAttachment")
                     .text("TransitGatewayAttachmentId"));
      static_.push_back(std::move(route));
    }
    if (build_.misses(AwsFamily::kPrefixListReferences, scope)) {
      table_.routes.open = true;
      build_.reading.gap("snapshot-has-every-call", fields_.where(),
                         "a snapshot with static routes alone has "
                         "get-transit-gateway-prefix-list-references",
                         table_.name, "the routes of the table are unknown");
    }
  }

  void aim(TransitRoute& route, const std::string& id) {
    if (route.blackhole) return;
    if (const TransitAttachment* attachment = find(id)) {
      route.targets.push_back(
          ref<TransitAttachment>(attachment->name, route.where));
    } else {
      route.target_unknown = true;
      build_.doubted_gateways.insert(table_.gateway.name);
      build_.reading.gap("snapshot-has-every-call", route.where,
                         "a snapshot describes the attachments of its routes",
                         id.empty() ? "nothing" : id,
                         "where the route leads is unknown");
    }
  }

  void add_route(const AwsObject& fields) {
    OddScope odd{build_.reading};
    fields.knows({"DestinationCidrBlock", "PrefixListId", "State",
                  "TransitGatewayAttachments",
                  "TransitGatewayRouteTableAnnouncementId", "Type"});
    const std::string state = fields.text("State");
    if (state == "pending" || state == "deleting" || state == "deleted") {
      return;  // not installed (S48)
    }
    if (state != "active" && state != "blackhole") {
      fields.report_unknown("State");
    }
    const std::string type = fields.text("Type");
    if (type != "static" && type != "propagated") {
      fields.report_unknown("Type");
    }
    auto prefix = fields.prefix("DestinationCidrBlock");
    if (!prefix) {
      table_.routes.open = true;
      return;
    }
    TransitRoute route;
    route.destination = std::move(*prefix);
    route.where = fields.where();
    route.blackhole = state == "blackhole";
    const auto targets = fields.list("TransitGatewayAttachments");
    for (const AwsObject& target : targets) {
      aim(route, target.text("TransitGatewayAttachmentId"));
    }
    if (targets.empty()) aim(route, "");
    if (odd.odd()) {
      route.blackhole = false;
      route.targets.clear();
      route.target_unknown = true;
      build_.doubted_gateways.insert(table_.gateway.name);
    }
    odd.settle();
    const bool learned = type == "propagated" && !fields.has("PrefixListId");
    (learned ? learned_ : static_).push_back(std::move(route));
  }

  static bool overlaps(const Candidate& a, const Candidate& b) {
    return a.attachment != b.attachment && a.prefix.overlaps(b.prefix);
  }

  std::vector<Candidate> candidates() const {
    std::vector<Candidate> all;
    for (const Ref<TransitAttachment>& one : table_.propagations.items) {
      const TransitAttachment* at = build_.attachment(one.name);
      if (at == nullptr || !at->vpc || !at->available.is(true)) continue;
      const Vpc& vpc = build_.parts.vpcs[build_.vpcs.at(at->vpc->name).index];
      for (const WrittenPrefix& cidr : vpc.cidrs.items) {
        const bool v6 = cidr.prefix.family() == Family::kV6;
        if (!v6 || at->ipv6.is(true)) all.push_back({cidr.prefix, one.name});
      }
    }
    return all;
  }

  static const TransitRoute* with_prefix(
      const std::vector<TransitRoute>& routes, const IpPrefix& prefix) {
    const auto at = std::ranges::find_if(routes, [&](const auto& route) {
      return route.destination && route.destination->prefix == prefix;
    });
    return at == routes.end() ? nullptr : &*at;
  }

  bool is_vpc(const TransitRoute& route) const {
    if (route.targets.size() != 1) return false;
    const TransitAttachment* at = build_.attachment(route.targets[0].name);
    return at != nullptr && at->kind == AttachmentKind::kVpc;
  }

  void keep_static() {
    for (TransitRoute& route : static_) {
      table_.routes.items.push_back(std::move(route));
    }
  }

  // The answer is the table as it forwards (S44). It is what propagates, and
  // static routes, unless VPCs overlap (S52): then it stands for itself.
  void trust() {
    const std::vector<Candidate> all = candidates();
    bool conflict = false;
    bool missing = false;
    for (const Candidate& one : all) {
      const bool disputed = std::ranges::any_of(
          all, [&](const Candidate& other) { return overlaps(one, other); });
      conflict = conflict || disputed;
      missing = missing || (!shows(one) && !disputed);
    }
    if (missing) {
      build_.reading.gap(
          "snapshot-is-understood", fields_.where(),
          "the routes of a table hold what propagates to it", table_.name,
          "both count; search with the filter state=active,blackhole");
    }
    const bool from_vpcs = !conflict && !missing && shows_only(all);
    for (const TransitRoute& route : learned_) {
      if (!from_vpcs || !is_vpc(route)) static_.push_back(route);
      for (const Ref<TransitAttachment>& target : route.targets) {
        build_.learned[target.name].push_back(*route.destination);
      }
    }
    keep_static();
    if (missing) return;
    std::erase_if(table_.propagations.items, [&](const auto& one) {
      const TransitAttachment* at = build_.attachment(one.name);
      return !from_vpcs || at == nullptr || at->kind != AttachmentKind::kVpc;
    });
    table_.propagations.open = false;
  }

  bool shows(const Candidate& one) const {
    if (with_prefix(static_, one.prefix) != nullptr) return true;
    const TransitRoute* learned = with_prefix(learned_, one.prefix);
    return learned != nullptr && learned->targets.size() == 1 &&
           learned->targets[0].name == one.attachment;
  }

  bool shows_only(const std::vector<Candidate>& all) const {
    return std::ranges::all_of(learned_, [&](const TransitRoute& route) {
      return !is_vpc(route) ||
             std::ranges::any_of(all, [&](const Candidate& one) {
               return one.prefix == route.destination->prefix &&
                      one.attachment == route.targets[0].name;
             });
    });
  }

  AwsBuild& build_;
  const AwsResource& resource_;
  AwsObject fields_;
  TransitRouteTable table_;
  std::vector<TransitRoute> static_;   ///< and of prefix lists
  std::vector<TransitRoute> learned_;  ///< by propagation
};

}  // namespace

void build_transit_tables(AwsBuild& build) {
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kTransitTables)) {
    TransitTableBuilder{build, one}.add();
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kPolicyTables)) {
    const AwsObject fields{build.reading, one};
    if (fields.text("State") == "deleted") continue;
    build.reading.gap("snapshot-is-understood", one.where(),
                      "policy tables of transit gateways are modelled",
                      fields.text("TransitGatewayPolicyTableId"),
                      "what the transit gateway does is unknown");
    build.doubted_gateways.insert(fields.text("TransitGatewayId"));
  }
}

}  // namespace netproof::io
