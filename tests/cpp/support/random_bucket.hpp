#pragma once

#include <string>
#include <vector>

#include "netproof/model/topology.hpp"
#include "support/arbitrary.hpp"

namespace netproof::testing {

/// A network with one bucket and three endpoints, whose policies say anything
/// that policies can say.
class RandomBucket {
 public:
  explicit RandomBucket(unsigned seed) : random_(seed) {}

  TopologyParts parts() {
    TopologyParts made;
    made.snapshot = chance(2);
    made.vpcs.resize(2);
    made.vpcs[0].name = "vpc-a";
    made.vpcs[1].name = "vpc-b";
    made.endpoints.resize(3);
    for (std::uint32_t i = 0; i < 3; ++i) {
      Endpoint& endpoint = made.endpoints[i];
      endpoint.name = "vpce-" + std::to_string(i);
      endpoint.vpc.name = i == 0 ? "vpc-a" : "vpc-b";
      if (i < 2) endpoint.vpc.id = Id<Vpc>{i};
      if (chance(2)) endpoint.policy = policy();
    }
    made.buckets.resize(1);
    made.buckets[0].name = "records";
    made.buckets[0].policy = policy();
    return made;
  }

 private:
  using Texts = std::vector<std::string>;

  bool chance(std::uint32_t one_in) {
    return arbitrary::below(random_, one_in) == 0;
  }
  const std::string& pick(const Texts& texts) {
    return texts[arbitrary::below(random_,
                                  static_cast<std::uint32_t>(texts.size()))];
  }

  ResourcePolicy policy() {
    ResourcePolicy made;
    made.open = chance(12);
    for (auto n = arbitrary::below(random_, 4); n > 0; --n) {
      made.items.push_back(statement());
    }
    return made;
  }

  PolicyStatement statement() {
    PolicyStatement made;
    made.allow = {chance(2), chance(12), {}};
    made.principals.names = {chance(8) ? "arn:aws:iam::1:root" : "*"};
    made.actions.names = {
        pick({"*", "s3:*", "S3:Get*", "ec2:*", "s3:PutObject", "s3:*"})};
    made.actions.except = chance(8);
    made.resources.names = {
        pick({"*", "arn:aws:s3:::records*", "arn:aws:s3:::records/*",
              "arn:aws:s3:::other", "arn:aws:s3:::rec*"})};
    made.resources.except = chance(8);
    made.conditions.open = chance(16);
    for (auto n = arbitrary::below(random_, 4); n > 0; --n) {
      made.conditions.items.push_back(condition());
    }
    return made;
  }

  // Mostly a test that its key can have, else any.
  PolicyCondition condition() {
    PolicyCondition made;
    made.key = static_cast<PolicyKey>(arbitrary::below(random_, 7));
    const bool address =
        made.key == PolicyKey::kSourceIp || made.key == PolicyKey::kVpcSourceIp;
    const bool name =
        made.key == PolicyKey::kSourceVpce || made.key == PolicyKey::kSourceVpc;
    made.test = address ? PolicyTest::kAddress
                : name  ? (chance(2) ? PolicyTest::kText : PolicyTest::kPattern)
                        : PolicyTest::kBool;
    if (chance(4)) made.test = PolicyTest::kNull;
    if (chance(10)) {
      made.test = static_cast<PolicyTest>(arbitrary::below(random_, 6));
    }
    made.negated = made.test < PolicyTest::kBool && chance(2);
    made.if_exists = made.test != PolicyTest::kNull && chance(4);
    for (auto n = arbitrary::below(random_, 4); n > 0; --n) add_value(made);
    return made;
  }

  void add_value(PolicyCondition& condition) {
    if (condition.test == PolicyTest::kAddress) {
      const IpPrefix block =
          chance(4) ? IpPrefix::enclosing(IpAddress::v4(0x08080808), 3)
                    : arbitrary::prefix(random_, arbitrary::family(random_));
      condition.values.push_back(to_string(block));
      condition.prefixes.push_back({block, block, false, "", {}});
    } else if (condition.test >= PolicyTest::kBool) {
      condition.values.push_back(pick({"true", "false", "false", "maybe"}));
    } else {
      condition.values.push_back(pick({"vpce-0", "vpce-1", "vpce-*", "vpc-a",
                                       "vpc-?", "vpce-9", "${aws:x}"}));
    }
  }

  arbitrary::Random random_;
};

}  // namespace netproof::testing
