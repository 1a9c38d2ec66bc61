#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "netproof/report/write.hpp"
#include "report/excerpt.hpp"

namespace netproof {

namespace {

using report::display_width;
using report::printable;
using report::Style;

std::string drop_text(const Drop& drop) {
  std::string text = fmt::format("{} at {}", to_string(drop.code), drop.at);
  if (!drop.entry.empty()) text += fmt::format(" ({})", drop.entry);
  if (drop.source.known()) text += fmt::format(", {}", to_string(drop.source));
  return text;
}

void write_paths(const std::vector<TracePath>& paths, std::string& text) {
  for (std::size_t p = 0; p < paths.size(); ++p) {
    const TracePath& path = paths[p];
    if (paths.size() > 1) {
      text += fmt::format("  choice {}: {}\n", p + 1,
                          path.delivered ? "delivered" : "dropped");
    }
    for (std::size_t h = 0; h < path.hops.size(); ++h) {
      const Hop& hop = path.hops[h];
      text += fmt::format("  {:>2}  {}  {}", h + 1, hop.at, hop.did);
      if (!hop.entry.empty()) text += fmt::format("  {}", hop.entry);
      if (hop.flow) text += fmt::format("  now {}", to_string(*hop.flow));
      if (hop.source.known())
        text += fmt::format("  ({})", to_string(hop.source));
      text += "\n";
    }
    if (path.drop) {
      text += fmt::format("      dropped: {}\n", drop_text(*path.drop));
    }
  }
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t used = display_width(text);
  return text + std::string(width > used ? width - used : 0, ' ');
}

std::string text_of_verdict(const std::optional<Verdict>& verdict) {
  return verdict ? std::string(to_string(*verdict)) : "no such rule there";
}

void write_verdicts(std::string_view title,
                    const std::vector<VerdictChange>& changes,
                    const Style& style, std::string& text) {
  if (changes.empty()) return;
  text += style.bold(title) + "\n";
  for (const VerdictChange& change : changes) {
    text += fmt::format("  {}: {}, was {}\n", printable(change.id),
                        text_of_verdict(change.after),
                        text_of_verdict(change.before));
  }
}

// The changes that have something in `part`, at most `most` of them.
void write_changes(std::string_view title, const LevelChange& level,
                   PacketSet ReachChange::*part, const TextOptions& options,
                   std::string& text) {
  const std::size_t most = options.verbose ? level.changes.size() : 20;
  std::size_t count = 0;
  for (const ReachChange& change : level.changes) {
    if ((change.*part).empty()) continue;
    if (count == 0) {
      text += Style(options.colour)
                  .bold(fmt::format("{}, {} level", title,
                                    to_string(level.level))) +
              "\n";
    }
    if (++count > most) continue;
    text += fmt::format("  {} -> {}\n    {}\n", printable(change.from),
                        printable(change.to),
                        to_string(change.*part, options.verbose ? 1000 : 5));
    if (change.unknown.empty()) continue;
    text += fmt::format("    not known: {}\n", fmt::join(change.unknown, "; "));
  }
  if (count > most) text += fmt::format("  and {} more\n", count - most);
}

}  // namespace

std::string to_text(const NamedTrace& named, const TextOptions& options) {
  const Trace& trace = named.trace;
  const Style style(options.colour);
  std::string text =
      fmt::format("{}: {}", style.bold(to_string(trace.forward.fate)),
                  to_string(trace.flow));
  if (!named.at.empty()) text += fmt::format(" from {}", named.at);
  if (!named.to.empty()) text += fmt::format(" to {}", named.to);
  text += "\n";
  if (trace.forward.paths.empty() && trace.forward.drop) {
    text += fmt::format("  dropped: {}\n", drop_text(*trace.forward.drop));
  }
  for (const std::string& fact : trace.forward.unknown) {
    text += fmt::format("  not known: {}\n", fact);
  }
  write_paths(trace.forward.paths, text);
  text += fmt::format("connection: {}", to_string(trace.connection));
  if (!trace.connection_direction.empty()) {
    text += fmt::format(", {} direction", trace.connection_direction);
  }
  if (trace.connection_drop) {
    text += fmt::format(", {}", drop_text(*trace.connection_drop));
  }
  text += "\n";
  for (const std::string& fact : trace.connection_unknown) {
    text += fmt::format("  not known: {}\n", fact);
  }
  if (trace.reply) write_paths(trace.reply->paths, text);
  return text;
}

std::string to_text(const ReachAnswer& answer, const TextOptions& options) {
  const Style style(options.colour);
  const std::size_t boxes = options.verbose ? 1000 : 5;
  const std::string_view verdict =
      !answer.certain.empty()
          ? "reaches"
          : (answer.possible.empty() && answer.unknown.empty()
                 ? "nothing gets through"
                 : "not known");
  std::string text = fmt::format("{}: {} to {}, {}, {} level\n",
                                 style.bold(verdict), answer.from, answer.to,
                                 answer.service, to_string(answer.level));
  for (const ReachPassage& passage : answer.passages) {
    text +=
        fmt::format("  {} -> {}\n", fmt::join(passage.from, ", "), passage.to);
    if (!passage.certain.empty()) {
      text += fmt::format("    {}\n", to_string(passage.certain, boxes));
    }
    const PacketSet doubtful = passage.possible - passage.certain;
    if (!doubtful.empty()) {
      text += fmt::format("    perhaps: {}\n", to_string(doubtful, boxes));
    }
  }
  for (const ReachDrop& drop : answer.dropped) {
    text += fmt::format("  {} at {}: {}\n", drop.code, drop.at,
                        to_string(drop.packets, boxes));
  }
  for (const std::string& fact : answer.unknown) {
    text += fmt::format("  not known: {}\n", fact);
  }
  for (const std::string& limit : answer.limits) {
    text += fmt::format("  not exact: {}\n", limit);
  }
  return text;
}

std::string to_text(const Matrix& matrix, const TextOptions& options) {
  const Style style(options.colour);
  std::size_t width = 7;
  for (const std::string& zone : matrix.zones) {
    width = std::max(width, display_width(zone));
  }
  std::string text =
      style.bold(fmt::format("from row to column, {}, {} level", matrix.service,
                             to_string(matrix.level))) +
      "\n" + std::string(width, ' ');
  for (const std::string& zone : matrix.zones) {
    text += "  " + padded(printable(zone), width);
  }
  text += "\n";
  for (std::size_t row = 0; row < matrix.cells.size(); ++row) {
    text += padded(printable(matrix.zones[row]), width);
    for (const Cell cell : matrix.cells[row]) {
      text += "  " + padded(std::string(to_string(cell)), width);
    }
    text += "\n";
  }
  for (const std::string& fact : matrix.unknown) {
    text += fmt::format("not known: {}\n", fact);
  }
  return text;
}

std::string to_text(const std::vector<Overlap>& overlaps,
                    const TextOptions& options) {
  const Style style(options.colour);
  std::string text;
  for (const Overlap& overlap : overlaps) {
    const std::string_view relation =
        overlap.relation == OverlapRelation::kEqual    ? "equals"
        : overlap.relation == OverlapRelation::kInside ? "lies inside"
                                                       : "contains";
    text += fmt::format("{} {} {} {} {}", printable(overlap.a.name),
                        to_string(overlap.a.cidr), relation,
                        printable(overlap.b.name), to_string(overlap.b.cidr));
    if (!overlap.shares_routing_domain) text += " (no table knows both)";
    if (overlap.a.source.known()) {
      text += fmt::format("  {}", to_string(overlap.a.source));
    }
    if (overlap.b.source.known()) {
      text += fmt::format("  {}", to_string(overlap.b.source));
    }
    text += "\n";
  }
  text += style.bold(fmt::format("{} overlap{}", overlaps.size(),
                                 overlaps.size() == 1 ? "" : "s")) +
          "\n";
  return text;
}

std::string to_text(const Comparison& comparison, const TextOptions& options) {
  const Style style(options.colour);
  std::string text;
  for (const LevelChange& level : comparison.levels) {
    write_changes("newly reachable", level, &ReachChange::opened, options,
                  text);
    write_changes("no longer reachable", level, &ReachChange::closed, options,
                  text);
    write_changes("not as certain as before, or more so", level,
                  &ReachChange::altered, options, text);
    if (level.changes.empty()) {
      text += style.bold(fmt::format("no {}difference, {} level",
                                     level.unknown.empty() ? "" : "known ",
                                     to_string(level.level))) +
              "\n";
    }
    for (const std::string& reason : level.unknown) {
      text += fmt::format("  not known: {}\n", printable(reason));
    }
  }
  write_verdicts("rules now failing", comparison.now_failing, style, text);
  write_verdicts("rules now fixed", comparison.now_fixed, style, text);
  write_verdicts("other verdicts", comparison.otherwise, style, text);
  return text;
}

}  // namespace netproof
