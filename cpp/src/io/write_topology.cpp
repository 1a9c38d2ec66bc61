#include "netproof/io/write_topology.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "io/write_parts.hpp"
#include "netproof/base/contract.hpp"

namespace netproof {
namespace {

using io::YamlTree;

YamlTree account(const Account& account) {
  YamlTree tree = io::written_object(account);
  if (account.account == account.name) tree.erase("account");
  io::put_text(tree, "id", account.id);
  io::put_text(tree, "ou", account.organisational_unit);
  return tree;
}

YamlTree assumption(const Assumption& assumption) {
  YamlTree tree = YamlTree::object();
  tree["id"] = assumption.id;
  tree["subject"] = assumption.subject;
  tree["value"] = assumption.value;
  tree["why"] = assumption.why;
  io::put_text(tree, "confirmed_by", assumption.confirmed_by);
  return tree;
}

YamlTree labels(const LabelChoice& choice) {
  YamlTree tree = YamlTree::object();
  for (const auto& [key, values] : choice) tree[key] = io::written(values);
  return tree;
}

YamlTree block(const AddressBlock& block) {
  YamlTree tree = io::written_object(block);
  tree["cidr"] = io::written(block.cidr);
  tree["holds"] = labels(block.holds);
  if (block.allocation) tree["allocation"] = *block.allocation;
  return tree;
}

YamlTree record(const DnsRecord& record) {
  YamlTree tree = io::written_object(record);
  tree["addresses"] = io::written(record.addresses);
  return tree;
}

YamlTree claim(const Claim& claim) {
  YamlTree tree = YamlTree::object();
  tree["says"] = claim.says;
  if (!claim.prefixes.empty()) {
    tree["prefixes"] = io::written(claim.prefixes);
    tree["cover"] = labels(claim.select);
    io::put_flag(tree, "only", claim.only);
  } else if (!claim.subnet.name.empty()) {
    tree["subnet"] = io::written(claim.subnet);
    tree["usable"] = claim.count.value_or(0);
  } else {
    tree["of"] = claim.of;
    if (!claim.select.empty()) tree["select"] = labels(claim.select);
    tree["count"] = claim.count.value_or(0);
  }
  return tree;
}

void write_expectations(YamlTree& file, const TopologyParts& parts) {
  for (const Expectation& one : parts.expectations) {
    file["expect"][one.what] = one.count;
  }
  if (!parts.claims.empty()) {
    file["expect"]["claims"] = io::written_list(parts.claims, claim);
  }
}

// The tables that stand in the first file.
void write_plan(YamlTree& file, const TopologyParts& parts) {
  io::put_table(file, "assume", parts.assumptions, assumption);
  write_expectations(file, parts);
  io::put_table(file, "accounts", parts.accounts, account);
  io::put_table(file, "address_blocks", parts.address_blocks, block);
  io::put_table(file, "dns_records", parts.dns_records, record);
}

struct Subject {
  const char* file;
  void (*write)(YamlTree& file, const TopologyParts& parts);
};

constexpr std::array kSubjects{
    Subject{"vpcs.yaml", io::write_vpcs},
    Subject{"routing.yaml", io::write_routing},
    Subject{"filters.yaml", io::write_filters},
    Subject{"transit.yaml", io::write_transit},
    Subject{"sites.yaml", io::write_sites},
    Subject{"segments.yaml", io::write_segments},
    Subject{"clusters.yaml", io::write_clusters},
    Subject{"buckets.yaml", io::write_buckets},
    Subject{"network-firewalls.yaml", io::write_network_firewalls},
};

bool hides_public_addresses(const TopologyParts& parts) {
  return std::ranges::any_of(parts.gaps, [](const Diagnostic& gap) {
    return gap.code == "public-addresses-are-known";
  });
}

}  // namespace

std::vector<TopologyFile> write_topology(const Topology& topology) {
  const TopologyParts& parts = topology.parts();
  expects(parts.left_out.empty(), "a network is written whole");
  std::vector<TopologyFile> files(1);
  YamlTree first = YamlTree::object();
  first["version"] = 1;
  io::put_text(first, "name", parts.name);
  io::put_text(first, "description", parts.description);
  io::put_flag(first, "snapshot", parts.snapshot);
  if (hides_public_addresses(parts)) first["public_addresses"] = "unknown";
  for (const Subject& subject : kSubjects) {
    YamlTree file = YamlTree::object();
    subject.write(file, parts);
    if (file.empty()) continue;
    first["files"].push_back(subject.file);
    files.push_back({subject.file, io::yaml_text(file)});
  }
  write_plan(first, parts);
  files.front() = {"topology.yaml", io::yaml_text(first)};
  return files;
}

}  // namespace netproof
