#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "netproof/net/protocol.hpp"
#include "netproof/reference/bucket_request.hpp"
#include "rules/bucket_ways.hpp"
#include "rules/open_blocks.hpp"
#include "rules/witness.hpp"
#include "rules/words.hpp"

namespace netproof {

namespace {

std::optional<std::uint32_t> bucket_named(const Case& c) {
  const std::vector<Bucket>& all = c.topology()->buckets;
  const auto at =
      std::ranges::find(all, c.rule.to->buckets.front(), &Bucket::name);
  if (at == all.end()) return std::nullopt;
  return static_cast<std::uint32_t>(at - all.begin());
}

TransportSet to_port(std::uint16_t port) {
  return TransportSet::to_ports(kTcp, port, port);
}

/// The access of one zone to one bucket.
class Access {
 public:
  Access(const Case& c, std::uint32_t bucket, const ZoneScope& from,
         Judgement& j)
      : case_{c},
        bucket_{bucket},
        name_{"bucket:" + c.topology()->buckets.at(bucket).name},
        from_{from},
        j_{j},
        ways_{c, bucket} {}

  /// What gets there although nothing may.
  void deny() {
    std::vector<Breach> breaches;
    for (const std::uint16_t port : kBucketPorts) {
      if ((case_.rule.service & to_port(port)).empty()) continue;
      add_breaches(port, false, breaches);
      add_breaches(port, true, breaches);
    }
    conclude(std::move(breaches), "reaches", "may reach");
    if (!j_.witnesses.empty() || j_.verdict != Verdict::kViolated) return;
    add_witness_of(true);
  }

  /// The sources that no way opens all that it should.
  void require() {
    std::vector<Breach> lacks;
    bool demanded = false;
    for (const std::uint16_t port : kBucketPorts) {
      if ((case_.rule.service & to_port(port)).empty()) continue;
      demanded = add_lacks(port, lacks) || demanded;
    }
    if (!demanded) {
      j_.verdict = Verdict::kVacuous;
      j_.detail =
          fmt::format("no address of '{}' could call {}", from_.name, name_);
      return;
    }
    conclude(std::move(lacks), "does not reach", "may not reach");
    if (j_.verdict == Verdict::kViolated) add_witness_of(false);
  }

  const BucketWays& ways() const { return ways_; }

 private:
  Answer ask(std::uint16_t port, bool surely) {
    Question question;
    question.from = from_.scopes;
    question.to = ways_.places(surely);
    question.heard = ways_.heard(port, surely);
    question.service = to_port(port) & case_.rule.service;
    question.level = case_.rule.level;
    question.listed_only = listed_only(case_);
    question.keep_dropped = false;
    if (case_.rule.verb == Verb::kRequire) {
      question.client_port_first = case_.rules.client_port_first;
      question.client_port_last = case_.rules.client_port_last;
    }
    Answer answer = case_.engine.ask(question);
    check_answer(answer, case_.rule, j_);
    return answer;
  }

  void add_breaches(std::uint16_t port, bool surely,
                    std::vector<Breach>& breaches) {
    for (Passage& passage : ask(port, surely).passages) {
      Breach breach;
      breach.from = std::move(passage.from);
      breach.to = std::move(passage.to);
      if (surely) breach.certain = std::move(passage.some_always);
      breach.possible = std::move(passage.some_possibly);
      breach.facts = std::move(passage.facts);
      breaches.push_back(std::move(breach));
    }
  }

  /// Ways that a client takes by one name: each of their addresses has to do.
  struct Group {
    std::vector<Place> places;
    IpSet called;
  };

  std::vector<Group> groups() const {
    std::vector<Group> all(1);
    all[0].called = ways_.public_addresses();
    for (const BucketAccess& way : ways_.all()) {
      Group& group = way.by_public_name ? all[0] : all.emplace_back();
      for (const Scope& scope : way.to) {
        group.places.push_back(scope.place);
        if (!way.by_public_name) group.called |= scope.addresses;
      }
    }
    return all;
  }

