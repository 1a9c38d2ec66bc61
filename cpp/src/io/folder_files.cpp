#include "io/folder_files.hpp"

#include <algorithm>
#include <string>
#include <system_error>

#include "io/text_file.hpp"

namespace netproof::io {
namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

/// Whether a link leads to a folder that is below `folder` anyway.
bool leads_inside(const fs::path& link, const fs::path& folder) {
  std::error_code error;
  const fs::path to = fs::weakly_canonical(link, error);
  const fs::path base = fs::weakly_canonical(folder, error);
  const fs::path way = to.lexically_relative(base);
  return !way.empty() && *way.begin() != ".." &&
         std::ranges::none_of(way, [](const fs::path& one) {
           return one != "." && is_hidden(one);
         });
}

}  // namespace

FolderFiles files_below(const fs::path& folder,
                        const std::function<bool(const fs::path&)>& wanted) {
  FolderFiles found;
  std::vector<fs::path> open{folder};
  while (!open.empty()) {
    const fs::path at = open.back();
    open.pop_back();
    std::error_code error;
    fs::directory_iterator entry{at, error};
    for (; !error && entry != fs::directory_iterator{};
         entry.increment(error)) {
      const fs::path& path = entry->path();
      std::error_code ignored;
      if (is_hidden(path)) continue;
      if (entry->is_symlink(ignored) && !entry->exists(ignored)) {
        found.left_out.push_back(path);
      } else if (!entry->is_directory(ignored)) {
        if (entry->is_regular_file(ignored) && wanted(path)) {
          found.files.push_back(path);
        }
      } else if (!entry->is_symlink(ignored)) {
        open.push_back(path);
      } else if (!leads_inside(path, folder)) {
        found.left_out.push_back(path);
      }
    }
    if (error) found.left_out.push_back(at);
  }
  std::ranges::sort(found.files);
  std::ranges::sort(found.left_out);
  return found;
}

void report_left_out(Problems& problems, const FolderFiles& found,
                     const fs::path& root) {
  for (const fs::path& one : found.left_out) {
    problems.add({"folder-not-read",
                  {display_name(one, root), 0, 0, 0, 0},
                  "a folder or link can be opened, and leads to no other place",
                  one.filename().string(),
                  "give the folder itself, put its files here, or take the "
                  "link away"});
  }
}

}  // namespace netproof::io
