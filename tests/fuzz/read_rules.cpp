// Whatever the text: rules or errors. What is read is named once, and a zone
// that is referred to is there.

#include "netproof/io/read_rules.hpp"

#include <set>
#include <string>

#include "target.hpp"

using netproof::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text = netproof::fuzz::text_of(data, size);
  const bool json = text.starts_with('{');
  const auto read =
      netproof::read_rules_text(text, json ? "rules.json" : "rules.yaml");
  if (!read) {
    require(!read.error().empty());
    for (const netproof::Diagnostic& error : read.error()) {
      require(!error.code.empty() && !to_string(error).empty());
    }
    return 0;
  }
  std::set<std::string> ids;
  for (const auto& rule : read.value().rules) {
    require(!rule.id.empty() && ids.insert(rule.id).second);
  }
  return 0;
}
