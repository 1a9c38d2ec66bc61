#include <algorithm>
#include <utility>

#include "io/aws_build.hpp"
#include "io/firewall_action.hpp"

namespace netproof::io {
namespace {

// A group that nobody described may hold any line.
void need_group(AwsBuild& build, const std::string& arn, bool stateful,
                const Location& where) {
  auto& groups = build.parts.firewall_rule_groups;
  const auto named = std::ranges::find(groups, arn, &FirewallRuleGroup::name);
  if (named != groups.end()) {
    if (named->stateful != stateful && !named->lines.open) {
      build.reading.gap("snapshot-is-understood", where,
                        "a policy asks stateless groups before stateful ones",
                        arn, "what the policy does is unknown");
    }
    return;
  }
  build.reading.gap("snapshot-has-every-call", where,
                    "describe-rule-group answers for each rule group", arn,
                    "what it does is unknown");
  FirewallRuleGroup group;
  group.name = arn;
  group.where = where;
  group.stateful = stateful;
  group.lines.open = true;
  groups.push_back(std::move(group));
}

OpenList<FirewallPolicy::Use> uses(AwsBuild& build, const AwsObject& fields,
                                   bool stateful, bool ordered) {
  const char* const key =
      stateful ? "StatefulRuleGroupReferences" : "StatelessRuleGroupReferences";
  OpenList<FirewallPolicy::Use> list;
  list.where = fields.where(key);
  for (const AwsObject& one : fields.list(key)) {
    one.knows({"ResourceArn", "Priority"});
    FirewallPolicy::Use use;
    use.group = ref<FirewallRuleGroup>(one.text("ResourceArn"),
                                       one.where("ResourceArn"));
    use.priority = one.number("Priority").value_or(0);
    if (ordered && !one.has("Priority")) one.report_unknown("Priority");
    need_group(build, use.group.name, stateful, use.group.where);
    list.items.push_back(std::move(use));
  }
  return list;
}

void read_engine(const AwsObject& engine, FirewallPolicy& policy) {
  engine.knows({"RuleOrder", "StreamExceptionPolicy", "FlowTimeouts"});
  const std::string order = engine.text("RuleOrder");
  policy.strict_order = {order == "STRICT_ORDER", false, engine.where()};
  if (!order.empty() && order != "STRICT_ORDER" &&
      order != "DEFAULT_ACTION_ORDER") {
    engine.report_unknown("RuleOrder");
  }
  // Whoever has not seen a flow begin may drop it whatever this says (S158).
  const std::string midstream = engine.text("StreamExceptionPolicy");
  if (!midstream.empty() && midstream != "DROP" && midstream != "REJECT" &&
      midstream != "CONTINUE") {
    engine.report_unknown("StreamExceptionPolicy");
  }
}

void read_defaults(AwsBuild& build, const AwsObject& fields,
                   FirewallPolicy& policy) {
  const auto words = [&](const char* key) { return fields.texts(key); };
  policy.stateless_default =
      stateless_action(words("StatelessDefaultActions"),
                       fields.where("StatelessDefaultActions"));
  policy.unmatched = stateful_default(words("StatefulDefaultActions"),
                                      fields.where("StatefulDefaultActions"));
  const auto tell = [&](bool unknown, const Location& where) {
    if (!unknown) return;
    build.reading.gap("snapshot-is-understood", where,
                      "what a policy does by default is one action, and known",
                      policy.name, "what it lets through is unknown");
  };
  tell(policy.stateless_default.unknown, policy.stateless_default.where);
  tell(policy.unmatched.unknown, policy.unmatched.where);
}

void read_home_net(const AwsObject& fields, FirewallPolicy& policy) {
  const AwsObject outer = fields.object("PolicyVariables");
  outer.knows({"RuleVariables"});
  const AwsObject variables = outer.object("RuleVariables");
  variables.knows({"HOME_NET"});
  if (!variables.has("HOME_NET")) return;
  const AwsObject home = variables.object("HOME_NET");
  policy.home_net.emplace();
  policy.home_net->where = home.where("Definition");
  policy.home_net->open = !home.has("Definition");
  for (const std::string& text : home.texts("Definition")) {
    const auto parsed = IpPrefix::parse_loose(text);
    if (!parsed) {
      policy.home_net->open = true;
      continue;
    }
    WrittenPrefix prefix;
    prefix.prefix = parsed.value().masked;
    prefix.exact = parsed.value().exact;
    prefix.text = text;
    prefix.where = home.where("Definition");
    policy.home_net->items.push_back(std::move(prefix));
  }
}

void read_policy(AwsBuild& build, const AwsResource& resource,
                 FirewallPolicy& policy) {
  OddScope odd{build.reading};
  const AwsObject fields{build.reading, resource};
  fields.knows({"StatelessRuleGroupReferences", "StatelessDefaultActions",
                "StatelessFragmentDefaultActions", "StatelessCustomActions",
                "StatefulRuleGroupReferences", "StatefulDefaultActions",
                "StatefulEngineOptions", "PolicyVariables"});
  read_engine(fields.object("StatefulEngineOptions"), policy);
  policy.stateless = uses(build, fields, false, true);
  policy.stateful = uses(build, fields, true, policy.strict_order.value);
  read_defaults(build, fields, policy);
  read_home_net(fields, policy);
  if (!odd.odd()) return;
  // Words that nobody knows may change anything (S87).
  policy.stateless.open = true;
  policy.stateful.open = true;
  odd.settle();
}

void build_policies(AwsBuild& build) {
  std::set<std::string> known;
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kFirewallPolicies)) {
    const AwsResource* named =
        build.snapshot.beside(AwsFamily::kFirewallPolicyNames, one);
    if (named == nullptr) continue;
    const AwsObject words{build.reading, *named};
    FirewallPolicy policy;
    policy.name = words.text("FirewallPolicyArn");
    policy.where = one.where();
    if (!known.insert(policy.name).second) continue;
    policy.labels.emplace("Name", words.text("FirewallPolicyName"));
    read_policy(build, one, policy);
    build.parts.firewall_policies.push_back(std::move(policy));
  }
}

