// Broken documents end in errors or a topology, never in a crash: every prefix
// of a document, and copies with bytes changed by a seeded generator.
#include <random>

#include "reading.hpp"

namespace netproof {
namespace {

const char* const kDocument = R"(version: 1
name: 'a "net'
files: []
accounts: [{name: a, id: "111122223333", labels: {部門: 製造}}]
vpcs:
  - name: v
    account: a
    cidrs: [10.0.0.0/16, unknown, "2001:db8::/56"]
    security_groups: [g, {name: g, ingress: [{service: [tcp/1-2, icmp/8/0], sources: "sg:g"}]}]
    subnets: [{name: s, cidr: 10.0.0.0/24, interfaces: [{name: i, address: 10.0.0.9}]}]
    route_tables: [{name: r, routes: [{destination: 0.0.0.0/0, target: ["tgw:t", unknown]}]}]
    transit_gateway_attachments: [{name: v, transit_gateway: t}]
transit_gateways:
  - name: t
    route_tables: [{name: tr, associations: [{select: {account: [a]}}], routes: [{destination: 10.0.0.0/8, blackhole: true}]}]
sites: [{name: x, prefixes: [172.16.0.0/12]}]
firewalls: [{name: f, zones: [{name: in, neighbours: "site:x"}], rules: [{service: any, action: deny}]}]
description: |
  text
)";

const char* const kRules =
    R"(zones: {a: {select: {x: [y]}, minus: [b]}, b: {zones: [internet]}}
services: {w: [tcp/443]}
rules:
  - {id: r, deny: {from: a, to: 10.0.0.0/8, service: w}, except: [{from: b}]}
  - {id: s, isolate: {zone: a, from: [everyone, members]}, severity: note}
  - {id: t, no_overlap: {of: [vpcs], within: anywhere}}
exceptions: [{rule: r, subject: "vpc:v", reason: x, expires: 2027-03-31}]
)";

void read_all(const std::string& text) {
  for (const bool keep_going : {false, true}) {
    for (const char* file : {"a.yaml", "a.json", "a.csv"}) {
      (void)read_topology_text(text, file, {keep_going, ""});
    }
  }
  (void)read_rules_text(text, "a.yaml");
}

std::string mutated(const std::string& document, std::mt19937& random) {
  static const std::string bytes = "{}[]:,-#&*!|>'\"%@`?<~ \n\t09a/.\xe3\x00";
  std::string text = document;
  const auto edits = 1 + random() % 4;
  for (unsigned i = 0; i < edits; ++i) {
    const auto at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text.erase(at, 1 + random() % 8);
        break;
      case 1:
        text.insert(at, 1, bytes[random() % bytes.size()]);
        break;
      case 2:
        text[at] = bytes[random() % bytes.size()];
        break;
      default:
        text.insert(at, text.substr(random() % text.size(), random() % 30));
    }
    if (text.empty()) text = " ";
  }
  return text;
}

TEST(Mutations, TheDocumentsThemselvesLoad) {
  parts_of(kDocument);
  rules_of(kRules);
}

TEST(Mutations, EveryPrefixIsRead) {
  for (const std::string document : {kDocument, kRules}) {
    for (std::size_t n = 0; n < document.size(); n += 3) {
      read_all(document.substr(0, n));
    }
  }
}

TEST(Mutations, ChangedDocumentsAreRead) {
  std::mt19937 random{20260101};
  for (int i = 0; i < 300; ++i) {
    read_all(mutated(kDocument, random));
    read_all(mutated(kRules, random));
  }
}

}  // namespace
}  // namespace netproof
