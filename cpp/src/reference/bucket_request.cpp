#include "netproof/reference/bucket_request.hpp"

#include <fmt/format.h>

#include <vector>

#include "netproof/model/place.hpp"

namespace netproof {

namespace {

constexpr Answered kNo = Answered::kNo;
constexpr Answered kYes = Answered::kYes;
constexpr Answered kUnknown = Answered::kUnknown;

Answered both(Answered a, Answered b) {
  if (a == kNo || b == kNo) return kNo;
  return a == kYes && b == kYes ? kYes : kUnknown;
}

Answered either(Answered a, Answered b) {
  if (a == kYes || b == kYes) return kYes;
  return a == kNo && b == kNo ? kNo : kUnknown;
}

Answered opposite(Answered a) {
  if (a == kUnknown) return a;
  return a == kYes ? kNo : kYes;
}

Answered say(bool answer) { return answer ? kYes : kNo; }

/// The value of a key in one request, as IAM sees it: nothing if the request
/// has no such key.
struct Context {
  std::optional<IpAddress> source_ip;
  std::optional<IpAddress> vpc_source_ip;
  std::optional<std::string> source_vpce;
  std::optional<std::string> source_vpc;
  bool vpc_lost = false;  ///< there is one, which is not in the network
  bool secure = true;
};

class Request {
 public:
  Request(const TopologyParts& parts, const BucketRequest& request,
          IpAddress source)
      : parts_{parts},
        bucket_{parts.buckets.at(request.bucket)},
        action_{request.action} {
    context_.secure = request.secure;
    if (!request.endpoint) {
      context_.source_ip = source;
      return;
    }
    endpoint_ = &parts.endpoints.at(*request.endpoint);
    context_.vpc_source_ip = source;
    context_.source_vpce = endpoint_->name;
    context_.source_vpc = endpoint_->vpc.name;
    context_.vpc_lost = !endpoint_->vpc.id;
  }

  BucketAnswer answer() const {
    BucketAnswer answer;
    const std::string holder = "bucket:" + bucket_.name;
    add_denials(bucket_.policy, holder, bucket_.where, answer);
    if (endpoint_ == nullptr || !endpoint_->policy) return answer;
    const std::string gate = "endpoint:" + endpoint_->name;
    add_denials(*endpoint_->policy, gate, endpoint_->where, answer);
    Answered allowed = endpoint_->policy->open ? kUnknown : kNo;
    for (const PolicyStatement& one : endpoint_->policy->items) {
      allowed = either(allowed, applies(one, true));
    }
    note(opposite(allowed), "no statement of " + gate + " allows it",
         endpoint_->where, answer);
    return answer;
  }

 private:
  // What denies for sure is named rather than what may.
  static void note(Answered denies, const std::string& by, const Location& at,
                   BucketAnswer& answer) {
    if (denies == kNo || answer.denied == kYes) return;
    if (denies == kUnknown && answer.denied == kUnknown) return;
    answer = {denies, by, at};
  }

  void add_denials(const ResourcePolicy& policy, const std::string& holder,
                   const Location& where, BucketAnswer& answer) const {
    std::size_t number = 0;
    for (const PolicyStatement& one : policy.items) {
      ++number;
      const std::string name = one.sid.empty()
                                   ? fmt::format("statement #{}", number)
                                   : fmt::format("statement '{}'", one.sid);
      note(applies(one, false), name + " of " + holder + " denies it",
           one.where, answer);
    }
    if (policy.open) {
      note(kUnknown, "what " + holder + " denies is not known", where, answer);
    }
  }

  Answered applies(const PolicyStatement& statement, bool allow) const {
    Answered answer = statement.allow.unknown
                          ? kUnknown
                          : say(statement.allow.value == allow);
    const PolicyExtent extent = extent_of(statement, bucket_, action_);
    if (extent == PolicyExtent::kNone) return kNo;
    if (extent == PolicyExtent::kSome) answer = both(answer, kUnknown);
    if (statement.conditions.open) answer = both(answer, kUnknown);
    for (const PolicyCondition& one : statement.conditions.items) {
      answer = both(answer, holds(one));
    }
    return answer;
  }

  Answered holds(const PolicyCondition& one) const {
    if (one.values.empty() || one.test == PolicyTest::kOther) return kUnknown;
    switch (one.key) {
      case PolicyKey::kSourceIp:
        return of_address(one, context_.source_ip);
      case PolicyKey::kVpcSourceIp:
        return of_address(one, context_.vpc_source_ip);
      case PolicyKey::kSourceVpce:
        return of_name(one, context_.source_vpce, knows_endpoint(), false);
      case PolicyKey::kSourceVpc:
        return of_name(one, context_.source_vpc, knows_vpc(),
                       context_.vpc_lost);
      case PolicyKey::kSecureTransport:
        return of_transport(one);
      case PolicyKey::kByService:
        return of_service(one);
      case PolicyKey::kOther:
        break;
    }
    return kUnknown;
  }

