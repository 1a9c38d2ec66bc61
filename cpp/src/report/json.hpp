#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "netproof/base/location.hpp"
#include "netproof/model/trace.hpp"
#include "netproof/net/flow.hpp"
#include "netproof/rules/verdict.hpp"

namespace netproof::report {

using Json = nlohmann::ordered_json;

/// Null for what is empty.
Json text_or_null(std::string_view text);

/// {"file", "line", "column", "end_line", "end_column"}; null if not known.
Json json_of(const Location& where);
Json json_of(const Flow& flow);
/// The whole of a trace document.
Json json_of(const NamedTrace& trace);

/// The text with a line feed at its end; `indent` -1: on one line. Bytes that
/// are not UTF-8 are replaced.
std::string dump(const Json& json, int indent);

}  // namespace netproof::report
