#include "io/firewall_rule.hpp"

#include <set>
#include <utility>

#include "io/rule_words.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::io {
namespace {

struct ProtocolText {
  std::vector<std::uint8_t> numbers;  ///< none: all
  std::string condition;
};

ProtocolText protocol_of(const std::string& text) {
  const std::string word = lower(text);
  if (word == "ip" || word == "any") return {};
  if (word == "tcp") return {{kTcp}, ""};
  if (word == "udp") return {{kUdp}, ""};
  if (word == "icmp") return {{kIcmp, kIcmpv6}, ""};
  if (word == "sctp") return {{kSctp}, ""};
  // An application speaks over TCP or UDP; which flows are its, their data say.
  for (const char* known :
       {"http",   "http1", "http2", "tls",      "ssl",       "ssh",
        "smtp",   "imap",  "ftp",   "ftp-data", "smb",       "dns",
        "dcerpc", "dhcp",  "nfs",   "ntp",      "tftp",      "krb5",
        "ike",    "ikev2", "msn",   "rdp",      "rfb",       "sip",
        "snmp",   "quic",  "mqtt",  "tcp-pkt",  "tcp-stream"}) {
    if (word == known) return {{kTcp, kUdp}, "protocol " + text};
  }
  ProtocolText other;
  other.condition = "protocol " + text;
  return other;
}

Open<FirewallAction> action_of(const std::string& text, const Location& where) {
  const std::string word = lower(text);
  if (word == "pass") return {FirewallAction::kPass, false, where};
  if (word == "alert") return {FirewallAction::kAlert, false, where};
  for (const char* drop :
       {"drop", "reject", "rejectsrc", "rejectdst", "rejectboth"}) {
    if (word == drop) return {FirewallAction::kDrop, false, where};
  }
  return {FirewallAction::kDrop, true, where};
}

/// `flow`: one side of the flow, or what follows its first packet (S85).
void read_flow(const std::string& settings, FirewallLine& line) {
  std::set<FlowPart> parts;
  if (line.part != FlowPart::kBoth) parts.insert(line.part);
  const std::string list = "[" + settings + "]";
  for (const std::string_view one : elements(list)) {
    const std::string word = lower(one);
    if (word == "established") {
      line.established = true;
    } else if (word == "to_server" || word == "from_client") {
      parts.insert(FlowPart::kRequests);
    } else if (word == "to_client" || word == "from_server") {
      parts.insert(FlowPart::kReplies);
    } else {
      line.condition = "flow:" + std::string{one};
    }
  }
  if (parts.size() > 1) line.condition = "flow of both sides";
  line.part = parts.size() == 1 ? *parts.begin() : FlowPart::kBoth;
}

void read_option(const std::pair<std::string, std::string>& option,
                 FirewallLine& line) {
  const std::string keyword = lower(option.first);
  for (const char* says_nothing :
       {"msg", "sid", "rev", "gid", "metadata", "classtype", "reference",
        "priority", "target"}) {
    if (keyword == says_nothing) return;
  }
  if (keyword == "flow") {
    read_flow(option.second, line);
  } else {
    line.condition = keyword.empty() ? "an option without a keyword" : keyword;
  }
}

}  // namespace

void add_rule(const RuleText& rule, const RuleVariables& variables,
              std::vector<FirewallLine>& lines) {
  FirewallLine line;
  line.name = rule.name;
  line.where = rule.where;
  line.action = action_of(rule.action, rule.where);
  const ProtocolText protocol = protocol_of(rule.protocol);
  line.condition = protocol.condition;
  for (const auto& option : rule.options) read_option(option, line);
  line.sources = read_side(rule.source, variables, rule.where);
  line.destinations = read_side(rule.destination, variables, rule.where);
  const auto from = read_ports(rule.source_port, variables);
  const auto to = read_ports(rule.destination_port, variables);
  line.service.where = rule.where;
  line.service.unknown = !from || !to;
  RulePorts ports{protocol.numbers, from.value_or(std::vector<PortRange>{}),
                  to.value_or(std::vector<PortRange>{})};
  if (from && to) line.service.value = stateful_service(ports);
  if (ports.restricted() && ports.without_ports()) {
    line.condition = "ports of " + rule.protocol;
  }
  lines.push_back(line);
  const std::string way = lower(rule.direction);
  if (way == "->" || way == "forward") return;
  if (way != "<>" && way != "any") {
    lines.back().condition = "direction " + rule.direction;
  }
  std::swap(line.sources, line.destinations);
  std::swap(ports.sources, ports.destinations);
  if (from && to) line.service.value = stateful_service(ports);
  line.condition = lines.back().condition;
  lines.push_back(std::move(line));
}

void add_domain_list(const std::string& type, const std::string& name,
                     const RuleVariables& variables, const Location& where,
                     std::vector<FirewallLine>& lines) {
  FirewallLine line;
  line.name = name;
  line.where = where;
  line.sources = read_side("$HOME_NET", variables, where);
  line.service.value =
      TransportSet::protocol(kTcp) | TransportSet::protocol(kUdp);
  line.condition = "domain names";
  line.action = {FirewallAction::kDrop, false, where};
  const std::string word = lower(type);
  if (word == "allowlist") {
    FirewallLine pass = line;
    pass.action.value = FirewallAction::kPass;
    lines.push_back(std::move(pass));
  } else if (word == "alertlist") {
    line.action.value = FirewallAction::kAlert;
  } else if (word != "denylist" && word != "rejectlist") {
    line.action.unknown = true;
  }
  lines.push_back(std::move(line));
}

}  // namespace netproof::io
