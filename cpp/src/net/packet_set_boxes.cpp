// A PacketSet as a few boxes that a person can read.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "diagram_access.hpp"
#include "diagram_algebra.hpp"
#include "diagram_relations.hpp"
#include "diagram_rewrite.hpp"
#include "netproof/net/packet_set.hpp"

namespace netproof {

namespace {

using diagram::Access;
using diagram::DstNode;
using diagram::Operation;
using diagram::ProtocolNode;
using diagram::Ref;
using diagram::SrcNode;
using Keys = std::vector<IpSet::Interval>;

BigUint count(const Keys& keys) {
  BigUint total;
  for (const auto& key : keys) {
    total += BigUint{key.last - key.first} + BigUint{1};
  }
  return total;
}

// A product of three sets inside one family.
struct Product {
  Family family = Family::kV4;
  Keys src;
  Keys dst;
  Ref<ProtocolNode> transport;
  BigUint size;

  Box box() const {
    return {IpSet::from_intervals(family, src),
            IpSet::from_intervals(family, dst), Access::transport(transport)};
  }
};

// The largest of the products that the diagram itself shows: destinations with
// the same sources, and of these, sources with the same transport. The first
// among equals.
Product largest_product(Family family, const DstNode& root) {
  Product best;
  best.family = family;
  for (const auto& [sources, dsts] : diagram::keys_by_child(root)) {
    const BigUint dst_count = count(dsts);
    for (auto& [transport, srcs] : diagram::keys_by_child(*sources)) {
      const BigUint size =
          dst_count * count(srcs) * BigUint{diagram::point_count(*transport)};
      if (size <= best.size) continue;
      best.src = std::move(srcs);
      best.dst = dsts;
      best.transport = transport;
      best.size = size;
    }
  }
  return best;
}

// Takes in every destination that has the product's sources and transport too,
// then every source that all these destinations have with the transport. The
// product stays inside the diagram, and cannot be widened in either direction.
void widen(const DstNode& root, Product& product) {
  diagram::Relations relations;
  const auto fan = diagram::make_fan<SrcNode>(product.src, product.transport);
  product.dst.clear();
  Ref<SrcNode> common;
  diagram::Algebra algebra;
  for (const auto& branch : root.branches) {
    if (!relations.inside(fan.get(), branch.child.get())) continue;
    product.dst.push_back({branch.first, branch.last});
    common =
        common ? algebra.combine(Operation::kIntersection, common, branch.child)
               : branch.child;
  }
  product.src.clear();
  for (const auto& branch : common->branches) {
    if (relations.inside(product.transport.get(), branch.child.get())) {
      product.src.push_back({branch.first, branch.last});
    }
  }
  product.size = count(product.dst) * count(product.src) *
                 BigUint{diagram::point_count(*product.transport)};
}

Product next_product(const PacketSet& set) {
  Product best;
  for (const Family family : {Family::kV4, Family::kV6}) {
    const auto& root = Access::root(set, family);
    if (!root) continue;
    Product product = largest_product(family, *root);
    widen(*root, product);
    if (product.size > best.size) best = std::move(product);
  }
  return best;
}

std::string remaining(const PacketSet& set, const BoxCover& cover) {
  BigUint rest = set.size();
  for (const Box& box : cover.boxes) rest -= PacketSet::box(box).size();
  return to_string(rest);
}

constexpr std::size_t kPrefixesShown = 4;

}  // namespace

BoxCover PacketSet::boxes(std::size_t limit) const {
  // Whole families read better as one: "any" in place of two products.
  if (limit > 0 && *this == all()) {
    return {{{IpSet::all(), IpSet::all(), TransportSet::all()}}, true};
  }
  std::vector<Product> products;
  PacketSet rest = *this;
  // Ends: each product is a non-empty part of the rest.
  while (!rest.empty() && products.size() < limit) {
    products.push_back(next_product(rest));
    rest -= box(products.back().box());
  }
  std::ranges::stable_sort(products, std::ranges::greater{}, &Product::size);
  BoxCover cover;
  cover.complete = rest.empty();
  std::ranges::transform(products, std::back_inserter(cover.boxes),
                         &Product::box);
  return cover;
}

std::string to_string(const Box& box) {
  return fmt::format("{} from {} to {}", to_string(box.transport),
                     to_string(box.src, kPrefixesShown),
                     to_string(box.dst, kPrefixesShown));
}

std::string to_string(const PacketSet& set, std::size_t limit) {
  if (set.empty()) return "none";
  if (set == PacketSet::all()) return "any";
  const BoxCover cover = set.boxes(limit);
  std::string text;
  for (const Box& box : cover.boxes) {
    if (!text.empty()) text += "; ";
    text += to_string(box);
  }
  if (cover.complete) return text;
  if (!text.empty()) text += "; and ";
  return text + remaining(set, cover) + " more flows";
}

}  // namespace netproof