void need_policy(AwsBuild& build, NetworkFirewall& firewall) {
  const auto& policies = build.parts.firewall_policies;
  const std::string& arn = firewall.policy.value.name;
  if (std::ranges::any_of(policies,
                          [&](const auto& one) { return one.name == arn; })) {
    return;
  }
  build.reading.gap("snapshot-has-every-call", firewall.policy.where,
                    "describe-firewall-policy answers for each firewall policy",
                    arn, "what its firewalls let through is unknown");
  firewall.policy.unknown = true;
}

// Its endpoints, which describe-vpc-endpoints may list as well.
void add_endpoints(AwsBuild& build, const AwsResource& status,
                   const NetworkFirewall& firewall) {
  const AwsObject states =
      AwsObject{build.reading, status}.object("SyncStates");
  const AwsValue* zones = status.value.find("SyncStates");
  if (zones == nullptr) return;
  for (const AwsValue::Member& zone : zones->members) {
    const AwsObject attachment = states.object(zone.key).object("Attachment");
    Endpoint endpoint;
    endpoint.name = attachment.text("EndpointId");
    const auto listed = build.endpoints.find(endpoint.name);
    const Ref<NetworkFirewall> owner =
        ref<NetworkFirewall>(firewall.name, attachment.where());
    if (listed != build.endpoints.end()) {
      build.parts.endpoints[listed->second].firewall = owner;
      continue;
    }
    endpoint.where = attachment.where();
    endpoint.kind = EndpointKind::kInspection;
    const std::string subnet = attachment.text("SubnetId");
    const auto at = build.subnets.find(subnet);
    if (endpoint.name.empty() || at == build.subnets.end()) continue;
    endpoint.subnet = ref<Subnet>(subnet, attachment.where("SubnetId"));
    endpoint.vpc = build.parts.subnets[at->second].vpc;
    endpoint.firewall = owner;
    build.endpoints[endpoint.name] = build.parts.endpoints.size();
    build.parts.endpoints.push_back(std::move(endpoint));
  }
}

}  // namespace

void build_firewalls(AwsBuild& build) {
  build_rule_groups(build);
  build_policies(build);
  std::size_t count = 0;
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kFirewalls)) {
    const AwsResource* named =
        build.snapshot.beside(AwsFamily::kFirewallNames, one);
    NetworkFirewall firewall;
    firewall.where = one.where();
    firewall.name = "firewall-" + std::to_string(++count);
    firewall.policy.unknown = named == nullptr;
    if (named == nullptr) {
      build.reading.gap("snapshot-has-every-call", firewall.where,
                        "a firewall is read with the name of its policy",
                        firewall.name, "what it lets through is unknown");
    } else {
      const AwsObject fields{build.reading, *named};
      const std::string arn = fields.text("FirewallArn");
      if (!arn.empty()) firewall.name = arn;
      firewall.labels.emplace("Name", fields.text("FirewallName"));
      firewall.vpc = ref<Vpc>(fields.text("VpcId"), fields.where("VpcId"));
      firewall.policy.where = fields.where("FirewallPolicyArn");
      firewall.policy.value = ref<FirewallPolicy>(
          fields.text("FirewallPolicyArn"), firewall.policy.where);
      need_policy(build, firewall);
    }
    add_endpoints(build, one, firewall);
    auto& firewalls = build.parts.network_firewalls;
    if (std::ranges::none_of(firewalls, [&](const auto& other) {
          return other.name == firewall.name;
        })) {
      firewalls.push_back(std::move(firewall));
    }
  }
}

}  // namespace netproof::io
