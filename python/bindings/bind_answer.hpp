#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <utility>

#include "netproof/report/write.hpp"

namespace netproof::python {

namespace py = pybind11;

using Release = py::call_guard<py::gil_scoped_release>;

/// What every answer can do: be written.
template <class Answer>
py::class_<Answer> bind_answer(py::module_& module, const char* name) {
  return py::class_<Answer>(module, name)
      .def(
          "to_json",
          [](const Answer& answer, int indent) {
            return to_json(answer, indent);
          },
          py::arg("indent") = 2, Release())
      .def(
          "to_text",
          [](const Answer& answer, bool colour, bool verbose,
             std::string source_root) {
            return to_text(
                answer, TextOptions{colour, verbose, std::move(source_root)});
          },
          py::kw_only(), py::arg("colour") = false, py::arg("verbose") = false,
          py::arg("source_root") = "", Release());
}

}  // namespace netproof::python