  static PacketSet opened(const Answer& answer, const Group& group,
                          PacketSet Passage::*bound,
                          std::vector<std::string>& facts) {
    std::vector<PacketSet> sets;
    for (const Passage& passage : answer.passages) {
      const bool inside = std::ranges::all_of(passage.to, [&](Place place) {
        return std::ranges::find(group.places, place) != group.places.end();
      });
      if (!inside) continue;
      sets.push_back(passage.*bound);
      facts.insert(facts.end(), passage.facts.begin(), passage.facts.end());
    }
    return PacketSet::union_of(std::move(sets));
  }

  bool add_lacks(std::uint16_t port, std::vector<Breach>& lacks) {
    const Answer sure = ask(port, true);
    const Answer perhaps = ask(port, false);
    IpSet own;
    for (const Scope& scope : from_.scopes) own |= scope.addresses;
    const TransportSet clients =
        TransportSet::ports(kTcp, case_.rules.client_port_first,
                            case_.rules.client_port_last, port, port) &
        case_.rule.service;
    IpSet demanded;
    IpSet open_surely;
    IpSet open_perhaps;
    Breach lack;
    PacketSet certain;
    for (const Group& group : groups()) {
      const PacketSet wanted = PacketSet::box(own, group.called, clients);
      if (wanted.empty()) continue;
      demanded |= wanted.src_addresses();
      const PacketSet unsure =
          wanted - opened(sure, group, &Passage::all_always, lack.facts);
      const PacketSet shut =
          wanted - opened(perhaps, group, &Passage::all_possibly, lack.facts);
      open_surely |= wanted.src_addresses() - unsure.src_addresses();
      open_perhaps |= wanted.src_addresses() - shut.src_addresses();
      if (lack.to.empty() && !shut.empty()) {
        lack.to = group.places;
        certain = shut;
      }
      lack.possible |= unsure;
    }
    // By a public name whose addresses nobody knows, some of them may do.
    if (!ways_.all().front().sure) open_perhaps = demanded;
    lack.possible = lack.possible.restrict_src(demanded - open_surely);
    lack.certain = certain.restrict_src(demanded - open_perhaps);
    if (lack.possible.empty()) return !demanded.empty();
    if (lack.to.empty()) lack.to = groups().front().places;
    const IpSet lacking = lack.possible.src_addresses();
    for (const Scope& scope : from_.scopes) {
      if (!scope.addresses.disjoint_from(lacking)) lack.from.push_back(scope);
    }
    lacks.push_back(std::move(lack));
    return true;
  }

  void conclude(std::vector<Breach> breaches, std::string_view does,
                std::string_view may) {
    std::erase_if(breaches,
                  [](const Breach& one) { return one.possible.empty(); });
    if (breaches.empty()) return;
    std::vector<PacketSet> certain;
    std::vector<PacketSet> possible;
    for (const Breach& one : breaches) {
      j_.unknown.insert(j_.unknown.end(), one.facts.begin(), one.facts.end());
      if (!one.certain.empty()) certain.push_back(one.certain);
      possible.push_back(one.possible);
    }
    const bool sure = !certain.empty();
    const std::vector<std::string> doubts = ways_.doubts();
    j_.unknown.insert(j_.unknown.end(), doubts.begin(), doubts.end());
    j_.verdict = sure ? Verdict::kViolated : Verdict::kUnknown;
    const PacketSet all =
        PacketSet::union_of(sure ? std::move(certain) : std::move(possible));
    j_.detail = fmt::format("'{}' {} {}: {}", from_.name, sure ? does : may,
                            name_, describe_packets(all, 3));
    j_.breaches = std::move(breaches);
  }

  /// What a witness shows that came to `way`, if to any.
  std::string shown(bool leaks, const std::string& way,
                    const BucketAnswer& deciding) const {
    if (leaks) {
      return fmt::format("reaches {} by {}, and no statement denies it", name_,
                         way);
    }
    if (way.empty()) return fmt::format("does not reach {}", name_);
    if (deciding.by.empty()) {
      return fmt::format("does not open {} by {}", name_, way);
    }
    return fmt::format("comes to {} by {}, and {} ({})", name_, way,
                       deciding.by, to_string(deciding.where));
  }

