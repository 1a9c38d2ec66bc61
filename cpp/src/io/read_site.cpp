#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "io/draft.hpp"

namespace netproof::io {
namespace {

constexpr int kLongestPath = 255;
constexpr int kMostPreferred = 1000000;

std::optional<int> read_site_preference(Fields& fields) {
  const Node* node = fields.find("site_preference");
  if (node == nullptr || node->is_unknown()) return std::nullopt;
  return read_int(fields.problems(), *node, 0, kMostPreferred);
}

// Exactly one of two references.
template <class First, class Second>
void read_one_of(Fields& fields, const char* first_key, const char* second_key,
                 std::optional<Ref<First>>& first,
                 std::optional<Ref<Second>>& second) {
  if (fields.need_either(first_key, second_key) == nullptr) return;
  first = fields.ref<First>(first_key);
  second = fields.ref<Second>(second_key);
}

void read_association(Problems& problems, const Node& node,
                      std::vector<DirectConnectAssociation>& associations) {
  Fields fields{problems, node, "Direct Connect association"};
  if (!node.is_map()) return;
  DirectConnectAssociation association;
  association.where = node.where;
  read_one_of(fields, "transit_gateway", "vpn_gateway",
              association.transit_gateway, association.vpn_gateway);
  association.allowed_prefixes =
      fields.prefixes(fields.need("allowed_prefixes"));
  fields.prose("description");
  fields.finish();
  associations.push_back(std::move(association));
}

void read_local_preference(Fields& fields, VirtualInterface& link) {
  const Node* node = fields.find("local_preference");
  if (node == nullptr) return;
  constexpr int kLow = 7100;
  constexpr int kStep = 100;
  const auto choice =
      read_choice(fields.problems(), *node, {"7100", "7200", "7300"});
  if (choice) link.local_preference = kLow + kStep * static_cast<int>(*choice);
}

std::optional<int> read_med(Fields& fields) {
  const Node* node = fields.find("med");
  if (node == nullptr) return std::nullopt;
  return read_int(fields.problems(), *node, 0, std::numeric_limits<int>::max());
}

// "65000:100": two numbers of 16 bits.
bool is_community(const std::string& text) {
  constexpr int kLargest = 65535;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (const char after : {':', '\0'}) {
    int number = 0;
    const auto [stop, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || stop == at || *at == '-' || number > kLargest) {
      return false;
    }
    if (after == '\0') return stop == end;
    if (stop == end || *stop != after) return false;
    at = stop + 1;
  }
  return false;
}

void read_community(Problems& problems, const Node& node,
                    std::vector<std::string>& communities) {
  const auto text = read_text(problems, node);
  if (!text) return;
  if (!is_community(*text)) {
    problems.add({"community", node.where,
                  "a community is two numbers up to 65535: \"65000:100\"",
                  *text, ""});
    return;
  }
  for (const char* preference : {"7100", "7200", "7300"}) {
    if (*text != fmt::format("7224:{}", preference)) continue;
    problems.add({"community-is-preference", node.where,
                  "the communities of the local preference are a key of their "
                  "own",
                  *text,
                  fmt::format("write local_preference: {}", preference)});
    return;
  }
  communities.push_back(*text);
}

}  // namespace

void read_site(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, Site& site) {
    site.prefixes = fields.prefixes(fields.need("prefixes"));
    site.transit = fields.open_flag("transit", site.transit);
    site.internet = fields.flag("internet", false);
    site.spoofs = fields.flag("spoofs", false);
  };
  record_lost(
      draft, "sites",
      read_object(draft, node, {"sites", "site"}, draft.parts.sites, body));
}

void read_direct_connect_gateway(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, DirectConnectGateway& gateway) {
    const Node* list = fields.find("associations");
    if (list == nullptr) return;
    gateway.associations = read_list<DirectConnectAssociation>(
        draft.problems, *list, [&](const Node& item, auto& out) {
          read_association(draft.problems, item, out);
        });
  };
  record_lost(draft, "direct_connect_gateways",
              read_object(draft, node,
                          {"direct_connect_gateways", "Direct Connect gateway"},
                          draft.parts.direct_connect_gateways, body));
}

void read_virtual_interface(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, VirtualInterface& link) {
    link.site = fields.need_ref<Site>("site");
    read_one_of(fields, "direct_connect_gateway", "vpn_gateway", link.gateway,
                link.vpn_gateway);
    link.advertised = fields.prefixes(fields.need("advertised"));
    link.up = fields.open_flag("up", link.up);
    link.site_link = fields.flag("site_link", false);
    read_local_preference(fields, link);
    if (const Node* communities = fields.find("communities")) {
      link.communities = read_list<std::string>(
          draft.problems, *communities, [&](const Node& item, auto& out) {
            read_community(draft.problems, item, out);
          });
    }
    link.as_path_length = fields.number("as_path_length", 1, 1, kLongestPath);
    link.med = read_med(fields);
    link.site_preference = read_site_preference(fields);
  };
  const auto lost =
      read_object(draft, node, {"virtual_interfaces", "virtual interface"},
                  draft.parts.virtual_interfaces, body);
  if (lost) {
    record_lost(draft, "virtual_interfaces", lost, lost->site.name,
                lost->gateway ? lost->gateway->name : "",
                lost->vpn_gateway ? lost->vpn_gateway->name : "");
  }
}

void read_vpn_connection(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, VpnConnection& link) {
    link.site = fields.need_ref<Site>("site");
    link.vpn_gateway = fields.ref<VpnGateway>("vpn_gateway");
    link.bgp = fields.flag("bgp", true);
    link.advertised = fields.prefixes(fields.need("advertised"));
    if (const Node* routes = fields.find("site_routes")) {
      link.site_routes = fields.prefixes(routes);
    }
    link.up = fields.open_flag("up", link.up);
    link.as_path_length = fields.number("as_path_length", 1, 1, kLongestPath);
    link.med = read_med(fields);
    link.site_preference = read_site_preference(fields);
  };
  const auto lost =
      read_object(draft, node, {"vpn_connections", "VPN connection"},
                  draft.parts.vpn_connections, body);
  if (lost) {
    record_lost(draft, "vpn_connections", lost, lost->site.name, std::string{},
                lost->vpn_gateway ? lost->vpn_gateway->name : "");
  }
}

}  // namespace netproof::io
