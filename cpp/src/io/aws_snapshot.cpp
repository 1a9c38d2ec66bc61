#include "io/aws_snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace netproof::io {
namespace {

bool is_letter(char c) noexcept { return 'a' <= c && c <= 'z'; }
bool is_digit(char c) noexcept { return '0' <= c && c <= '9'; }
bool is_word(char c) noexcept {
  return is_letter(c) || is_digit(c) || ('A' <= c && c <= 'Z');
}

bool among(std::string_view text,
           std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

// The characters at the start of `text` that `fits`.
std::string_view leading(std::string_view text, bool (*fits)(char)) {
  const auto end = std::ranges::find_if_not(text, fits);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

bool is_region_word(std::string_view word, bool first) {
  if (first) {
    return among(word,
                 {"us", "eu", "ap", "ca", "sa", "af", "me", "il", "mx", "cn"});
  }
  return among(word, {"gov", "iso", "isob", "isoe", "isof", "north", "south",
                      "east", "west", "central", "northeast", "northwest",
                      "southeast", "southwest"});
}

// "us-gov-west-1" at the start of `text`, or nothing.
std::string_view region_at(std::string_view text) {
  std::size_t at = 0;
  for (bool first = true;; first = false) {
    const std::string_view word = leading(text.substr(at), is_letter);
    at += word.size();
    if (!is_region_word(word, first) || at >= text.size() || text[at] != '-') {
      return {};
    }
    ++at;
    const std::size_t digits = leading(text.substr(at), is_digit).size();
    if (digits == 0) continue;
    at += digits;
    const bool ends = at == text.size() || !is_word(text[at]);
    return ends && !first ? text.substr(0, at) : std::string_view{};
  }
}

std::string_view account_at(std::string_view text) {
  constexpr std::size_t kDigits = 12;
  if (text.size() < kDigits) return {};
  const std::string_view number = text.substr(0, kDigits);
  const bool ends = text.size() == kDigits || !is_word(text[kDigits]);
  return ends && std::ranges::all_of(number, is_digit) ? number
                                                       : std::string_view{};
}

// A call that failed: the command line's message, or the error of an SDK.
std::optional<std::string> refusal(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return "an empty file";
  text.remove_prefix(start);
  if (!text.starts_with("An error occurred (")) return std::nullopt;
  return std::string(text.substr(0, text.find('\n')));
}

class FileReader : public AwsSink {
 public:
  FileReader(AwsSnapshot& snapshot, AwsFile& file,
             const std::filesystem::path& path, Problems& problems,
             Problems& gaps)
      : snapshot_{snapshot},
        file_{file},
        path_{path},
        problems_{problems},
        gaps_{gaps} {}

  void list(std::string_view key) override {
    const AwsCall* call = aws_call(key);
    if (call == nullptr) return;
    calls_.push_back(call);
  }

  void element(std::string_view key, AwsValue value) override {
    const AwsCall* call = aws_call(key);
    if (call == nullptr) {
      doubt(key, value, "");
    } else if (call->family == AwsFamily::kUnmodelled) {
      doubt(key, value, call->call);
    } else if (call->family != AwsFamily::kHarmless) {
      take(*call, std::move(value));
    }
  }

  void member(std::string_view key, AwsValue value) override {
    if (key == "NextToken" || key == "nextToken" || key == "NextMarker") {
      continues_ = continues_ || !value.empty();
    } else if (key == "AdditionalRoutesAvailable") {
      says_more_ = true;
      more_ = value.text == "true";
    } else if (key == "TransitGatewayRouteTableId" || key == "PrefixListId") {
      about_ = value.text;
    } else if (key == "Error" || key == "Errors" || key == "__type") {
      refused(value.find("Code") == nullptr
                  ? std::string(value.text)
                  : std::string(value.find("Code")->text));
    } else if (key == "provider" && value.text != "aws") {
      problems_.add({"aws-provider", at(value),
                     "a collected file is of the provider aws",
                     std::string(value.text), ""});
    } else {
      whole_member(key, std::move(value));
    }
  }

  void finish() {
    for (const AwsCall* call : calls_) {
      name_elements(*call);
      AwsAnswer& answer = answer_of(*call);
      const bool routes = call->family == AwsFamily::kTransitRoutes;
      // A table of exactly the largest answer, without a word on the rest.
      constexpr std::size_t kLargestAnswer = 1000;
      const bool cut = routes && !continues_ &&
                       (more_ || (!says_more_ && routes_ >= kLargestAnswer));
      if (!continues_ && !cut) answer.finished = true;
      if (!answer.where.known()) answer.where = file_.source.at(0, 1);
    }
  }

 private:
  Location at(const AwsValue& value) const {
    return file_.source.at(value.begin, value.end);
  }

  // The id that an answer is about, where its elements do not say it.
  std::string about(const AwsCall& call) {
    if (call.scope.empty()) return {};
    if (!about_.empty()) return about_;
    about_ = id_in_path(path_, call.scope);
    if (about_.empty()) {
      problems_.add(
          {"aws-about", file_.source.at(0, 1),
           fmt::format("a file of {} has the id {}... in its name or folder",
                       call.call, call.scope),
           path_.generic_string(), ""});
      about_ = "?";
    }
    return about_;
  }

  AwsAnswer& answer_of(const AwsCall& call) {
    return snapshot_.answers[{call.family, file_.scope, about(call)}];
  }

  void take(const AwsCall& call, AwsValue value) {
    if (value.kind != AwsValue::Kind::kMap) {
      problems_.add({"value-type", at(value),
                     fmt::format("an element of {} is a mapping", call.key),
                     std::string(value.text), ""});
      return;
    }
    if (!call.id.empty() &&
        (value.find(call.id) == nullptr || value.find(call.id)->empty())) {
      problems_.add({"value-missing", at(value),
                     fmt::format("an element of {} has {}", call.key, call.id),
                     "", ""});
      return;
    }
    if (call.family == AwsFamily::kTransitRoutes) ++routes_;
    AwsFamily family = call.family;
    const bool old = value.find("AddressFamily") == nullptr;
    if (family == AwsFamily::kPrefixLists && old) {
      family = AwsFamily::kAwsPrefixLists;
    }
    snapshot_.table(family).push_back({&file_, std::move(value), {}});
  }

  // The id may stand behind the list that it is about.
  void name_elements(const AwsCall& call) {
    if (call.scope.empty()) return;
    auto& table = snapshot_.table(call.family);
    for (auto at = table.rbegin(); at != table.rend(); ++at) {
      if (at->file != &file_) break;
      at->about = about(call);
    }
  }

  void whole_member(std::string_view key, AwsValue value) {
    const AwsCall* call = aws_call(key);
    if (call != nullptr && call->family == AwsFamily::kBucketPolicies) {
      // IAM's get-policy has the same key, and a mapping below it.
      if (value.kind == AwsValue::Kind::kText) {
        snapshot_.table(call->family)
            .push_back({&file_, std::move(value), path_.stem().string()});
      }
    } else if (call == nullptr) {
      if (!value.empty() && value.kind == AwsValue::Kind::kMap) {
        doubt(key, value, "");
      }
    } else if (call->family < AwsFamily::kUnmodelled &&
               value.kind == AwsValue::Kind::kMap) {
      calls_.push_back(call);
      take(*call, std::move(value));
    } else if (call->family < AwsFamily::kUnmodelled &&
               value.kind == AwsValue::Kind::kNull) {
      calls_.push_back(call);
    } else if (call->family < AwsFamily::kUnmodelled) {
      problems_.add({"value-type", at(value), fmt::format("{} is a list", key),
                     std::string(value.text), ""});
    }
  }

  void doubt(std::string_view key, AwsValue& value, std::string_view call) {
    const Location where = at(value);
    auto& table = snapshot_.table(AwsFamily::kUnmodelled);
    table.push_back({&file_, std::move(value), std::string(key)});
    if (!doubted_.empty() && doubted_ == key) return;
    doubted_ = key;
    gaps_.add({"snapshot-is-understood", where,
               call.empty()
                   ? "a list of a snapshot is one of the calls that are known"
                   : fmt::format("what {} shows is not modelled", call),
               std::string(key),
               "routing and filtering of its account and Region are unknown"});
  }

  void refused(const std::string& code) {
    gaps_.add({"snapshot-has-every-call", file_.source.at(0, 1),
               "a file holds an answer, no refusal", code,
               "collect it with more rights"});
  }

  AwsSnapshot& snapshot_;
  AwsFile& file_;
  const std::filesystem::path& path_;
  Problems& problems_;
  Problems& gaps_;
  std::vector<const AwsCall*> calls_;
  std::string about_;
  std::string doubted_;
  std::size_t routes_ = 0;
  bool continues_ = false;
  bool says_more_ = false;
  bool more_ = false;
};

// How good a copy is: the owner's, one of an account that nobody knows, other.
int standing(const AwsSnapshot& snapshot, const AwsCall& call,
             const AwsResource& resource) {
  const std::string& account = snapshot.scopes[resource.file->scope].account;
  if (account.empty() || call.owner.empty()) return 1;
  return resource.text(call.owner) == account ? 2 : 0;
}

void merge_table(AwsSnapshot& snapshot, AwsFamily family, Problems& problems) {
  const AwsCall& call = aws_call(family);
  if (call.id.empty()) return;
  auto& table = snapshot.table(family);
  std::unordered_map<std::string, std::size_t> kept;
  std::vector<AwsResource> merged;
  for (AwsResource& resource : table) {
    std::string id{resource.text(call.id)};
    // The two ends of a peering of transit gateways share their id.
    if (family == AwsFamily::kTransitAttachments) {
      id += "@";
      id += resource.text("TransitGatewayId");
    }
    const auto [at, added] = kept.emplace(std::move(id), merged.size());
    if (added) {
      merged.push_back(std::move(resource));
      continue;
    }
    AwsResource& other = merged[at->second];
    const int better =
        standing(snapshot, call, resource) - standing(snapshot, call, other);
    if (better > 0) {
      other = std::move(resource);
    } else if (better == 0 && resource.file->scope == other.file->scope &&
               !same_content(resource.value, other.value)) {
      problems.add(
          {"aws-same-resource", resource.where(),
           "a resource is described the same in every file of its account and "
           "Region",
           std::string(resource.text(call.id)),
           fmt::format("first at {}; collect both at one time",
                       to_string(other.where()))});
    }
  }
  table = std::move(merged);
}

}  // namespace

std::string to_string(const AwsScope& scope) {
  if (!scope.account.empty() && !scope.region.empty()) {
    return fmt::format("account {} in {}", scope.account, scope.region);
  }
  if (!scope.account.empty()) return "account " + scope.account;
  if (!scope.region.empty()) return "Region " + scope.region;
  return scope.folder.empty() ? "this snapshot" : "folder " + scope.folder;
}

AwsScope scope_of(const std::filesystem::path& path) {
  AwsScope scope;
  const std::string text = path.generic_string();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && is_word(text[i - 1])) continue;
    const std::string_view rest = std::string_view{text}.substr(i);
    if (const auto region = region_at(rest); !region.empty()) {
      scope.region = region;
    }
    if (const auto account = account_at(rest); !account.empty()) {
      scope.account = account;
    }
  }
  if (scope.account.empty() && scope.region.empty()) {
    scope.folder = path.parent_path().generic_string();
  }
  return scope;
}

