#include <fmt/format.h>
#include <pybind11/operators.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "bind.hpp"
#include "errors.hpp"
#include "netproof/net/flow.hpp"
#include "netproof/net/ip_prefix.hpp"
#include "netproof/net/make_flow.hpp"

namespace py = pybind11;

namespace netproof::python {

namespace {

IpPrefix prefix_of(std::string_view text) {
  return unwrap(IpPrefix::parse(text));
}

IpAddress address_of(std::string_view text) {
  return unwrap(IpAddress::parse(text));
}

// An address or a prefix inside the prefix.
bool holds(const IpPrefix& prefix, std::string_view text) {
  return text.find('/') == std::string_view::npos
             ? prefix.contains(address_of(text))
             : prefix.contains(prefix_of(text));
}

void bind_prefix(py::module_& module) {
  py::class_<IpPrefix>(
      module, "Prefix",
      "A block of addresses without host bits: Prefix('10.0.0.0/8').")
      .def(py::init(&prefix_of), py::arg("text"))
      .def_property_readonly(
          "first", [](const IpPrefix& p) { return to_string(p.first()); })
      .def_property_readonly(
          "last", [](const IpPrefix& p) { return to_string(p.last()); })
      .def_property_readonly("length", &IpPrefix::length)
      .def_property_readonly(
          "family",
          [](const IpPrefix& p) { return p.family() == Family::kV4 ? 4 : 6; })
      .def("contains",
           py::overload_cast<IpPrefix>(&IpPrefix::contains, py::const_),
           py::arg("other"))
      .def("contains", &holds, py::arg("other"))
      .def("overlaps", &IpPrefix::overlaps, py::arg("other"))
      .def("__contains__",
           py::overload_cast<IpPrefix>(&IpPrefix::contains, py::const_))
      .def("__contains__", &holds)
      .def(py::self == py::self)
      .def(py::self < py::self)
      .def(py::self <= py::self)
      .def(py::self > py::self)
      .def(py::self >= py::self)
      .def("__hash__",
           [](const IpPrefix& p) { return std::hash<IpPrefix>{}(p); })
      .def("__str__", [](const IpPrefix& p) { return to_string(p); })
      .def("__repr__",
           [](const IpPrefix& p) {
             return fmt::format("Prefix('{}')", to_string(p));
           })
      .def("__reduce__", [](const py::object& self) {
        return py::make_tuple(
            py::type::of(self),
            py::make_tuple(to_string(self.cast<const IpPrefix&>())));
      });
}

using OptionalInt = std::optional<std::int64_t>;

Flow flow_of(std::string_view src, std::string_view dst,
             const std::variant<std::int64_t, std::string>& protocol,
             OptionalInt sport, OptionalInt dport, OptionalInt type,
             OptionalInt code) {
  const std::string name =
      std::holds_alternative<std::string>(protocol)
          ? std::get<std::string>(protocol)
          : std::to_string(std::get<std::int64_t>(protocol));
  return unwrap(make_flow({src, dst, name, sport, dport, type, code}));
}

std::string flow_representation(const Flow& flow) {
  std::string text =
      fmt::format("Flow(src='{}', dst='{}', protocol='{}'", to_string(flow.src),
                  to_string(flow.dst), protocol_name(flow.protocol));
  if (has_ports(flow.protocol)) {
    text += fmt::format(", sport={}, dport={}", flow.sport, flow.dport);
  } else if (is_icmp(flow.protocol)) {
    text += fmt::format(", type={}, code={}", flow.sport, flow.dport);
  }
  return text + ")";
}

// The ports, or the type and code, where the protocol has them.
template <class Member>
auto where(bool (*has)(std::uint8_t), Member member) {
  return [has, member](const Flow& flow) {
    return has(flow.protocol) ? OptionalInt{flow.*member} : std::nullopt;
  };
}

py::tuple flow_state(const Flow& f) {
  const auto ports =
      where([](std::uint8_t p) { return has_ports(p); }, &Flow::sport)(f);
  const bool types = is_icmp(f.protocol);
  return py::make_tuple(to_string(f.src), to_string(f.dst),
                        protocol_name(f.protocol), ports,
                        ports ? OptionalInt{f.dport} : std::nullopt,
                        types ? OptionalInt{f.sport} : std::nullopt,
                        types ? OptionalInt{f.dport} : std::nullopt);
}

void bind_flow(py::module_& module) {
  const auto ports = [](std::uint8_t p) { return has_ports(p); };
  const auto types = [](std::uint8_t p) { return is_icmp(p); };
  py::class_<Flow>(module, "Flow",
                   "One concrete packet header. Ports go with tcp, udp and "
                   "sctp, type and code with icmp and icmpv6.")
      .def(py::init(&flow_of), py::arg("src"), py::arg("dst"),
           py::arg("protocol") = "tcp", py::arg("sport") = py::none(),
           py::arg("dport") = py::none(), py::arg("type") = py::none(),
           py::arg("code") = py::none())
      .def_property_readonly("src",
                             [](const Flow& f) { return to_string(f.src); })
      .def_property_readonly("dst",
                             [](const Flow& f) { return to_string(f.dst); })
      .def_property_readonly(
          "protocol", [](const Flow& f) { return protocol_name(f.protocol); })
      .def_property_readonly("sport", where(ports, &Flow::sport))
      .def_property_readonly("dport", where(ports, &Flow::dport))
      .def_property_readonly("type", where(types, &Flow::sport))
      .def_property_readonly("code", where(types, &Flow::dport))
      .def(py::self == py::self)
      .def(py::self < py::self)
      .def("__hash__", [](const Flow& f) { return std::hash<Flow>{}(f); })
      .def("__str__", [](const Flow& f) { return to_string(f); })
      .def("__repr__", &flow_representation)
      .def("__reduce__", [](const py::object& self) {
        return py::make_tuple(py::type::of(self),
                              flow_state(self.cast<const Flow&>()));
      });
}

}  // namespace

void bind_net(py::module_& module) {
  bind_prefix(module);
  bind_flow(module);
}

}  // namespace netproof::python
