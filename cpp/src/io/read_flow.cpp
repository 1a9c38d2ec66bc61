#include "netproof/io/read_flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "netproof/net/make_flow.hpp"

namespace netproof {
namespace {

constexpr std::size_t kMostShown = 200;
constexpr std::size_t kKeys = 8;
enum Key : std::size_t { kSrc, kDst, kAt, kProtocol, kSport, kDport, kType };
constexpr std::array<std::string_view, kKeys> kNames = {
    "src", "dst", "at", "protocol", "sport", "dport", "type", "code"};

/// The beginning of what was written, for a message.
std::string shown(std::string_view text) {
  if (text.size() <= kMostShown) return std::string(text);
  return fmt::format("{}...", text.substr(0, kMostShown));
}

bool takes_text(std::size_t key) { return key <= kProtocol; }
bool takes_number(std::size_t key) { return key >= kProtocol; }

/// Takes the events of the parser. The first thing that is wrong ends it.
class Members : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::array<std::string, kKeys> texts;  ///< of numbers too
  std::array<std::optional<std::int64_t>, kKeys> numbers;
  std::array<bool, kKeys> given{};  ///< and not as null
  std::optional<ParseError> wrong;

  bool null() override { return inside_; }
  bool boolean(bool value) override {
    return refuse_type(value ? "true" : "false");
  }
  bool number_integer(number_integer_t value) override {
    return take_number(std::to_string(value), value);
  }
  bool number_unsigned(number_unsigned_t value) override {
    const auto most = static_cast<number_unsigned_t>(INT64_MAX);
    return take_number(std::to_string(value),
                       static_cast<std::int64_t>(std::min(value, most)));
  }
  // Whole numbers that are too long for an integer come here too.
  bool number_float(number_float_t, const string_t& text) override {
    if (text.find_first_of(".eE") != std::string::npos) {
      return refuse_type(text);
    }
    return take_number(text, INT64_MAX);
  }
  bool string(string_t& value) override {
    if (!inside_) return false;
    if (!takes_text(key_)) return refuse_type('"' + value + '"');
    given[key_] = true;
    texts[key_] = std::move(value);
    return true;
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    if (inside_) return refuse_type("{...}");
    inside_ = true;
    return true;
  }
  bool key(string_t& name) override {
    const auto at = std::ranges::find(kNames, name);
    if (at == kNames.end()) {
      return refuse(
          fmt::format("a key of a flow is one of {}", fmt::join(kNames, ", ")),
          name);
    }
    key_ = static_cast<std::size_t>(at - kNames.begin());
    if (seen_[key_]) return refuse("a key stands once in an object", name);
    seen_[key_] = true;
    return true;
  }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override {
    return inside_ && refuse_type("[...]");
  }
  bool end_array() override { return false; }
  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::json::exception&) override {
    return false;
  }

 private:
  bool refuse(std::string what, std::string_view fragment) {
    wrong = ParseError{std::move(what), shown(fragment)};
    return false;
  }
  bool refuse_type(std::string_view value) {
    if (!inside_) return false;
    const std::string_view kind = key_ == kProtocol ? "a text or a whole number"
                                  : takes_text(key_) ? "a text"
                                                     : "a whole number";
    return refuse(fmt::format("{} is {}", kNames[key_], kind), value);
  }
  bool take_number(std::string text, std::int64_t value) {
    if (!inside_) return false;
    if (!takes_number(key_)) return refuse_type(text);
    if (value < 0 || value > 65535) {
      return refuse(fmt::format("{} is 0 to 65535", kNames[key_]), text);
    }
    given[key_] = true;
    texts[key_] = std::move(text);
    numbers[key_] = value;
    return true;
  }

  bool inside_ = false;
  std::size_t key_ = 0;
  std::array<bool, kKeys> seen_{};
};

}  // namespace

Result<FlowLine, ParseError> read_flow(std::string_view line) {
  Members members;
  const bool whole = nlohmann::json::sax_parse(line, &members);
  if (members.wrong) return Unexpected{*members.wrong};
  if (!whole) {
    return Unexpected{ParseError{"a line is one JSON object", shown(line)}};
  }
  for (const Key key : {kSrc, kDst, kProtocol}) {
    if (members.given[key]) continue;
    return Unexpected{ParseError{
        fmt::format("a flow has src, dst and protocol; no {}", kNames[key]),
        ""}};
  }
  auto flow = make_flow({members.texts[kSrc], members.texts[kDst],
                         members.texts[kProtocol], members.numbers[kSport],
                         members.numbers[kDport], members.numbers[kType],
                         members.numbers[kType + 1]});
  if (!flow) return Unexpected{flow.error()};
  return FlowLine{flow.value(), std::move(members.texts[kAt])};
}

}  // namespace netproof
