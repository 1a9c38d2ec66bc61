#include "rules/waivers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "netproof/rules/judge.hpp"

namespace netproof {

namespace {

// ISO dates sort like text. The day of expiry is the last on which it holds.
bool expired(const Waiver& waiver, const std::string& today) {
  return !waiver.expires.empty() && !today.empty() && waiver.expires < today;
}

Finding finding(std::string id, Severity level, std::string message,
                const Waiver& waiver, std::string fix) {
  Finding found;
  found.id = std::move(id);
  found.level = level;
  found.message = std::move(message);
  found.source = waiver.where;
  found.subjects = {waiver.subject};
  found.fix = std::move(fix);
  return found;
}

Finding unused(const Waiver& waiver, std::string_view why) {
  return finding("exception-is-used", Severity::kWarning,
                 fmt::format("the exception of '{}' for {} is not used: {}",
                             waiver.rule, waiver.subject, why),
                 waiver, "remove the exception");
}

bool touches(const Breach& breach, const Scope& scope) {
  if (std::ranges::find(breach.to, scope.place) != breach.to.end()) {
    return true;
  }
  for (const Scope& from : breach.from) {
    if (from.place != scope.place) continue;
    return breach.from.size() == 1 ||
           !breach.certain.restrict_src(scope.addresses).empty();
  }
  return false;
}

}  // namespace

Waivers::Waivers(const Locations& locations, const RuleSet& rules,
                 const RuleSpec& rule, const std::string& today, bool no_ignore)
    : rule_{rule} {
  if (no_ignore || rule.mandatory) return;
  for (const Waiver& waiver : rules.waivers) {
    if (waiver.rule != rule.id || expired(waiver, today)) continue;
    Active active{&waiver, {}};
    if (const auto selector = parse_selector(waiver.subject, rules.zones)) {
      active.scopes = locations.select(*selector, rules.zones, false).scopes;
    }
    waivers_.push_back(std::move(active));
  }
}

std::vector<Scope> Waivers::scopes() const {
  std::vector<Scope> all;
  for (const Active& active : waivers_) {
    all.insert(all.end(), active.scopes.begin(), active.scopes.end());
  }
  return all;
}

std::vector<std::string> Waivers::subjects() const {
  std::vector<std::string> all;
  for (const Active& active : waivers_) {
    all.push_back(active.waiver->subject);
  }
  return all;
}

std::string Waivers::reasons() const {
  std::string text;
  for (const Active& active : waivers_) {
    const Waiver& waiver = *active.waiver;
    text += fmt::format("{} {}: {}", text.empty() ? " (waived for" : ";",
                        waiver.subject, waiver.reason);
    if (!waiver.owner.empty()) text += fmt::format(", {}", waiver.owner);
    if (!waiver.expires.empty()) {
      text += fmt::format(", until {}", waiver.expires);
    }
  }
  return text + ")";
}

bool Waivers::used(const Active& active, const Judgement& judgement) const {
  if (judgement.verdict != Verdict::kViolated) return false;
  if (rule_.verb == Verb::kNoOverlap) {
    return std::ranges::find(judgement.overlapping, active.waiver->subject) !=
           judgement.overlapping.end();
  }
  return std::ranges::any_of(judgement.breaches, [&](const Breach& breach) {
    return std::ranges::any_of(active.scopes, [&](const Scope& scope) {
      return !breach.certain.empty() && touches(breach, scope);
    });
  });
}

std::vector<Finding> Waivers::findings(const Judgement& judgement) const {
  std::vector<Finding> found;
  for (const Active& active : waivers_) {
    if (used(active, judgement)) continue;
    found.push_back(
        unused(*active.waiver, active.scopes.empty()
                                   ? "nothing of that name exists"
                                   : "the rule is not violated there"));
  }
  return found;
}

std::vector<Finding> check_waivers(const RuleSet& rules,
                                   const std::string& today) {
  std::vector<Finding> found;
  for (const Waiver& waiver : rules.waivers) {
    const auto rule =
        std::ranges::find(rules.rules, waiver.rule, &RuleSpec::id);
    if (rule == rules.rules.end()) {
      found.push_back(unused(waiver, "there is no such rule"));
    } else if (rule->mandatory) {
      found.push_back(finding(
          "mandatory-rule-has-no-exception", Severity::kError,
          fmt::format("'{}' is mandatory; its exception for {} does not count",
                      waiver.rule, waiver.subject),
          waiver, "remove the exception, or `mandatory` from the rule"));
    } else if (expired(waiver, today)) {
      found.push_back(
          finding("exception-has-not-expired", Severity::kError,
                  fmt::format("the exception of '{}' for {} expired on {}",
                              waiver.rule, waiver.subject, waiver.expires),
                  waiver, "remove it, or agree on a new date with its owner"));
    }
  }
  return found;
}

}  // namespace netproof
