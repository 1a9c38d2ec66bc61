// Runs a target without libFuzzer: the inputs of the folders, then copies of
// them with a few pieces changed, the same ones on every machine.
//
//   fuzz_<stem> -max_total_time=SECONDS FOUND SEEDS...
//
// The arguments are libFuzzer's. The input under way lies in FOUND/last, so
// that it is still there when the target ends the program; SIGALRM does after
// half a minute with one input.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "target.hpp"

namespace {

namespace fs = std::filesystem;

constexpr unsigned kSecondsForAnInput = 30;
constexpr std::size_t kLongest = 16384;
constexpr std::string_view kTime = "-max_total_time=";

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t bound) {
  return bound == 0 ? 0 : random() % bound;
}

/// The contents of every file below `folders`, in the order of their paths.
std::vector<std::string> read_all(const std::vector<fs::path>& folders) {
  std::vector<fs::path> paths;
  for (const fs::path& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
      if (entry.is_regular_file()) paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  std::vector<std::string> texts;
  for (const fs::path& path : paths) {
    std::ifstream file{path, std::ios::binary};
    texts.emplace_back(std::istreambuf_iterator<char>{file},
                       std::istreambuf_iterator<char>{});
  }
  return texts;
}

/// A piece of a text: up to a line or so, often a single byte.
std::string piece(const std::string& text, Random& random) {
  const std::size_t length = std::size_t{1} << below(random, 7);
  return text.empty() ? "" : text.substr(below(random, text.size()), length);
}

/// One of the seeds with one to eight changes, pieces of others among them.
std::string mutated(const std::vector<std::string>& seeds, Random& random) {
  std::string text = seeds[below(random, seeds.size())];
  for (std::size_t edits = 1 + below(random, 8); edits > 0; --edits) {
    const std::size_t at = below(random, text.size() + 1);
    switch (below(random, 5)) {
      case 0:
        text.erase(at, std::size_t{1} << below(random, 6));
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(below(random, 256)));
        break;
      case 2:
        if (at < text.size()) {
          text[at] = static_cast<char>(text[at] ^ (1 << below(random, 8)));
        }
        break;
      case 3:
        text.insert(at, piece(text, random));
        break;
      default:
        text.insert(at, piece(seeds[below(random, seeds.size())], random));
    }
  }
  text.resize(std::min(text.size(), kLongest));
  return text;
}

/// The file of the input under way. It stays open: opening it each time would
/// take longer than most inputs do.
class Last {
 public:
  explicit Last(fs::path path)
      : path_{std::move(path)},
        file_{open(path_.c_str(), O_CREAT | O_WRONLY, 0644)} {}
  Last(const Last&) = delete;
  Last& operator=(const Last&) = delete;
  ~Last() { close(file_); }

  bool write(const std::string& text) const {
    const auto size = static_cast<off_t>(text.size());
    return pwrite(file_, text.data(), text.size(), 0) == size &&
           ftruncate(file_, size) == 0;
  }
  void remove() const { fs::remove(path_); }

 private:
  fs::path path_;
  int file_;
};

void run(const std::string& text, const Last& last) {
  netproof::fuzz::require(last.write(text));
  alarm(kSecondsForAnInput);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()),
                         text.size());
  alarm(0);
}

}  // namespace

int main(int count, char** values) {
  using Clock = std::chrono::steady_clock;
  std::chrono::seconds time{0};
  std::vector<fs::path> folders;
  for (const std::string_view value :
       std::vector<std::string_view>(values + 1, values + count)) {
    if (value.starts_with(kTime)) {
      time = std::chrono::seconds{
          std::stol(std::string{value.substr(kTime.size())})};
    } else if (!value.starts_with('-')) {
      folders.emplace_back(value);
    }
  }
  if (folders.size() < 2) {
    std::cerr << "usage: fuzz_<stem> -max_total_time=SECONDS FOUND SEEDS...\n";
    return 2;
  }
  const Last last{folders.front() / "last"};
  folders.erase(folders.begin());
  const std::vector<std::string> seeds = read_all(folders);
  if (seeds.empty()) {
    std::cerr << "no seeds\n";
    return 2;
  }
  const auto end = Clock::now() + time;
  for (const std::string& seed : seeds) run(seed, last);
  Random random{1};
  std::size_t inputs = seeds.size();
  for (; Clock::now() < end; ++inputs) run(mutated(seeds, random), last);
  last.remove();
  std::cout << inputs << " inputs\n";
  return 0;
}
