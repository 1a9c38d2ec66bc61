#include "io/json_document.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "io/tree_builder.hpp"

namespace netproof::io {
namespace {

using nlohmann::json;

// The parser tells no places, but its events come in the order of the text and
// between two of them stand only spaces, commas and colons: a cursor finds the
// token of each.
class Handler : public nlohmann::json_sax<json> {
 public:
  explicit Handler(TreeBuilder& builder) : builder_{builder} {}

  bool null() override {
    const auto [begin, end] = next_word();
    builder_.null(begin, end, true);
    return true;
  }
  bool boolean(bool) override { return word(); }
  bool number_integer(number_integer_t) override { return word(); }
  bool number_unsigned(number_unsigned_t) override { return word(); }
  bool number_float(number_float_t, const string_t&) override { return word(); }
  bool string(string_t& value) override { return quoted(value); }
  bool key(string_t& value) override { return quoted(value); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(NodeKind::kMap); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(NodeKind::kList); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    builder_.problems().add(
        json_syntax_problem(builder_.source(), position, error.what()));
    return false;
  }

 private:
  const std::string& text() const { return builder_.source().text(); }

  std::size_t next() {
    const std::size_t at = text().find_first_not_of(" \t\r\n,:", cursor_);
    return at == std::string::npos ? text().size() : at;
  }

  std::pair<std::size_t, std::size_t> next_word() {
    const std::size_t begin = next();
    const std::size_t end = text().find_first_of(" \t\r\n,:]}", begin);
    cursor_ = end == std::string::npos ? text().size() : end;
    return {begin, cursor_};
  }

  bool word() {
    const auto [begin, end] = next_word();
    builder_.scalar(text().substr(begin, end - begin), false, begin, end);
    return true;
  }

  bool quoted(const std::string& value) {
    const std::size_t begin = next();
    std::size_t end = begin + 1;
    while (end < text().size() && text()[end] != '"') {
      end += text()[end] == '\\' ? 2U : 1U;
    }
    cursor_ = end + 1;
    builder_.scalar(value, true, begin, cursor_);
    return true;
  }

  bool open(NodeKind kind) {
    const std::size_t begin = next();
    cursor_ = begin + 1;
    return builder_.open(kind, begin);
  }

  bool close() {
    cursor_ = next() + 1;
    builder_.close(cursor_);
    return true;
  }

  TreeBuilder& builder_;
  std::size_t cursor_ = 0;
};

}  // namespace

std::optional<Node> parse_json(const SourceText& source, Problems& problems) {
  TreeBuilder builder{source, problems};
  Handler handler{builder};
  const bool whole = json::sax_parse(source.text(), &handler);
  if (!whole) return std::nullopt;
  return builder.take_root();
}

Diagnostic json_syntax_problem(const SourceText& source, std::size_t position,
                               std::string_view error) {
  const std::size_t at = position == 0 ? 0 : position - 1;
  // "[json.exception.parse_error.101] parse error at line 1, column 2: ..."
  const std::size_t colon = error.find(": ");
  if (colon != std::string_view::npos) error.remove_prefix(colon + 2);
  return {"json-syntax", source.at(at, at + 1),
          fmt::format("a file is well-formed JSON: {}",
                      error.substr(0, error.find("; "))),
          "", ""};
}

}  // namespace netproof::io
