#include <pybind11/pybind11.h>

#include <string>

#include "bind.hpp"
#include "errors.hpp"
#include "netproof/replay.hpp"

namespace py = pybind11;

namespace netproof::python {

void bind_replay(py::module_& module) {
  py::class_<ReplayReport>(module, "ReplayAnswer")
      .def(
          "to_json",
          [](const ReplayReport& report, int indent) {
            return to_json(report, indent);
          },
          py::arg("indent") = 2)
      .def(
          "to_text",
          [](const ReplayReport& report, bool colour, bool verbose,
             std::string root) {
            return to_text(report, {colour, verbose, std::move(root)});
          },
          py::kw_only(), py::arg("colour") = false, py::arg("verbose") = false,
          py::arg("source_root") = "")
      .def("exit_code",
           [](const ReplayReport& report) { return exit_code(report); });
  py::class_<Replay>(module, "Replay",
                     "Flow logs held against a network, block by block.")
      .def(py::init<const Topology&>(), py::arg("topology"))
      .def("open", &Replay::open, py::arg("file"))
      .def(
          "feed",
          [](Replay& replay, const py::bytes& lines) {
            const Diagnostics wrong = replay.feed(std::string_view(lines));
            if (!wrong.empty()) raise(wrong);
          },
          py::arg("lines"))
      .def("report", &Replay::report);
}

}  // namespace netproof::python
