#include <fmt/format.h>
#include <pybind11/operators.h>
#include <pybind11/pybind11.h>

#include <string>

#include "bind.hpp"
#include "netproof/base/diagnostic.hpp"
#include "netproof/base/location.hpp"

namespace py = pybind11;

namespace netproof::python {

namespace {

py::tuple state_of(const Location& where) {
  return py::make_tuple(where.file, where.line, where.column, where.end_line,
                        where.end_column);
}

py::tuple state_of(const Diagnostic& diagnostic) {
  return py::make_tuple(diagnostic.code, diagnostic.where, diagnostic.what,
                        diagnostic.fragment, diagnostic.help);
}

// Name(field=value, ...), with each value as Python writes it.
std::string representation(const char* name,
                           std::initializer_list<const char*> fields,
                           const py::tuple& state) {
  std::string text;
  std::size_t i = 0;
  for (const char* field : fields) {
    const std::string value = py::repr(state[i++]);
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", field, value);
  }
  return fmt::format("{}({})", name, text);
}

void bind_location(py::module_& module) {
  py::class_<Location>(
      module, "Location",
      "A place in a file; lines and columns count from 1, 0 is not known.")
      .def(py::init([](std::string file, int line, int column, int end_line,
                       int end_column) {
             return Location{std::move(file), line, column, end_line,
                             end_column};
           }),
           py::arg("file"), py::arg("line") = 0, py::arg("column") = 0,
           py::arg("end_line") = 0, py::arg("end_column") = 0)
      .def_readonly("file", &Location::file)
      .def_readonly("line", &Location::line)
      .def_readonly("column", &Location::column)
      .def_readonly("end_line", &Location::end_line)
      .def_readonly("end_column", &Location::end_column)
      .def(py::self == py::self)
      .def(py::self < py::self)
      .def("__hash__", [](const Location& l) { return py::hash(state_of(l)); })
      .def("__str__", [](const Location& l) { return to_string(l); })
      .def("__repr__",
           [](const Location& l) {
             return representation(
                 "Location",
                 {"file", "line", "column", "end_line", "end_column"},
                 state_of(l));
           })
      .def("__reduce__", [](const py::object& self) {
        return py::make_tuple(py::type::of(self),
                              state_of(self.cast<const Location&>()));
      });
}

void bind_diagnostic(py::module_& module) {
  py::class_<Diagnostic>(module, "Diagnostic",
                         "One thing wrong with the input: code, place, what a "
                         "good one is, what stands there, and a way out.")
      .def(py::init([](std::string code, Location where, std::string what,
                       std::string fragment, std::string help) {
             return Diagnostic{std::move(code), std::move(where),
                               std::move(what), std::move(fragment),
                               std::move(help)};
           }),
           py::arg("code"), py::arg("where"), py::arg("what"),
           py::arg("fragment") = "", py::arg("help") = "")
      .def_readonly("code", &Diagnostic::code)
      .def_readonly("where", &Diagnostic::where)
      .def_readonly("what", &Diagnostic::what)
      .def_readonly("fragment", &Diagnostic::fragment)
      .def_readonly("help", &Diagnostic::help)
      .def(py::self == py::self)
      .def("__hash__",
           [](const Diagnostic& d) { return py::hash(state_of(d)); })
      .def("__str__", [](const Diagnostic& d) { return to_string(d); })
      .def("__repr__",
           [](const Diagnostic& d) {
             return representation(
                 "Diagnostic", {"code", "where", "what", "fragment", "help"},
                 state_of(d));
           })
      .def("__reduce__", [](const py::object& self) {
        return py::make_tuple(py::type::of(self),
                              state_of(self.cast<const Diagnostic&>()));
      });
}

}  // namespace

void bind_base(py::module_& module) {
  bind_location(module);
  bind_diagnostic(module);
}

}  // namespace netproof::python
