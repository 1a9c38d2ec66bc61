#pragma once

#include <pybind11/pybind11.h>

namespace netproof::python {

void bind_base(pybind11::module_& module);
void bind_net(pybind11::module_& module);
void bind_packet_set(pybind11::module_& module);
void bind_model(pybind11::module_& module);
void bind_check(pybind11::module_& module);
void bind_replay(pybind11::module_& module);

}  // namespace netproof::python
