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

TransportSet firewall_service(const std::vector<std::uint8_t>& protocols,
                              const std::vector<PortRange>& source_ports,
                              const std::vector<PortRange>& destination_ports) {
  const auto with_ports = [&](std::uint8_t protocol) {
    std::vector<TransportSet> sets;
    for (const PortRange& from : source_ports) {
      for (const PortRange& to : destination_ports) {
        sets.push_back(TransportSet::ports(protocol, from.first, from.second,
                                           to.first, to.second));
      }
    }
    return TransportSet::union_of(std::move(sets));
  };
  TransportSet service;
  if (protocols.empty()) {
    service = TransportSet::all() - TransportSet::protocol(kTcp) -
              TransportSet::protocol(kUdp);
    return service | with_ports(kTcp) | with_ports(kUdp);
  }
  for (const std::uint8_t protocol : protocols) {
    const bool ported = protocol == kTcp || protocol == kUdp;
    service |= ported ? with_ports(protocol) : TransportSet::protocol(protocol);
  }
  return service;
}

}  // namespace netproof::io
