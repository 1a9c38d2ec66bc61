// The writer of many traces against the one that builds a tree of values.

#include "report/compact_trace.hpp"

#include <gtest/gtest.h>

#include "report/json.hpp"
#include "support/network.hpp"

namespace netproof::report {
namespace {

/// Every key with a value and every kind of text.
NamedTrace full() {
  NamedTrace named;
  named.at = "subnet:\"quoted\" \\ \n \x01 \x7f caf\xc3\xa9";
  named.to = "no UTF-8: \xff\xc3";
  Trace& trace = named.trace;
  trace.flow = testing::tcp("10.0.30.100", "10.1.30.101", 9091, 40000);
  const Drop drop{DropCode::kBlackholeRoute,
                  "tgw-rtb:prod",
                  "10.0.0.0/20",
                  {"tables \xe2\x98\x83.yaml", 41, 9, 41, 20}};
  TracePath lost;
  lost.drop = drop;
  lost.hops = {{"subnet:app-a", "routed", "10.0.0.0/8 -> tgw:main", {}, {}},
               {"nat:n", "translated", "", trace.flow, drop.source}};
  TracePath delivered;
  delivered.delivered = true;
  trace.forward = {Fate::kMixed, {"a", "b\t"}, drop, {lost, delivered}};
  trace.connection = ConnectionFate::kUnknown;
  trace.connection_direction = "return";
  trace.connection_drop = drop;
  trace.reply = Direction{Fate::kDropped, {"c"}, drop, {lost}};
  return named;
}

void expect_same(const NamedTrace& trace) {
  EXPECT_EQ(compact(trace), dump(json_of(trace), -1));
}

TEST(CompactTrace, HasTheBytesOfTheDocument) {
  expect_same(full());
  expect_same({});
}

TEST(CompactTrace, EveryKindOfHeaderIsWrittenAlike) {
  NamedTrace named = full();
  named.trace.flow = testing::ping("10.0.0.1", "10.0.0.2");
  expect_same(named);
  named.trace.flow.protocol = 47;
  named.trace.flow.sport = named.trace.flow.dport = 0;
  expect_same(named);
  named.trace.flow = testing::tcp("::1", "2001:db8::2", 443);
  named.trace.reply.reset();
  expect_same(named);
}

}  // namespace
}  // namespace netproof::report
