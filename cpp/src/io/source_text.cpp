#include "io/source_text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace netproof::io {
namespace {

constexpr std::size_t kBlock = 256;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

unsigned byte_at(const std::string& text, std::size_t i) noexcept {
  return static_cast<unsigned char>(text[i]);
}

bool continues(unsigned byte) noexcept { return (byte & 0xc0U) == 0x80U; }

// The length of the well-formed sequence at `i` (RFC 3629), 0 if there is none.
std::size_t sequence_length(const std::string& text, std::size_t i) noexcept {
  const unsigned lead = byte_at(text, i);
  if (lead < 0x80U) return lead == 0 ? 0 : 1;
  const std::size_t length = lead >= 0xf0U ? 4 : (lead >= 0xe0U ? 3 : 2);
  if (lead < 0xc2U || lead > 0xf4U || i + length > text.size()) return 0;
  const unsigned second = byte_at(text, i + 1);
  // Overlong forms, surrogates, and what lies above U+10FFFF.
  if (lead == 0xe0U && second < 0xa0U) return 0;
  if (lead == 0xedU && second > 0x9fU) return 0;
  if (lead == 0xf0U && second < 0x90U) return 0;
  if (lead == 0xf4U && second > 0x8fU) return 0;
  for (std::size_t k = 1; k < length; ++k) {
    if (!continues(byte_at(text, i + k))) return 0;
  }
  return length;
}

}  // namespace

SourceText::SourceText(std::string file, std::string text)
    : file_{std::move(file)}, text_{std::move(text)} {
  if (text_.starts_with(kByteOrderMark)) text_.erase(0, kByteOrderMark.size());
  line_starts_.push_back(0);
  std::size_t points = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (i % kBlock == 0) points_before_.push_back(points);
    if (!continues(byte_at(text_, i))) ++points;
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
  if (text_.size() % kBlock == 0) points_before_.push_back(points);
}

SourceText::SourceText(std::vector<SourceText> parts)
    : parts_{std::move(parts)} {
  std::size_t start = 0;
  for (const SourceText& part : parts_) {
    starts_.push_back(start);
    start += part.text().size() + 1;
  }
}

std::size_t SourceText::points_before(std::size_t offset) const {
  std::size_t points = points_before_[offset / kBlock];
  for (std::size_t i = offset - offset % kBlock; i < offset; ++i) {
    if (!continues(byte_at(text_, i))) ++points;
  }
  return points;
}

SourceText::Point SourceText::point(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::ranges::upper_bound(line_starts_, offset);
  const std::size_t columns =
      points_before(offset) - points_before(*std::prev(after));
  return {static_cast<int>(after - line_starts_.begin()),
          static_cast<int>(columns) + 1};
}

Location SourceText::at(std::size_t begin, std::size_t end) const {
  if (!parts_.empty()) {
    const auto after = std::ranges::upper_bound(starts_, begin);
    const auto part = static_cast<std::size_t>(after - starts_.begin()) - 1;
    const std::size_t start = starts_[part];
    return parts_[part].at(begin - start, std::max(begin, end) - start);
  }
  const Point first = point(begin);
  const Point last = point(std::max(begin, end));
  return {file_, first.line, first.column, last.line, last.column};
}

std::optional<Diagnostic> SourceText::encoding_problem() const {
  for (std::size_t i = 0; i < text_.size();) {
    const std::size_t length = sequence_length(text_, i);
    if (length == 0) {
      return Diagnostic{"file-encoding", at(i, i + 1),
                        "a file is UTF-8 text without NUL bytes", "",
                        "save it as UTF-8"};
    }
    i += length;
  }
  return std::nullopt;
}

}  // namespace netproof::io
