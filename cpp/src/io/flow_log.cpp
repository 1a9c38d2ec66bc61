#include "netproof/io/flow_log.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace netproof {
namespace {

enum Field : std::size_t {
  kInterface,
  kSrc,
  kDst,
  kSrcPort,
  kDstPort,
  kProtocol,
  kAction,
  kStatus,
  kPacketSrc,
  kPacketDst,
  kDirection,
  kFlags,
  kRejectReason,
};

constexpr auto kNames = std::to_array<std::string_view>(
    {"interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol",
     "action", "log-status", "pkt-srcaddr", "pkt-dstaddr", "flow-direction",
     "tcp-flags", "reject-reason"});

// What headers may begin with besides.
constexpr auto kOthers =
    std::to_array<std::string_view>({"version",
                                     "account-id",
                                     "packets",
                                     "bytes",
                                     "start",
                                     "end",
                                     "vpc-id",
                                     "subnet-id",
                                     "instance-id",
                                     "type",
                                     "region",
                                     "az-id",
                                     "sublocation-type",
                                     "sublocation-id",
                                     "pkt-src-aws-service",
                                     "pkt-dst-aws-service",
                                     "traffic-path",
                                     "ecs-cluster-arn",
                                     "ecs-cluster-name",
                                     "ecs-container-instance-arn",
                                     "ecs-container-instance-id",
                                     "ecs-container-id",
                                     "ecs-second-container-id",
                                     "ecs-service-name",
                                     "ecs-task-definition-arn",
                                     "ecs-task-arn",
                                     "ecs-task-id",
                                     "resource-id",
                                     "encryption-status"});

constexpr std::string_view kDefault =
    "version account-id interface-id srcaddr dstaddr srcport dstport protocol "
    "packets bytes start end action log-status";

constexpr int kSyn = 2;
constexpr int kAck = 16;
constexpr std::size_t kMostColumns = 64;

struct Words {
  std::array<std::string_view, kMostColumns> items;
  std::size_t count = 0;  ///< kMostColumns + 1: more
};

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

Words words_of(std::string_view line) {
  Words words;
  std::size_t at = 0;
  while (true) {
    while (at < line.size() && blank(line[at])) ++at;
    if (at == line.size()) return words;
    const std::size_t begin = at;
    while (at < line.size() && !blank(line[at])) ++at;
    if (words.count == kMostColumns) {
      ++words.count;
      return words;
    }
    words.items[words.count++] = line.substr(begin, at - begin);
  }
}

std::string hyphened(std::string_view word) {
  std::string name(word);
  std::ranges::replace(name, '_', '-');
  return name;
}

std::optional<int> number_in(std::string_view text, int most) {
  int value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  if (value < 0 || value > most) return {};
  return value;
}

/// The words of one line by field. The first problem decides.
class LineReader {
 public:
  LineReader(const Words& words, std::size_t skip,
             const std::array<std::size_t, kNames.size()>& columns)
      : words_{words}, skip_{skip}, columns_{columns} {}

  std::variant<FlowLogRecord, NotJudged> read() {
    const std::string_view status = word(kStatus);
    if (status == "NODATA") return NotJudged::kNoData;
    if (status == "SKIPDATA") return NotJudged::kSkippedData;
    FlowLogRecord record;
    record.interface = needed(kInterface);
    record.srcaddr = address(either(kSrc, kPacketSrc));
    record.dstaddr = address(either(kDst, kPacketDst));
    record.flow.src = address(either(kPacketSrc, kSrc));
    record.flow.dst = address(either(kPacketDst, kDst));
    record.flow.protocol =
        static_cast<std::uint8_t>(number(needed(kProtocol), 255));
    if (has_ports(record.flow.protocol)) {
      record.flow.sport =
          static_cast<std::uint16_t>(number(needed(kSrcPort), 65535));
      record.flow.dport =
          static_cast<std::uint16_t>(number(needed(kDstPort), 65535));
    }
    read_action(record);
    read_direction(record);
    read_flags(record);
    if (!problem_ && !well_formed(record.flow)) spoil();
    if (problem_) return *problem_;
    // Block Public Access, encryption controls: not what the filters say.
    if (!record.accepted && given(kRejectReason)) {
      return NotJudged::kRejectedElsewhere;
    }
    return record;
  }

