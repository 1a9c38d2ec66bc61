// Functions of templates that work on texts and lists.
#include <charconv>

#include "io/cloudformation_values.hpp"
#include "netproof/net/ip_prefix.hpp"

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

// A Region has fewer.
constexpr int kMostZones = 26;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
  return value;
}

bool is_known_text(const AwsValue& value) {
  return value.kind == Kind::kText && !is_symbolic(value.text);
}

/// A text, and the name of the variable behind it; "" at the end.
struct Piece {
  std::string text;
  std::string name;
};

std::vector<Piece> pieces_of(const std::string& from) {
  std::vector<Piece> pieces{{}};
  std::size_t at = 0;
  while (at < from.size()) {
    const std::size_t begin = from.find("${", at);
    const std::size_t end =
        begin == std::string::npos ? begin : from.find('}', begin);
    if (end == std::string::npos) break;
    pieces.back().text.append(from, at, begin - at);
    at = end + 1;
    const std::string name = from.substr(begin + 2, end - begin - 2);
    if (name.starts_with('!')) {
      pieces.back().text += "${" + name.substr(1) + "}";
    } else {
      pieces.back().name = name;
      pieces.emplace_back();
    }
  }
  pieces.back().text.append(from, at);
  return pieces;
}

}  // namespace

const Node* CloudFormationValues::arguments(std::size_t stack, const Node& node,
                                            std::size_t least) {
  if (node.is_list() && node.items.size() >= least) return &node;
  // A list that a function gives has no items to look at.
  if (!node.is_map()) {
    refuse(stack, node, "a function has its list of arguments",
           "at least " + std::to_string(least) + " of them");
  }
  return nullptr;
}

// What stands in "${name}".
AwsValue CloudFormationValues::variable(std::size_t stack, const Node& node,
                                        const Node* own,
                                        const std::string& name) {
  const Node* local = own == nullptr ? nullptr : own->find(name);
  if (local != nullptr) return read(stack, *local);
  const std::size_t point = name.find('.');
  if (point == std::string::npos) return reference(stack, node, name);
  return attribute(stack, node, name.substr(0, point), name.substr(point + 1));
}

AwsValue CloudFormationValues::substitute(std::size_t stack, const Node& node) {
  const Node* written = &node;
  const Node* own = nullptr;
  if (node.is_list() && !node.items.empty()) {
    written = node.items.data();
    if (node.items.size() > 1) own = &node.items[1];
  }
  if (!written->is_scalar()) {
    return refuse(stack, node, "Fn::Sub has a text, or a text and a mapping");
  }
  std::string result;
  for (const Piece& piece : pieces_of(written->text)) {
    result += piece.text;
    if (piece.name.empty()) continue;
    const AwsValue value = variable(stack, *written, own, piece.name);
    if (value.kind == Kind::kNull) continue;
    if (value.kind != Kind::kText) {
      return unknown(stack, node, is_unknown(value) ? value.text : piece.name);
    }
    work_ += value.text.size() / 64;
    result += value.text;
  }
  return text(stack, node, result);
}

AwsValue CloudFormationValues::join(std::size_t stack, const Node& node) {
  const Node* all = arguments(stack, node, 2);
  if (all == nullptr) return unknown(stack, node, "Fn::Join");
  const AwsValue between = read(stack, all->items[0]);
  const AwsValue parts = read(stack, all->items[1]);
  if (is_unknown(parts)) return unknown(stack, node, parts.text);
  if (parts.kind != Kind::kList) return unknown(stack, node, "Fn::Join");
  std::string result;
  bool first = true;
  for (const AwsValue::Member& part : parts.members) {
    if (part.value.kind != Kind::kText) {
      return unknown(stack, node,
                     is_unknown(part.value) ? part.value.text : "Fn::Join");
    }
    if (!first) result += between.text;
    first = false;
    work_ += part.value.text.size() / 64;
    result += part.value.text;
  }
  return text(stack, node, result);
}

AwsValue CloudFormationValues::split(std::size_t stack, const Node& node) {
  const Node* all = arguments(stack, node, 2);
  if (all == nullptr) return unknown(stack, node, "Fn::Split");
  const AwsValue by = read(stack, all->items[0]);
  const AwsValue from = read(stack, all->items[1]);
  if (is_unknown(from)) return unknown(stack, node, from.text);
  // A symbol may hold the separator.
  if (!is_known_text(from) || !is_known_text(by) || by.text.empty()) {
    return unknown(stack, node, "Fn::Split");
  }
  AwsValue list = ValueMaker::list(place(stack, node));
  for (std::size_t at = 0;;) {
    const std::size_t end = from.text.find(by.text, at);
    push(list, text(stack, node, from.text.substr(at, end - at)));
    if (end == std::string_view::npos) break;
    at = end + by.text.size();
  }
  return list;
}

