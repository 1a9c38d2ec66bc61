// The vectors of semantics.md, asked as sets: the engine must say of the one
// packet what the table says, and count every packet once.

#include "netproof/engine/engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "netproof/model/bounds.hpp"
#include "support/network.hpp"
#include "support/vectors.hpp"

namespace netproof {
namespace {

std::vector<Scope> everything(const Engine& engine) {
  std::vector<Scope> all;
  for (const Engine::Member& member : engine.members()) {
    if (!member.addresses.empty()) {
      all.push_back({member.place, member.addresses});
    }
  }
  return all;
}

/// What the engine says of one packet that is sent at a place.
Bounds ask(const Engine& engine, const Topology& topology,
           const testing::Vector& vector, Level level) {
  Question question;
  for (const Engine::Member& member : engine.members()) {
    if (to_string(topology, member.place) == vector.at) {
      question.from = {{member.place, member.addresses}};
    }
  }
  question.to = everything(engine);
  question.level = level;
  Bounds said;
  const Answer answer = engine.ask(question);
  EXPECT_TRUE(answer.accounting.balances()) << vector.name;
  for (const Passage& passage : answer.passages) {
    said.some_always |= passage.some_always.contains(vector.flow);
    said.some_possibly |= passage.some_possibly.contains(vector.flow);
    said.all_always |= passage.all_always.contains(vector.flow);
    said.all_possibly |= passage.all_possibly.contains(vector.flow);
  }
  return said;
}

// covers S17, S18, S20, S27, S31, S34, S40, S43, S45, S46, S52, S53, S57, S58,
// S63, S64, S73 covers S76, S79, S90, S91, S94, S95
TEST(Engine, SaysWhatTheVectorsSay) {
  for (const testing::Vector& vector : testing::vectors()) {
    SCOPED_TRACE(vector.name);
    const Engine engine{vector.topology};
    const Bounds packet = ask(engine, vector.topology, vector, Level::kPacket);
    EXPECT_EQ(packet.all_always, vector.forward == Fate::kDelivered);
    EXPECT_EQ(!packet.some_possibly, vector.forward == Fate::kDropped);

    const Bounds connection =
        ask(engine, vector.topology, vector, Level::kConnection);
    EXPECT_EQ(connection.all_always,
              vector.connection == ConnectionFate::kEstablished);
    EXPECT_EQ(!connection.some_possibly,
              vector.connection == ConnectionFate::kBlocked);
  }
}

TEST(Engine, AQuestionWithoutPlacesHasAnEmptyAnswer) {
  const Engine engine{Topology{}};
  const Answer answer = engine.ask({});
  EXPECT_TRUE(answer.passages.empty());
  EXPECT_TRUE(answer.accounting.balances());
}

TEST(Engine, ListsEveryLocationOnce) {
  testing::Network n;
  n.vpc("v", {"10.0.0.0/16"});
  n.subnet("s", "v", {"10.0.1.0/24"});
  n.interface("i", "s", {"10.0.1.10"});
  n.site("hq", {"192.168.0.0/16"});
  const Engine engine{n.build()};
  std::vector<Place> places;
  for (const Engine::Member& member : engine.members()) {
    places.push_back(member.place);
  }
  EXPECT_TRUE(std::ranges::is_sorted(places));
  EXPECT_EQ(places.size(), 4U);  // interface, subnet, site, internet
  EXPECT_FALSE(engine.members()[1].addresses.contains(
      IpAddress::parse("10.0.1.10").value()));
}

}  // namespace
}  // namespace netproof
