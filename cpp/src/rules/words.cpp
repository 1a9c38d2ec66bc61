#include "rules/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace netproof {

namespace {

// The runs of addresses that a sentence can hold.
constexpr std::size_t kRuns = 2;

std::string describe_run(Family family, const IpSet::Interval& run) {
  const IpAddress first = IpAddress::make(family, run.first);
  const IpAddress last = IpAddress::make(family, run.last);
  const auto prefixes = IpSet::range(first, last).prefixes();
  if (prefixes.size() == 1) return to_string(prefixes.front());
  return fmt::format("{}-{}", to_string(first), to_string(last));
}

}  // namespace

std::string describe_addresses(const IpSet& set, std::size_t limit) {
  if (set == IpSet::all()) return "any";
  std::vector<std::string> shown;
  std::size_t runs = 0;
  for (const Family family : {Family::kV4, Family::kV6}) {
    for (const IpSet::Interval& run : set.intervals(family)) {
      if (runs++ < limit) shown.push_back(describe_run(family, run));
    }
  }
  std::string text;
  for (const std::string& run : shown) {
    text += (text.empty() ? "" : ", ") + run;
  }
  if (runs > shown.size()) {
    text += fmt::format(" and {} more", runs - shown.size());
  }
  return text;
}

std::string describe_packets(const PacketSet& set, std::size_t limit) {
  if (set.empty()) return "nothing";
  // A cover of at most one box more than is shown tells whether more remain.
  const BoxCover cover = set.boxes(limit + 1);
  const std::size_t shown = std::min(limit, cover.boxes.size());
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const Box& box = cover.boxes[i];
    text += fmt::format(
        "{}{} from {} to {}", i == 0 ? "" : "; ", to_string(box.transport),
        describe_addresses(box.src, kRuns), describe_addresses(box.dst, kRuns));
  }
  if (cover.boxes.size() > shown || !cover.complete) text += "; and more";
  return text;
}

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kNames = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(kNames, names.size()); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > kNames) {
    text += fmt::format(" and {} more", names.size() - kNames);
  }
  return text;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace netproof
