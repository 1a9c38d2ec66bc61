#include "io/for_each_vpc.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>

namespace netproof::io {
namespace {

using Indexes = std::vector<std::size_t>;

std::string name_at(const std::string& name, const Vpc& vpc) {
  return fmt::format("{}@{}", name, vpc.name);
}

/// Objects that cannot be made, as one error: the first, and how many.
struct Clashes {
  std::string name;
  Location first;
  std::size_t count = 0;

  void add(std::string clashing, const Location& other) {
    if (++count > 1) return;
    name = std::move(clashing);
    first = other;
  }
  void report(Problems& problems, const char* code, const Location& where,
              std::string what) const {
    if (count == 0) return;
    std::string help = fmt::format("first at {}", to_string(first));
    if (count > 1) help += fmt::format("; {} more like this", count - 1);
    problems.add({code, where, std::move(what), name, help});
  }
};

/// What joins the VPCs beside the objects themselves.
class Joiner {
 public:
  explicit Joiner(Draft& draft) : draft_{draft} {}

  // A group or table without an id stands for one that nobody knows.
  void main_table(std::size_t vpc, Ref<RouteTable> table, bool sure,
                  Clashes& clashes) {
    auto& main = draft_.parts.vpcs[vpc].main_table;
    if (!main) {
      main = std::move(table);
    } else if (sure) {
      clashes.add(draft_.parts.vpcs[vpc].name, main->where);
    }
  }

  void carry(std::size_t vpc, const Ref<SecurityGroup>& group, bool sure) {
    auto& carried = carried_[draft_.parts.vpcs[vpc].name];
    if (sure) carried.items.push_back(group);
    carried.open = carried.open || !sure;
    if (!carried.where.known()) carried.where = group.where;
    auto& groups = draft_.parts.vpcs[vpc].security_groups;
    if (!groups) groups.emplace().where = group.where;
    if (sure) groups->items.push_back(group);
    groups->open = groups->open || !sure;
  }

  // Interfaces that name no groups carry what their VPC is given.
  void carry_at_interfaces() {
    if (carried_.empty()) return;
    std::unordered_map<std::string, const std::string*> vpc_of;
    for (const Subnet& subnet : draft_.parts.subnets) {
      vpc_of.emplace(subnet.name, &subnet.vpc.name);
    }
    for (Interface& interface : draft_.parts.interfaces) {
      if (interface.security_groups) continue;
      const auto vpc = vpc_of.find(interface.subnet.name);
      if (vpc == vpc_of.end()) continue;
      const auto at = carried_.find(*vpc->second);
      if (at != carried_.end()) interface.security_groups = at->second;
    }
  }

 private:
  Draft& draft_;
  std::unordered_map<std::string, OpenList<Ref<SecurityGroup>>> carried_;
};

class Maker {
 public:
  Maker(Draft& draft, const VpcIndex& vpcs)
      : draft_{draft}, vpcs_{vpcs}, joiner_{draft} {}

  void run() {
    TopologyParts& p = draft_.parts;
    make("security_groups", p.security_groups, draft_.groups);
    make("route_tables", p.route_tables, draft_.route_tables);
    make("network_acls", p.network_acls, draft_.acls);
    make("endpoints", p.endpoints, draft_.endpoints);
    joiner_.carry_at_interfaces();
  }

 private:
  template <class Kind, class Pending>
  void make(const char* kind, std::vector<Kind>& table,
            Unfinished<Kind, Pending>& unfinished) {
    for (const ForEachVpc<Kind>& declared : unfinished.declarations) {
      Clashes names;
      Clashes mains;
      const Indexes chosen = chosen_by(declared);
      for (const std::size_t vpc : chosen) {
        const bool made = !declared.lost &&
                          make_one(kind, table, declared.object, vpc, names);
        if (made && !unfinished.pending[declared.pending].empty()) {
          unfinished.objects.emplace_back(table.size() - 1, declared.pending);
        }
        if (!made) spoil(kind, declared.object, vpc);
        if (declared.joins) join(declared.object, vpc, made, mains);
      }
      for (const std::size_t vpc : vpcs_.uncertain()) {
        spoil(kind, declared.object, vpc);
        if (declared.joins) join(declared.object, vpc, false, mains);
      }
      const Location& where = declared.object.where;
      names.report(draft_.problems, "duplicate-name", where,
                   fmt::format("a name stands for one object of {}", kind));
      mains.report(draft_.problems, "main-route-table", where,
                   "a VPC has one main route table");
    }
  }

