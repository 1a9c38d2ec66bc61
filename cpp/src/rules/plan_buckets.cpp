#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "netproof/model/place.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

using Visit =
    std::function<void(const PolicyStatement&, const std::string& holder)>;

void for_each_statement(const TopologyParts& parts, const Visit& visit) {
  for (const Bucket& bucket : parts.buckets) {
    for (const PolicyStatement& one : bucket.policy.items) {
      visit(one, "bucket:" + bucket.name);
    }
  }
  for (const Endpoint& endpoint : parts.endpoints) {
    if (!endpoint.policy) continue;
    for (const PolicyStatement& one : endpoint.policy->items) {
      visit(one, "endpoint:" + endpoint.name);
    }
  }
}

std::string named(const PolicyStatement& statement) {
  return statement.sid.empty() ? "a statement"
                               : fmt::format("statement '{}'", statement.sid);
}

bool tests_source_ip(const PolicyCondition& condition) {
  return condition.test == PolicyTest::kAddress &&
         condition.key == PolicyKey::kSourceIp;
}

/// Something that may tell requests by an endpoint from others.
bool knows_endpoints(const PolicyCondition& condition) {
  switch (condition.key) {
    case PolicyKey::kVpcSourceIp:
    case PolicyKey::kSourceVpce:
    case PolicyKey::kSourceVpc:
      return true;
    case PolicyKey::kSourceIp:
      return condition.test == PolicyTest::kNull;
    default:
      return condition.test == PolicyTest::kOther ||
             condition.key == PolicyKey::kOther;
  }
}

}  // namespace

// S104: a block without a public address never matches.
void check_source_conditions(const PlanContext& context,
                             std::vector<Finding>& found) {
  for_each_statement(context.parts(), [&](const PolicyStatement& statement,
                                          const std::string& holder) {
    for (const PolicyCondition& condition : statement.conditions.items) {
      if (!tests_source_ip(condition)) continue;
      for (const WrittenPrefix& one : condition.prefixes) {
        if (!IpSet::of(one.prefix).disjoint_from(global_unicast())) {
          continue;
        }
        found.push_back(make_finding(
            "source-address-is-public",
            fmt::format("{}: {} compares {} with {}, which is never a "
                        "public address: it matches nothing",
                        holder, named(statement), condition.key_text, one.text),
            one.where, holder));
      }
    }
  });
}

// S102-S104: a missing aws:SourceIp makes NotIpAddress true.
void check_endpoint_requests(const PlanContext& context,
                             std::vector<Finding>& found) {
  for (const Bucket& bucket : context.parts().buckets) {
    for (const PolicyStatement& statement : bucket.policy.items) {
      const auto& conditions = statement.conditions.items;
      const auto denies = std::ranges::find_if(
          conditions, [](const PolicyCondition& condition) {
            return tests_source_ip(condition) && condition.negated;
          });
      if (!statement.allow.is(false) || statement.conditions.open ||
          denies == conditions.end() ||
          std::ranges::any_of(conditions, knows_endpoints)) {
        continue;
      }
      found.push_back(make_finding(
          "deny-spares-endpoints",
          fmt::format("bucket:{}: {} denies every request that comes by a VPC "
                      "endpoint, which has no {}",
                      bucket.name, named(statement), denies->key_text),
          denies->where, "bucket:" + bucket.name));
    }
  }
}

}  // namespace netproof
