#pragma once

#include <utility>
#include <vector>

#include "io/draft.hpp"
#include "io/vpc_index.hpp"

namespace netproof::io {

/// The words of a table of objects that belong to a VPC.
struct InVpc {
  const char* kind;  ///< its key: "route_tables"
  const char* what;  ///< in messages: "route table"
  /// The switch that only a declaration has, or null.
  const char* joins = nullptr;
  const char* instead = "";  ///< what to write in place of that switch
  /// The keys that name what one VPC has, refused in a declaration.
  std::vector<const char*> single;
};

/// Reports the keys of a declaration that only an object of one VPC has.
void refuse_single(Fields& fields, const InVpc& words);

/// Reports the switch of declarations at an object of one VPC.
void refuse_joins(Fields& fields, const InVpc& words);

/// True if the switch may be on: it is there, and not known to be off.
bool may_join(const Node& node, const InVpc& words);

/// Where the objects of a kind go, and what is settled once all is read.
template <class Kind, class Pending>
struct VpcTable {
  std::vector<Kind>& table;
  Unfinished<Kind, Pending>& unfinished;
};

template <class Kind, class Pending>
VpcTable(std::vector<Kind>&, Unfinished<Kind, Pending>&)
    -> VpcTable<Kind, Pending>;

/// Reads one object of a VPC, or a declaration with `vpcs:` in place of `vpc:`,
/// by `body(Fields&, Kind&, std::vector<Pending>&)`. Returns a broken object.
template <class Kind, class Pending, class Body>
std::optional<Kind> read_in_vpc(Draft& draft, const Node& node,
                                const VpcOwner& owner, const InVpc& words,
                                VpcTable<Kind, Pending> into, Body body) {
  auto& [table, unfinished] = into;
  std::vector<Pending> pending;
  if (owner || node.find("vpcs") == nullptr) {
    auto lost = read_object(draft, node, {words.kind, words.what}, table,
                            [&](Fields& fields, Kind& object) {
                              object.vpc = owner_or(fields, owner, "vpc");
                              refuse_joins(fields, words);
                              body(fields, object, pending);
                            });
    if (lost || pending.empty()) return lost;
    unfinished.objects.emplace_back(table.size() - 1,
                                    unfinished.pending.size());
    unfinished.pending.push_back(std::move(pending));
    return lost;
  }
  ForEachVpc<Kind> declared;
  std::vector<Kind> read;
  const auto lost = read_object(
      draft, node, {"", words.what}, read, [&](Fields& fields, Kind& object) {
        const int before = draft.problems.failures();
        auto vpcs = read_vpc_selection(draft.problems,
                                       *fields.find_either("vpcs", "vpc"));
        if (draft.problems.failures() == before) declared.vpcs = vpcs;
        if (words.joins != nullptr) fields.flag(words.joins, false);
        refuse_single(fields, words);
        body(fields, object, pending);
      });
  declared.lost = lost.has_value();
  declared.object = lost ? *lost : std::move(read.front());
  declared.joins = may_join(node, words);
  declared.pending = unfinished.pending.size();
  unfinished.pending.push_back(std::move(pending));
  unfinished.declarations.push_back(std::move(declared));
  return std::nullopt;
}

/// Makes the objects of all declarations, NAME@VPC, and lets those join that
/// say so. An error for a selection that matches nothing, and for what two
/// objects cannot both be.
void make_for_each_vpc(Draft& draft, const VpcIndex& vpcs);

}  // namespace netproof::io