  static Answered any_word(const PolicyCondition& one, bool flag) {
    Answered answer = kNo;
    for (const std::string& value : one.values) {
      const bool word = value == "true" || value == "false";
      answer = either(
          answer, word ? say(value == (flag ? "true" : "false")) : kUnknown);
    }
    return answer;
  }

  template <class Value, class Match>
  static Answered of_key(const PolicyCondition& one,
                         const std::optional<Value>& value, Match match) {
    if (one.test == PolicyTest::kNull) return any_word(one, !value);
    if (!value) return say(one.negated || one.if_exists);
    const Answered matched = match(*value);
    return one.negated ? opposite(matched) : matched;
  }

  static Answered of_address(const PolicyCondition& one,
                             const std::optional<IpAddress>& value) {
    return of_key(one, value, [&](const IpAddress& address) {
      if (one.test != PolicyTest::kAddress) return kUnknown;
      for (const WrittenPrefix& prefix : one.prefixes) {
        if (prefix.prefix.contains(address)) return kYes;
      }
      return kNo;
    });
  }

  using Knows = std::vector<std::string>;
  Knows knows_endpoint() const {
    Knows names;
    for (const Endpoint& other : parts_.endpoints) names.push_back(other.name);
    return names;
  }
  Knows knows_vpc() const {
    Knows names;
    for (const Vpc& other : parts_.vpcs) names.push_back(other.name);
    return names;
  }

  Answered of_name(const PolicyCondition& one,
                   const std::optional<std::string>& value, const Knows& known,
                   bool lost) const {
    return of_key(one, value, [&](const std::string& name) {
      if (lost) return kUnknown;
      if (one.test != PolicyTest::kText && one.test != PolicyTest::kPattern) {
        return kUnknown;
      }
      Answered answer = kNo;
      for (const std::string& wanted : one.values) {
        answer = either(answer, same_name(one, wanted, name, known));
      }
      return answer;
    });
  }

  Answered same_name(const PolicyCondition& one, const std::string& wanted,
                     const std::string& name, const Knows& known) const {
    if (one.test == PolicyTest::kText && wanted == name) return kYes;
    if (one.test == PolicyTest::kPattern && matches_pattern(wanted, name)) {
      return kYes;
    }
    if (parts_.snapshot) {
      return wanted.find("${") == std::string::npos ? kNo : kUnknown;
    }
    for (const std::string& other : known) {
      if (other == wanted) return kNo;
    }
    return kUnknown;
  }

  Answered of_transport(const PolicyCondition& one) const {
    if (one.test == PolicyTest::kNull) return any_word(one, false);
    Answered answer = kUnknown;
    if (one.test == PolicyTest::kBool) answer = any_word(one, context_.secure);
    return one.negated ? opposite(answer) : answer;
  }

  static Answered of_service(const PolicyCondition& one) {
    if (one.test == PolicyTest::kNull) return kUnknown;
    const Answered present = any_word(one, false);
    const Answered absent = say(one.negated || one.if_exists);
    return present == absent ? present : kUnknown;
  }

  const TopologyParts& parts_;
  const Bucket& bucket_;
  const std::string& action_;
  const Endpoint* endpoint_ = nullptr;
  Context context_;
};

void add_edges(const ResourcePolicy& policy, std::vector<IpAddress>& edges) {
  for (const PolicyStatement& statement : policy.items) {
    for (const PolicyCondition& condition : statement.conditions.items) {
      for (const WrittenPrefix& one : condition.prefixes) {
        edges.push_back(one.prefix.first());
        edges.push_back(one.prefix.last());
      }
    }
  }
}

/// Public addresses that stand for all of a family: the policies treat any
/// other like one of these, because something changes only at their edges.
std::vector<IpAddress> public_samples(const TopologyParts& parts,
                                      const BucketRequest& request) {
  const IpSet world = global_unicast().only(request.source.family());
  std::vector<IpAddress> edges;
  add_edges(parts.buckets.at(request.bucket).policy, edges);
  IpSet rest = world;
  std::vector<IpAddress> samples;
  const auto add = [&](const IpSet& set) {
    for (const IpPrefix& part : set.prefixes()) {
      samples.push_back(part.first());
      samples.push_back(part.last());
    }
  };
  for (const IpAddress& edge : edges) {
    if (!world.contains(edge)) continue;
    samples.push_back(edge);
    rest -= IpSet::of(edge);
  }
  add(rest);
  return samples;
}

}  // namespace

BucketAnswer ask_bucket(const Topology& topology,
                        const BucketRequest& request) {
  const TopologyParts& parts = topology.parts();
  if (request.endpoint || global_unicast().contains(request.source)) {
    return Request(parts, request, request.source).answer();
  }
  // Rewritten to an address that nobody knows.
  BucketAnswer all;
  bool first = true;
  for (const IpAddress& address : public_samples(parts, request)) {
    const BucketAnswer one = Request(parts, request, address).answer();
    if (first) {
      all = one;
    } else if (all.denied != one.denied) {
      const BucketAnswer& named = all.denied == kNo ? one : all;
      all = {kUnknown, named.by, named.where};
    }
    first = false;
  }
  return all;
}

}  // namespace netproof