AwsValue CloudFormationValues::select(std::size_t stack, const Node& node) {
  const Node* all = arguments(stack, node, 2);
  if (all == nullptr) return unknown(stack, node, "Fn::Select");
  const AwsValue index = read(stack, all->items[0]);
  AwsValue list = read(stack, all->items[1]);
  const std::optional<int> at =
      is_known_text(index) ? number(index.text) : std::nullopt;
  if (!at || list.kind != Kind::kList) {
    const bool told = is_unknown(list) || is_unknown(index);
    return unknown(
        stack, node,
        told ? (is_unknown(list) ? list.text : index.text) : "Fn::Select");
  }
  const auto position = static_cast<std::size_t>(*at);
  if (position >= list.members.size()) {
    return refuse(stack, all->items[0], "Fn::Select takes one of its list",
                  "the list has " + std::to_string(list.members.size()));
  }
  return std::move(list.members[position].value);
}

AwsValue CloudFormationValues::zones(std::size_t stack, const Node& node) {
  AwsValue list = ValueMaker::list(place(stack, node));
  for (int i = 0; i < kMostZones; ++i) {
    push(list,
         text(stack, node, std::string(kZonePrefix) + std::to_string(i) + "}"));
  }
  return list;
}

std::optional<std::vector<std::string>> cidr_blocks(std::string_view block,
                                                    std::string_view count,
                                                    std::string_view bits) {
  const auto prefix = IpPrefix::parse(block);
  const auto many = number(count);
  const auto size = number(bits);
  constexpr int kMost = 256;
  if (!prefix || !many || !size || *many < 1 || *many > kMost) {
    return std::nullopt;
  }
  const IpPrefix& whole = prefix.value();
  const int length = address_bits(whole.family()) - *size;
  if (length < whole.length() || *size < 1) return std::nullopt;
  std::vector<std::string> blocks;
  Uint128 next = whole.first().value();
  for (int i = 0; i < *many; ++i) {
    const IpAddress first = IpAddress::make(whole.family(), next);
    if (!whole.contains(first)) return std::nullopt;
    const IpPrefix one = IpPrefix::enclosing(first, length);
    blocks.push_back(to_string(one));
    const bool last = one.last() == whole.last();
    if (last && i + 1 < *many) return std::nullopt;
    if (last) break;
    next = one.last().value() + 1;
  }
  return blocks;
}

AwsValue CloudFormationValues::blocks(std::size_t stack, const Node& node) {
  const Node* all = arguments(stack, node, 2);
  if (all == nullptr) return unknown(stack, node, "Fn::Cidr");
  const AwsValue of = read(stack, all->items[0]);
  const AwsValue count = read(stack, all->items[1]);
  const AwsValue bits = all->items.size() > 2 ? read(stack, all->items[2])
                                              : text(stack, node, "8");
  for (const AwsValue* one : {&of, &count, &bits}) {
    if (is_unknown(*one)) return unknown(stack, node, one->text);
    if (!is_known_text(*one)) return unknown(stack, node, "Fn::Cidr");
  }
  const auto found = cidr_blocks(of.text, count.text, bits.text);
  if (!found) {
    return refuse(stack, node, "the blocks of Fn::Cidr fit into its block",
                  "arguments: block, how many, host bits of each");
  }
  AwsValue list = ValueMaker::list(place(stack, node));
  for (const std::string& one : *found) push(list, text(stack, node, one));
  return list;
}

AwsValue CloudFormationValues::find_in_map(std::size_t stack,
                                           const Node& node) {
  const Node* all = arguments(stack, node, 3);
  if (all == nullptr) return unknown(stack, node, "Fn::FindInMap");
  const Node* at = stacks_[stack].section("Mappings");
  std::string path = "Fn::FindInMap";
  for (std::size_t i = 0; i < 3; ++i) {
    const AwsValue key = read(stack, all->items[i]);
    if (!is_known_text(key)) {
      return unknown(stack, node, is_unknown(key) ? key.text : path);
    }
    path += (i == 0 ? " " : ".") + std::string(key.text);
    if (at != nullptr) at = at->find(key.text);
    if (at == nullptr) return unknown(stack, node, path);
  }
  return read(stack, *at);
}

}  // namespace netproof::io
