#include "io/firewall_ports.hpp"

#include <algorithm>
#include <utility>

#include "io/rule_words.hpp"
#include "netproof/net/protocol.hpp"

namespace netproof::io {
namespace {

std::optional<std::uint16_t> number(std::string_view text) {
  if (text.empty() || text.size() > 5) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(value);
}

std::optional<PortRange> port_range(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) {
    const auto port = number(text);
    if (!port) return std::nullopt;
    return PortRange{*port, *port};
  }
  const std::string_view first = text.substr(0, colon);
  const std::string_view last = text.substr(colon + 1);
  const auto low = first.empty() ? std::uint16_t{0} : number(first);
  const auto high = last.empty() ? std::uint16_t{65535} : number(last);
  if (!low || !high || *low > *high) return std::nullopt;
  return PortRange{*low, *high};
}

using Flags = std::vector<bool>;

/// The ports of a text as flags; empty if it cannot be read.
std::optional<Flags> port_flags(std::string_view text,
                                const RuleVariables& variables, int depth) {
  if (depth > kDeepestVariable || text.empty()) return std::nullopt;
  if (text.front() == '!') {
    auto flags = port_flags(trimmed(text.substr(1)), variables, depth + 1);
    if (flags) flags->flip();
    return flags;
  }
  if (lower(text) == "any") return Flags(65536, true);
  std::vector<std::string_view> texts;
  if (text.front() == '$') {
    const auto at = variables.ports.find(std::string{text.substr(1)});
    if (at == variables.ports.end()) return std::nullopt;
    texts.assign(at->second.begin(), at->second.end());
  } else if (text.front() == '[') {
    texts = elements(text);
  } else {
    const auto range = port_range(text);
    if (!range) return std::nullopt;
    Flags flags(65536, false);
    for (int port = range->first; port <= range->second; ++port) {
      flags[static_cast<std::size_t>(port)] = true;
    }
    return flags;
  }
  if (texts.empty()) return std::nullopt;
  // What is negated is taken out of the rest, or of everything.
  const auto negates = [](std::string_view one) {
    return !one.empty() && one.front() == '!';
  };
  Flags flags(65536, std::ranges::all_of(texts, negates));
  for (const bool negated : {false, true}) {
    for (const std::string_view one : texts) {
      if (negates(one) != negated) continue;
      const auto more = port_flags(negated ? trimmed(one.substr(1)) : one,
                                   variables, depth + 1);
      if (!more) return std::nullopt;
      for (std::size_t port = 0; port < flags.size(); ++port) {
        if ((*more)[port]) flags[port] = !negated;
      }
    }
  }
  return flags;
}

TransportSet with_ports(const RulePorts& rule, std::uint8_t protocol) {
  std::vector<TransportSet> sets;
  for (const PortRange& from : rule.sources) {
    for (const PortRange& to : rule.destinations) {
      sets.push_back(TransportSet::ports(protocol, from.first, from.second,
                                         to.first, to.second));
    }
  }
  return TransportSet::union_of(std::move(sets));
}

}  // namespace

std::optional<std::vector<PortRange>> read_ports(
    std::string_view text, const RuleVariables& variables) {
  const auto flags = port_flags(trimmed(text), variables, 0);
  if (!flags) return std::nullopt;
  std::vector<PortRange> ranges;
  for (int port = 0; port < 65536; ++port) {
    if (!(*flags)[static_cast<std::size_t>(port)]) continue;
    const auto here = static_cast<std::uint16_t>(port);
    if (!ranges.empty() && ranges.back().second + 1 == port) {
      ranges.back().second = here;
    } else {
      ranges.emplace_back(here, here);
    }
  }
  return ranges;
}

bool RulePorts::restricted() const {
  const std::vector<PortRange> any{{0, 65535}};
  return sources != any || destinations != any;
}

bool RulePorts::without_ports() const {
  return !std::ranges::all_of(protocols, has_ports);
}

TransportSet stateless_service(const RulePorts& rule) {
  const auto flows = [&](std::uint8_t protocol) {
    const bool ported = protocol == kTcp || protocol == kUdp;
    return ported ? with_ports(rule, protocol)
                  : TransportSet::protocol(protocol);
  };
  if (rule.protocols.empty()) {
    const TransportSet others = TransportSet::all() -
                                TransportSet::protocol(kTcp) -
                                TransportSet::protocol(kUdp);
    return others | flows(kTcp) | flows(kUdp);
  }
  TransportSet service;
  for (const std::uint8_t one : rule.protocols) service |= flows(one);
  return service;
}

TransportSet stateful_service(const RulePorts& rule) {
  if (!rule.restricted() && rule.protocols.empty()) return TransportSet::all();
  const std::vector<std::uint8_t> ported{kTcp, kUdp, kSctp};
  TransportSet service;
  for (const std::uint8_t one :
       rule.protocols.empty() ? ported : rule.protocols) {
    service |=
        has_ports(one) ? with_ports(rule, one) : TransportSet::protocol(one);
  }
  return service;
}

}  // namespace netproof::io
