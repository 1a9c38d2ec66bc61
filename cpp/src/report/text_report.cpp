#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <vector>

#include "netproof/report/write.hpp"
#include "report/excerpt.hpp"

namespace netproof {

namespace {

using report::excerpt;
using report::printable;
using report::SourceFiles;
using report::Style;

// Of many findings of one kind, and of the places of one finding, these show.
constexpr std::size_t kShown = 5;

class ReportWriter {
 public:
  explicit ReportWriter(const TextOptions& options)
      : verbose_{options.verbose},
        style_{options.colour},
        files_{options.source_root} {}

  std::string write(const Report& report) {
    write_defects(report);
    for (const RuleResult& rule : report.rules) write_rule(rule);
    write_findings(report.findings);
    write_assumptions(report);
    write_summary(report);
    return std::move(text_);
  }

 private:
  void line(std::string_view label, std::string_view what) {
    text_ +=
        fmt::format("   {} {}: {}\n", style_.blue("="), label, printable(what));
  }

  void write_defects(const Report& report) {
    for (const std::string& defect : report.defects) {
      text_ += fmt::format("{}: {}\n", style_.red("defect of netproof"),
                           printable(defect));
    }
  }

  std::string verdict_of(const RuleResult& rule) const {
    const std::string_view name = to_string(rule.verdict);
    if (rule.waived) return style_.yellow("violated, waived");
    switch (rule.verdict) {
      case Verdict::kProved:
        return style_.green(name);
      case Verdict::kViolated:
        return style_.red(name);
      default:
        return style_.yellow(name);
    }
  }

  void write_rule(const RuleResult& rule) {
    text_ += fmt::format("{}[{}]: {}\n", verdict_of(rule), printable(rule.id),
                         printable(rule.detail));
    const bool short_form = rule.verdict == Verdict::kProved && !verbose_;
    if (short_form) {
      for (const std::string& limit : rule.limits) line("limit", limit);
      return;
    }
    if (!rule.because.empty()) line("because", rule.because);
    write_unknown(rule.unknown);
    for (const Witness& witness : rule.witnesses) write_witness(witness);
    for (const std::string& limit : rule.limits) line("limit", limit);
    write_leaning(rule);
    text_ += excerpt(files_, rule.source, style_);
    text_ += "\n";
  }

  void write_unknown(const std::vector<std::string>& facts) {
    const std::size_t shown =
        verbose_ ? facts.size() : std::min(kShown, facts.size());
    for (std::size_t i = 0; i < shown; ++i) line("not known", facts[i]);
    if (shown == facts.size()) return;
    line("not known", fmt::format("and {} more (--verbose shows them)",
                                  facts.size() - shown));
  }

  void write_leaning(const RuleResult& rule) {
    if (rule.assumptions.empty()) return;
    line("assumes", fmt::format("{}", fmt::join(rule.assumptions, ", ")));
  }

  void write_witness(const Witness& witness) {
    const Trace& trace = witness.trace.trace;
    line("witness", fmt::format("{} from {} {}", to_string(trace.flow),
                                witness.trace.at, witness.shows));
    if (!trace.forward.paths.empty()) write_path(trace.forward.paths.front());
    const std::optional<Drop>& drop =
        trace.forward.drop ? trace.forward.drop : trace.connection_drop;
    if (!drop) return;
    std::string text = fmt::format("{} at {}", to_string(drop->code), drop->at);
    if (!drop->entry.empty()) text += fmt::format(" ({})", drop->entry);
    if (drop->source.known()) {
      text += fmt::format(", {}", to_string(drop->source));
    }
    line(trace.connection_direction == "return" ? "reply dropped" : "dropped",
         text);
  }

  void write_path(const TracePath& path) {
    std::vector<std::string> hops;
    for (const Hop& hop : path.hops) {
      hops.push_back(hop.entry.empty()
                         ? hop.at
                         : fmt::format("{} [{}]", hop.at, hop.entry));
    }
    line("path", fmt::format("{}", fmt::join(hops, " > ")));
  }

