#pragma once

#include <string>
#include <utility>
#include <variant>

#include "netproof/base/contract.hpp"

namespace netproof {

/// Marks an error on its way into a Result.
template <class E>
struct Unexpected {
  E error;
};

template <class E>
Unexpected(E) -> Unexpected<E>;

/// A value, or the reason why there is none.
template <class T, class E>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
  Result(Unexpected<E> unexpected)
      : state_{std::in_place_index<1>, std::move(unexpected.error)} {}

  explicit operator bool() const noexcept { return state_.index() == 0; }

  /// REQUIRES: there is a value.
  const T& value() const& {
    expects(state_.index() == 0, "a result is asked for its value only if ok");
    return std::get<0>(state_);
  }
  T&& value() && {
    expects(state_.index() == 0, "a result is asked for its value only if ok");
    return std::get<0>(std::move(state_));
  }
  /// REQUIRES: there is no value.
  const E& error() const& {
    expects(state_.index() == 1, "a result is asked for its error if not ok");
    return std::get<1>(state_);
  }

 private:
  std::variant<T, E> state_;
};

/// Why a piece of text is not what it should be: `what` is written as a rule
/// about good input ("a prefix length is 0 to 32"), `fragment` is the text.
struct ParseError {
  std::string what;
  std::string fragment;

  friend bool operator==(const ParseError&, const ParseError&) = default;
};

}  // namespace netproof
