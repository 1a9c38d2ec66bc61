#include "io/terraform_reader.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "io/aws_build.hpp"
#include "io/resolve.hpp"
#include "io/terraform_translate.hpp"
#include "io/text_file.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

// It begins with the version of its format, or that of Terraform.
bool begins_like_terraform(const fs::path& path) {
  if (path.extension() != ".json") return false;
  std::ifstream stream{path, std::ios::binary};
  std::array<char, 512> buffer{};
  stream.read(buffer.data(), buffer.size());
  const std::string_view text{buffer.data(),
                              static_cast<std::size_t>(stream.gcount())};
  for (const std::string_view key :
       {"\"format_version\"", "\"terraform_version\"", "\"planned_values\"",
        "\"resource_changes\""}) {
    if (text.find(key) != std::string_view::npos) return true;
  }
  return false;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at{folder, error};
       !error && at != fs::directory_iterator{}; at.increment(error)) {
    if (at->is_regular_file(error) && begins_like_terraform(at->path())) {
      files.push_back(at->path());
    }
  }
  std::ranges::sort(files);
  return files;
}

void refuse(Draft& draft, const std::string& file, const char* what,
            const std::string& fragment, const char* help) {
  draft.problems.add(
      {"terraform-files", {file, 0, 0, 0, 0}, what, fragment, help});
  draft.fatal = true;
}

// The file that is read; nothing, and why in the problems.
std::optional<fs::path> choose(Draft& draft, const fs::path& path,
                               const fs::path& root) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return path;
  const std::vector<fs::path> files = files_in(path);
  if (files.size() == 1) return files.front();
  const std::string name = display_name(path, root);
  if (files.empty()) {
    refuse(draft, name, "a folder holds the JSON of a plan or state", "",
           "run `terraform show -json PLANFILE > plan.json`");
    return std::nullopt;
  }
  for (const fs::path& file : files) {
    refuse(draft, display_name(file, root), "a folder holds one plan or state",
           file.filename().string(), "name the file that is meant");
  }
  return std::nullopt;
}

Assumption closed_world(const std::string& file) {
  Assumption assumption;
  assumption.id = "what the configuration does not manage";
  assumption.subject = file;
  assumption.value = "absent";
  assumption.why =
      "Terraform shows what it manages; routes, rules and attachments that "
      "others have made are not in its plan or state";
  return assumption;
}

void translate(AwsReading& reading, AwsFile& file,
               const TerraformDocument& document) {
  DeclaredNetwork network{reading, file};
  TerraformContext context{document, {document, file}, network};
  if (!document.complete) {
    network.doubt_all("the plan is not complete", document.root);
  }
  translate_terraform(context);
  network.finish();
}

}  // namespace

std::optional<fs::path> terraform_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    if (begins_like_terraform(path)) return path;
    return std::nullopt;
  }
  const std::vector<fs::path> files = files_in(path);
  if (files.empty()) return std::nullopt;
  return files.front();
}

void read_terraform(Draft& draft, const fs::path& path, const fs::path& root,
                    const ReadOptions& options) {
  const auto chosen = choose(draft, path, root);
  if (!chosen) return;
  auto source = read_text_file(*chosen, display_name(*chosen, root), {},
                               draft.problems, kLargestSnapshotFile);
  if (source) {
    read_terraform(draft, std::move(*source), options);
  } else {
    draft.fatal = true;
  }
}

void read_terraform(Draft& draft, SourceText source,
                    const ReadOptions& options) {
  AwsSnapshot snapshot;
  AwsReading reading{draft, snapshot, options};
  AwsFile& file =
      snapshot.files.emplace_back(std::move(source), snapshot.scope_index({}));
  const std::string& name = file.source.file();
  TerraformDocument document;
  if (!read_terraform_document(file, document, draft.problems)) {
    draft.fatal = true;
    return;
  }
  translate(reading, file, document);
  draft.parts.snapshot = true;
  draft.parts.name = fs::path(name).stem().string();
  draft.parts.assumptions.push_back(closed_world(name));
  build_network(reading);
  draft.parts.gaps = reading.gaps.take();
  resolve_names(draft);
}

}  // namespace netproof::io
