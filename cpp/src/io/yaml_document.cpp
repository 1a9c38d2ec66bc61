#include "io/yaml_document.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "io/alias_recorder.hpp"
#include "io/tree_builder.hpp"

namespace netproof::io {
namespace {

// Ends the parse; the reason is in the problems.
struct Stop {};

std::size_t offset_of(const YAML::Mark& mark) {
  return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

// Where the quoted text that begins at `begin` ends.
std::size_t end_of_quoted(const std::string& text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 == text.size() || text[i + 1] != quote) {
        return i + 1;
      }
      ++i;
    }
  }
  return text.size();
}

// Where the scalar that begins at `begin` ends; a plain text over several lines
// and a block text end, for their place, with their first line.
std::size_t end_of_scalar(const std::string& text, std::size_t begin,
                          const std::string& value) {
  if (begin >= text.size()) return text.size();
  if (text[begin] == '"' || text[begin] == '\'') {
    return end_of_quoted(text, begin);
  }
  if (text.compare(begin, value.size(), value) == 0 &&
      value.find('\n') == std::string::npos) {
    return begin + value.size();
  }
  std::size_t end = text.find_first_of("\r\n", begin);
  if (end == std::string::npos) end = text.size();
  while (end > begin && text[end - 1] == ' ') --end;
  return end;
}

class Handler : public YAML::EventHandler {
 public:
  Handler(TreeBuilder& builder, Aliases aliases, LongForm long_form)
      : builder_{builder},
        aliases_{aliases},
        long_form_{long_form},
        recorder_{builder} {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) {
      refuse("yaml-documents", mark, "a file holds one document", "---", "");
      throw Stop{};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, "", anchor);
    const std::size_t begin = std::min(offset_of(mark), text().size());
    recorder_.open(anchor);
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (std::string_view(text()).substr(begin).starts_with(word)) {
        add({AliasEvent::kNull, {}, true, begin, begin + word.size()});
        return;
      }
    }
    add({AliasEvent::kNull, {}, false, begin, begin});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (aliases_ == Aliases::kFollow) {
      const std::size_t begin = offset_of(mark);
      if (!recorder_.replay(anchor, begin)) throw Stop{};
      return;
    }
    refuse("yaml-alias", mark, "a value is written where it is used", "*",
           "aliases are not followed; tables and selectors are for what "
           "repeats");
    has_alias_ = true;
    builder_.null(offset_of(mark), offset_of(mark) + 1, true);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& value) override {
    check(mark, tag, anchor);
    std::size_t begin = offset_of(mark);
    // The place of a scalar with an anchor may be that of the anchor.
    if (anchor != 0 && begin < text().size() && text()[begin] == '&') {
      begin = text().find_first_of(" \t\r\n", begin);
      begin =
          std::min(text().find_first_not_of(" \t\r\n", begin), text().size());
    }
    recorder_.open(anchor);
    if (!open_long_form(begin, tag)) {
      add({AliasEvent::kScalar, value, tag == "!", begin,
           end_of_scalar(text(), begin, value)});
      return;
    }
    const std::size_t at = behind_tag(begin, tag);
    const bool quoted =
        at < text().size() && (text()[at] == '"' || text()[at] == '\'');
    const bool there = quoted || !value.empty();
    add({AliasEvent::kScalar, value, quoted, there ? at : begin,
         there ? end_of_scalar(text(), at, value) : begin + tag.size()});
    end(builder_.last_end());
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    start(NodeKind::kList, mark, tag, anchor);
  }
  void OnSequenceEnd() override { finish(']'); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    start(NodeKind::kMap, mark, tag, anchor);
  }
  void OnMapEnd() override { finish('}'); }

  bool has_alias() const noexcept { return has_alias_; }

 private:
  const std::string& text() const { return builder_.source().text(); }

  void refuse(const char* code, const YAML::Mark& mark, const char* what,
              const std::string& fragment, const char* help) {
    const std::size_t begin = offset_of(mark);
    builder_.problems().add(
        {code, builder_.source().at(begin, begin + 1), what, fragment, help});
  }

  void check(const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor) {
    if (anchor != 0 && aliases_ == Aliases::kRefuse) {
      refuse("yaml-anchor", mark, "a value has no anchor", "&",
             "anchors are not read; tables and selectors are for what "
             "repeats");
    }
    if (!is_plain(tag) && key_of(tag).empty()) {
      refuse("yaml-tag", mark, "a value has no tag", tag,
             "values are read by their key, without tags");
    }
  }

  void start(NodeKind kind, const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor) {
    check(mark, tag, anchor);
    recorder_.open(anchor);
    std::size_t begin = offset_of(mark);
    const bool is_long = open_long_form(begin, tag);
    if (is_long) begin = behind_tag(begin, tag);
    wrapped_.push_back(is_long);
    const auto event =
        kind == NodeKind::kMap ? AliasEvent::kMap : AliasEvent::kList;
    add({event, {}, false, begin, 0});
  }

  void end(std::size_t at) { add({AliasEvent::kEnd, {}, false, 0, at}); }

  void finish(char bracket) {
    end(end_of_flow(bracket));
    if (wrapped_.back()) end(builder_.last_end());
    wrapped_.pop_back();
  }

  void add(const AliasEvent& event) {
    if (!recorder_.add(event)) throw Stop{};
  }

  static bool is_plain(const std::string& tag) {
    return tag.empty() || tag == "?" || tag == "!";
  }

  std::string key_of(const std::string& tag) const {
    const bool may_be_short = !is_plain(tag) && long_form_ != nullptr;
    return may_be_short ? long_form_(tag) : std::string{};
  }

  // Begins the mapping that a tag is short for; its value follows.
  bool open_long_form(std::size_t begin, const std::string& tag) {
    const std::string key = key_of(tag);
    if (key.empty()) return false;
    add({AliasEvent::kMap, {}, false, begin, 0});
    add({AliasEvent::kScalar, key, true, begin, begin + tag.size()});
    return true;
  }

  // A tagged value has the place of its tag.
  std::size_t behind_tag(std::size_t begin, const std::string& tag) const {
    const std::size_t at =
        text().find_first_not_of(" \t\r\n", begin + tag.size());
    return at == std::string::npos ? text().size() : at;
  }

  // Events of ends have no place: a flow collection ends with the bracket that
  // follows its last item, a block collection with that item.
  std::size_t end_of_flow(char bracket) const {
    const std::size_t last = builder_.last_end();
    std::size_t at = last;
    if (at < text().size() && (text()[at] == '[' || text()[at] == '{')) ++at;
    at = text().find_first_not_of(" \t\r\n,", at);
    if (at != std::string::npos && text()[at] == bracket) return at + 1;
    return last;
  }

  TreeBuilder& builder_;
  Aliases aliases_;
  LongForm long_form_;
  AliasRecorder recorder_;
  std::vector<bool> wrapped_;  ///< the collections around, in a long form
  int documents_ = 0;
  bool has_alias_ = false;
};

