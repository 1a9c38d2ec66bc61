#include <utility>

#include "support/cluster_network.hpp"

namespace netproof::testing {
namespace {

/// Few names, labels, ports and blocks, so that policies meet.
class ClusterDice {
 public:
  explicit ClusterDice(std::uint32_t seed) : dice_{seed} {
    if (dice_.percent(55)) doubts_ = dice_.percent(60) ? 4 : 15;
  }

  RandomNetwork make() {
    Cluster& cluster = net_.cluster();
    if (doubt("plugin")) cluster.plugin.clear();
    if (doubt("port ranges")) cluster.port_ranges.unknown = true;
    if (dice_.percent(15)) cluster.port_ranges.value = false;
    if (doubt("rewriting")) cluster.rewrites_first.unknown = true;
    cluster.policies.open = doubt("policies");
    for (const std::string& space : kSpaces) {
      if (!doubt("namespace")) net_.space(space, labels(kSpaceKeys));
    }
    const std::uint32_t pods = 2 + dice_.below(6);
    for (std::uint32_t p = 0; p < pods; ++p) make_pod(p);
    const std::uint32_t policies = dice_.below(6);
    for (std::uint32_t p = 0; p < policies; ++p) make_policy(p);
    return {net_.build(), std::move(features_)};
  }

 private:
  inline static const Texts kSpaces = {"shop", "pay", "ops"};
  inline static const Texts kPodKeys = {"app", "tier"};
  inline static const Texts kSpaceKeys = {"team", "env"};
  inline static const Texts kValues = {"a", "b", "c"};

  bool doubt(const std::string& what) {
    if (doubts_ == 0 || !dice_.percent(doubts_)) return false;
    features_.insert("unknown " + what);
    return true;
  }

  Labels labels(const Texts& keys) {
    Labels labels;
    for (const std::string& key : keys) {
      if (dice_.percent(75)) labels[key] = dice_.of(kValues);
    }
    return labels;
  }

  LabelSelector selector(const Texts& keys) {
    using Operator = LabelCondition::Operator;
    static const std::vector<Operator> kOperators = {
        Operator::kIn, Operator::kIn, Operator::kNotIn, Operator::kExists,
        Operator::kDoesNotExist};
    LabelSelector found;
    if (dice_.percent(25)) return found;
    const std::uint32_t count = dice_.percent(80) ? 1 : 2;
    for (std::uint32_t i = 0; i < count; ++i) {
      LabelCondition one = condition(dice_.of(keys), dice_.of(kOperators));
      if (one.condition == Operator::kIn || one.condition == Operator::kNotIn) {
        one.values = {dice_.of(kValues)};
        if (dice_.percent(30)) one.values.push_back(dice_.of(kValues));
      }
      found.push_back(std::move(one));
    }
    return found;
  }

  void make_pod(std::uint32_t number) {
    const bool twice = number > 0 && dice_.percent(4);
    const std::string last = std::to_string(twice ? 1 : number + 1);
    Pod& pod = net_.pod(dice_.of(kSpaces) + "/p" + std::to_string(number),
                        "10.1.0." + last, labels(kPodKeys));
    if (dice_.percent(25)) {
      pod.addresses.push_back(ip("2600:1::" + std::to_string(number + 1)));
    }
    if (dice_.percent(4)) pod.addresses.push_back(ip("52.0.0." + last));
    pod.host_network = dice_.percent(doubts_);
    pod.made_up = doubt("address");
    for (const char* name : {"web", "web", "dns"}) {
      static const std::vector<std::uint16_t> kPorts = {80, 443, 53, 8080};
      if (!dice_.percent(40)) continue;
      pod.ports.push_back(
          {name, dice_.percent(70) ? kTcp : kUdp, dice_.of(kPorts)});
    }
  }

  PolicyPort port() {
    static const std::vector<std::uint8_t> kProtocols = {kTcp, kTcp, kUdp,
                                                         kSctp};
    static const std::vector<std::uint16_t> kPorts = {22, 53, 80, 443, 1024};
    const std::uint8_t protocol = dice_.of(kProtocols);
    if (dice_.percent(20)) return policy_port(protocol, std::nullopt);
    if (dice_.percent(30)) {
      return policy_port(protocol, dice_.percent(70) ? "web" : "dns");
    }
    const std::uint16_t first = dice_.of(kPorts);
    if (!dice_.percent(30)) return policy_port(protocol, first);
    return policy_port(protocol, first,
                       static_cast<std::uint16_t>(first + dice_.below(400)));
  }

  PolicyPeer peer() {
    static const Texts kBlocks = {"0.0.0.0/0",  "10.1.0.0/24", "10.1.0.2/31",
                                  "8.8.8.0/24", "54.0.0.0/24", "::/0",
                                  "2600:1::/32"};
    const std::uint32_t form = dice_.below(10);
    if (form < 3) return peer_pods(selector(kPodKeys));
    if (form < 5) return peer_spaces(selector(kSpaceKeys));
    if (form < 6) {
      return peer_spaces(
          labelled({{"kubernetes.io/metadata.name", dice_.of(kSpaces)}}));
    }
    if (form < 8) {
      return peer_both(selector(kSpaceKeys), selector(kPodKeys));
    }
    const std::string block = dice_.of(kBlocks);
    if (block == "0.0.0.0/0" && dice_.percent(50)) {
      return peer_block(block, {"10.0.0.0/8", "8.8.8.8/32"});
    }
    return peer_block(block);
  }

  OpenList<PolicyRule> rules() {
    OpenList<PolicyRule> list;
    const std::uint32_t count = dice_.below(4);
    for (std::uint32_t r = 0; r < count; ++r) {
      PolicyRule rule;
      const std::uint32_t peers = dice_.below(3);
      for (std::uint32_t i = 0; i < peers; ++i) {
        rule.peers.items.push_back(peer());
      }
      rule.peers.open = doubt("peers");
      const std::uint32_t ports = dice_.below(3);
      for (std::uint32_t i = 0; i < ports; ++i) {
        rule.ports.items.push_back(port());
      }
      rule.ports.open = doubt("ports");
      list.items.push_back(std::move(rule));
    }
    list.open = doubt("rules");
    return list;
  }

  void make_policy(std::uint32_t number) {
    NetworkPolicy& policy = net_.policy(
        dice_.of(kSpaces) + "/n" + std::to_string(number), selector(kPodKeys));
    if (dice_.percent(70)) policy.ingress = rules();
    if (!policy.ingress || dice_.percent(40)) policy.egress = rules();
  }

  Dice dice_;
  ClusterNetwork net_;
  std::uint32_t doubts_ = 0;  ///< per cent
  std::set<std::string> features_;
};

}  // namespace

RandomNetwork random_cluster(std::uint32_t seed) {
  return ClusterDice{seed}.make();
}

}  // namespace netproof::testing
