#include <algorithm>

#include "io/draft.hpp"

namespace netproof::io {
namespace {

void read_selector(Draft& draft, const Node& node, const std::string& table,
                   Membership membership) {
  const int before = draft.problems.failures();
  Fields fields{draft.problems, node, "selector of attachments"};
  PendingSelector selector;
  selector.table = table;
  selector.membership = membership;
  selector.where = node.where;
  if (const Node* select = fields.need("select")) {
    selector.select = read_choice_of_labels(draft.problems, *select);
  }
  if (const Node* minus = fields.find("minus")) {
    selector.minus = read_choice_of_labels(draft.problems, *minus);
  }
  fields.finish();
  if (draft.problems.failures() == before) {
    draft.selectors.push_back(std::move(selector));
  }
}

OpenList<Ref<TransitAttachment>> read_members(Draft& draft, Fields& fields,
                                              const char* key,
                                              const TransitRouteTable& table,
                                              Membership membership) {
  const Node* node = fields.find(key);
  if (node == nullptr) return {};
  return read_open_list<Ref<TransitAttachment>>(
      draft.problems, *node, [&](const Node& item, auto& out) {
        if (item.is_map()) {
          read_selector(draft, item, table.name, membership);
        } else if (auto ref =
                       read_ref<TransitAttachment>(draft.problems, item)) {
          out.push_back(std::move(*ref));
        }
      });
}

void read_attachment_of_route(Fields& fields, TransitRoute& route) {
  const Node* node =
      route.blackhole ? fields.find("attachment") : fields.need("attachment");
  if (node == nullptr) return;
  route.targets = read_list<Ref<TransitAttachment>>(
      fields.problems(), *node, [&](const Node& item, auto& out) {
        if (item.is_unknown()) {
          route.target_unknown = true;
        } else if (auto ref =
                       read_ref<TransitAttachment>(fields.problems(), item)) {
          out.push_back(std::move(*ref));
        }
      });
}

void read_transit_route(Problems& problems, const Node& node,
                        std::vector<TransitRoute>& routes,
                        std::vector<PendingRoutes<TransitRoute>>& pending) {
  const int before = problems.failures();
  Fields fields{problems, node, "transit gateway route"};
  if (!node.is_map()) return;
  TransitRoute route;
  route.where = node.where;
  route.blackhole = fields.flag("blackhole", false);
  route.comment = fields.prose("comment");
  read_attachment_of_route(fields, route);
  const Node* destination = fields.find_either("destination", "prefix_list");
  std::vector<Destination> destinations;
  if (destination == nullptr) {
    fields.need("destination");
  } else if (node.find("destination") == nullptr) {
    route.prefix_list = fields.ref<PrefixList>("prefix_list");
    route.where = destination->where;
  } else {
    destinations = read_vpc_destinations(problems, *destination, false);
  }
  fields.finish();
  if (problems.failures() != before) return;
  if (route.prefix_list) routes.push_back(route);
  add_routes(route, destinations, routes, pending);
}

// The reference under `key`, if it is there.
template <class Kind>
bool attach(Fields& fields, const char* key, std::optional<Ref<Kind>>& to) {
  to = fields.ref<Kind>(key);
  return fields.map().find(key) != nullptr;
}

void read_attached(Fields& fields, const VpcOwner& owner,
                   TransitAttachment& attachment) {
  int count = 0;
  const auto take = [&](bool there, AttachmentKind kind) {
    if (!there) return;
    ++count;
    attachment.kind = kind;
  };
  if (owner) {
    attachment.vpc = owner;
    return;
  }
  take(attach(fields, "vpc", attachment.vpc), AttachmentKind::kVpc);
  take(attach(fields, "direct_connect_gateway", attachment.direct_connect),
       AttachmentKind::kDirectConnect);
  take(attach(fields, "vpn_connection", attachment.vpn), AttachmentKind::kVpn);
  take(attach(fields, "peer", attachment.peer), AttachmentKind::kPeering);
  if (count == 1) return;
  fields.problems().add(
      {"one-of-keys", attachment.where,
       "an attachment has one of vpc, direct_connect_gateway, "
       "vpn_connection, peer",
       count == 0 ? "none" : "several", ""});
}

// "2025-04-01" or "2025-04-01T09:00:00Z": the order of such texts is the order
// of time.
bool is_timestamp(const std::string& text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  constexpr std::size_t kDate = 10;
  if (text.size() != kDate && text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = '0' <= text[i] && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != kForm[i]) return false;
  }
  return true;
}

void read_created(Fields& fields, TransitAttachment& attachment) {
  const Node* node = fields.find("created");
  if (node == nullptr || node->is_unknown()) return;
  const auto text = read_text(fields.problems(), *node);
  if (!text) return;
  if (!is_timestamp(*text)) {
    fields.problems().add({"timestamp", node->where,
                           "a time is 2025-04-01 or 2025-04-01T09:00:00Z",
                           *text, ""});
  }
  attachment.created = *text;
}

void read_memberships(Draft& draft, Fields& fields, const char* key,
                      const TransitAttachment& attachment,
                      Membership membership) {
  const Node* node = fields.find(key);
  if (node == nullptr) return;
  const auto tables = read_open_list<Ref<TransitRouteTable>>(
      draft.problems, *node, [&](const Node& item, auto& out) {
        if (auto ref = read_ref<TransitRouteTable>(draft.problems, item)) {
          out.push_back(std::move(*ref));
        }
      });
  for (const auto& table : tables.items) {
    draft.memberships.push_back(
        {table, {attachment.name, std::nullopt, table.where}, membership});
  }
  if (tables.open) {
    draft.unknown_memberships.push_back({attachment.gateway.name, membership});
  }
}

}  // namespace

