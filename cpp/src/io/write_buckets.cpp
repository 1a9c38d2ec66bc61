#include "io/write_parts.hpp"

namespace netproof::io {
namespace {

void put_names(YamlTree& tree, const std::string& key,
               const PolicyNames& names) {
  if (names.names.empty()) return;
  tree[(names.except ? "Not" : "") + key] = written(names.names);
}

YamlTree conditions(const std::vector<PolicyCondition>& list) {
  YamlTree tree = YamlTree::object();
  for (const PolicyCondition& one : list) {
    tree[one.operator_text][one.key_text] = written(one.values);
  }
  return tree;
}

// Everyone is a text, anybody else stands under AWS, whatever kind it was: all
// that counts is that it is not everyone.
void put_principals(YamlTree& tree, const PolicyNames& principals) {
  const char* key = principals.except ? "NotPrincipal" : "Principal";
  const bool everyone = principals.names == std::vector<std::string>{"*"};
  if (everyone) {
    tree[key] = "*";
  } else {
    tree[key]["AWS"] = written(principals.names);
  }
}

YamlTree statement(const PolicyStatement& statement) {
  YamlTree tree = YamlTree::object();
  put_text(tree, "Sid", statement.sid);
  tree["Effect"] = statement.allow.unknown ? YamlTree{}
                   : statement.allow.value ? YamlTree("Allow")
                                           : YamlTree("Deny");
  put_principals(tree, statement.principals);
  put_names(tree, "Action", statement.actions);
  put_names(tree, "Resource", statement.resources);
  if (statement.conditions.open) {
    tree["Condition"] = nullptr;
  } else if (!statement.conditions.items.empty()) {
    tree["Condition"] = conditions(statement.conditions.items);
  }
  return tree;
}

YamlTree bucket(const Bucket& bucket) {
  YamlTree tree = written_object(bucket);
  put_text(tree, "region", bucket.region);
  put(tree, "addresses", bucket.addresses);
  if (bucket.policy.open || !bucket.policy.items.empty()) {
    tree["policy"] = written(bucket.policy);
  }
  return tree;
}

}  // namespace

YamlTree written(const ResourcePolicy& policy) {
  if (policy.open && policy.items.empty()) return nullptr;
  YamlTree tree = YamlTree::object();
  tree["Statement"] = written_list(policy, statement);
  return tree;
}

void write_buckets(YamlTree& file, const TopologyParts& parts) {
  put_table(file, "buckets", parts.buckets, bucket);
}

}  // namespace netproof::io
