#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference/candidate.hpp"
#include "reference/view.hpp"

namespace netproof::reference {

/// What a transit table says of one destination.
struct TransitStep {
  enum class Kind { kAttachment, kBlackhole, kNoRoute };
  Kind kind = Kind::kNoRoute;
  std::uint32_t attachment = 0;
  std::string prefix;
  Location where;
  bool fixed = false;  ///< static or by prefix list: stays if the target goes
};

/// The kinds in the order of S43.
enum TransitRank { kRankStatic, kRankList, kRankVpc, kRankDirect, kRankVpn };

struct TransitLine {
  IpPrefix prefix;
  int rank = kRankStatic;
  int as_path = 0;
  int med = 0;
  std::vector<Fact> doubts;
  TransitStep step;
};

/// Every line of the table: written, or propagated.
std::vector<TransitLine> transit_lines(const View& view, std::uint32_t table);

/// Something that may be longer than anything written (S142 a): the steps that
/// it may mean besides not being there.
struct TransitOpening {
  Fact fact;
  std::vector<TransitStep> steps;
};
std::vector<TransitOpening> transit_openings(const View& view,
                                             std::uint32_t table,
                                             IpAddress address);

std::string target_name(const View& view, const TransitStep& step);

}  // namespace netproof::reference