void read_transit_gateway(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, TransitGateway& gateway) {
    gateway.region = fields.text("region");
    gateway.group_referencing = fields.open_flag("security_group_referencing",
                                                 gateway.group_referencing);
    gateway.vpn_ecmp = fields.flag("vpn_ecmp", true);
    gateway.default_association =
        fields.ref<TransitRouteTable>("default_route_table_association");
    gateway.default_propagation =
        fields.ref<TransitRouteTable>("default_route_table_propagation");
    each_object(
        draft, fields.find("route_tables"), nullptr,
        [&](const Node& n) { read_transit_table(draft, n, ref_to(gateway)); });
  };
  record_lost(draft, "transit_gateways",
              read_object(draft, node, {"transit_gateways", "transit gateway"},
                          draft.parts.transit_gateways, body));
}

void read_transit_table(Draft& draft, const Node& node,
                        const std::optional<Ref<TransitGateway>>& owner) {
  std::vector<PendingRoutes<TransitRoute>> pending;
  const auto body = [&](Fields& fields, TransitRouteTable& table) {
    table.gateway = owner_or(fields, owner, "transit_gateway");
    table.associations = read_members(draft, fields, "associations", table,
                                      Membership::kAssociation);
    table.propagations = read_members(draft, fields, "propagations", table,
                                      Membership::kPropagation);
    if (const Node* routes = fields.find("routes")) {
      table.routes = read_open_list<TransitRoute>(
          draft.problems, *routes, [&](const Node& item, auto& out) {
            read_transit_route(draft.problems, item, out, pending);
          });
    }
  };
  const auto lost = read_object(
      draft, node,
      {"transit_gateway_route_tables", "transit gateway route table"},
      draft.parts.transit_route_tables, body);
  if (lost) {
    record_lost(draft, "transit_gateway_route_tables", lost,
                lost->gateway.name);
  } else if (!pending.empty()) {
    auto& unfinished = draft.transit_tables;
    unfinished.objects.emplace_back(draft.parts.transit_route_tables.size() - 1,
                                    unfinished.pending.size());
    unfinished.pending.push_back(std::move(pending));
  }
}

void read_transit_attachment(Draft& draft, const Node& node,
                             const VpcOwner& owner) {
  const auto body = [&](Fields& fields, TransitAttachment& attachment) {
    attachment.gateway = fields.need_ref<TransitGateway>("transit_gateway");
    read_attached(fields, owner, attachment);
    attachment.subnets = fields.open_refs<Subnet>("subnets");
    attachment.appliance_mode =
        fields.open_flag("appliance_mode", attachment.appliance_mode);
    attachment.ipv6 = fields.open_flag("ipv6", attachment.ipv6);
    attachment.group_referencing = fields.open_flag(
        "security_group_referencing", attachment.group_referencing);
    attachment.available = fields.open_flag("available", attachment.available);
    read_created(fields, attachment);
    read_memberships(draft, fields, "route_table_associations", attachment,
                     Membership::kAssociation);
    read_memberships(draft, fields, "route_table_propagations", attachment,
                     Membership::kPropagation);
  };
  const auto lost =
      read_object(draft, node,
                  {"transit_gateway_attachments", "transit gateway attachment"},
                  draft.parts.transit_attachments, body);
  if (lost) {
    record_lost(draft, "transit_gateway_attachments", lost, lost->gateway.name);
  }
}

}  // namespace netproof::io
