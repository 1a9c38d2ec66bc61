#include "netproof/engine/bucket_policy.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "netproof/model/place.hpp"

namespace netproof {

namespace {

/// Sources for which something holds: for sure, and perhaps.
struct Held {
  IpSet surely;
  IpSet possibly;
};

Held held(bool answer) {
  return answer ? Held{IpSet::all(), IpSet::all()} : Held{};
}

Held not_known() { return {{}, IpSet::all()}; }

Held operator&(const Held& a, const Held& b) {
  return {a.surely & b.surely, a.possibly & b.possibly};
}

Held operator|(const Held& a, const Held& b) {
  return {a.surely | b.surely, a.possibly | b.possibly};
}

Held operator!(const Held& a) {
  return {a.possibly.complement(), a.surely.complement()};
}

/// Turns policies into sets, for one way.
class Policies {
 public:
  Policies(const TopologyParts& parts, const BucketWay& way)
      : parts_{parts}, way_{way}, bucket_{parts.buckets.at(way.bucket)} {
    if (!way.endpoint) return;
    endpoint_ = &parts.endpoints.at(*way.endpoint);
    if (endpoint_->vpc) vpc_ = &parts.vpcs.at(endpoint_->vpc.id->index());
  }

  Held admitted() const {
    Held good = !applying(bucket_.policy, false);
    if (endpoint_ == nullptr) return on_the_internet(good);
    if (endpoint_->policy) {
      good = good & applying(*endpoint_->policy, true) &
             !applying(*endpoint_->policy, false);
    }
    return good;
  }

 private:
  /// What some statement of that effect speaks of.
  Held applying(const ResourcePolicy& policy, bool allow) const {
    Held all = policy.open ? not_known() : held(false);
    for (const PolicyStatement& statement : policy.items) {
      if (!statement.allow.may_be(allow)) continue;
      Held one = applying(statement);
      if (statement.allow.unknown) one.surely = {};
      all = all | one;
    }
    return all;
  }

  Held applying(const PolicyStatement& statement) const {
    const PolicyExtent extent = extent_of(statement, bucket_, way_.action);
    if (extent == PolicyExtent::kNone) return held(false);
    Held all = extent == PolicyExtent::kAll ? held(true) : not_known();
    if (statement.conditions.open) all.surely = {};
    for (const PolicyCondition& condition : statement.conditions.items) {
      all = all & holding(condition);
    }
    return all;
  }

  bool present(PolicyKey key) const {
    if (key == PolicyKey::kSecureTransport) return true;
    return (key == PolicyKey::kSourceIp) == (endpoint_ == nullptr);
  }

  // S103.
  Held holding(const PolicyCondition& condition) const {
    const PolicyKey key = condition.key;
    if (condition.test == PolicyTest::kOther || key == PolicyKey::kOther ||
        condition.values.empty()) {
      return not_known();
    }
    if (condition.test == PolicyTest::kNull) return null_holds(condition);
    const bool when_absent = condition.negated || condition.if_exists;
    if (key == PolicyKey::kByService) {
      // A request of nobody has no such key; that of a caller says false.
      const Held said = flag_is(condition, false);
      const Held absent = held(when_absent);
      return {said.surely & absent.surely, said.possibly | absent.possibly};
    }
    if (!present(key)) return held(when_absent);
    const Held match = matching(condition);
    return condition.negated ? !match : match;
  }

  Held null_holds(const PolicyCondition& condition) const {
    if (condition.key == PolicyKey::kByService) return not_known();
    return flag_is(condition, !present(condition.key));
  }

  static Held flag_is(const PolicyCondition& condition, bool flag) {
    Held all = held(false);
    for (const std::string& value : condition.values) {
      if (value == "true" || value == "false") {
        all = all | held((value == "true") == flag);
      } else {
        all = all | not_known();
      }
    }
    return all;
  }

  Held matching(const PolicyCondition& condition) const {
    switch (condition.key) {
      case PolicyKey::kSourceIp:
      case PolicyKey::kVpcSourceIp:
        return addresses(condition);
      case PolicyKey::kSecureTransport:
        return condition.test == PolicyTest::kBool
                   ? flag_is(condition, way_.secure)
                   : not_known();
      case PolicyKey::kSourceVpce:
        return named(condition, endpoint_->name, parts_.endpoints);
      case PolicyKey::kSourceVpc:
        return vpc_ == nullptr ? not_known()
                               : named(condition, vpc_->name, parts_.vpcs);
      default:
        return not_known();
    }
  }

  static Held addresses(const PolicyCondition& condition) {
    if (condition.test != PolicyTest::kAddress) return not_known();
    std::vector<IpPrefix> prefixes;
    for (const WrittenPrefix& one : condition.prefixes) {
      prefixes.push_back(one.prefix);
    }
    const IpSet set = IpSet::from_prefixes(prefixes);
    return {set, set};
  }

  /// Names are what AWS calls objects in a snapshot only: elsewhere a value
  /// that names none of them may be what AWS calls this one.
  template <class Kind>
  Held named(const PolicyCondition& condition, const std::string& name,
             const std::vector<Kind>& objects) const {
    const bool pattern = condition.test == PolicyTest::kPattern;
    if (!pattern && condition.test != PolicyTest::kText) return not_known();
    Held all = held(false);
    for (const std::string& value : condition.values) {
      const bool same = pattern ? matches_pattern(value, name) : value == name;
      const bool sure =
          parts_.snapshot
              ? value.find("${") == std::string::npos
              : std::ranges::find(objects, value, &Kind::name) != objects.end();
      all = all | (same ? held(true) : sure ? held(false) : not_known());
    }
    return all;
  }

  // An address that is nobody's on the internet has been rewritten.
  static Held on_the_internet(Held good) {
    for (const Family family : {Family::kV4, Family::kV6}) {
      const IpSet world = global_unicast().only(family);
      const IpSet hidden = IpSet::all(family) - world;
      const bool surely = world.lies_inside(good.surely);
      const bool possibly = !world.disjoint_from(good.possibly);
      good.surely = surely ? good.surely | hidden : good.surely - hidden;
      good.possibly =
          possibly ? good.possibly | hidden : good.possibly - hidden;
    }
    return good;
  }

  const TopologyParts& parts_;
  const BucketWay& way_;
  const Bucket& bucket_;
  const Endpoint* endpoint_ = nullptr;
  const Vpc* vpc_ = nullptr;
};

}  // namespace

BucketSources admitted_sources(const Topology& topology, const BucketWay& way) {
  Held good = Policies{topology.parts(), way}.admitted();
  return {std::move(good.surely), std::move(good.possibly)};
}

}  // namespace netproof
