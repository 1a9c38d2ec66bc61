#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/parallel.hpp"
#include "netproof/check.hpp"
#include "netproof/io/read_flow.hpp"

namespace netproof {
namespace {

/// Lines that a thread takes at a time.
constexpr std::size_t kPiece = 128;

struct Line {
  std::string_view text;
  int number = 0;
};

bool blank(std::string_view line) {
  return line.find_first_not_of(" \t\r\v\f") == std::string_view::npos;
}

/// The lines that want an answer, and how many there are in all.
std::pair<std::vector<Line>, int> lines_of(std::string_view text, int first) {
  std::vector<Line> lines;
  int count = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (!blank(line)) lines.push_back({line, first + count});
    ++count;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {std::move(lines), count};
}

/// Pieces of the lines are answered in any order and put together in theirs.
class LineRun {
 public:
  LineRun(const Network& network, const std::vector<Line>& lines,
          const TraceLinesOptions& options)
      : network_{network}, lines_{lines}, options_{options} {
    pieces_.resize((lines.size() + kPiece - 1) / kPiece);
  }

  TracedLines run() {
    for_each_index(pieces_.size(), options_.jobs, [this](std::size_t i) {
      const std::size_t end = std::min((i + 1) * kPiece, lines_.size());
      for (std::size_t at = i * kPiece; at < end; ++at) {
        answer(lines_[at], pieces_[i]);
      }
    });
    TracedLines all;
    for (const Piece& piece : pieces_) all.output += piece.output;
    const auto said = [this](bool Piece::*what) {
      return std::ranges::any_of(pieces_, what);
    };
    all.exit_code = said(&Piece::bad) ? 2 : said(&Piece::unknown) ? 4 : 0;
    return all;
  }

 private:
  struct Piece {
    std::string output;
    bool bad = false;
    bool unknown = false;
  };

  void answer(const Line& line, Piece& piece) const {
    auto read = read_flow(line.text);
    if (!read) {
      const ParseError& wrong = read.error();
      return refuse({"unreadable-text", {}, wrong.what, wrong.fragment, ""},
                    line, piece);
    }
    FlowLine flow = std::move(read).value();
    const auto trace =
        network_.trace({.flow = flow.flow, .at = std::move(flow.at)});
    if (!trace) return refuse(trace.error().front(), line, piece);
    piece.unknown |= exit_code(trace.value()) != 0;
    piece.output += options_.json ? to_json(trace.value(), -1)
                                  : to_text(trace.value(), options_.text);
  }

  void refuse(const Diagnostic& problem, const Line& line, Piece& piece) const {
    piece.bad = true;
    piece.output += options_.json ? to_json(problem, line.number, -1)
                                  : "line " + std::to_string(line.number) +
                                        ": " + to_string(problem) + "\n";
  }

  const Network& network_;
  const std::vector<Line>& lines_;
  const TraceLinesOptions& options_;
  std::vector<Piece> pieces_;
};

}  // namespace

TracedLines Network::trace_lines(std::string_view lines,
                                 const TraceLinesOptions& options) const {
  const auto [read, count] = lines_of(lines, options.first_line);
  TracedLines traced = LineRun(*this, read, options).run();
  traced.lines = count;
  return traced;
}

}  // namespace netproof
