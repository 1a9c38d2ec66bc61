// Whatever the text: a network or errors, and every error has a code and says
// what good input is. What is read is a network that the checks of the plan can
// go through and that can be written, if nothing of it was left out.

#include <algorithm>
#include <string>

#include "netproof/io/read_topology.hpp"
#include "netproof/io/write_topology.hpp"
#include "target.hpp"

namespace {

using netproof::fuzz::require;

void read(std::string_view text, const netproof::ReadOptions& options) {
  const auto read = netproof::read_topology_text(text, "plan.json", options);
  if (!read) {
    require(!read.error().empty());
    for (const netproof::Diagnostic& error : read.error()) {
      require(!error.code.empty() && !error.what.empty());
      require(!to_string(error).empty());
    }
    return;
  }
  const netproof::Topology& topology = read.value();
  if (topology->left_out.empty()) {
    require(!netproof::write_topology(topology).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text = netproof::fuzz::text_of(data, size);
  read(text, {false, "terraform"});
  read(text, {true, "terraform", "aws-defaults"});
  return 0;
}
