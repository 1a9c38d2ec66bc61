#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "io/aws_build.hpp"
#include "io/json_document.hpp"
#include "io/resource_policy.hpp"

namespace netproof::io {
namespace {

constexpr std::string_view kPolicyCall = "get-bucket-policy";

/// The file's name ends with the bucket's: "s3-get-bucket-policy-records".
bool is_about(const std::string& stem, const std::string& bucket) {
  return stem.find(kPolicyCall) != std::string::npos &&
         (stem.ends_with("-" + bucket) || stem.ends_with("." + bucket));
}

std::string stem_of(const AwsFile& file) {
  return std::filesystem::path(file.source.file()).stem().string();
}

/// The policy where there is an answer; an answer without one says that there
/// is none. Of two buckets "a" and "x-a" a name may end with both: the longer
/// one is meant.
class BucketPolicies {
 public:
  BucketPolicies(AwsBuild& build, std::vector<std::string> buckets)
      : build_{build}, buckets_{std::move(buckets)} {}

  ResourcePolicy of(const std::string& bucket, const Location& where) {
    for (const AwsResource& one :
         build_.snapshot.table(AwsFamily::kBucketPolicies)) {
      if (named(one.about) != bucket) continue;
      return policy_in(build_, one.value.text, one.where(), "bucket:" + bucket);
    }
    for (const AwsFile& file : build_.snapshot.files) {
      if (named(stem_of(file)) == bucket && says_nothing(file)) return {};
    }
    build_.reading.gap("snapshot-has-every-call", where,
                       "the policy of a bucket is collected", bucket,
                       "aws s3api get-bucket-policy --bucket " + bucket +
                           " > s3-get-bucket-policy-" + bucket + ".json");
    return {{}, true, where};
  }

 private:
  std::string named(const std::string& stem) const {
    std::string longest;
    for (const std::string& bucket : buckets_) {
      if (is_about(stem, bucket) && bucket.size() > longest.size()) {
        longest = bucket;
      }
    }
    return longest;
  }

  // "{}"; a refusal has more to say.
  static bool says_nothing(const AwsFile& file) {
    const std::string& text = file.source.text();
    return std::ranges::all_of(text, [](char c) {
      return c == '{' || c == '}' || c == ' ' || c == '\n' || c == '\r' ||
             c == '\t';
    });
  }

  AwsBuild& build_;
  std::vector<std::string> buckets_;
};

/// AWS's own list of the public addresses of S3 in a Region.
std::optional<Ref<PrefixList>> addresses_in(const AwsBuild& build,
                                            const std::string& region,
                                            const Location& where) {
  const std::string name = "com.amazonaws." + region + ".s3";
  for (const PrefixList& list : build.parts.prefix_lists) {
    const auto label = list.labels.find("prefix-list-name");
    if (label != list.labels.end() && label->second == name) {
      return ref<PrefixList>(list.name, where);
    }
  }
  return std::nullopt;
}

// Places in the text that an answer holds are places of that answer.
void move_to(ResourcePolicy& policy, const Location& where) {
  policy.where = where;
  for (PolicyStatement& statement : policy.items) {
    statement.where = where;
    for (PolicyCondition& condition : statement.conditions.items) {
      condition.where = where;
      for (WrittenPrefix& one : condition.prefixes) one.where = where;
    }
  }
}

}  // namespace

ResourcePolicy policy_in(AwsBuild& build, std::string_view text,
                         const Location& where, const std::string& holder) {
  Problems problems;
  const SourceText source{where.file, std::string(text)};
  const auto node = parse_json(source, problems);
  ResourcePolicy policy{{}, true, where};
  if (node) policy = read_resource_policy(problems, *node);
  move_to(policy, where);
  const Diagnostics found = problems.take();
  if (!found.empty()) {
    policy = {{}, true, where};
    build.reading.gap("snapshot-is-understood", where,
                      "the policy of " + holder +
                          " is one that IAM reads: " + found.front().what,
                      found.front().fragment, "what it denies is unknown");
  }
  return policy;
}

void build_buckets(AwsBuild& build) {
  std::vector<std::string> names;
  const auto& table = build.snapshot.table(AwsFamily::kBuckets);
  for (const AwsResource& one : table) names.emplace_back(one.text("Name"));
  BucketPolicies policies{build, names};
  for (const AwsResource& one : table) {
    const AwsObject fields{build.reading, one};
    Bucket bucket;
    build.name(bucket, one, fields, "Name");
    bucket.region = fields.text("BucketRegion");
    bucket.addresses = addresses_in(build, bucket.region, bucket.where);
    bucket.policy = policies.of(bucket.name, bucket.where);
    build.parts.buckets.push_back(std::move(bucket));
  }
}

}  // namespace netproof::io
