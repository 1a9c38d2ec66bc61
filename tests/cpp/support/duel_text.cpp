#include <cstdlib>
#include <string>

#include "support/duel.hpp"

namespace netproof::testing {
namespace {

std::string text_of(const Drop& drop) {
  return std::string{to_string(drop.code)} + " at " + drop.at;
}

}  // namespace

void Duel::complain(const std::string& what, const Question& question,
                    Place place, const Flow& flow) {
  std::string text = "seed " + std::to_string(seed_) + ": " + what + "\n  ";
  text += to_string(network_.topology, place) + " sends " + to_string(flow) +
          "\n  " + describe(question);
  if (flow != Flow{}) text += ways(place, flow, question.listed_only);
  complaints_.push_back(std::move(text));
}

std::string Duel::describe(const Question& question) const {
  const auto side = [&](const std::vector<Scope>& scopes) {
    std::string text;
    for (const Scope& scope : scopes) {
      text += " " + to_string(network_.topology, scope.place) + " (" +
              to_string(scope.addresses, 3) + ")";
    }
    return text;
  };
  std::string text =
      "asked from" + side(question.from) + " to" + side(question.to) +
      ", level " +
      (question.level == Level::kPacket ? "packet" : "connection") +
      ", service " + to_string(question.service);
  if (question.listed_only) text += ", listed only";
  for (const Place place : question.blocked) {
    text += ", without " + to_string(network_.topology, place);
  }
  return text;
}

std::string Duel::ways(Place place, const Flow& flow, bool listed_only) const {
  const Trace trace = evaluator_.trace(place, flow, listed_only);
  std::string text;
  const auto show = [&](const char* name, const Direction& direction) {
    text += "\n  " + std::string{name} + ": " +
            std::string{to_string(direction.fate)};
    std::size_t shown = 0;
    for (const TracePath& path : direction.paths) {
      if (++shown > 6) {
        text += "\n   ... " + std::to_string(direction.paths.size());
        break;
      }
      text += "\n   ";
      for (const Hop& hop : path.hops) {
        text += " " + hop.at + " " + hop.did +
                (hop.entry.empty() ? "" : " [" + hop.entry + "]") +
                (hop.flow ? " {" + to_string(*hop.flow) + "}" : "") + ",";
      }
      text += path.drop ? " " + text_of(*path.drop)
                        : " at " + to_string(network_.topology, *path.to);
      for (const std::string& fact : path.facts) text += " if " + fact + ";";
    }
  };
  show("forward", trace.forward);
  if (trace.reply) show("reply", *trace.reply);
  return text;
}

std::uint32_t number_from(const char* variable, std::uint32_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise
                         : static_cast<std::uint32_t>(std::stoul(text));
}

}  // namespace netproof::testing