  template <class Kind>
  Indexes chosen_by(const ForEachVpc<Kind>& declared) {
    if (!declared.vpcs) {
      Indexes all(draft_.parts.vpcs.size());
      std::iota(all.begin(), all.end(), std::size_t{0});
      return all;
    }
    Indexes chosen = vpcs_.matching(*declared.vpcs);
    if (chosen.empty() && !vpcs_.may_miss()) {
      vpcs_.report_empty(draft_.problems, *declared.vpcs);
    }
    return chosen;
  }

  template <class Kind>
  bool make_one(const char* kind, std::vector<Kind>& table,
                const Kind& declared, std::size_t index, Clashes& clashes) {
    const Vpc& vpc = draft_.parts.vpcs[index];
    Kind object = declared;
    object.name = name_at(declared.name, vpc);
    Location first;
    if (!take_name(draft_, kind, object.name, object.where, first)) {
      clashes.add(std::move(object.name), first);
      return false;
    }
    object.vpc = Ref<Vpc>{vpc.name, std::nullopt, object.where};
    rename_lines(declared, object);
    table.push_back(std::move(object));
    return true;
  }

  // Nobody knows whether there is such an object, or what it holds.
  void spoil(const char* kind, const Object& declared, std::size_t vpc) {
    draft_.unusable.emplace(kind,
                            name_at(declared.name, draft_.parts.vpcs[vpc]));
  }

  // Lines that the author did not name are called after their group.
  static void rename_lines(const SecurityGroup& declared,
                           SecurityGroup& group) {
    const std::string before = fmt::format("sg:{} ", declared.name);
    for (auto* rules : {&group.ingress.items, &group.egress.items}) {
      for (SecurityGroupRule& rule : *rules) {
        if (!rule.name.starts_with(before)) continue;
        rule.name = fmt::format("sg:{} {}", group.name,
                                rule.name.substr(before.size()));
      }
    }
  }
  template <class Kind>
  static void rename_lines(const Kind& /*declared*/, Kind& /*object*/) {}

  void join(const SecurityGroup& group, std::size_t vpc, bool made,
            Clashes& /*clashes*/) {
    joiner_.carry(vpc, ref_in<SecurityGroup>(group, vpc), made);
  }
  void join(const RouteTable& table, std::size_t vpc, bool made,
            Clashes& clashes) {
    joiner_.main_table(vpc, ref_in<RouteTable>(table, vpc), made, clashes);
  }
  template <class Kind>
  void join(const Kind& /*object*/, std::size_t /*vpc*/, bool /*made*/,
            Clashes& /*clashes*/) {}

  template <class Kind>
  Ref<Kind> ref_in(const Kind& declared, std::size_t vpc) const {
    return {name_at(declared.name, draft_.parts.vpcs[vpc]), std::nullopt,
            declared.where};
  }

  Draft& draft_;
  const VpcIndex& vpcs_;
  Joiner joiner_;
};

}  // namespace

void refuse_single(Fields& fields, const InVpc& words) {
  for (const char* key : words.single) {
    const Node* node = fields.map().find(key);
    if (node == nullptr) continue;
    fields.problems().add(
        {"one-vpc-only", node->where,
         fmt::format("'{}' names what one VPC has", key), key,
         fmt::format("write a {} with 'vpc' for each", words.what)});
  }
}

void refuse_joins(Fields& fields, const InVpc& words) {
  if (words.joins == nullptr) return;
  const Node* node = fields.map().find(words.joins);
  if (node == nullptr) return;
  fields.find(words.joins);
  fields.problems().add({"vpcs-only", node->where,
                         fmt::format("'{}' stands beside 'vpcs'", words.joins),
                         words.joins, words.instead});
}

bool may_join(const Node& node, const InVpc& words) {
  if (words.joins == nullptr) return false;
  const Node* joins = node.find(words.joins);
  return joins != nullptr && joins->text != "false";
}

void make_for_each_vpc(Draft& draft, const VpcIndex& vpcs) {
  Maker{draft, vpcs}.run();
}

}  // namespace netproof::io
