#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "netproof/io/read_rules.hpp"
#include "netproof/io/read_topology.hpp"

namespace netproof {

inline std::string lines_of(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& each : diagnostics) text += to_string(each) + "\n";
  return text;
}

/// The parts of a text that has to load; empty parts, and a failure, if not.
inline TopologyParts parts_of(std::string_view text, bool keep_going = false,
                              const std::string& file = "net.yaml") {
  const auto read = read_topology_text(text, file, {keep_going, ""});
  if (read) return read.value().parts();
  ADD_FAILURE() << lines_of(read.error());
  return {};
}

inline Diagnostics errors_of(std::string_view text,
                             const std::string& file = "net.yaml") {
  const auto read = read_topology_text(text, file);
  if (!read) return read.error();
  ADD_FAILURE() << "loads: " << text;
  return {};
}

inline RuleSet rules_of(std::string_view text) {
  const auto read = read_rules_text(text, "rules.yaml");
  if (read) return read.value();
  ADD_FAILURE() << lines_of(read.error());
  return {};
}

inline Diagnostics rule_errors_of(std::string_view text) {
  const auto read = read_rules_text(text, "rules.yaml");
  if (!read) return read.error();
  ADD_FAILURE() << "loads: " << text;
  return {};
}

/// One row of a table of refusals.
struct Refusal {
  std::string code;
  std::string text;
  int line;
  int column;
  std::string fragment;
  std::string what_or_help;  ///< stands somewhere in the message
};

inline void PrintTo(const Refusal& row, std::ostream* out) {
  *out << row.code << ": " << row.text;
}

/// Expects exactly this one error.
inline void expect_refusal(const Refusal& row, const Diagnostics& errors) {
  SCOPED_TRACE(row.text);
  ASSERT_EQ(errors.size(), 1U) << lines_of(errors);
  const Diagnostic& error = errors.front();
  EXPECT_EQ(error.code, row.code);
  EXPECT_EQ(error.where.line, row.line);
  EXPECT_EQ(error.where.column, row.column);
  EXPECT_EQ(error.fragment, row.fragment);
  EXPECT_NE(to_string(error).find(row.what_or_help), std::string::npos)
      << to_string(error);
}

inline std::string span_of(const Location& where) {
  return to_string(where) + "-" + std::to_string(where.end_column);
}

template <class Kind>
std::vector<std::string> names_of(const std::vector<Kind>& refs) {
  std::vector<std::string> names;
  for (const auto& ref : refs) names.push_back(ref.name);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace netproof
