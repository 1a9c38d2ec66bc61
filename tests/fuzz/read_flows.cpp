// A line of flows is a flow or an error; a flow log, whatever its header and
// lines, says of each line what it holds or why nobody can judge it.

#include <algorithm>
#include <string_view>
#include <variant>

#include "netproof/io/flow_log.hpp"
#include "netproof/io/read_flow.hpp"
#include "target.hpp"

namespace {

using netproof::fuzz::require;

void read_line(std::string_view line) {
  const auto read = netproof::read_flow(line);
  if (read) return;
  require(!read.error().what.empty());
}

void read_record(const netproof::FlowLogFormat& format, std::string_view line) {
  const auto read = format.read(line);
  if (const auto* record = std::get_if<netproof::FlowLogRecord>(&read)) {
    require(!record->interface.empty());
    return;
  }
  require(!to_string(std::get<netproof::NotJudged>(read)).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  std::string_view text = netproof::fuzz::text_of(data, size);
  netproof::FlowLogFormat format;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    read_line(line);
    if (netproof::FlowLogFormat::is_header(line)) {
      const auto read = netproof::FlowLogFormat::of_header(line);
      if (read) format = read.value();
    }
    read_record(format, line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return 0;
}
