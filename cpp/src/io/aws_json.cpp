#include "io/aws_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "io/json_document.hpp"

namespace netproof::io {
namespace {

using nlohmann::json;
using Kind = AwsValue::Kind;

bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',' ||
         c == ':';
}

bool ends_word(char c) noexcept { return is_space(c) || c == ']' || c == '}'; }

// As in json_document.cpp the events come in the order of the text, and a
// cursor finds the token of each.
class Stream : public nlohmann::json_sax<json> {
 public:
  Stream(const SourceText& source, std::deque<std::string>& unescaped,
         Problems& problems, AwsSink& sink)
      : source_{source},
        text_{source.text()},
        unescaped_{unescaped},
        problems_{problems},
        sink_{sink} {}

  bool null() override { return scalar(Kind::kNull); }
  bool boolean(bool) override { return scalar(Kind::kWord); }
  bool number_integer(number_integer_t) override { return scalar(Kind::kWord); }
  bool number_unsigned(number_unsigned_t) override {
    return scalar(Kind::kWord);
  }
  bool number_float(number_float_t, const string_t&) override {
    return scalar(Kind::kWord);
  }
  bool binary(binary_t&) override { return false; }

  bool string(string_t& value) override {
    AwsValue node;
    node.kind = Kind::kText;
    node.begin = offset(next());
    node.text = quoted(value);
    node.end = offset(cursor_);
    return add(std::move(node));
  }

  bool key(string_t& value) override {
    next();
    key_ = quoted(value);
    return true;
  }

  bool start_object(std::size_t) override { return open(Kind::kMap); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Kind::kList); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    problems_.add(json_syntax_problem(source_, position, error.what()));
    return false;
  }

 private:
  struct Frame {
    AwsValue node;
    std::string_view key;
  };

  static std::uint32_t offset(std::size_t at) noexcept {
    return static_cast<std::uint32_t>(at);
  }

  std::size_t next() {
    while (cursor_ < text_.size() && is_space(text_[cursor_])) ++cursor_;
    return cursor_;
  }

  // The cursor stands at the opening quote, and then behind the closing one.
  std::string_view quoted(const std::string& value) {
    const std::size_t begin = cursor_ + 1;
    std::size_t end = begin;
    while (end < text_.size() && text_[end] != '"') {
      end += text_[end] == '\\' ? 2U : 1U;
    }
    cursor_ = end + 1;
    if (end - begin == value.size()) return text_.substr(begin, end - begin);
    return unescaped_.emplace_back(value);
  }

  bool scalar(Kind kind) {
    AwsValue node;
    node.kind = kind;
    const std::size_t begin = next();
    while (cursor_ < text_.size() && !ends_word(text_[cursor_])) ++cursor_;
    node.begin = offset(begin);
    node.end = offset(cursor_);
    if (kind == Kind::kWord) node.text = text_.substr(begin, cursor_ - begin);
    return add(std::move(node));
  }

  bool open(Kind kind) {
    const std::size_t begin = next();
    cursor_ = begin + 1;
    if (frames_.size() >= static_cast<std::size_t>(kDeepestNesting)) {
      problems_.add({"nesting-depth", source_.at(begin, begin + 1),
                     fmt::format("lists and mappings nest at most {} deep",
                                 kDeepestNesting),
                     "", ""});
      return false;
    }
    if (frames_.empty() && kind != Kind::kMap) {
      problems_.add({"aws-root", source_.at(begin, begin + 1),
                     "a file of a snapshot is one JSON object, as the AWS "
                     "command line prints it",
                     "a list", "leave out --query"});
      return false;
    }
    Frame frame;
    frame.node.kind = kind;
    frame.node.begin = offset(begin);
    frame.key = key_;
    frames_.push_back(std::move(frame));
    if (frames_.size() == 2 && kind == Kind::kList) {
      if (std::ranges::find(root_keys_, key_) != root_keys_.end()) {
        refuse_key(key_, begin);
      }
      root_keys_.push_back(key_);
      sink_.list(key_);
    }
    return true;
  }

