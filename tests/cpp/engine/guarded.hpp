// Firewalls of AWS, written as topologies are: what the engine says of one
// packet, and the evaluator has to say as well.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "both.hpp"
#include "netproof/io/read_topology.hpp"
#include "netproof/reference/evaluator.hpp"
#include "support/network.hpp"

namespace netproof {

using testing::tcp;
using testing::udp;

/// Subnets `a` and `b` that reach each other by way of an endpoint.
inline const std::string kGuarded = R"(
vpcs:
  - name: v
    cidrs: 10.0.0.0/16
    security_groups: [open]
    subnets:
      - {name: a, zone: z1, cidr: 10.0.1.0/24, route_table: a}
      - {name: b, zone: z1, cidr: 10.0.2.0/24, route_table: b}
      - {name: fw, zone: z1, cidr: 10.0.9.0/24}
    route_tables:
      - name: a
        routes: [{destination: 10.0.2.0/24, target: "endpoint:fw"}]
      - name: b
        routes: [{destination: 10.0.1.0/24, target: "endpoint:fw"}]
    endpoints: [{name: fw, kind: inspection, subnet: fw, firewall: f}]
security_groups:
  - name: open
    vpc: v
    ingress: [{service: any, sources: 0.0.0.0/0}]
network_firewalls: [{name: f, vpc: v, firewall_policy: p}]
)";

inline std::string with(const std::string& rest) { return kGuarded + rest; }

struct Said {
  std::string forward;
  std::string connection;
};

/// The fate of a packet from subnet `a`: "delivered", "FIREWALL_DENY at ...",
/// "unknown". The bounds of the engine have to be those of the evaluator.
inline Said said(const std::string& text, const Flow& flow,
                 const std::string& from = "subnet:a") {
  const auto read = read_topology_text(text, "net.yaml");
  if (!read) {
    std::string errors;
    for (const Diagnostic& one : read.error()) errors += to_string(one) + "\n";
    ADD_FAILURE() << errors;
    return {};
  }
  const Topology topology = read.value();
  const Place at = testing::place(topology, from);
  const Evaluator evaluator{topology};
  for (const Level level : {Level::kPacket, Level::kConnection}) {
    testing::judge(topology, at, flow, level);
  }
  const Trace trace = evaluator.trace(at, flow, false);
  Said result{std::string{to_string(trace.forward.fate)},
              std::string{to_string(trace.connection)}};
  const auto text_of = [](const Drop& drop) {
    return std::string{to_string(drop.code)} + " at " + drop.at;
  };
  if (trace.forward.fate == Fate::kDropped) {
    result.forward = text_of(trace.forward.drop.value());
  }
  if (trace.connection == ConnectionFate::kBlocked) {
    result.connection = trace.connection_direction + " " +
                        text_of(trace.connection_drop.value());
  }
  return result;
}

inline const Flow kSsh = tcp("10.0.1.5", "10.0.2.5", 22);
inline const Flow kWeb = tcp("10.0.1.5", "10.0.2.5", 443);
inline const std::string kDenied = "FIREWALL_DENY at endpoint:fw";

/// A policy of one stateful group.
inline std::string stateful(const std::string& options,
                            const std::string& rules) {
  std::string text =
      "firewall_policies:\n  - name: p\n"
      "    stateful_rule_groups: [{name: g, priority: 1}]\n" +
      options +
      "firewall_rule_groups:\n  - name: g\n"
      "    type: STATEFUL\n    rules_string: |\n";
  std::string line;
  for (const char c : rules + "\n") {
    line += c;
    if (c != '\n') continue;
    text += "      " + line;
    line.clear();
  }
  return with(text);
}

inline const std::string kStrict =
    "    stateful_engine_options: {rule_order: STRICT_ORDER}\n";
inline const std::string kDropAll =
    kStrict + "    stateful_default_actions: \"aws:drop_strict\"\n";
inline const std::string kDropEstablished =
    kStrict + "    stateful_default_actions: \"aws:drop_established\"\n";

}  // namespace netproof
