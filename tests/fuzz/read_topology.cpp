// Whatever the text: a topology or errors, and every error has a code, says
// what good input is, and lies in the text. Keeping going reads what can be
// read, and what reads without errors reads the same either way.

#include "netproof/io/read_topology.hpp"

#include <algorithm>
#include <string>

#include "target.hpp"

namespace {

using netproof::Diagnostics;
using netproof::Topology;
using netproof::fuzz::require;

void require_placed(const Diagnostics& errors, std::string_view text) {
  const auto lines = 1 + std::ranges::count(text, '\n');
  require(!errors.empty());
  for (const netproof::Diagnostic& error : errors) {
    require(!error.code.empty() && !error.what.empty());
    require(error.where.line >= 0 && error.where.line <= lines + 1);
    require(!to_string(error).empty());
  }
}

void read(std::string_view text, const std::string& file) {
  const auto strict = netproof::read_topology_text(text, file);
  const auto going = netproof::read_topology_text(text, file, {true, ""});
  if (!strict) require_placed(strict.error(), text);
  if (!going) require_placed(going.error(), text);
  if (!strict) return;
  require(static_cast<bool>(going));
  const auto& parts = strict.value().parts();
  const auto& same = going.value().parts();
  require(same.left_out.empty());
  require(parts.vpcs.size() == same.vpcs.size());
  require(parts.subnets.size() == same.subnets.size());
  require(parts.sites.size() == same.sites.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text = netproof::fuzz::text_of(data, size);
  // JSON is told by its first brace; CSV is asked for, since any text is one.
  const bool json = text.starts_with('{');
  read(text, json ? "net.json" : "net.yaml");
  (void)netproof::read_topology_text(text, "net.csv");
  return 0;
}
