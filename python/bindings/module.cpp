#include "bind.hpp"
#include "errors.hpp"

namespace {

// What netproof/__init__.py makes public is called by its public name: in
// tracebacks, in pickles, in the documentation.
void make_public(pybind11::module_& module) {
  for (const char* name :
       {"Diagnostic", "Flow", "Location", "PacketSet", "Prefix", "RuleSet"}) {
    module.attr(name).attr("__module__") = "netproof";
  }
}

}  // namespace

// The table of contents of netproof._core: one call per layer, lowest first.
PYBIND11_MODULE(_core, module, pybind11::mod_gil_not_used()) {
  module.doc() = "The core of netproof. Import netproof, not this.";
  module.attr("__version__") = NETPROOF_VERSION;
  netproof::python::translate_contract_violations();
  netproof::python::bind_base(module);
  netproof::python::bind_net(module);
  netproof::python::bind_packet_set(module);
  netproof::python::bind_model(module);
  netproof::python::bind_check(module);
  netproof::python::bind_replay(module);
  make_public(module);
}
