#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/aws_snapshot.hpp"
#include "io/draft.hpp"
#include "netproof/io/read_topology.hpp"

namespace netproof::io {

/// What readers of resources share. `odd` counts what was said in words that
/// nobody knows, and what was of the wrong type: whoever reads an object looks
/// whether it grew, and opens what the object decides (S124).
struct AwsReading {
  Draft& draft;
  AwsSnapshot& snapshot;
  const ReadOptions& options;
  Problems gaps = {};  ///< warnings, in the end TopologyParts::gaps
  int odd = 0;
  std::map<std::string, int> told = {};  ///< gaps of one sort, by how often

  /// A warning of what is not known; `what` is a rule about good snapshots.
  void gap(std::string_view code, Location where, std::string what,
           std::string fragment = {}, std::string help = {});
};

/// Whether something odd was read in the life of this value.
class OddScope {
 public:
  explicit OddScope(AwsReading& reading)
      : reading_{reading}, before_{reading.odd} {}
  bool odd() const noexcept { return reading_.odd != before_; }
  /// What was odd so far is dealt with: nothing around has to be opened.
  void settle() noexcept { reading_.odd = before_; }

 private:
  AwsReading& reading_;
  int before_;
};

/// One JSON object of a resource, read by what its keys want.
class AwsObject {
 public:
  AwsObject(AwsReading& reading, const AwsResource& resource)
      : AwsObject(reading, *resource.file, resource.value) {}
  AwsObject(AwsReading& reading, const AwsFile& file, const AwsValue& value)
      : reading_{&reading}, file_{&file}, value_{&value} {}

  /// A key that is none of these, and says something, is odd.
  void knows(std::initializer_list<std::string_view> keys) const;
  /// The text of a key; "" if it is not there.
  std::string text(std::string_view key) const;
  std::optional<bool> flag(std::string_view key) const;
  std::optional<int> number(std::string_view key) const;
  /// True if there is something under the key.
  bool has(std::string_view key) const;
  /// True if nobody knows the value of the key. A gap says so.
  bool is_unknown(std::string_view key) const;
  /// The keys that are there, whatever they are for.
  std::vector<std::string_view> keys() const;
  /// The object under a key; an empty one if it is not there.
  AwsObject object(std::string_view key) const;
  /// The elements of a list of objects.
  std::vector<AwsObject> list(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<int> numbers(std::string_view key) const;
  std::optional<WrittenPrefix> prefix(std::string_view key) const;
  std::optional<IpAddress> address(std::string_view key) const;
  /// `enable`: true, `disable`: false, anything else: odd and unknown.
  Open<bool> enabled(std::string_view key, bool missing) const;
  /// Records that the value of `key` is not known to us.
  void report_unknown(std::string_view key) const;

  Location where() const;
  Location where(std::string_view key) const;
  /// The labels of `Tags`, with the tag keys as they are.
  Labels tags(std::string_view key = "Tags") const;
  const AwsFile& file() const noexcept { return *file_; }

 private:
  const AwsValue* find(std::string_view key) const;
  void wrong(const AwsValue& value, std::string_view wanted) const;

  AwsReading* reading_;
  const AwsFile* file_;
  const AwsValue* value_;
};

}  // namespace netproof::io
