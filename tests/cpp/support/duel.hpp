#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "netproof/engine/engine.hpp"
#include "netproof/reference/evaluator.hpp"
#include "support/packet_samples.hpp"
#include "support/random_network.hpp"

namespace netproof::testing {

/// What a number of duels has exercised.
struct DuelStatistics {
  std::size_t networks = 0;
  std::size_t packets = 0;
  std::size_t delivered = 0;  ///< in every world by every choice
  std::size_t arrived = 0;    ///< where it was asked to
  std::size_t established = 0;
  std::size_t uncertain = 0;  ///< unknown fates
  std::size_t mixed = 0;
  std::size_t limited = 0;  ///< packets of answers that hit a budget
  std::map<DropCode, std::size_t> drops;
  /// FIREWALL_DENY of a network firewall, and what passes it as a handshake.
  std::size_t firewall_drops = 0;
  std::size_t handshakes = 0;
  std::map<std::string, std::size_t> features;
};

/// The engine against the evaluator on one network: random questions to the
/// one, packets of every set in play to the other.
class Duel {
 public:
  Duel(std::uint32_t seed, DuelStatistics& statistics);
  Duel(RandomNetwork network, std::uint32_t seed, DuelStatistics& statistics);

  /// The engine follows no more ways than that at once: then it may know less
  /// than the evaluator, but nothing else.
  void limit_ways(std::size_t most) { most_ways_ = most; }
  /// The disagreements, each with all it takes to see it again.
  std::vector<std::string> run(int questions);
  /// One question, with the packets of its sets and at the edges.
  void ask(const Question& question);
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  struct Side {
    Scope scope;
    IpSet emits;  ///< every source that is asked about
  };

  Question question();
  Scope scope(bool sender);
  IpSet emitted(const Scope& scope) const;
  bool spoofs(Place place) const;
  bool at_firewall(const std::optional<Drop>& drop) const;
  IpSet asked(const Question& question) const;
  std::vector<Flow> draw(const Side& side, const Question& question,
                         const Answer& answer);
  void compare(const Side& side, const Question& question, const Answer& answer,
               const Flow& flow);
  void compare_fate(const Side& side, const Question& question,
                    const Answer& answer, const Flow& flow);
  void check_sets(const Question& question, const Answer& answer);
  std::optional<IpAddress> private_of(const IpAddress& address) const;
  bool arrives(const Question& question, Place place, const Flow& flow) const;
  Bounds said(const Answer& answer, const Side& side, const Flow& flow) const;
  void complain(const std::string& what, const Question& question, Place place,
                const Flow& flow);
  std::string describe(const Question& question) const;
  std::string ways(Place place, const Flow& flow, bool listed_only) const;

  std::uint32_t seed_;
  RandomNetwork network_;
  Engine engine_;
  Evaluator evaluator_;
  PacketSamples samples_;
  Dice dice_;
  DuelStatistics& statistics_;
  std::vector<std::string> complaints_;
  std::size_t most_ways_ = Question{}.most_ways;
};

/// The number in an environment variable, if it is set.
std::uint32_t number_from(const char* variable, std::uint32_t otherwise);

}  // namespace netproof::testing
