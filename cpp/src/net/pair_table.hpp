#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "netproof/net/hashing.hpp"

namespace netproof::diagram {

struct PairHash {
  std::size_t operator()(
      const std::pair<const void*, const void*>& pair) const noexcept {
    return hash_mix(
        reinterpret_cast<std::uintptr_t>(pair.first),
        std::uint64_t{reinterpret_cast<std::uintptr_t>(pair.second)});
  }
};

/// How long a table stays a list that is searched from its end. Most operations
/// meet a handful of nodes: a hash table costs more than they do.
inline constexpr std::size_t kFew = 12;

/// Values by two nodes and a small number. Does not keep the nodes alive.
template <class Value>
class PairTable {
 public:
  /// Null if there is none. Valid until the next insert().
  const Value* find(const void* a, const void* b, unsigned tag = 0) const {
    const Key key = key_of(a, b, tag);
    if (many_) {
      const auto at = many_->find(key);
      return at == many_->end() ? nullptr : &at->second;
    }
    for (auto at = few_.rbegin(); at != few_.rend(); ++at) {
      if (at->first == key) return &at->second;
    }
    return nullptr;
  }

  /// REQUIRES: there is none.
  void insert(const void* a, const void* b, unsigned tag, Value value) {
    const Key key = key_of(a, b, tag);
    if (many_) {
      many_->emplace(key, std::move(value));
      return;
    }
    if (few_.empty()) few_.reserve(kFew);
    few_.emplace_back(key, std::move(value));
    if (few_.size() < kFew) return;
    many_ = std::make_unique<Map>(std::make_move_iterator(few_.begin()),
                                  std::make_move_iterator(few_.end()));
    few_.clear();
  }

 private:
  using Key = std::pair<const void*, const void*>;
  using Map = std::unordered_map<Key, Value, PairHash>;

  // Nodes are aligned: the lowest bits of their addresses are free.
  static Key key_of(const void* a, const void* b, unsigned tag) {
    return {static_cast<const char*>(a) + tag, b};
  }

  std::vector<std::pair<Key, Value>> few_;
  std::unique_ptr<Map> many_;
};

}  // namespace netproof::diagram
