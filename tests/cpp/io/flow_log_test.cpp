#include "netproof/io/flow_log.hpp"

#include <gtest/gtest.h>

#include <string>

namespace netproof {
namespace {

const std::string kLine =
    "2 111111111111 eni-1 10.0.0.1 10.0.0.2 40000 443 6 10 840 1 2 ACCEPT OK";

NotJudged why_not(const FlowLogFormat& format, const std::string& line) {
  return std::get<NotJudged>(format.read(line));
}

std::string with(const std::string& from, const std::string& to) {
  std::string line = kLine;
  return line.replace(line.find(from), from.size(), to);
}

TEST(FlowLog, TheDefaultFormatNeedsNoHeader) {
  for (const std::string& line : {kLine, "2025-01-01T00:00:00Z " + kLine}) {
    const auto record = std::get<FlowLogRecord>(FlowLogFormat{}.read(line));
    EXPECT_EQ(record.interface, "eni-1");
    EXPECT_EQ(to_string(record.flow), "10.0.0.1:40000 -> 10.0.0.2:443/tcp");
    EXPECT_TRUE(record.accepted);
    EXPECT_FALSE(record.ingress);
    EXPECT_FALSE(record.opens);
  }
}

TEST(FlowLog, ACustomFormatHasItsColumnsByName) {
  const auto format =
      FlowLogFormat::of_header(
          "tcp-flags action flow_direction pkt-dstaddr pkt-srcaddr dstaddr "
          "srcaddr protocol dstport srcport interface-id")
          .value();
  const auto record = std::get<FlowLogRecord>(format.read(
      "2 REJECT ingress 10.0.0.2 8.8.8.8 10.0.0.9 10.0.0.1 6 443 4000 eni-1"));
  EXPECT_EQ(to_string(record.flow), "8.8.8.8:4000 -> 10.0.0.2:443/tcp");
  EXPECT_EQ(to_string(record.srcaddr), "10.0.0.1");
  EXPECT_EQ(to_string(record.dstaddr), "10.0.0.9");
  EXPECT_FALSE(record.accepted);
  EXPECT_EQ(record.ingress, true);
  EXPECT_TRUE(record.opens);
}

TEST(FlowLog, WhatCannotBeJudgedSaysWhy) {
  const FlowLogFormat format;
  EXPECT_EQ(why_not(format, "2 1 eni-1 - - - - - - - 1 2 - NODATA"),
            NotJudged::kNoData);
  EXPECT_EQ(why_not(format, "2 1 eni-1 - - - - - - - 1 2 - SKIPDATA"),
            NotJudged::kSkippedData);
  for (const char* word : {"eni-1", "10.0.0.1", " 6 ", "40000", "ACCEPT"}) {
    EXPECT_EQ(why_not(format, with(word, " - ")), NotJudged::kMissingField)
        << word;
  }
  for (const auto& [from, to] :
       {std::pair{"10.0.0.1", "10.0.0.256"}, std::pair{"10.0.0.1", "::1"},
        std::pair{"40000", "65536"}, std::pair{"40000", "4x"},
        std::pair{" 6 ", " 256 "}, std::pair{"ACCEPT", "accept"},
        std::pair{" OK", ""}, std::pair{" OK", " OK OK"}}) {
    EXPECT_EQ(why_not(format, with(from, to)), NotJudged::kUnreadableLine)
        << to;
  }
  EXPECT_EQ(why_not(format, std::string(1000, 'x')),
            NotJudged::kUnreadableLine);
}

TEST(FlowLog, AHeaderWithoutANeededFieldIsRefused) {
  const std::string whole =
      "interface-id srcaddr dstaddr srcport dstport protocol action";
  EXPECT_TRUE(FlowLogFormat::of_header(whole));
  for (const char* field : {"interface-id", "srcaddr", "dstaddr", "srcport",
                            "dstport", "protocol", "action"}) {
    std::string header = whole;
    header.replace(header.find(field), std::string(field).size(), "start");
    const auto format = FlowLogFormat::of_header(header);
    ASSERT_FALSE(format) << field;
    EXPECT_NE(format.error().what.find(field), std::string::npos);
  }
  EXPECT_FALSE(FlowLogFormat::of_header(whole + " action"));
}

TEST(FlowLog, AHeaderIsKnownByItsFirstField) {
  EXPECT_TRUE(FlowLogFormat::is_header("version account-id"));
  EXPECT_TRUE(FlowLogFormat::is_header("interface_id srcaddr"));
  EXPECT_FALSE(FlowLogFormat::is_header(kLine));
  EXPECT_FALSE(FlowLogFormat::is_header(""));
}

}  // namespace
}  // namespace netproof
