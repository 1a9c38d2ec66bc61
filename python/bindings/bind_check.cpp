#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bind.hpp"
#include "bind_answer.hpp"
#include "errors.hpp"
#include "interruptible.hpp"
#include "netproof/check.hpp"

namespace py = pybind11;

namespace netproof::python {

namespace {

using Overlaps = std::vector<Overlap>;

// The names of enumerators, as every format writes them.
Level level_of(const std::string& name) {
  for (const Level level : {Level::kPacket, Level::kConnection}) {
    if (to_string(level) == name) return level;
  }
  raise(ParseError{"a level is packet or connection", name});
}

Severity severity_of(const std::string& name) {
  for (const Severity severity :
       {Severity::kNote, Severity::kWarning, Severity::kError}) {
    if (to_string(severity) == name) return severity;
  }
  raise(ParseError{"a level of findings is error, warning or note", name});
}

void bind_answers(py::module_& module) {
  bind_answer<Report>(module, "CheckAnswer")
      .def(
          "exit_code",
          [](const Report& report, const std::string& fail_level,
             bool plan_only) {
            return exit_code(report,
                             ExitOptions{severity_of(fail_level), plan_only});
          },
          py::arg("fail_level") = "error", py::arg("plan_only") = false)
      .def_readonly("defects", &Report::defects);
  bind_answer<NamedTrace>(module, "TraceAnswer")
      .def("exit_code",
           [](const NamedTrace& trace) { return exit_code(trace); });
  bind_answer<Matrix>(module, "MatrixAnswer")
      .def("exit_code", [](const Matrix& matrix) { return exit_code(matrix); })
      .def_readonly("defects", &Matrix::defects);
}

void bind_reach(py::module_& module) {
  py::class_<ReachPassage>(module, "ReachPassage")
      .def_readonly("from_", &ReachPassage::from)
      .def_readonly("to", &ReachPassage::to)
      .def_readonly("certain", &ReachPassage::certain)
      .def_readonly("possible", &ReachPassage::possible)
      .def_readonly("unknown", &ReachPassage::unknown);
  py::class_<ReachDrop>(module, "ReachDrop")
      .def_readonly("code", &ReachDrop::code)
      .def_readonly("at", &ReachDrop::at)
      .def_readonly("packets", &ReachDrop::packets);
  bind_answer<ReachAnswer>(module, "ReachAnswer")
      .def_readonly("passages", &ReachAnswer::passages)
      .def_readonly("dropped", &ReachAnswer::dropped)
      .def_readonly("certain", &ReachAnswer::certain)
      .def_readonly("possible", &ReachAnswer::possible)
      .def_readonly("defects", &ReachAnswer::defects)
      .def("exit_code",
           [](const ReachAnswer& answer) { return exit_code(answer); });
}

void bind_diff(py::module_& module) {
  py::class_<ReachChange>(module, "ReachChange")
      .def_readonly("from_", &ReachChange::from)
      .def_readonly("to", &ReachChange::to)
      .def_readonly("opened", &ReachChange::opened)
      .def_readonly("closed", &ReachChange::closed)
      .def_readonly("altered", &ReachChange::altered)
      .def_readonly("unknown", &ReachChange::unknown);
  py::class_<LevelChange>(module, "LevelChange")
      .def_property_readonly("level",
                             [](const LevelChange& one) {
                               return std::string(to_string(one.level));
                             })
      .def_readonly("changes", &LevelChange::changes)
      .def_readonly("unknown", &LevelChange::unknown);
  bind_answer<Comparison>(module, "DiffAnswer")
      .def_readonly("levels", &Comparison::levels)
      .def_property_readonly("same", &Comparison::same)
      .def_readonly("defects", &Comparison::defects)
      .def("exit_code",
           [](const Comparison& answer) { return exit_code(answer); });
}

// A list of overlaps needs a class of its own to carry methods.
struct OverlapsAnswer {
  Overlaps overlaps;
};
std::string to_json(const OverlapsAnswer& answer, int indent) {
  return netproof::to_json(answer.overlaps, indent);
}
std::string to_text(const OverlapsAnswer& answer, const TextOptions& options) {
  return netproof::to_text(answer.overlaps, options);
}

// Ends the work of an interrupted call early: the flag is set when the call
// that waits for the work is left.
class StopOnExit {
 public:
  std::function<bool()> asked() const {
    return [flag = flag_] { return flag->load(); };
  }
  StopOnExit() = default;
  StopOnExit(const StopOnExit&) = delete;
  StopOnExit& operator=(const StopOnExit&) = delete;
  ~StopOnExit() { flag_->store(true); }

