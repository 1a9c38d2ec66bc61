#include "errors.hpp"

#include <pybind11/pybind11.h>

#include <exception>

#include "netproof/base/contract.hpp"

namespace py = pybind11;

namespace netproof::python {

namespace {

// The classes are Python's; looked up only when something has gone wrong.
py::object exception_class(const char* name) {
  return py::module_::import("netproof.errors").attr(name);
}

void set_error(const py::object& type, const py::object& value) {
  PyErr_SetObject(type.ptr(), value.ptr());
}

}  // namespace

void raise(const ParseError& error) {
  const py::object type = exception_class("ParseError");
  set_error(type, type(error.what, error.fragment));
  throw py::error_already_set();
}

void raise(const Diagnostics& diagnostics) {
  py::tuple all{diagnostics.size()};
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    all[i] = py::cast(diagnostics[i]);
  }
  const py::object type = exception_class("InputError");
  set_error(type, type(all));
  throw py::error_already_set();
}

void translate_contract_violations() {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const ContractViolation& violation) {
      const py::object type = exception_class("InternalError");
      set_error(type, type(violation.what()));
    }
  });
}

}  // namespace netproof::python
