#include "io/firewall_side.hpp"

#include <optional>
#include <utility>

#include "io/rule_words.hpp"

namespace netproof::io {
namespace {

/// A side under way: `any` is every address, whatever else is in it.
struct Side {
  std::vector<FirewallAddress> within;
  std::vector<FirewallAddress> without;
  bool any = false;
  bool open = false;
  bool closed = false;  ///< another element would not simply add to it

  bool everything_but() const {
    return !open && within.empty() && !without.empty();
  }
};

class SideReader {
 public:
  SideReader(const RuleVariables& variables, const Location& where)
      : variables_{variables}, where_{where} {}

  Side list(const std::vector<std::string_view>& texts, int depth) const {
    Side all;
    for (std::string_view text : texts) {
      const bool negated = !text.empty() && text.front() == '!';
      if (negated) text = trimmed(text.substr(1));
      const Side one = term(text, depth);
      negated ? exclude(all, one) : include(all, one);
    }
    if (texts.empty()) all.open = true;
    if (all.any) all.within.clear();
    return all;
  }

 private:
  static void include(Side& all, const Side& one) {
    // What one element leaves out another may hold.
    const bool alone = all.within.empty() && !all.any && !all.closed;
    if (one.open || all.closed || (!one.without.empty() && !alone)) {
      all.open = true;
    }
    all.closed = all.closed || !one.without.empty();
    all.any = all.any || one.any || one.everything_but();
    all.within.insert(all.within.end(), one.within.begin(), one.within.end());
    all.without.insert(all.without.end(), one.without.begin(),
                       one.without.end());
  }

  static void exclude(Side& all, const Side& one) {
    const bool alone = all.within.empty() && !all.any && !all.closed;
    if (one.everything_but() && alone) {
      // Everything but what an "everything but" leaves is what it leaves out.
      all.within = one.without;
      all.closed = true;
    } else if (one.open || one.any || !one.without.empty()) {
      all.open = true;
    } else {
      all.without.insert(all.without.end(), one.within.begin(),
                         one.within.end());
    }
  }

  Side term(std::string_view text, int depth) const {
    Side side;
    if (depth > kDeepestVariable || text.empty()) {
      side.open = true;
    } else if (text.front() == '[') {
      return list(elements(text), depth + 1);
    } else if (text.front() == '$') {
      return variable(std::string{text.substr(1)}, depth);
    } else if (text.front() == '@') {
      prefix_list(std::string{text.substr(1)}, side);
    } else if (lower(text) == "any") {
      side.any = true;
    } else {
      prefix(text, side);
    }
    return side;
  }

  Side variable(const std::string& name, int depth) const {
    const auto at = variables_.addresses.find(name);
    if (at != variables_.addresses.end()) {
      const std::vector<std::string_view> texts{at->second.begin(),
                                                at->second.end()};
      return list(texts, depth + 1);
    }
    Side side;
    if (name == "HOME_NET") {
      side.within.emplace_back(HomeNet{});
    } else if (name == "EXTERNAL_NET") {
      // What is not $HOME_NET, which the group may have defined.
      exclude(side, variable("HOME_NET", depth + 1));
    } else {
      side.open = true;
    }
    return side;
  }

  void prefix_list(std::string name, Side& side) const {
    const auto at = variables_.prefix_lists.find(name);
    if (at != variables_.prefix_lists.end()) name = at->second;
    side.open =
        at == variables_.prefix_lists.end() && !variables_.lists_by_name;
    side.within.emplace_back(
        Ref<PrefixList>{std::move(name), std::nullopt, where_});
  }

  void prefix(std::string_view text, Side& side) const {
    std::string written{text};
    if (written.find('/') == std::string::npos) {
      written += written.find(':') == std::string::npos ? "/32" : "/128";
    }
    const auto parsed = IpPrefix::parse(written);
    if (!parsed) {
      side.open = true;
      return;
    }
    WrittenPrefix one;
    one.prefix = one.exact = parsed.value();
    one.text = written;
    one.where = where_;
    side.within.emplace_back(std::move(one));
  }

  const RuleVariables& variables_;
  const Location& where_;
};

}  // namespace

FirewallSide read_side(std::string_view text, const RuleVariables& variables,
                       const Location& where) {
  Side side = SideReader{variables, where}.list(elements(text), 0);
  FirewallSide result;
  if (!side.open) {
    result.within.items = std::move(side.within);
    result.without = std::move(side.without);
  }
  result.within.open = side.open;
  result.within.where = where;
  return result;
}

}  // namespace netproof::io
