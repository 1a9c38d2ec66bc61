#include <fmt/format.h>
#include <pybind11/operators.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "bind.hpp"
#include "errors.hpp"
#include "netproof/net/packet_set.hpp"
#include "netproof/net/service.hpp"

namespace py = pybind11;

namespace netproof::python {

namespace {

constexpr std::size_t kEveryBox = std::numeric_limits<std::size_t>::max();

// A box as Python values: the prefixes of both ends, and the transport as
// (protocol, sport first, last, dport first, last) each.
using RangeState = std::tuple<int, int, int, int, int>;
using BoxState = std::tuple<std::vector<std::string>, std::vector<std::string>,
                            std::vector<RangeState>>;

IpSet addresses_of(const std::vector<std::string>& texts) {
  IpSet result;
  for (const std::string& text : texts) {
    if (text == "any") return IpSet::all();
    result |= text.find('/') == std::string::npos
                  ? IpSet::of(unwrap(IpAddress::parse(text)))
                  : IpSet::of(unwrap(IpPrefix::parse(text)));
  }
  return result;
}

template <class Number>
Number number_of(int value) {
  constexpr int kHighest = std::numeric_limits<Number>::max();
  if (value < 0 || value > kHighest) {
    raise(ParseError{fmt::format("the number is 0 to {}", kHighest),
                     std::to_string(value)});
  }
  return static_cast<Number>(value);
}

TransportSet range_of(const RangeState& state) {
  const auto [protocol_value, a, b, c, d] = state;
  const auto protocol = number_of<std::uint8_t>(protocol_value);
  if (a > b || c > d) {
    raise(ParseError{"a range does not end before it starts",
                     fmt::format("{}-{}, {}-{}", a, b, c, d)});
  }
  if (has_ports(protocol)) {
    using Port = std::uint16_t;
    return TransportSet::ports(protocol, number_of<Port>(a), number_of<Port>(b),
                               number_of<Port>(c), number_of<Port>(d));
  }
  if (is_icmp(protocol)) {
    using Byte = std::uint8_t;
    return TransportSet::icmp(protocol, number_of<Byte>(a), number_of<Byte>(b),
                              number_of<Byte>(c), number_of<Byte>(d));
  }
  return TransportSet::protocol(protocol);
}

PacketSet from_boxes(const std::vector<BoxState>& states) {
  std::vector<PacketSet> sets;
  for (const auto& [src, dst, ranges] : states) {
    std::vector<TransportSet> transports;
    for (const RangeState& range : ranges) {
      transports.push_back(range_of(range));
    }
    sets.push_back(
        PacketSet::box(addresses_of(src), addresses_of(dst),
                       TransportSet::union_of(std::move(transports))));
  }
  return PacketSet::union_of(std::move(sets));
}

std::vector<std::string> prefix_texts(const IpSet& addresses) {
  std::vector<std::string> texts;
  for (const IpPrefix prefix : addresses.prefixes()) {
    texts.push_back(to_string(prefix));
  }
  return texts;
}

BoxState state_of(const Box& box) {
  std::vector<RangeState> ranges;
  for (const TransportRange& r : box.transport.ranges()) {
    ranges.emplace_back(r.protocol, r.sport_first, r.sport_last, r.dport_first,
                        r.dport_last);
  }
  return {prefix_texts(box.src), prefix_texts(box.dst), std::move(ranges)};
}

std::vector<BoxState> boxes_of(const PacketSet& set) {
  std::vector<BoxState> states;
  for (const Box& box : set.boxes(kEveryBox).boxes) {
    states.push_back(state_of(box));
  }
  return states;
}

std::string representation(const PacketSet& set) {
  if (set.empty()) return "PacketSet.none()";
  if (set == PacketSet::all()) return "PacketSet.all()";
  const std::string boxes = py::repr(py::cast(boxes_of(set)));
  return fmt::format("PacketSet.from_boxes({})", boxes);
}

PacketSet make_set(const std::vector<std::string>& src,
                   const std::vector<std::string>& dst,
                   const std::vector<std::string>& service) {
  return PacketSet::box(addresses_of(src), addresses_of(dst),
                        unwrap(parse_services(service)));
}

// One text or Prefix, or several. A str is a sequence of str as well; here it
// is one text.
std::vector<std::string> texts_of(const py::object& value) {
  if (py::isinstance<py::str>(value) || py::isinstance<IpPrefix>(value)) {
    return {py::str(value)};
  }
  std::vector<std::string> texts;
  for (const py::handle item : value) texts.push_back(py::str(item));
  return texts;
}

py::int_ size_of(const PacketSet& set) {
  const std::string digits = to_string(set.size());
  return py::int_(py::str(digits));
}

using Set = py::class_<PacketSet>;

void bind_construction(Set& set) {
  set.def(py::init([](const py::object& src, const py::object& dst,
                      const py::object& service) {
            return make_set(texts_of(src), texts_of(dst), texts_of(service));
          }),
          py::arg("src") = "any", py::arg("dst") = "any",
          py::arg("service") = "any")
      .def_static("none", &PacketSet::none)
      .def_static("all", py::overload_cast<>(&PacketSet::all))
      .def_static("of", &PacketSet::of, py::arg("flow"))
      .def_static("from_boxes", &from_boxes, py::arg("boxes"));
}

void bind_algebra(Set& set) {
  using Release = py::call_guard<py::gil_scoped_release>;
  set.def(py::self | py::self, Release())
      .def(py::self & py::self, Release())
      .def(py::self - py::self, Release())
      .def(py::self == py::self)
      .def("__invert__", &PacketSet::complement, Release())
      .def("complement", &PacketSet::complement, Release())
      .def("lies_inside", &PacketSet::lies_inside, py::arg("other"), Release())
      .def("disjoint_from", &PacketSet::disjoint_from, py::arg("other"),
           Release())
      .def("__le__", &PacketSet::lies_inside, Release())
      .def("__contains__", &PacketSet::contains)
      .def("__bool__", [](const PacketSet& s) { return !s.empty(); })
      .def("__hash__",
           [](const PacketSet& s) { return std::hash<PacketSet>{}(s); });
}

void bind_queries(Set& set) {
  set.def_property_readonly("empty", &PacketSet::empty)
      .def_property_readonly("size", &size_of)
      .def("sample", &PacketSet::sample)
      .def("boxes", &boxes_of)
      .def_property_readonly(
          "src",
          [](const PacketSet& s) { return prefix_texts(s.src_addresses()); })
      .def_property_readonly(
          "dst",
          [](const PacketSet& s) { return prefix_texts(s.dst_addresses()); })
      .def_property_readonly(
          "service",
          [](const PacketSet& s) { return to_string(s.transport_set()); })
      .def(
          "describe",
          [](const PacketSet& s, std::size_t limit) {
            return to_string(s, limit);
          },
          py::arg("limit") = 5)
      .def("__str__", [](const PacketSet& s) { return to_string(s); })
      .def("__repr__", &representation)
      .def(py::pickle(
          [](const PacketSet& s) { return py::make_tuple(boxes_of(s)); },
          [](const py::tuple& state) {
            return from_boxes(state[0].cast<std::vector<BoxState>>());
          }));
}

}  // namespace

void bind_packet_set(py::module_& module) {
  Set set{module, "PacketSet",
          "An exact set of flows: every flow from src to dst with the service. "
          "Sets are joined with |, cut with & and -, and compare by meaning."};
  bind_construction(set);
  bind_algebra(set);
  bind_queries(set);
}

}  // namespace netproof::python
