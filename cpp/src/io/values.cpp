#include "io/values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "io/suggest.hpp"
#include "netproof/net/ip_prefix.hpp"
#include "netproof/net/service.hpp"

namespace netproof::io {
namespace {

bool is_digit(char c) noexcept { return '0' <= c && c <= '9'; }

bool all_digits(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool is_control(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20U || byte == 0x7fU;
}

// A scalar whose text may be looked at; `wanted` says what the key wants.
bool has_text(Problems& problems, const Node& node, std::string_view wanted) {
  if (node.is_unknown()) {
    problems.add_unknown(node);
    return false;
  }
  if (!node.is_scalar()) {
    wrong_type(problems, node, wanted);
    return false;
  }
  return true;
}

// "a number that begins with 0": octal to some readers of YAML, decimal to
// others, and without its zero to a spreadsheet.
bool leading_zero(Problems& problems, const Node& node) {
  if (node.quoted || node.text.size() < 2 || node.text[0] != '0' ||
      !all_digits(node.text)) {
    return false;
  }
  problems.add({"leading-zero", node.where,
                "a bare number does not begin with 0", node.text,
                fmt::format("write \"{}\" if it is a text", node.text)});
  return true;
}

std::string list_of(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

void wrong_type(Problems& problems, const Node& node, std::string_view wanted) {
  if (node.kind == NodeKind::kNull) {
    problems.add({"value-missing", node.where,
                  fmt::format("a key has a value: {}", wanted), "nothing",
                  "leave the key out, or write a value"});
    return;
  }
  const std::string found =
      node.is_scalar() ? node.text : std::string(describe(node.kind));
  problems.add({"value-type", node.where, fmt::format("here stands {}", wanted),
                found, ""});
}

std::optional<std::string> read_text(Problems& problems, const Node& node) {
  if (!has_text(problems, node, "a text")) return std::nullopt;
  if (leading_zero(problems, node)) return std::nullopt;
  const std::string& text = node.text;
  if (text.empty() || text.front() == ' ' || text.back() == ' ' ||
      std::ranges::any_of(text, is_control)) {
    problems.add({"text-plain", node.where,
                  "a name is one line of text, without spaces around it", text,
                  ""});
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> read_prose(Problems& problems, const Node& node) {
  if (!node.is_scalar()) {
    wrong_type(problems, node, "a text");
    return std::nullopt;
  }
  return node.text;
}

std::optional<bool> read_bool(Problems& problems, const Node& node) {
  if (!has_text(problems, node, "true or false")) return std::nullopt;
  if (!node.quoted && node.text == "true") return true;
  if (!node.quoted && node.text == "false") return false;
  const auto among = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, node.text) != words.end();
  };
  std::string help;
  if (among({"yes", "Yes", "on", "On", "True", "TRUE", "enable", "true"})) {
    help = "write true, without quotes";
  } else if (among({"no", "No", "off", "Off", "False", "FALSE", "disable",
                    "false"})) {
    help = "write false, without quotes";
  }
  problems.add(
      {"boolean", node.where, "a switch is true or false", node.text, help});
  return std::nullopt;
}

std::optional<int> read_int(Problems& problems, const Node& node, int least,
                            int most) {
  if (!has_text(problems, node, "a number")) return std::nullopt;
  if (leading_zero(problems, node)) return std::nullopt;
  int value = 0;
  const char* const end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  if (node.quoted || node.text.empty() || error != std::errc{} || stop != end ||
      value < least || value > most) {
    problems.add({"number", node.where,
                  fmt::format("a number from {} to {} stands here, without "
                              "quotes",
                              least, most),
                  node.text, ""});
    return std::nullopt;
  }
  return value;
}

std::optional<std::size_t> read_choice(Problems& problems, const Node& node,
                                       const std::vector<std::string>& words) {
  if (!has_text(problems, node, "one of " + list_of(words))) {
    return std::nullopt;
  }
  const auto at = std::ranges::find(words, node.text);
  if (at == words.end()) {
    problems.add({"choice", node.where,
                  fmt::format("here stands one of {}", list_of(words)),
                  node.text, suggestion(node.text, words)});
    return std::nullopt;
  }
  return static_cast<std::size_t>(at - words.begin());
}

std::optional<WrittenPrefix> read_prefix(Problems& problems, const Node& node) {
  if (!has_text(problems, node, "a prefix")) return std::nullopt;
  const auto parsed = IpPrefix::parse_loose(node.text);
  if (!parsed) {
    problems.add({"prefix", node.where, parsed.error().what,
                  parsed.error().fragment, ""});
    return std::nullopt;
  }
  WrittenPrefix prefix;
  prefix.prefix = parsed.value().masked;
  prefix.exact = parsed.value().exact;
  prefix.host_bits = parsed.value().host_bits;
  prefix.text = node.text;
  prefix.where = node.where;
  return prefix;
}

std::optional<IpAddress> read_address(Problems& problems, const Node& node) {
  if (!has_text(problems, node, "an address")) return std::nullopt;
  const auto parsed = IpAddress::parse(node.text);
  if (!parsed) {
    problems.add({"address", node.where, parsed.error().what,
                  parsed.error().fragment, ""});
    return std::nullopt;
  }
  return parsed.value();
}

std::optional<TransportSet> read_service(Problems& problems, const Node& node) {
  if (!node.is_list()) {
    if (!has_text(problems, node, "a service or a list of services")) {
      return std::nullopt;
    }
    const auto parsed = parse_service(node.text);
    if (!parsed) {
      problems.add({"service", node.where, parsed.error().what,
                    parsed.error().fragment, ""});
      return std::nullopt;
    }
    return parsed.value();
  }
  if (node.items.empty()) {
    problems.add(
        {"empty-list", node.where, "a list of services names some", "[]", ""});
    return std::nullopt;
  }
  const int before = problems.failures();
  std::vector<TransportSet> sets;
  for (const Node& item : node.items) {
    if (item.is_list()) {
      wrong_type(problems, item, "a service");
    } else if (const auto set = read_service(problems, item)) {
      sets.push_back(*set);
    }
  }
  if (problems.failures() != before) return std::nullopt;
  return TransportSet::union_of(std::move(sets));
}

std::optional<KindName> read_kind_name(Problems& problems, const Node& node,
                                       const std::vector<std::string>& kinds,
                                       const std::vector<std::string>& words) {
  const auto text = read_text(problems, node);
  if (!text) return std::nullopt;
  if (std::ranges::find(words, *text) != words.end()) {
    return KindName{*text, ""};
  }
  const std::size_t colon = text->find(':');
  const std::string kind = text->substr(0, colon);
  const bool known = std::ranges::find(kinds, kind) != kinds.end();
  if (colon != std::string::npos && known && colon + 1 < text->size()) {
    return KindName{kind, text->substr(colon + 1)};
  }
  std::vector<std::string> forms;
  for (const std::string& each : kinds) forms.push_back(each + ":NAME");
  forms.insert(forms.end(), words.begin(), words.end());
  std::vector<std::string> near = kinds;
  near.insert(near.end(), words.begin(), words.end());
  problems.add({"kind-name", node.where,
                fmt::format("here stands one of {}", list_of(forms)), *text,
                known ? "" : suggestion(kind, near)});
  return std::nullopt;
}

Labels read_labels(Problems& problems, const Node& node) {
  Labels labels;
  if (!node.is_map()) {
    wrong_type(problems, node, "a mapping of texts");
    return labels;
  }
  if (node.broken) problems.fail();
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const Node& item = node.items[i];
    // In quotes any text is meant as it stands: tags hold what they like.
    const auto value =
        item.quoted ? std::optional{item.text} : read_text(problems, item);
    if (value) labels.emplace(node.keys[i].text, *value);
  }
  return labels;
}

}  // namespace netproof::io