  // Findings of one kind stand together where the first of them stands.
  void write_findings(const std::vector<Finding>& findings) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<const Finding*>> by_id;
    for (const Finding& finding : findings) {
      auto& group = by_id[finding.id];
      if (group.empty()) order.push_back(finding.id);
      group.push_back(&finding);
    }
    for (const std::string& id : order) write_group(by_id[id]);
  }

  void write_group(const std::vector<const Finding*>& group) {
    const std::size_t shown =
        verbose_ ? group.size() : std::min(kShown, group.size());
    for (std::size_t i = 0; i < shown; ++i) {
      write_finding(*group[i], i + 1 == shown);
    }
    if (shown < group.size()) {
      text_ += fmt::format("   {} and {} more of {} (--verbose shows them)\n",
                           style_.blue("="), group.size() - shown,
                           printable(group.front()->id));
    }
    text_ += "\n";
  }

  std::string level_of(const Finding& finding) const {
    const std::string head =
        fmt::format("{}[{}]", to_string(finding.level), printable(finding.id));
    switch (finding.level) {
      case Severity::kError:
        return style_.red(head);
      case Severity::kWarning:
        return style_.yellow(head);
      case Severity::kNote:
        break;
    }
    return style_.blue(head);
  }

  void write_finding(const Finding& finding, bool last) {
    text_ +=
        fmt::format("{}: {}\n", level_of(finding), printable(finding.message));
    text_ += excerpt(files_, finding.source, style_);
    const std::size_t shown = verbose_
                                  ? finding.related.size()
                                  : std::min(kShown, finding.related.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const RelatedPlace& place = finding.related[i];
      line("see",
           place.source.known()
               ? fmt::format("{}: {}", to_string(place.source), place.message)
               : place.message);
    }
    if (shown < finding.related.size()) {
      line("see", fmt::format("and {} more", finding.related.size() - shown));
    }
    if (!finding.fix.empty()) line("help", finding.fix);
    if (last) line("more", "netproof explain " + finding.id);
  }

  void write_assumptions(const Report& report) {
    if (report.assumptions.empty()) return;
    text_ += "assumptions:\n";
    for (const Assumption& one : report.assumptions) {
      std::string text =
          fmt::format("  {}: {} is {}", one.id, one.subject, one.value);
      if (!one.why.empty()) text += fmt::format(" ({})", one.why);
      if (!one.confirmed_by.empty()) {
        text += fmt::format(", to be confirmed by {}", one.confirmed_by);
      }
      text_ += printable(text) + "\n";
    }
    text_ += "\n";
  }

  void write_summary(const Report& report) {
    const Summary summary = report.summary();
    const auto waived =
        std::ranges::count_if(report.rules, &RuleResult::waived);
    const auto errors =
        std::ranges::count(report.findings, Severity::kError, &Finding::level);
    text_ += style_.bold(fmt::format(
        "{} proved, {} violated{}, {} vacuous, {} unknown; {} finding{} ({} "
        "error{})",
        summary.proved, summary.violated,
        waived == 0 ? "" : fmt::format(" ({} waived)", waived), summary.vacuous,
        summary.unknown, summary.findings, summary.findings == 1 ? "" : "s",
        errors, errors == 1 ? "" : "s"));
    text_ += "\n";
  }

  bool verbose_;
  Style style_;
  SourceFiles files_;
  std::string text_;
};

}  // namespace

std::string to_text(const Report& report, const TextOptions& options) {
  return ReportWriter(options).write(report);
}

std::string to_text(const Diagnostics& diagnostics,
                    const TextOptions& options) {
  const Style style(options.colour);
  SourceFiles files(options.source_root);
  std::string text;
  for (const Diagnostic& one : diagnostics) {
    const std::string not_this =
        one.fragment.empty() ? "" : fmt::format(", not '{}'", one.fragment);
    text +=
        fmt::format("{}: {}\n", style.red(fmt::format("error[{}]", one.code)),
                    printable(one.what + not_this));
    text += excerpt(files, one.where, style);
    if (!one.help.empty()) {
      text +=
          fmt::format("   {} help: {}\n", style.blue("="), printable(one.help));
    }
  }
  return text;
}

}  // namespace netproof
