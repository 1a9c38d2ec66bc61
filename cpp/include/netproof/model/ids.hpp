#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace netproof {

/// The index of an object in the table of its kind. An id of one kind does not
/// fit another; ids are dense and start at 0.
template <class Kind>
struct Id {
  std::uint32_t value = 0;

  std::size_t index() const noexcept { return value; }

  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace netproof

template <class Kind>
struct std::hash<netproof::Id<Kind>> {
  std::size_t operator()(netproof::Id<Kind> id) const noexcept {
    return std::hash<std::uint32_t>{}(id.value);
  }
};
