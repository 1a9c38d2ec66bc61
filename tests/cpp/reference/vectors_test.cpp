#include "support/vectors.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <set>

#include "netproof/reference/evaluator.hpp"
#include "support/network.hpp"

namespace netproof {
namespace testing {

// Found by name: a failure then shows the row, not its bytes.
void PrintTo(const Vector& vector, std::ostream* out) { *out << vector.name; }

}  // namespace testing

namespace {

using testing::Vector;

class Vectors : public ::testing::TestWithParam<Vector> {};

// covers S17, S18, S20, S27, S31, S34, S40, S42, S43, S45, S46, S52, S53,
// covers S57, S58, S63, S64, S73, S76, S79, S90, S91, S93, S94, S95
TEST_P(Vectors, AreAnsweredAsWritten) {
  const Vector& vector = GetParam();
  const Evaluator evaluator{vector.topology};
  const Place at = testing::place(vector.topology, vector.at);
  const Trace trace = evaluator.trace(at, vector.flow);
  EXPECT_EQ(trace.forward.fate, vector.forward);
  EXPECT_EQ(trace.to ? to_string(vector.topology, *trace.to) : "", vector.to);
  EXPECT_EQ(trace.connection, vector.connection) << to_string(trace.connection);
  const bool reply_died = vector.forward == Fate::kDelivered && vector.drop;
  const std::optional<Drop>& drop =
      reply_died ? trace.connection_drop : trace.forward.drop;
  ASSERT_EQ(drop.has_value(), vector.drop.has_value())
      << (drop ? to_string(drop->code) : "no drop") << " at "
      << (drop ? drop->at : "");
  if (!drop) return;
  EXPECT_EQ(to_string(drop->code), to_string(*vector.drop));
  EXPECT_EQ(drop->at, vector.drop_at);
}

INSTANTIATE_TEST_SUITE_P(Section10, Vectors,
                         ::testing::ValuesIn(testing::vectors()),
                         [](const ::testing::TestParamInfo<Vector>& row) {
                           return row.param.name;
                         });

TEST(VectorTable, HasEveryRow) {
  std::set<std::string> names;
  for (const Vector& vector : testing::vectors()) names.insert(vector.name);
  for (int row = 1; row <= 29; ++row) {
    EXPECT_TRUE(names.contains("V" + std::to_string(row))) << row;
  }
}

}  // namespace
}  // namespace netproof
