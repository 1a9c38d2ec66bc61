// How long does it take to load TechNova, check its plan and judge all its
// rules in one process, in units of reading and parsing its files alone (A1)?
// Every run of either reads the files again; the report is written as JSON. A
// folder as argument takes the place of topologies/technova, and a file of
// rules that of its own.

#include <fmt/core.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "netproof/check.hpp"
#include "netproof/io/read_rules.hpp"
#include "netproof/io/read_topology.hpp"
#include "netproof/model/merge_rules.hpp"
#include "support/measure.hpp"

namespace {

using namespace netproof;

struct Input {
  Topology topology;
  RuleSet rules;
};

template <class T>
T value_of(Result<T, Diagnostics> result) {
  if (result) return std::move(result).value();
  fmt::print(stderr, "{}", to_text(result.error()));
  std::exit(2);
}

Input read(const std::string& folder, const std::string& rules) {
  Input input;
  input.topology = value_of(read_topology(folder));
  std::vector<std::string> files{rules};
  if (rules.empty()) files = input.topology->rule_files;
  std::vector<RuleSet> sets;
  for (const std::string& file : files) {
    sets.push_back(value_of(read_rules(file)));
  }
  input.rules = value_of(merge_rules(std::move(sets)));
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder =
      argc > 1 ? argv[1] : NETPROOF_SOURCE_DIR "/topologies/technova";
  const std::string rules = argc > 2 ? argv[2] : "";
  const double reading = bench::best_seconds([&] { read(folder, rules); });
  Summary summary;
  std::size_t written = 0;
  const auto everything = [&](int jobs) {
    return bench::best_seconds([&] {
      const Input input = read(folder, rules);
      CheckOptions options;
      options.jobs = jobs;
      const Report report =
          value_of(check(input.topology, input.rules, options));
      summary = report.summary();
      written = to_json(report).size();
    });
  };
  const double on_one = everything(1);
  const double on_all = everything(0);
  fmt::print(
      "A1 technova: {} proved, {} violated, {} unknown, {} vacuous rules, {} "
      "findings, {} bytes of report\n",
      summary.proved, summary.violated, summary.unknown, summary.vacuous,
      summary.findings, written);
  fmt::print(
      "A1 reading {:.1f} ms, everything {:.1f} ms, ratio {:.1f} (target 10); "
      "on "
      "one core {:.1f} ms, ratio {:.1f}\n",
      reading * 1e3, on_all * 1e3, on_all / reading, on_one * 1e3,
      on_one / reading);
}
