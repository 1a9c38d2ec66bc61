#include "support/vectors.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string>

#include "netproof/engine/engine.hpp"
#include "netproof/model/bounds.hpp"
#include "support/network.hpp"

namespace netproof {
namespace testing {

// Found by name: a failure then shows the row, not its bytes.
void PrintTo(const Vector& vector, std::ostream* out) { *out << vector.name; }

}  // namespace testing

namespace {

using testing::Vector;

/// The packet of a vector, asked of the engine as a set of one flow.
class Asked {
 public:
  Asked(const Vector& vector, Level level) : vector_{vector} {
    const Engine engine{vector.topology};
    Question question;
    question.from = {{testing::place(vector.topology, vector.at),
                      IpSet::of(vector.flow.src)}};
    for (const Engine::Member& member : engine.members()) {
      question.to.push_back({member.place, member.addresses});
    }
    // Addresses that nobody has are asked about too.
    question.to.push_back({Place{}, IpSet::of(vector.flow.dst)});
    question.level = level;
    question.listed_only = true;
    answer_ = engine.ask(question);
  }

  Bounds bounds() const {
    Bounds bounds;
    for (const Passage& passage : answer_.passages) {
      bounds.some_always |= passage.some_always.contains(vector_.flow);
      bounds.some_possibly |= passage.some_possibly.contains(vector_.flow);
      bounds.all_always |= passage.all_always.contains(vector_.flow);
      bounds.all_possibly |= passage.all_possibly.contains(vector_.flow);
    }
    return bounds;
  }

  /// The places that the packet arrives at, by name.
  std::set<std::string> arrivals() const {
    std::set<std::string> names;
    for (const Passage& passage : answer_.passages) {
      if (!passage.some_possibly.contains(vector_.flow)) continue;
      for (const Place place : passage.to) {
        names.insert(to_string(vector_.topology, place));
      }
    }
    return names;
  }

  std::optional<DropPlace> drop() const {
    for (const auto& [place, set] : answer_.dropped) {
      if (set.contains(vector_.flow)) return place;
    }
    return std::nullopt;
  }

 private:
  const Vector& vector_;
  Answer answer_;
};

Bounds bounds_of(bool certain, bool possible) {
  return {certain, possible, certain, possible};
}

class Vectors : public ::testing::TestWithParam<Vector> {};

// covers S17, S18, S20, S27, S31, S34, S40, S42, S43, S45, S46, S52, S53,
// covers S57, S58, S63, S64, S73, S76, S79, S90, S91, S93, S94, S95
TEST_P(Vectors, PacketsEndWhereTheyShould) {
  const Vector& vector = GetParam();
  const Asked asked{vector, Level::kPacket};
  const bool delivered = vector.forward == Fate::kDelivered;
  EXPECT_EQ(
      asked.bounds(),
      bounds_of(delivered, delivered || vector.forward == Fate::kUnknown));
  if (delivered && !vector.to.empty()) {
    EXPECT_EQ(asked.arrivals(), std::set{vector.to});
  }
  if (vector.forward != Fate::kDropped) return;
  ASSERT_TRUE(asked.drop());
  EXPECT_EQ(to_string(asked.drop()->code), to_string(*vector.drop));
  EXPECT_EQ(asked.drop()->at, vector.drop_at);
}

TEST_P(Vectors, ConnectionsComeAboutOrNot) {
  const Vector& vector = GetParam();
  const Asked asked{vector, Level::kConnection};
  const bool established = vector.connection == ConnectionFate::kEstablished;
  const bool unknown = vector.connection == ConnectionFate::kUnknown;
  EXPECT_EQ(asked.bounds(), bounds_of(established, established || unknown));
}

INSTANTIATE_TEST_SUITE_P(Section10, Vectors,
                         ::testing::ValuesIn(testing::vectors()),
                         [](const ::testing::TestParamInfo<Vector>& row) {
                           return row.param.name;
                         });

}  // namespace
}  // namespace netproof
