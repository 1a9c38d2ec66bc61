#include "io/vpc_selection.hpp"

#include "io/fields.hpp"

namespace netproof::io {
namespace {

void read_same(Fields& fields, bool in_vpc, VpcPrefixes& prefixes) {
  const Node* same = fields.find("same");
  if (same == nullptr) return;
  if (!in_vpc) {
    fields.problems().add({"no-vpc-around", same->where,
                           "'same' compares with the VPC that a list is of",
                           "same", "write the labels into 'select'"});
    return;
  }
  prefixes.same_where = same->where;
  prefixes.same = read_list<std::string>(
      fields.problems(), *same, [&](const Node& item, auto& out) {
        if (const auto text = read_text(fields.problems(), item)) {
          out.push_back(*text);
        }
      });
}

}  // namespace

LabelChoice read_choice_of_labels(Problems& problems, const Node& node) {
  LabelChoice choice;
  if (!node.is_map()) {
    wrong_type(problems, node, "a mapping of labels");
    return choice;
  }
  if (node.broken) problems.fail();
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    choice[node.keys[i].text] = read_list<std::string>(
        problems, node.items[i], [&](const Node& item, auto& out) {
          if (const auto text = read_text(problems, item)) out.push_back(*text);
        });
  }
  return choice;
}

VpcSelection read_vpc_selection(Problems& problems, const Node& node) {
  Fields fields{problems, node, "selector of VPCs"};
  VpcSelection selection;
  selection.where = node.where;
  if (const Node* select = fields.need("select")) {
    selection.select = read_choice_of_labels(problems, *select);
  }
  if (const Node* minus = fields.find("minus")) {
    selection.minus = read_choice_of_labels(problems, *minus);
  }
  fields.finish();
  return selection;
}

VpcPrefixes read_vpc_prefixes(Problems& problems, const Node& node,
                              bool in_vpc) {
  Fields fields{problems, node, "element that stands for VPCs"};
  VpcPrefixes prefixes;
  prefixes.where = node.where;
  if (const Node* vpcs = fields.need("vpcs")) {
    prefixes.vpcs = read_vpc_selection(problems, *vpcs);
  }
  read_same(fields, in_vpc, prefixes);
  fields.finish();
  return prefixes;
}

}  // namespace netproof::io