std::string id_in_path(const std::filesystem::path& path,
                       std::string_view prefix) {
  const std::string text = path.generic_string();
  std::size_t from = std::string::npos;
  while (true) {
    const std::size_t begin = text.rfind(prefix, from);
    if (begin == std::string::npos) return {};
    std::size_t end = begin + prefix.size();
    while (end < text.size() && is_word(text[end])) ++end;
    const bool starts = begin == 0 || !is_word(text[begin - 1]);
    if (starts && end > begin + prefix.size()) {
      return text.substr(begin, end - begin);
    }
    if (begin == 0) return {};
    from = begin - 1;
  }
}

std::size_t AwsSnapshot::scope_index(const AwsScope& scope) {
  const auto at = std::ranges::find(scopes, scope);
  if (at != scopes.end()) return static_cast<std::size_t>(at - scopes.begin());
  scopes.push_back(scope);
  return scopes.size() - 1;
}

bool AwsSnapshot::has(AwsFamily family, std::size_t scope,
                      const std::string& about) const {
  const auto at = answers.find({family, scope, about});
  return at != answers.end() && at->second.finished;
}

const AwsResource* AwsSnapshot::beside(AwsFamily family,
                                       const AwsResource& resource) const {
  const auto& table = tables.at(static_cast<std::size_t>(family));
  const auto at = std::ranges::find_if(table, [&](const AwsResource& one) {
    return one.file == resource.file && one.about == resource.about;
  });
  return at == table.end() ? nullptr : &*at;
}

