#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "netproof/io/read_topology.hpp"
#include "netproof/io/write_topology.hpp"
#include "target.hpp"

namespace netproof::fuzz {

/// Whatever was read: a network or errors, and every error has a code and says
/// what good input is. What is read is a network that can be written, if
/// nothing of it was left out.
inline void require_sound(const Result<Topology, Diagnostics>& read) {
  if (!read) {
    require(!read.error().empty());
    for (const Diagnostic& error : read.error()) {
      require(!error.code.empty() && !error.what.empty());
      require(!to_string(error).empty());
    }
    return;
  }
  const Topology& topology = read.value();
  if (topology->left_out.empty()) require(!write_topology(topology).empty());
}

/// A text as the file `name` of a folder of its own, which goes with it.
class File {
 public:
  File(std::string_view text, const std::string& name)
      : folder_{std::filesystem::temp_directory_path() /
                ("netproof-fuzz-" + std::to_string(getpid()))},
        path_{folder_ / name} {
    std::filesystem::create_directory(folder_);
    std::ofstream{path_, std::ios::binary} << text;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { std::filesystem::remove_all(folder_); }

  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

/// Reads a text that lies in a file, with and without what cannot be read.
inline void read_as(const std::string& format, std::string_view text,
                    const std::string& name) {
  const File file{text, name};
  require_sound(read_topology(file.path(), {false, format}));
  require_sound(read_topology(file.path(), {true, format, "aws-defaults"}));
}

}  // namespace netproof::fuzz
