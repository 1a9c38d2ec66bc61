// A template, whatever it says, is a network or errors.

#include "read_format.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  netproof::fuzz::read_as("cloudformation", netproof::fuzz::text_of(data, size),
                          "template.yaml");
  return 0;
}
