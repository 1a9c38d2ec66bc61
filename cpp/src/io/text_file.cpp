#include "io/text_file.hpp"

#include <fmt/format.h>

#include <fstream>
#include <system_error>
#include <utility>

#include "io/json_document.hpp"
#include "io/yaml_document.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

Location place_of(const std::string& display, const Location& named) {
  if (named.known()) return named;
  return {display, 0, 0, 0, 0};
}

bool report_too_large(const Location& where, std::size_t largest,
                      Problems& problems) {
  problems.add({"file-size", where,
                fmt::format("a file has at most {} MiB", largest >> 20U), "",
                "split it, and name the parts under 'files'"});
  return false;
}

}  // namespace

std::string display_name(const fs::path& path, const fs::path& root) {
  std::error_code error;
  const fs::path whole = fs::absolute(path, error).lexically_normal();
  const fs::path relative = whole.lexically_relative(root);
  return relative.empty() ? path.generic_string() : relative.generic_string();
}

fs::path root_of(const fs::path& path) {
  std::error_code error;
  fs::path folder = fs::absolute(path, error).lexically_normal();
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  if (folder.filename().empty()) folder = folder.parent_path();
  for (fs::path above = folder;; above = above.parent_path()) {
    if (fs::exists(above / ".git", error)) return above;
    if (above == above.parent_path()) return folder;
  }
}

std::optional<SourceText> read_text_file(const fs::path& path,
                                         const std::string& display,
                                         const Location& named,
                                         Problems& problems,
                                         std::size_t largest) {
  const Location where = place_of(display, named);
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    const bool loop = error == std::errc::too_many_symbolic_link_levels;
    problems.add({"file-exists", where, "a file that is named can be read",
                  display, loop ? "its symbolic links lead in a circle" : ""});
    return std::nullopt;
  }
  const auto size = fs::file_size(path, error);
  if (!error && size > largest) {
    report_too_large(where, largest, problems);
    return std::nullopt;
  }
  std::ifstream stream{path, std::ios::binary};
  std::string text(static_cast<std::size_t>(error ? 0 : size), '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream) {
    problems.add({"file-exists", where, "a file that is named can be read",
                  display, ""});
    return std::nullopt;
  }
  SourceText source{display, std::move(text)};
  if (!is_readable(source, problems, largest)) return std::nullopt;
  return source;
}

bool is_readable(const SourceText& source, Problems& problems,
                 std::size_t largest) {
  if (source.text().size() > largest) {
    return report_too_large({source.file(), 0, 0, 0, 0}, largest, problems);
  }
  const auto problem = source.encoding_problem();
  if (problem) problems.add(*problem);
  return !problem;
}

std::optional<Node> parse_document(const SourceText& source,
                                   Problems& problems) {
  return source.file().ends_with(".json") ? parse_json(source, problems)
                                          : parse_yaml(source, problems);
}

}  // namespace netproof::io
