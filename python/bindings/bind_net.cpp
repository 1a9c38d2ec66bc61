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

std::uint8_t protocol_of(const std::variant<int, std::string>& protocol) {
  const std::string text = std::holds_alternative<int>(protocol)
                               ? std::to_string(std::get<int>(protocol))
                               : std::get<std::string>(protocol);
  const auto number = protocol_number(text);
  if (!number) {
    raise(ParseError{"a protocol is a name such as tcp or a number 0 to 255",
                     text});
  }
  return *number;
}

std::uint16_t port_of(int value, std::uint8_t protocol) {
  const int highest = highest_port(protocol);
  if (value < 0 || value > highest) {
    raise(ParseError{fmt::format("a {} of {} is 0 to {}",
                                 is_icmp(protocol) ? "type or code" : "port",
                                 protocol_name(protocol), highest),
                     std::to_string(value)});
  }
  return static_cast<std::uint16_t>(value);
}

using OptionalInt = std::optional<int>;

void refuse_both(const OptionalInt& first, const OptionalInt& second,
                 std::uint8_t protocol) {
  if (!first && !second) return;
  raise(
      ParseError{"sport and dport go with tcp, udp and sctp, type and code "
                 "with icmp and icmpv6",
                 protocol_name(protocol)});
}

// The two numbers of a header, with the defaults of the command line.
void set_ports(Flow& flow, OptionalInt sport, OptionalInt dport,
               OptionalInt type, OptionalInt code) {
  if (has_ports(flow.protocol)) {
    refuse_both(type, code, flow.protocol);
    if (!dport) {
      raise(ParseError{"a flow of tcp, udp or sctp has a dport", ""});
    }
    flow.sport = port_of(sport.value_or(kWitnessClientPort), flow.protocol);
    flow.dport = port_of(*dport, flow.protocol);
    return;
  }
  refuse_both(sport, dport, flow.protocol);
  if (!is_icmp(flow.protocol)) return refuse_both(type, code, flow.protocol);
  const int echo =
      flow.protocol == kIcmp ? kIcmpEchoRequest : kIcmpv6EchoRequest;
  flow.sport = port_of(type.value_or(echo), flow.protocol);
  flow.dport = port_of(code.value_or(0), flow.protocol);
}

Flow make_flow(std::string_view src, std::string_view dst,
               const std::variant<int, std::string>& protocol,
               OptionalInt sport, OptionalInt dport, OptionalInt type,
               OptionalInt code) {
  Flow flow{.src = address_of(src),
            .dst = address_of(dst),
            .protocol = protocol_of(protocol)};
  set_ports(flow, sport, dport, type, code);
  if (!well_formed(flow)) {
    raise(ParseError{"both ends of a flow are of one family",
                     fmt::format("{} -> {}", src, dst)});
  }
  return flow;
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
      .def(py::init(&make_flow), py::arg("src"), py::arg("dst"),
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
