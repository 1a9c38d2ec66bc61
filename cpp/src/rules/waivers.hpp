#pragma once

#include <string>
#include <vector>

#include "rules/judging.hpp"

namespace netproof {

/// The exceptions of one rule that hold today.
class Waivers {
 public:
  Waivers(const Locations& locations, const RuleSet& rules,
          const RuleSpec& rule, const std::string& today, bool no_ignore);

  bool empty() const noexcept { return waivers_.empty(); }
  std::vector<Scope> scopes() const;
  std::vector<std::string> subjects() const;
  /// " (waived for vpc:a: reason, owner, until 2027-03-31)".
  std::string reasons() const;
  /// Exceptions that do not take out any breach of `judgement`.
  std::vector<Finding> findings(const Judgement& judgement) const;

 private:
  struct Active {
    const Waiver* waiver;
    std::vector<Scope> scopes;
  };
  bool used(const Active& active, const Judgement& judgement) const;

  std::vector<Active> waivers_;
  const RuleSpec& rule_;
};

}  // namespace netproof