  void add_witness_of(bool leaks) {
    const auto example = choose_example(case_, j_.breaches, j_);
    if (!example) return;
    BucketAnswer deciding;
    std::string way;
    const auto arrives = [&](Place place, const Flow& flow) {
      const BucketAccess* at = ways_.at(place);
      if (at == nullptr) return false;
      way = at->name;
      const BucketAnswer answer =
          ask_bucket(case_.topology(),
                     {bucket_, at->endpoint, flow.dport == kBucketPorts[0],
                      case_.rule.action, flow.src});
      if (answer.denied != Answered::kNo) deciding = answer;
      return leaks ? answer.denied == Answered::kNo
                   : answer.denied != Answered::kYes;
    };
    const Bounds bounds =
        case_.evaluator.judge_arrival(example->from, example->flow, arrives,
                                      case_.rule.level, listed_only(case_));
    if (!confirms(case_, *example, bounds, leaks, j_)) return;
    add_witness(case_, *example, shown(leaks, way, deciding), j_);
  }

  const Case& case_;
  std::uint32_t bucket_;
  std::string name_;
  const ZoneScope& from_;
  Judgement& j_;
  BucketWays ways_;
};

bool says_what_it_may(const Case& c, Judgement& j) {
  const auto refuse = [&](std::string what, std::string fragment,
                          std::string help) {
    j.problems.push_back({"bucket-rule", c.rule.where, std::move(what),
                          std::move(fragment), std::move(help)});
  };
  if (!c.rule.except.empty()) {
    refuse("a rule about a bucket has no `except`", "except",
           "leave out of `from` what is allowed");
  }
  const TransportSet answered = to_port(443) | to_port(80);
  if (c.rule.verb == Verb::kRequire && !c.rule.service.lies_inside(answered)) {
    refuse("S3 answers at tcp/443 and tcp/80", c.rule.service_text,
           "service: tcp/443");
  }
  if (c.rule.verb != Verb::kDeny && c.rule.verb != Verb::kRequire) {
    refuse("a bucket is the `to` of deny and require",
           std::string(to_string(c.rule.verb)), "");
  }
  return j.problems.empty();
}

}  // namespace

// S106: the network leads there, and no policy denies it. What identity
// policies allow is not known: this is no proof of access.
Judgement judge_bucket(const Case& c) {
  Judgement j;
  const ZoneScope from = zone_of(c, *c.rule.from, j);
  j.from = from.name;
  j.to = c.rule.to->name;
  if (!says_what_it_may(c, j)) return j;
  const auto bucket = bucket_named(c);
  if (!bucket) {
    // The names of the network say what is wrong with this one.
    c.locations.select(*c.rule.to, c.rules.zones, false);
    j.problems.push_back({"unknown-bucket", c.rule.to->where,
                          "a rule names buckets of the network",
                          c.rule.to->buckets.front(), ""});
    return j;
  }
  note_unknown(from, j);
  const bool asks_nothing =
      (c.rule.service & (to_port(443) | to_port(80))).empty();
  if (from.empty() || asks_nothing) {
    j.verdict = Verdict::kVacuous;
    j.detail = asks_nothing ? "S3 answers at tcp/443 and tcp/80 only"
                            : "no location in `from`";
    return j;
  }
  Access access{c, *bucket, from, j};
  ZoneScope to;
  to.name = c.rule.to->name;
  to.scopes = access.ways().places(false);
  const auto doubts = open_block_doubts(c.topology(), from, to);
  j.unknown.insert(j.unknown.end(), doubts.begin(), doubts.end());
  const bool deny = c.rule.verb == Verb::kDeny;
  if (deny) note_public_addresses(c, from, to, j);
  if (deny) note_limits(c, from, j);
  j.limits.push_back(
      deny ? "a bucket taken to be called at the public addresses of S3 in its "
             "Region and by endpoints, not by access points elsewhere or "
             "Transfer Acceleration"
           : "what a caller's own policies allow is not judged: reachable and "
             "not denied is not access (S106)");
  j.detail = deny ? fmt::format("no request from '{}' gets to {} undenied",
                                from.name, to.name)
                  : fmt::format(
                        "every address of '{}' gets to {} by some way, "
                        "and nothing denies it",
                        from.name, to.name);
  if (deny) {
    access.deny();
  } else {
    access.require();
  }
  return j;
}

}  // namespace netproof
