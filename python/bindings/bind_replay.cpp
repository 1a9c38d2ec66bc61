#include <pybind11/pybind11.h>

#include <string_view>

#include "bind.hpp"
#include "bind_answer.hpp"
#include "errors.hpp"
#include "netproof/replay.hpp"

namespace netproof::python {

void bind_replay(py::module_& module) {
  bind_answer<ReplayReport>(module, "ReplayAnswer")
      .def("exit_code",
           [](const ReplayReport& report) { return exit_code(report); });
  py::class_<Replay>(module, "Replay",
                     "Flow logs held against a network, block by block.")
      .def(py::init<const Topology&>(), py::arg("topology"))
      .def("open", &Replay::open, py::arg("file"))
      .def(
          "feed",
          [](Replay& replay, const py::bytes& lines) {
            const std::string_view text(lines);
            const Diagnostics wrong = [&] {
              const py::gil_scoped_release released;
              return replay.feed(text);
            }();
            if (!wrong.empty()) raise(wrong);
          },
          py::arg("lines"))
      .def("report", &Replay::report);
}

}  // namespace netproof::python
