#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "io/aws_calls.hpp"
#include "io/aws_json.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// Whose answers a file holds: account and Region where its path names them,
/// else the folder that it lies in.
struct AwsScope {
  std::string account;
  std::string region;
  std::string folder;  ///< if neither is known

  friend auto operator<=>(const AwsScope&, const AwsScope&) = default;
};

/// "account 111122223333 in eu-west-1", "folder prod".
std::string to_string(const AwsScope& scope);

/// The scope of a file, by its path within the snapshot.
AwsScope scope_of(const std::filesystem::path& path);

/// The last part of `path` that begins with `prefix`, as "pl-0a1b"; or "".
std::string id_in_path(const std::filesystem::path& path,
                       std::string_view prefix);

/// A file, kept for its texts and places.
struct AwsFile {
  AwsFile(SourceText text, std::size_t of)
      : source{std::move(text)}, scope{of} {}

  SourceText source;
  std::deque<std::string> unescaped;
  std::size_t scope = 0;
};

/// One element of an answer.
struct AwsResource {
  const AwsFile* file = nullptr;
  AwsValue value;
  std::string about;  ///< the id that the answer is about: "tgw-rtb-0a1b"

  std::string_view text(std::string_view key) const {
    const AwsValue* found = value.find(key);
    const bool known =
        found != nullptr && found->kind != AwsValue::Kind::kUnknown;
    return known ? found->text : std::string_view{};
  }
  Location where() const { return file->source.at(value.begin, value.end); }
};

/// What is known of one answer, which may come in several files.
struct AwsAnswer {
  bool finished = false;  ///< one of the files is the last page
  bool refused = false;   ///< the call failed
  Location where;
};

/// Everything that was found in a folder, by family; nothing understood yet.
struct AwsSnapshot {
  using Key = std::tuple<AwsFamily, std::size_t, std::string>;

  std::deque<AwsFile> files;
  std::vector<AwsScope> scopes;
  std::array<std::vector<AwsResource>, kAwsFamilies> tables;
  std::map<Key, AwsAnswer> answers;
  /// A configuration declares it: what AWS works out by itself, such as what
  /// propagates to a table, is in no answer.
  bool declared = false;
  /// VPCs and transit gateways with ways that nobody knows.
  std::set<std::string> doubted;
  /// VPCs may hold subnets, and subnets interfaces, beside those listed.
  bool more_subnets = false;
  bool more_interfaces = false;

  std::vector<AwsResource>& table(AwsFamily family) {
    return tables.at(static_cast<std::size_t>(family));
  }
  std::size_t scope_index(const AwsScope& scope);
  /// There is a whole answer of this call.
  bool has(AwsFamily family, std::size_t scope,
           const std::string& about = {}) const;
  /// What another key of the answer that `resource` is from holds, or null.
  const AwsResource* beside(AwsFamily family,
                            const AwsResource& resource) const;
  /// A whole answer of this call about that id, from any scope.
  bool has_about(AwsFamily family, const std::string& about) const;
};

/// Reads one file into `snapshot`. `path` is its path within the snapshot.
/// False if it cannot be read at all.
bool read_aws_file(AwsSnapshot& snapshot, SourceText source,
                   const std::filesystem::path& path, Problems& problems,
                   Problems& gaps);

/// One copy of each resource: the owner's if there is one (S122). Copies of one
/// account and Region that say different things are errors.
void merge_copies(AwsSnapshot& snapshot, Problems& problems);

}  // namespace netproof::io
