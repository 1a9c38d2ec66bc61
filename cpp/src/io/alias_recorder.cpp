#include "io/alias_recorder.hpp"

#include <algorithm>
#include <utility>

namespace netproof::io {

namespace {

constexpr std::size_t kMostRepeated = 200'000;

int step(const AliasEvent& event) {
  switch (event.kind) {
    case AliasEvent::kList:
    case AliasEvent::kMap:
      return 1;
    case AliasEvent::kEnd:
      return -1;
    case AliasEvent::kScalar:
    case AliasEvent::kNull:
      return 0;
  }
  return 0;
}

}  // namespace

void AliasRecorder::open(std::size_t anchor) {
  if (anchor != 0) active_.push_back({anchor, 0, {}});
}

bool AliasRecorder::build(const AliasEvent& event) {
  switch (event.kind) {
    case AliasEvent::kScalar:
      builder_.scalar(event.text, event.flag, event.begin, event.end);
      return true;
    case AliasEvent::kNull:
      builder_.null(event.begin, event.end, event.flag);
      return true;
    case AliasEvent::kList:
      return builder_.open(NodeKind::kList, event.begin);
    case AliasEvent::kMap:
      return builder_.open(NodeKind::kMap, event.begin);
    case AliasEvent::kEnd:
      builder_.close(event.end);
      return true;
  }
  return true;
}

bool AliasRecorder::add(const AliasEvent& event) {
  for (Recording& one : active_) {
    one.depth += step(event);
    one.events.push_back(event);
  }
  // Values that lie in each other end from the inside.
  while (!active_.empty() && active_.back().depth == 0) {
    finished_[active_.back().anchor] = std::move(active_.back().events);
    active_.pop_back();
  }
  return build(event);
}

bool AliasRecorder::refuse(std::size_t at, const char* what) {
  builder_.problems().add({"yaml-alias", builder_.source().at(at, at + 1), what,
                           "*", "write the value where it is used"});
  return false;
}

bool AliasRecorder::replay(std::size_t anchor, std::size_t at) {
  const auto found = finished_.find(anchor);
  if (found == finished_.end()) {
    return refuse(at, "an alias stands outside the value that it repeats");
  }
  std::vector<AliasEvent> events = found->second;
  repeated_ += events.size() * (active_.size() + 1);
  if (repeated_ > kMostRepeated) {
    return refuse(at, "aliases repeat at most 200,000 values");
  }
  const bool scalar = events.size() == 1;
  if (scalar) {
    const std::string& text = builder_.source().text();
    events[0].begin = at;
    events[0].end = std::min(text.find_first_of(" \t\r\n,]}", at), text.size());
  }
  for (const AliasEvent& event : events) {
    if (!add(event)) return false;
  }
  return true;
}

}  // namespace netproof::io