bool AwsSnapshot::has_about(AwsFamily family, const std::string& about) const {
  return std::ranges::any_of(answers, [&](const auto& one) {
    return std::get<0>(one.first) == family &&
           std::get<2>(one.first) == about && one.second.finished;
  });
}

bool read_aws_file(AwsSnapshot& snapshot, SourceText source,
                   const std::filesystem::path& path, Problems& problems,
                   Problems& gaps) {
  if (const auto reason = refusal(source.text())) {
    gaps.add({"snapshot-has-every-call", source.at(0, 1),
              "a file holds an answer, no refusal", *reason,
              "collect it again, with the rights that are missing"});
    return true;
  }
  const std::size_t scope = snapshot.scope_index(scope_of(path));
  AwsFile& file = snapshot.files.emplace_back(std::move(source), scope);
  FileReader reader{snapshot, file, path, problems, gaps};
  if (!stream_json(file.source, file.unescaped, problems, reader)) return false;
  reader.finish();
  return true;
}

void merge_copies(AwsSnapshot& snapshot, Problems& problems) {
  for (std::size_t f = 0; f < kAwsFamilies; ++f) {
    if (!snapshot.tables[f].empty() &&
        f != static_cast<std::size_t>(AwsFamily::kUnmodelled)) {
      merge_table(snapshot, static_cast<AwsFamily>(f), problems);
    }
  }
}

}  // namespace netproof::io
