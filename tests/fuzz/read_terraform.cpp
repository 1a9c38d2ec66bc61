// A plan or state, whatever it says, is a network or errors.

#include "read_format.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace netproof;
  const std::string_view text = fuzz::text_of(data, size);
  fuzz::require_sound(
      read_topology_text(text, "plan.json", {false, "terraform"}));
  fuzz::require_sound(read_topology_text(text, "plan.json",
                                         {true, "terraform", "aws-defaults"}));
  return 0;
}
