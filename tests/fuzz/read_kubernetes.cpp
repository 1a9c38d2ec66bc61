// Kubernetes objects, whatever they say, are a network or errors.

#include "read_format.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  netproof::fuzz::read_as("kubernetes", netproof::fuzz::text_of(data, size),
                          "objects.yaml");
  return 0;
}
