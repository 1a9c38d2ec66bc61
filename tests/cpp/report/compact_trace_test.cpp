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

/// The library writes what it read of the bytes as the same bytes.
void expect_well_written(const NamedTrace& trace) {
  const std::string bytes = compact(trace);
  EXPECT_EQ(bytes, dump(Json::parse(bytes), -1));
}

TEST(CompactTrace, EveryTextIsEscapedAsTheLibraryDoes) {
  expect_well_written(full());
  expect_well_written({});
}

TEST(CompactTrace, EveryKindOfHeaderIsWellWritten) {
  NamedTrace named = full();
  named.trace.flow = testing::ping("10.0.0.1", "10.0.0.2");
  expect_well_written(named);
  named.trace.flow.protocol = 47;
  named.trace.flow.sport = named.trace.flow.dport = 0;
  expect_well_written(named);
  named.trace.flow = testing::tcp("::1", "2001:db8::2", 443);
  named.trace.reply.reset();
  expect_well_written(named);
}

TEST(CompactTrace, HasEveryKeyInTheOrderOfTheContract) {
  NamedTrace named = full();
  named.at = "subnet:a";
  named.to.clear();
  named.trace.forward.paths.pop_back();
  named.trace.forward.unknown = {"a"};
  named.trace.connection_drop.reset();
  named.trace.reply.reset();
  named.trace.forward.drop->source = {"t.yaml", 1, 2, 3, 4};
  named.trace.forward.paths[0].drop.reset();
  named.trace.forward.paths[0].hops.erase(
      named.trace.forward.paths[0].hops.begin());
  named.trace.forward.paths[0].hops[0].source = {};
  EXPECT_EQ(
      compact(named),
      R"({"schema":"netproof/trace/1",)"
      R"("flow":{"src":"10.0.30.100","dst":"10.1.30.101","protocol":"tcp",)"
      R"("sport":40000,"dport":9091},"at":"subnet:a","to":null,)"
      R"("forward":{"verdict":"mixed","unknown":["a"],)"
      R"("drop":{"code":"BLACKHOLE_ROUTE","at":"tgw-rtb:prod",)"
      R"("entry":"10.0.0.0/20","source":{"file":"t.yaml","line":1,)"
      R"("column":2,"end_line":3,"end_column":4}},)"
      R"("paths":[{"verdict":"dropped","drop":null,"hops":[{"at":"nat:n",)"
      R"("did":"translated","entry":null,"flow":{"src":"10.0.30.100",)"
      R"("dst":"10.1.30.101","protocol":"tcp","sport":40000,"dport":9091},)"
      R"("source":null}]}]},)"
      R"("connection":{"verdict":"unknown","direction":"return","drop":null,)"
      R"("return":null}})"
      "\n");
}

}  // namespace
}  // namespace netproof::report
