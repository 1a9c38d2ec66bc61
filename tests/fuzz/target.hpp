#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// What a fuzzer calls with each input: libFuzzer, or driver.cpp.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace netproof::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// A claim about every input. Ends the program: the fuzzer keeps the input.
inline void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace netproof::fuzz
