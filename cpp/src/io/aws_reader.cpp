#include "io/aws_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "io/aws_build.hpp"
#include "io/folder_files.hpp"
#include "io/resolve.hpp"
#include "io/text_file.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

bool is_json(const fs::path& path) { return path.extension() == ".json"; }

// The first key of the object that a file begins with.
std::string first_key(const fs::path& path) {
  std::ifstream stream{path, std::ios::binary};
  std::array<char, 512> buffer{};
  stream.read(buffer.data(), buffer.size());
  std::string_view text{buffer.data(),
                        static_cast<std::size_t>(stream.gcount())};
  const std::size_t brace = text.find('{');
  if (brace == std::string_view::npos) return {};
  text.remove_prefix(brace + 1);
  const std::size_t quote = text.find_first_not_of(" \t\r\n");
  if (quote == std::string_view::npos || text[quote] != '"') return {};
  text.remove_prefix(quote + 1);
  return std::string(text.substr(0, text.find('"')));
}

// Batfish keeps what is AWS's in a folder of its own.
fs::path folder_of(const fs::path& path) {
  std::error_code error;
  const fs::path inner = path / "aws_configs";
  return fs::is_directory(inner, error) ? inner : path;
}

}  // namespace

void build_network(AwsReading& reading) {
  AwsBuild all{reading};
  all.doubted_vpcs = reading.snapshot.doubted;
  all.doubted_gateways = reading.snapshot.doubted;
  build_accounts(all);
  build_vpcs(all);
  build_subnets(all);
  build_prefix_lists(all);
  build_security_groups(all);
  build_network_acls(all);
  build_interfaces(all);
  build_gateways(all);
  build_peerings(all);
  build_endpoints(all);
  build_public_access(all);
  build_buckets(all);
  build_vpn(all);
  build_direct_connect(all);
  build_transit_gateways(all);
  build_route_tables(all);
  build_transit_tables(all);
  build_gaps(all);
  build_unseen(all);
}

bool is_aws_snapshot(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return !files_below(folder_of(path), is_json).files.empty();
  }
  if (!is_json(path)) return false;
  const std::string key = first_key(path);
  if (key == "collector_version") return true;
  const bool ours = !key.empty() && 'a' <= key[0] && key[0] <= 'z' &&
                    !key.starts_with("directConnect") &&
                    !key.starts_with("virtual");
  return !ours && aws_call(key) != nullptr;
}

void read_aws_snapshot(Draft& draft, const fs::path& path, const fs::path& root,
                       const ReadOptions& options) {
  AwsSnapshot snapshot;
  AwsReading reading{draft, snapshot, options};
  std::error_code error;
  const bool folder = fs::is_directory(path, error);
  const fs::path base = folder ? folder_of(path) : path.parent_path();
  FolderFiles found{{path}, {}};
  if (folder) found = files_below(base, is_json);
  report_left_out(draft.problems, found, root);
  if (!found.left_out.empty()) draft.fatal = true;
  if (found.files.empty()) {
    draft.problems.add({"aws-files",
                        {display_name(path, root), 0, 0, 0, 0},
                        "a snapshot has files that end in .json",
                        path.generic_string(),
                        ""});
    draft.fatal = true;
  }
  for (const fs::path& file : found.files) {
    auto source = read_text_file(file, display_name(file, root), {},
                                 draft.problems, kLargestSnapshotFile);
    const bool read = source && read_aws_file(snapshot, std::move(*source),
                                              file.lexically_relative(base),
                                              draft.problems, reading.gaps);
    if (!read) draft.fatal = true;
  }
  draft.parts.snapshot = true;
  draft.parts.name = folder ? path.filename().string() : path.stem().string();
  merge_copies(snapshot, draft.problems);
  build_network(reading);
  draft.parts.gaps = reading.gaps.take();
  resolve_names(draft);
}

}  // namespace netproof::io
