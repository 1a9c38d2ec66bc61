#include "io/filter_line.hpp"

#include "io/yaml_document.hpp"
#include "reading.hpp"

namespace netproof::io {
namespace {

struct Line {
  Open<TransportSet> service;
  Open<bool> allow;
  int failures = 0;
};

Line read(const std::string& text) {
  const SourceText source{"a.yaml", text};
  Problems problems;
  const Node map = parse_yaml(source, problems).value_or(Node{});
  Fields fields{problems, map, "line"};
  Line line{read_open_service(fields), read_action(fields), 0};
  line.failures = problems.failures();
  return line;
}

TEST(FilterLine, ServicesAndActions) {
  const Line line = read("{service: [tcp/443, udp/53], action: deny}");
  EXPECT_EQ(to_string(line.service.value), "tcp/443, udp/53");
  EXPECT_TRUE(line.allow.is(false));
}

TEST(FilterLine, WhatIsUnknownOrBrokenIsOpen) {
  for (const char* text :
       {"{service: unknown, action: unknown}", "{service: x, action: y}",
        "{service: [tcp/1, unknown], action: [allow]}"}) {
    const Line line = read(text);
    EXPECT_TRUE(line.service.unknown) << text;
    EXPECT_TRUE(line.allow.unknown) << text;
    EXPECT_EQ(line.failures, 0) << text;
  }
  EXPECT_EQ(read("{}").failures, 2);
}

}  // namespace
}  // namespace netproof::io