 private:
  std::shared_ptr<std::atomic<bool>> flag_ =
      std::make_shared<std::atomic<bool>>(false);
};

Report check_rules(const Network& network, const RuleSet& rules,
                   std::string today, bool plan_only, bool no_ignore, int jobs,
                   double budget) {
  const StopOnExit stop;
  CheckOptions options;
  options.today = std::move(today);
  options.plan_only = plan_only;
  options.no_ignore = no_ignore;
  options.jobs = jobs;
  options.budget = budget;
  options.stop = stop.asked();
  return unwrap(interruptible(
      [network, rules, options] { return network.check(rules, options); }));
}

NamedTrace trace_flow(const Network& network, const Flow& flow,
                      std::string at) {
  TraceRequest request{.flow = flow, .at = std::move(at)};
  return unwrap(
      interruptible([network, request] { return network.trace(request); }));
}

TracedLines trace_lines(const Network& network, std::string lines,
                        const TraceLinesOptions& options) {
  return interruptible([network, lines = std::move(lines), options] {
    return network.trace_lines(lines, options);
  });
}

// Answers in text show what stood in a line, which may be no UTF-8.
py::tuple traced_lines(const Network& network, std::string lines, int first,
                       bool json, bool colour, std::string source_root) {
  TraceLinesOptions options;
  options.first_line = first;
  options.json = json;
  options.text = {colour, false, std::move(source_root)};
  const TracedLines traced = trace_lines(network, std::move(lines), options);
  return py::make_tuple(
      py::reinterpret_steal<py::str>(PyUnicode_DecodeUTF8(
          traced.output.data(), static_cast<py::ssize_t>(traced.output.size()),
          "backslashreplace")),
      traced.lines, traced.exit_code);
}

/// What is asked besides the two ends. Owns the rules that hold the zones.
struct ReachQuestion {
  ReachOptions options;
  std::optional<RuleSet> zones;
};

ReachAnswer reach(const Network& network, std::string from, std::string to,
                  ReachQuestion question) {
  return unwrap(interruptible([network, from, to, question] {
    ReachOptions options = question.options;
    options.zones = question.zones ? &*question.zones : nullptr;
    return network.reach(from, to, options);
  }));
}

Matrix matrix(const Network& network, std::string by, std::string service,
              const std::string& level) {
  return unwrap(interruptible([network, by, service, level = level_of(level)] {
    return network.matrix(by, service, level);
  }));
}

Comparison diff(const Network& before, const Network& after,
                const RuleSet& rules, const std::vector<std::string>& levels,
                std::string today) {
  DiffOptions options;
  options.today = std::move(today);
  options.levels.clear();
  for (const std::string& level : levels) {
    options.levels.push_back(level_of(level));
  }
  return unwrap(interruptible([before, after, rules, options] {
    return before.diff(after, rules, options);
  }));
}

void bind_network(py::module_& module) {
  py::class_<Network>(module, "Network")
      .def(py::init([](const Topology& topology) {
             return interruptible([topology] { return Network{topology}; });
           }),
           py::arg("topology"))
      .def_property_readonly("topology", &Network::topology)
      .def("check", &check_rules, py::arg("rules"), py::kw_only(),
           py::arg("today") = "", py::arg("plan_only") = false,
           py::arg("no_ignore") = false, py::arg("jobs") = 0,
           py::arg("budget") = 0.0)
      .def("trace", &trace_flow, py::arg("flow"), py::arg("at") = "")
      .def("trace_lines", &traced_lines, py::arg("lines"), py::kw_only(),
           py::arg("first_line") = 1, py::arg("json") = true,
           py::arg("colour") = false, py::arg("source_root") = "")
      .def(
          "reach",
          [](const Network& network, std::string from, std::string to,
             std::string service, const std::string& level, bool why,
             std::optional<RuleSet> zones) {
            return reach(network, std::move(from), std::move(to),
                         {{std::move(service), level_of(level), why, nullptr},
                          std::move(zones)});
          },
          py::arg("from_"), py::arg("to"), py::kw_only(),
          py::arg("service") = "any", py::arg("level") = "packet",
          py::arg("why") = false, py::arg("zones") = py::none())
      .def("matrix", &matrix, py::kw_only(), py::arg("by") = "",
           py::arg("service") = "any", py::arg("level") = "packet")
      .def("diff", &diff, py::arg("after"), py::arg("rules"), py::kw_only(),
           py::arg("levels") = std::vector<std::string>{"packet", "connection"},
           py::arg("today") = "")
      .def(
          "equivalent",
          [](const Network& network, const Network& other) {
            return interruptible(
                [network, other] { return network.equivalent(other); });
          },
          py::arg("other"))
      .def("overlaps", [](const Network& network) {
        return interruptible(
            [network] { return OverlapsAnswer{network.overlaps()}; });
      });
}

}  // namespace

void bind_check(py::module_& module) {
  bind_answers(module);
  bind_reach(module);
  bind_diff(module);
  bind_answer<OverlapsAnswer>(module, "OverlapsAnswer");
  bind_network(module);
  module.def(
      "diagnostics_text",
      [](const Diagnostics& diagnostics, bool colour, std::string root) {
        TextOptions options;
        options.colour = colour;
        options.source_root = std::move(root);
        return to_text(diagnostics, options);
      },
      py::arg("diagnostics"), py::arg("colour") = false,
      py::arg("source_root") = "");
  module.def("explain", &explain, py::arg("id"));
  module.def("explained_ids", &explained_ids);
}

}  // namespace netproof::python
