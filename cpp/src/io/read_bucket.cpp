#include "io/draft.hpp"
#include "io/resource_policy.hpp"

namespace netproof::io {

void read_bucket(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, Bucket& bucket) {
    bucket.region = fields.text("region");
    bucket.addresses = fields.ref<PrefixList>("addresses");
    if (const Node* policy = fields.find("policy")) {
      bucket.policy = read_resource_policy(draft.problems, *policy);
    }
  };
  read_object(draft, node, {"buckets", "bucket"}, draft.parts.buckets, body);
}

}  // namespace netproof::io
