#include "io/folder_files.hpp"

#include <gtest/gtest.h>

#include "io/folder.hpp"
#include "io/reading.hpp"

namespace netproof {
namespace {

namespace fs = std::filesystem;

class FolderFiles : public Folder {
 protected:
  io::FolderFiles below(const fs::path& folder) const {
    return io::files_below(folder, [](const fs::path& path) {
      return path.extension() == ".yaml";
    });
  }
  Names names(const std::vector<fs::path>& paths) const {
    Names found;
    for (const fs::path& one : paths) {
      found.push_back(one.lexically_relative(path_).generic_string());
    }
    return found;
  }
};

TEST_F(FolderFiles, AreSortedAndAtAnyDepth) {
  for (const char* name : {"b.yaml", "a/z.yaml", "a/b/c.yaml", ".git/x.yaml",
                           ".y.yaml", "n.txt"}) {
    write(name, "");
  }
  const io::FolderFiles found = below(path_);
  EXPECT_EQ(names(found.files), (Names{"a/b/c.yaml", "a/z.yaml", "b.yaml"}));
  EXPECT_TRUE(found.left_out.empty());
}

TEST_F(FolderFiles, LinksAreFollowedWhereItEnds) {
  write("in/a.yaml", "");
  write("in/deep/b.yaml", "");
  write("out/c.yaml", "");
  write("in/.hidden/d.yaml", "");
  fs::create_directory_symlink(path_ / "in", path_ / "in/deep/again");
  fs::create_symlink(path_ / "out/c.yaml", path_ / "in/c.yaml");
  EXPECT_EQ(names(below(path_ / "in").files),
            (Names{"in/a.yaml", "in/c.yaml", "in/deep/b.yaml"}));
  EXPECT_TRUE(below(path_ / "in").left_out.empty());
  fs::create_directory_symlink(path_ / "out", path_ / "in/out");
  fs::create_directory_symlink(path_ / "in/.hidden", path_ / "in/shown");
  fs::create_symlink(path_ / "nowhere", path_ / "in/lost.yaml");
  const io::FolderFiles found = below(path_ / "in");
  EXPECT_EQ(names(found.left_out),
            (Names{"in/lost.yaml", "in/out", "in/shown"}));
  io::Problems problems;
  io::report_left_out(problems, found, path_);
  EXPECT_EQ(problems.failures(), 3);
  EXPECT_EQ(problems.take().at(1).where.file, "in/out");
}

TEST_F(FolderFiles, AFolderThatIsNoneIsLeftOut) {
  EXPECT_EQ(below(path_ / "no").left_out.size(), 1U);
}

}  // namespace
}  // namespace netproof
