#pragma once

#include <utility>

#include "netproof/base/diagnostic.hpp"
#include "netproof/base/result.hpp"

namespace netproof::python {

/// Raises netproof.ParseError.
[[noreturn]] void raise(const ParseError& error);
/// Raises netproof.InputError with every diagnostic.
[[noreturn]] void raise(const Diagnostics& diagnostics);

/// The value of `result`, or the Python exception that says why there is none.
/// The one place where a Result becomes an exception.
template <class T, class E>
T unwrap(Result<T, E>&& result) {
  if (!result) raise(result.error());
  return std::move(result).value();
}

/// From here on a broken contract of the core is a netproof.InternalError.
void translate_contract_violations();

}  // namespace netproof::python
