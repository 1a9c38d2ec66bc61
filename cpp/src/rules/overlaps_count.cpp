#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "netproof/rules/overlaps.hpp"

namespace netproof {

namespace {

// An IPv4 prefix in one word that sorts like IpPrefix: first address, then
// length; the owner rides along in bits that are not sorted by.
constexpr int kOwnerBits = 26;
constexpr int kLengthBits = 6;
constexpr int kSortedBits = 32 + kLengthBits;
constexpr std::uint64_t kOwnerMask = (std::uint64_t{1} << kOwnerBits) - 1;

// Four passes of 10 bits; three of 13 would have counters for more than the
// first cache holds.
constexpr int kDigitBits = 10;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr int kPasses = (kSortedBits + kDigitBits - 1) / kDigitBits;

std::size_t digit(std::uint64_t key, int pass) {
  return static_cast<std::size_t>(key >> (kOwnerBits + pass * kDigitBits)) &
         (kDigits - 1);
}

// Least significant digit first; the counts of all passes in one reading.
void radix_sort(std::vector<std::uint64_t>& keys) {
  std::vector<std::uint64_t> other(keys.size());
  std::array<std::array<std::uint32_t, kDigits>, kPasses> counts{};
  for (const std::uint64_t key : keys) {
    for (int pass = 0; pass < kPasses; ++pass) {
      ++counts[static_cast<std::size_t>(pass)][digit(key, pass)];
    }
  }
  for (int pass = 0; pass < kPasses; ++pass) {
    auto& starts = counts[static_cast<std::size_t>(pass)];
    if (std::ranges::find(starts, keys.size()) != starts.end()) continue;
    std::uint32_t start = 0;
    for (std::uint32_t& count : starts) {
      const std::uint32_t size = count;
      count = start;
      start += size;
    }
    for (const std::uint64_t key : keys) {
      other[starts[digit(key, pass)]++] = key;
    }
    keys.swap(other);
  }
}

/// The blocks that hold the next one, by their last address, and how many of
/// them each owner has.
template <class Address>
class OpenBlocks {
 public:
  explicit OpenBlocks(std::size_t owners) : held_(owners, 0) {}

  /// How many open blocks of other owners hold a block that starts at `first`;
  /// the block itself is open afterwards. REQUIRES: blocks come sorted.
  std::uint64_t add(Address first, Address last, std::uint32_t owner) {
    while (!open_.empty() && open_.back().last < first) {
      --held_[open_.back().owner];
      open_.pop_back();
    }
    const std::uint64_t others = open_.size() - held_[owner];
    open_.push_back({last, owner});
    ++held_[owner];
    return others;
  }

 private:
  struct Block {
    Address last;
    std::uint32_t owner;
  };
  std::vector<Block> open_;
  std::vector<std::uint32_t> held_;
};

std::uint64_t count_v4(std::vector<std::uint64_t> keys, std::size_t owners) {
  radix_sort(keys);
  OpenBlocks<std::uint64_t> open(owners);
  std::uint64_t pairs = 0;
  for (const std::uint64_t key : keys) {
    const std::uint64_t first = key >> (kOwnerBits + kLengthBits);
    const auto length =
        static_cast<unsigned>(key >> kOwnerBits) & ((1U << kLengthBits) - 1);
    const std::uint64_t last =
        first + ((std::uint64_t{1} << 32U) >> length) - 1;
    pairs +=
        open.add(first, last, static_cast<std::uint32_t>(key & kOwnerMask));
  }
  return pairs;
}

std::uint64_t count_any(std::vector<OwnedPrefix> prefixes, std::size_t owners) {
  std::ranges::sort(prefixes, {}, &OwnedPrefix::prefix);
  OpenBlocks<IpAddress> open(owners);
  std::uint64_t pairs = 0;
  for (const OwnedPrefix& one : prefixes) {
    pairs += open.add(one.prefix.first(), one.prefix.last(), one.owner);
  }
  return pairs;
}

// Owners as numbers from 0, so that an array can count by owner.
std::size_t renumber(std::vector<OwnedPrefix>& prefixes) {
  std::vector<std::uint32_t> owners;
  owners.reserve(prefixes.size());
  for (const OwnedPrefix& one : prefixes) owners.push_back(one.owner);
  std::ranges::sort(owners);
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  for (OwnedPrefix& one : prefixes) {
    one.owner = static_cast<std::uint32_t>(
        std::ranges::lower_bound(owners, one.owner) - owners.begin());
  }
  return owners.size();
}

std::uint64_t count_numbered(std::span<const OwnedPrefix> prefixes,
                             std::size_t owners) {
  std::vector<std::uint64_t> keys;
  std::vector<OwnedPrefix> others;
  keys.reserve(prefixes.size());
  for (const OwnedPrefix& one : prefixes) {
    if (one.prefix.family() == Family::kV4 && owners <= kOwnerMask) {
      const auto first = static_cast<std::uint64_t>(one.prefix.first().value());
      const auto length = static_cast<std::uint64_t>(one.prefix.length());
      keys.push_back(((first << kLengthBits | length) << kOwnerBits) |
                     one.owner);
    } else {
      others.push_back(one);
    }
  }
  return count_v4(std::move(keys), owners) +
         count_any(std::move(others), owners);
}

}  // namespace

std::uint64_t count_overlaps(std::span<const OwnedPrefix> prefixes) {
  std::uint32_t highest = 0;
  for (const OwnedPrefix& one : prefixes) {
    highest = std::max(highest, one.owner);
  }
  if (highest <= 2 * prefixes.size() + 1024) {
    return count_numbered(prefixes, std::size_t{highest} + 1);
  }
  std::vector<OwnedPrefix> numbered(prefixes.begin(), prefixes.end());
  const std::size_t owners = renumber(numbered);
  return count_numbered(numbered, owners);
}

}  // namespace netproof