  bool close() {
    cursor_ = next() + 1;
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    frame.node.end = offset(cursor_);
    key_ = frame.key;
    if (frame.node.kind == Kind::kMap) refuse_duplicates(frame.node);
    // The root, and the lists right under it, have been handed out.
    const bool streamed = frames_.empty() || (frames_.size() == 1 &&
                                              frame.node.kind == Kind::kList);
    return streamed || add(std::move(frame.node));
  }

  bool add(AwsValue node) {
    if (frames_.empty()) {
      problems_.add({"aws-root", source_.at(node.begin, node.end),
                     "a file of a snapshot is one JSON object", "a value", ""});
      return false;
    }
    Frame& frame = frames_.back();
    if (frames_.size() == 1) {
      if (std::ranges::find(root_keys_, key_) != root_keys_.end()) {
        refuse_key(key_, node.begin);
      } else {
        root_keys_.push_back(key_);
        sink_.member(key_, std::move(node));
      }
    } else if (frames_.size() == 2 && frame.node.kind == Kind::kList) {
      sink_.element(frame.key, std::move(node));
    } else {
      const bool map = frame.node.kind == Kind::kMap;
      frame.node.members.push_back(
          {map ? key_ : std::string_view{}, std::move(node)});
    }
    return true;
  }

  void refuse_key(std::string_view key, std::size_t at) {
    problems_.add({"duplicate-key", source_.at(at, at + 1),
                   "a key stands once in a mapping", std::string(key), ""});
  }

  void refuse_duplicates(const AwsValue& map) {
    std::vector<std::pair<std::string_view, std::uint32_t>> keys;
    keys.reserve(map.members.size());
    for (const auto& member : map.members) {
      keys.emplace_back(member.key, member.value.begin);
    }
    std::ranges::sort(keys);
    for (std::size_t i = 1; i < keys.size(); ++i) {
      if (keys[i].first == keys[i - 1].first) {
        refuse_key(keys[i].first, keys[i].second);
      }
    }
  }

  const SourceText& source_;
  std::string_view text_;
  std::deque<std::string>& unescaped_;
  Problems& problems_;
  AwsSink& sink_;
  std::vector<Frame> frames_;
  std::vector<std::string_view> root_keys_;
  std::string_view key_;
  std::size_t cursor_ = 0;
};

}  // namespace

const AwsValue* AwsValue::find(std::string_view key) const noexcept {
  if (kind != Kind::kMap) return nullptr;
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

bool AwsValue::empty() const noexcept {
  return kind == Kind::kNull || (kind == Kind::kText && text.empty()) ||
         ((kind == Kind::kList || kind == Kind::kMap) && members.empty());
}

bool same_content(const AwsValue& a, const AwsValue& b) {
  if (a.kind != b.kind || a.text != b.text) return false;
  if (a.kind == Kind::kMap) {
    const auto tags = [](const auto& member) {
      return member.key == "Tags" || member.key == "TagSet";
    };
    return std::ranges::all_of(a.members,
                               [&](const auto& member) {
                                 if (tags(member)) return true;
                                 const AwsValue* same = b.find(member.key);
                                 return same == nullptr
                                            ? member.value.empty()
                                            : same_content(member.value, *same);
                               }) &&
           std::ranges::all_of(b.members, [&](const auto& member) {
             return tags(member) || member.value.empty() ||
                    a.find(member.key) != nullptr;
           });
  }
  return std::ranges::equal(a.members, b.members,
                            [](const auto& x, const auto& y) {
                              return same_content(x.value, y.value);
                            });
}

bool stream_json(const SourceText& source, std::deque<std::string>& unescaped,
                 Problems& problems, AwsSink& sink) {
  Stream stream{source, unescaped, problems, sink};
  return json::sax_parse(source.text(), &stream);
}

}  // namespace netproof::io
