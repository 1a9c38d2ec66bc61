#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <utility>
#include <vector>

#include "bind.hpp"
#include "errors.hpp"
#include "interruptible.hpp"
#include "netproof/io/read_rules.hpp"
#include "netproof/io/read_topology.hpp"
#include "netproof/io/write_topology.hpp"
#include "netproof/model/merge_rules.hpp"

namespace py = pybind11;

namespace netproof::python {

namespace {

// How many objects of each kind are listed, by the names of the format.
py::dict counts_of(const Topology& topology) {
  py::dict counts;
  counts["accounts"] = topology->accounts.size();
  counts["vpcs"] = topology->vpcs.size();
  counts["subnets"] = topology->subnets.size();
  counts["interfaces"] = topology->interfaces.size();
  counts["route_tables"] = topology->route_tables.size();
  counts["transit_gateways"] = topology->transit_gateways.size();
  counts["sites"] = topology->sites.size();
  counts["segments"] = topology->segments.size();
  counts["hosts"] = topology->hosts.size();
  counts["firewalls"] = topology->firewalls.size();
  return counts;
}

Topology read(std::string path, bool keep_going, std::string input_format,
              std::string assume_missing) {
  ReadOptions options;
  options.keep_going = keep_going;
  options.input_format = std::move(input_format);
  options.assume_missing = std::move(assume_missing);
  return unwrap(
      interruptible([path, options] { return read_topology(path, options); }));
}

// The files of a topology: name and text. What was left out is an error again.
std::vector<std::pair<std::string, std::string>> files_of(
    const Topology& topology) {
  if (!topology->left_out.empty()) raise(topology->left_out);
  std::vector<std::pair<std::string, std::string>> files;
  for (TopologyFile& file : write_topology(topology)) {
    files.emplace_back(std::move(file.name), std::move(file.text));
  }
  return files;
}

// What is wrong with any of the files is one error.
RuleSet read_all_rules(const std::vector<std::string>& paths) {
  std::vector<RuleSet> sets;
  Diagnostics problems;
  for (const std::string& path : paths) {
    Result<RuleSet, Diagnostics> set =
        interruptible([path] { return read_rules(path); });
    if (set) {
      sets.push_back(std::move(set).value());
    } else {
      problems.insert(problems.end(), set.error().begin(), set.error().end());
    }
  }
  if (!problems.empty()) raise(problems);
  return unwrap(merge_rules(std::move(sets)));
}

std::vector<std::string> ids_of(const RuleSet& rules) {
  std::vector<std::string> ids;
  for (const RuleSpec& rule : rules.rules) ids.push_back(rule.id);
  return ids;
}

std::vector<std::string> zones_of(const RuleSet& rules) {
  std::vector<std::string> names;
  for (const auto& zone : rules.zones) names.push_back(zone.first);
  return names;
}

}  // namespace

void bind_model(py::module_& module) {
  py::class_<Topology>(module, "Topology")
      .def_property_readonly("name", [](const Topology& t) { return t->name; })
      .def_property_readonly("rule_files",
                             [](const Topology& t) { return t->rule_files; })
      .def_property_readonly("counts", &counts_of)
      .def_property_readonly("gaps",
                             [](const Topology& t) { return t->gaps.size(); })
      .def("files", &files_of);
  py::class_<RuleSet>(module, "RuleSet",
                      "Rules, zones and exceptions, as read from rule files.")
      .def(py::init<>())
      .def_property_readonly("ids", &ids_of)
      .def_property_readonly("zones", &zones_of)
      .def("__len__", [](const RuleSet& r) { return r.rules.size(); });
  module.def("read_topology", &read, py::arg("path"), py::kw_only(),
             py::arg("keep_going") = false, py::arg("input_format") = "",
             py::arg("assume_missing") = "");
  module.def("read_rules", &read_all_rules, py::arg("paths"));
  module.def("source_root", &source_root, py::arg("path"));
}

}  // namespace netproof::python