 private:
  std::string_view word(Field field) const {
    const std::size_t column = columns_[field];
    return column == 0 ? std::string_view{} : words_.items[column - 1 + skip_];
  }
  bool given(Field field) const {
    return !word(field).empty() && word(field) != "-";
  }
  std::string_view either(Field first, Field second) {
    return given(first) ? word(first) : needed(second);
  }
  std::string_view needed(Field field) {
    if (given(field)) return word(field);
    if (!problem_) problem_ = NotJudged::kMissingField;
    return {};
  }
  void spoil() {
    if (!problem_) problem_ = NotJudged::kUnreadableLine;
  }
  IpAddress address(std::string_view text) {
    if (problem_) return {};
    const auto read = IpAddress::parse(text);
    if (read) return read.value();
    spoil();
    return {};
  }
  int number(std::string_view text, int most) {
    if (problem_) return 0;
    const auto read = number_in(text, most);
    if (!read) spoil();
    return read.value_or(0);
  }
  void read_action(FlowLogRecord& record) {
    const std::string_view action = needed(kAction);
    record.accepted = action == "ACCEPT";
    if (!record.accepted && action != "REJECT") spoil();
  }
  void read_direction(FlowLogRecord& record) {
    if (!given(kDirection)) return;
    record.ingress = word(kDirection) == "ingress";
    if (!*record.ingress && word(kDirection) != "egress") spoil();
  }
  void read_flags(FlowLogRecord& record) {
    if (!given(kFlags) || record.flow.protocol != kTcp) return;
    record.opens = (number(word(kFlags), 255) & (kSyn | kAck)) == kSyn;
  }

  const Words& words_;
  std::size_t skip_;
  const std::array<std::size_t, kNames.size()>& columns_;
  std::optional<NotJudged> problem_;
};

}  // namespace

std::string_view to_string(NotJudged reason) {
  switch (reason) {
    case NotJudged::kNoData:
      return "no-data";
    case NotJudged::kSkippedData:
      return "skipped-data";
    case NotJudged::kMissingField:
      return "missing-field";
    case NotJudged::kUnreadableLine:
      return "unreadable-line";
    case NotJudged::kRejectedElsewhere:
      return "rejected-elsewhere";
    case NotJudged::kUnknownInterface:
      return "unknown-interface";
    case NotJudged::kUnknownDirection:
      return "unknown-direction";
    case NotJudged::kExempt:
      return "exempt-from-filters";
  }
  throw ContractViolation("a reason is one of the closed list");
}

FlowLogFormat::FlowLogFormat() {
  *this = of_header(kDefault).value();
  default_ = true;
}

bool FlowLogFormat::is_header(std::string_view line) {
  const Words words = words_of(line);
  if (words.count == 0) return false;
  const std::string first = hyphened(words.items[0]);
  return std::ranges::find(kNames, first) != kNames.end() ||
         std::ranges::find(kOthers, first) != kOthers.end();
}

Result<FlowLogFormat, ParseError> FlowLogFormat::of_header(
    std::string_view line) {
  FlowLogFormat format{NoColumns{}};
  const Words words = words_of(line);
  if (words.count > kMostColumns) {
    return Unexpected{ParseError{"a flow log has at most 64 fields", ""}};
  }
  format.width_ = words.count;
  for (std::size_t i = 0; i < words.count; ++i) {
    const auto at = std::ranges::find(kNames, hyphened(words.items[i]));
    if (at == kNames.end()) continue;
    std::size_t& column =
        format.columns_[static_cast<std::size_t>(at - kNames.begin())];
    if (column != 0) {
      return Unexpected{ParseError{"a field stands once in a flow log",
                                   std::string(words.items[i])}};
    }
    column = i + 1;
  }
  const auto has = [&](Field field) { return format.columns_[field] != 0; };
  for (const Field field :
       {kInterface, kProtocol, kAction, kSrcPort, kDstPort}) {
    if (has(field)) continue;
    return Unexpected{
        ParseError{"a flow log that can be compared has the field " +
                       std::string(kNames[field]),
                   ""}};
  }
  for (const auto& [one, other] :
       {std::pair{kSrc, kPacketSrc}, std::pair{kDst, kPacketDst}}) {
    if (has(one) || has(other)) continue;
    return Unexpected{
        ParseError{"a flow log that can be compared has the field " +
                       std::string(kNames[one]),
                   ""}};
  }
  return format;
}

std::variant<FlowLogRecord, NotJudged> FlowLogFormat::read(
    std::string_view line) const {
  const Words words = words_of(line);
  // An export of CloudWatch Logs puts the time before each line.
  const bool timed = default_ && words.count == width_ + 1 &&
                     words.items[0].find('T') != std::string_view::npos;
  const std::size_t skip = timed ? 1 : 0;
  if (words.count != width_ + skip) return NotJudged::kUnreadableLine;
  return LineReader(words, skip, columns_).read();
}

}  // namespace netproof
