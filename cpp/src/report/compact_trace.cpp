#include "report/compact_trace.hpp"

#include <algorithm>
#include <charconv>
#include <concepts>
#include <string_view>

#include "report/json.hpp"

namespace netproof::report {
namespace {

/// Every key is written, in the order of the contract.
class Writer {
 public:
  std::string take() && { return std::move(out_); }

  void write(const NamedTrace& named) {
    const Trace& trace = named.trace;
    raw(R"({"schema":"netproof/trace/1","flow":)");
    write(trace.flow);
    raw(R"(,"at":)");
    text_or_null(named.at);
    raw(R"(,"to":)");
    text_or_null(named.to);
    raw(R"(,"forward":{"verdict":)");
    text(to_string(trace.forward.fate));
    raw(R"(,"unknown":)");
    list(trace.forward.unknown, [this](const auto& fact) { text(fact); });
    raw(R"(,"drop":)");
    write(trace.forward.drop);
    raw(R"(,"paths":)");
    write(trace.forward.paths);
    raw(R"(},"connection":{"verdict":)");
    text(to_string(trace.connection));
    raw(R"(,"direction":)");
    text_or_null(trace.connection_direction);
    raw(R"(,"drop":)");
    write(trace.connection_drop);
    raw(R"(,"return":)");
    if (trace.reply) {
      raw(R"({"verdict":)");
      text(to_string(trace.reply->fate));
      raw(R"(,"paths":)");
      write(trace.reply->paths);
      raw("}}}");
    } else {
      raw("null}}");
    }
    out_ += '\n';
  }

 private:
  void raw(std::string_view bytes) { out_ += bytes; }

  void number(std::integral auto value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    out_.append(digits, end.ptr);
  }

  /// Plain ASCII stands as it is; the rest is left to the library, which
  /// escapes it and replaces what is no UTF-8.
  void text(std::string_view value) {
    const bool plain = std::ranges::all_of(value, [](char c) {
      return ' ' <= c && c <= '~' && c != '"' && c != '\\';
    });
    if (plain) {
      out_ += '"';
      out_ += value;
      out_ += '"';
      return;
    }
    out_ += Json(std::string(value))
                .dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  void text_or_null(std::string_view value) {
    if (value.empty()) {
      raw("null");
    } else {
      text(value);
    }
  }

  template <class Items, class Write>
  void list(const Items& items, const Write& write_one) {
    out_ += '[';
    bool first = true;
    for (const auto& one : items) {
      if (!first) out_ += ',';
      first = false;
      write_one(one);
    }
    out_ += ']';
  }

  void write(const Flow& flow) {
    raw(R"({"src":")");
    raw(to_string(flow.src));
    raw(R"(","dst":")");
    raw(to_string(flow.dst));
    raw(R"(","protocol":")");
    raw(protocol_name(flow.protocol));
    raw(R"(","sport":)");
    const bool ports = has_ports(flow.protocol);
    if (ports) {
      number(flow.sport);
      raw(R"(,"dport":)");
      number(flow.dport);
    } else {
      raw(R"(null,"dport":null)");
    }
    if (is_icmp(flow.protocol)) {
      raw(R"(,"type":)");
      number(flow.sport);
      raw(R"(,"code":)");
      number(flow.dport);
    }
    out_ += '}';
  }

  void write(const Location& where) {
    if (!where.known()) return raw("null");
    raw(R"({"file":)");
    text(where.file);
    raw(R"(,"line":)");
    number(where.line);
    raw(R"(,"column":)");
    number(where.column);
    raw(R"(,"end_line":)");
    number(where.end_line);
    raw(R"(,"end_column":)");
    number(where.end_column);
    out_ += '}';
  }

  void write(const std::optional<Drop>& drop) {
    if (!drop) return raw("null");
    raw(R"({"code":)");
    text(to_string(drop->code));
    raw(R"(,"at":)");
    text(drop->at);
    raw(R"(,"entry":)");
    text_or_null(drop->entry);
    raw(R"(,"source":)");
    write(drop->source);
    out_ += '}';
  }

  void write(const Hop& hop) {
    raw(R"({"at":)");
    text(hop.at);
    raw(R"(,"did":)");
    text(hop.did);
    raw(R"(,"entry":)");
    text_or_null(hop.entry);
    raw(R"(,"flow":)");
    if (hop.flow) {
      write(*hop.flow);
    } else {
      raw("null");
    }
    raw(R"(,"source":)");
    write(hop.source);
    out_ += '}';
  }

  void write(const std::vector<TracePath>& paths) {
    list(paths, [this](const TracePath& path) {
      raw(path.delivered ? R"({"verdict":"delivered","drop":)"
                         : R"({"verdict":"dropped","drop":)");
      write(path.drop);
      raw(R"(,"hops":)");
      list(path.hops, [this](const Hop& hop) { write(hop); });
      out_ += '}';
    });
  }

  std::string out_;
};

}  // namespace

std::string compact(const NamedTrace& trace) {
  Writer writer;
  writer.write(trace);
  return std::move(writer).take();
}

}  // namespace netproof::report