// yaml-cpp answers tabs in indentation with "illegal block entry" or worse.
bool report_tabs(const SourceText& source, Problems& problems) {
  const std::string& text = source.text();
  const int before = problems.failures();
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t first = text.find_first_not_of(" \t", start);
    if (first == std::string::npos) break;
    const std::size_t tab =
        start + std::string_view(text).substr(start, first - start).find('\t');
    if (tab >= start && tab < first && text[first] != '\n' &&
        text[first] != '\r' && text[first] != '#') {
      problems.add({"yaml-tab", source.at(tab, tab + 1),
                    "indentation is written with spaces", "a tab", ""});
    }
    const std::size_t end = text.find('\n', start);
    if (end == std::string::npos) break;
    start = end + 1;
  }
  return problems.failures() != before;
}

void report_syntax(const SourceText& source, const YAML::Exception& error,
                   Problems& problems) {
  const std::size_t at = error.mark.is_null() ? 0 : offset_of(error.mark);
  problems.add({"yaml-syntax", source.at(at, at + 1),
                fmt::format("a file is well-formed YAML: {}", error.msg), "",
                "a quote, bracket or indentation here or above is not what "
                "it seems"});
}

}  // namespace

std::optional<Node> parse_yaml(const SourceText& source, Problems& problems,
                               Aliases aliases, LongForm long_form) {
  if (report_tabs(source, problems)) return std::nullopt;
  TreeBuilder builder{source, problems};
  Handler handler{builder, aliases, long_form};
  try {
    std::istringstream stream{source.text()};
    YAML::Parser parser{stream};
    while (parser.HandleNextDocument(handler)) {
    }
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    report_syntax(source, error, problems);
    return std::nullopt;
  }
  if (handler.has_alias()) return std::nullopt;
  return builder.take_root();
}

}  // namespace netproof::io
