#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "netproof/io/read_topology.hpp"

namespace netproof {

/// A folder of its own for each test, with a network in it.
class Folder : public testing::Test {
 protected:
  Folder() : path_{std::filesystem::path(testing::TempDir()) / unique_name()} {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() override { std::filesystem::remove_all(path_); }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream{path_ / name, std::ios::binary} << text;
  }
  Result<Topology, Diagnostics> read(const std::string& name = "",
                                     const ReadOptions& options = {}) const {
    return read_topology((path_ / name).string(), options);
  }
  Diagnostics errors(const std::string& name = "") const {
    const auto result = read(name);
    return result ? Diagnostics{} : result.error();
  }

  std::filesystem::path path_;

 private:
  static std::string unique_name() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    return std::string("netproof-io-") + test->name();
  }
};

}  // namespace netproof
