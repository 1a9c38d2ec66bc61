#include "io/cloudformation_values.hpp"

#include <algorithm>
#include <array>

#include "io/suggest.hpp"

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

// Attributes that are names of the resource itself.
constexpr auto kOwnNames =
    std::to_array<std::string_view>({"AllocationId",
                                     "CustomerGatewayId",
                                     "DirectConnectGatewayId",
                                     "FirewallArn",
                                     "FirewallPolicyArn",
                                     "GroupId",
                                     "Id",
                                     "InstanceId",
                                     "InternetGatewayId",
                                     "NatGatewayId",
                                     "PrefixListId",
                                     "RouteTableId",
                                     "RuleGroupArn",
                                     "SubnetId",
                                     "TransitGatewayAttachmentId",
                                     "TransitGatewayRouteTableId",
                                     "VPNConnectionId",
                                     "VPNGatewayId",
                                     "VpcEndpointId",
                                     "VpnConnectionId"});

// Attributes that are what a property says.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6>
    kProperties{{{"AvailabilityZone", "AvailabilityZone"},
                 {"AvailabilityZoneId", "AvailabilityZoneId"},
                 {"CidrBlock", "CidrBlock"},
                 {"PrimaryPrivateIpAddress", "PrivateIpAddress"},
                 {"PrivateIp", "PrivateIpAddress"},
                 {"VpcId", "VpcId"}}};

constexpr std::string_view kFirewall = "AWS::NetworkFirewall::Firewall";

// Types whose Ref is the name that others use.
bool is_named_by_ref(std::string_view type) {
  if (type == "AWS::EC2::EIP") return false;  // its public address
  return type.starts_with("AWS::EC2::") ||
         type.starts_with("AWS::DirectConnect::") ||
         type.starts_with("AWS::NetworkFirewall::");
}

std::string_view type_of(const Node& resource) {
  const Node* type = resource.find("Type");
  return type == nullptr ? std::string_view{} : std::string_view{type->text};
}

std::vector<std::string> keys_of(const Node* map) {
  std::vector<std::string> keys;
  if (map == nullptr) return keys;
  for (const Node& key : map->keys) keys.push_back(key.text);
  return keys;
}

}  // namespace

bool is_symbolic(std::string_view text) noexcept {
  // The latter AWS looks up when the stack is made.
  return text.find("${") != std::string_view::npos ||
         text.find("{{resolve:") != std::string_view::npos;
}

CloudFormationValues::CloudFormationValues(
    const std::vector<CloudFormationStack>& stacks, ValueMaker maker,
    Problems& problems)
    : stacks_{stacks},
      maker_{maker},
      problems_{problems},
      functions_{{"Ref", &CloudFormationValues::ref},
                 {"Fn::GetAtt", &CloudFormationValues::get_attribute},
                 {"Fn::Sub", &CloudFormationValues::substitute},
                 {"Fn::Join", &CloudFormationValues::join},
                 {"Fn::Split", &CloudFormationValues::split},
                 {"Fn::Select", &CloudFormationValues::select},
                 {"Fn::GetAZs", &CloudFormationValues::zones},
                 {"Fn::Cidr", &CloudFormationValues::blocks},
                 {"Fn::If", &CloudFormationValues::choose},
                 {"Fn::FindInMap", &CloudFormationValues::find_in_map},
                 {"Fn::ImportValue", &CloudFormationValues::import_value}} {
  find_exports();
}

AwsValue CloudFormationValues::place(std::size_t stack,
                                     const Node& node) const {
  AwsValue value;
  value.begin = node.begin + stacks_[stack].start;
  value.end = node.end + stacks_[stack].start;
  return value;
}

AwsValue CloudFormationValues::text(std::size_t stack, const Node& node,
                                    std::string_view text) {
  work_ += text.size() / 64;
  return maker_.text(text, place(stack, node));
}

AwsValue CloudFormationValues::unknown(std::size_t stack, const Node& node,
                                       std::string_view why) {
  return maker_.unknown(why, place(stack, node));
}

AwsValue CloudFormationValues::refuse(std::size_t stack, const Node& node,
                                      std::string what, std::string help) {
  AwsValue value = unknown(stack, node, what);
  problems_.add({"cloudformation-value", node.where, std::move(what),
                 node.is_scalar() ? node.text : "", std::move(help)});
  return value;
}

AwsValue CloudFormationValues::read(std::size_t stack, const Node& node) {
  const Deeper deeper{*this};
  if (deeper.too_deep()) {
    if (works_too_much() && !exhausted_) {
      exhausted_ = true;
      refuse(stack, node, "the values of a template can be worked out",
             "functions double each other's results");
    }
    return unknown(stack, node, "functions that lead too deep");
  }
  switch (node.kind) {
    case NodeKind::kNull:
      return {};
    case NodeKind::kScalar:
      return text(stack, node, node.text);
    case NodeKind::kList:
      return read_list(stack, node);
    case NodeKind::kMap:
      return read_map(stack, node);
  }
  return {};
}

AwsValue CloudFormationValues::read_list(std::size_t stack, const Node& node) {
  AwsValue list = ValueMaker::list(place(stack, node));
  for (const Node& item : node.items) {
    AwsValue value = read(stack, item);
    if (value.kind != Kind::kNull) push(list, std::move(value));
  }
  return list;
}

AwsValue CloudFormationValues::read_map(std::size_t stack, const Node& node) {
  for (const Node& key : node.keys) {
    const bool single = node.keys.size() == 1;
    const auto function = functions_.find(key.text);
    if (single && function != functions_.end()) {
      return (this->*function->second)(stack, node.items.front());
    }
    // One that is not worked out here, or that changes what is around it.
    if (key.text.starts_with("Fn::")) return unknown(stack, node, key.text);
  }
  AwsValue map = ValueMaker::map(place(stack, node));
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    put(map, node.keys[i].text, read(stack, node.items[i]));
  }
  return map;
}

std::string CloudFormationValues::name_of(std::size_t stack,
                                          std::string_view logical) const {
  const std::string own{logical};
  return stacks_.size() < 2 ? own : stacks_[stack].name + "." + own;
}

std::optional<bool> CloudFormationValues::is_made(std::size_t stack,
                                                  const Node& resource) {
  const Node* condition = resource.find("Condition");
  if (condition == nullptr) return true;
  return holds(stack, condition->text, *condition);
}

AwsValue CloudFormationValues::ref(std::size_t stack, const Node& node) {
  if (!node.is_scalar()) return refuse(stack, node, "Ref names one thing");
  return reference(stack, node, node.text);
}

AwsValue CloudFormationValues::resource_name(std::size_t stack,
                                             const Node& node,
                                             const std::string& name,
                                             const Node& resource) {
  const std::optional<bool> made = is_made(stack, resource);
  if (!made) return unknown(stack, node, name + ", which may not be made");
  if (!*made) return unknown(stack, node, name + ", which is not made");
  if (!is_named_by_ref(type_of(resource))) return unknown(stack, node, name);
  return text(stack, node, name_of(stack, name));
}

AwsValue CloudFormationValues::pseudo_parameter(std::size_t stack,
                                                const Node& node,
                                                const std::string& name) {
  const CloudFormationStack& of = stacks_[stack];
  const auto given = of.given.find(name);
  if (given != of.given.end()) return text(stack, node, given->second);
  if (name == "AWS::StackName") return text(stack, node, of.name);
  return text(stack, node, "${" + name + "}");
}

AwsValue CloudFormationValues::reference(std::size_t stack, const Node& node,
                                         const std::string& name) {
  const CloudFormationStack& of = stacks_[stack];
  if (name == "AWS::NoValue") return {};
  if (of.find("Parameters", name) != nullptr) {
    return parameter(stack, node, name);
  }
  if (const Node* resource = of.find("Resources", name)) {
    return resource_name(stack, node, name, *resource);
  }
  if (name.starts_with("AWS::")) return pseudo_parameter(stack, node, name);
  // Resources that a macro brings have no entry.
  if (of.section("Transform") != nullptr) return unknown(stack, node, name);
  std::vector<std::string> known = keys_of(of.section("Parameters"));
  for (std::string& one : keys_of(of.section("Resources"))) {
    known.push_back(std::move(one));
  }
  return refuse(stack, node, "a parameter or resource of that name is there",
                suggestion(name, known));
}

AwsValue CloudFormationValues::parameter(std::size_t stack, const Node& node,
                                         const std::string& name) {
  const CloudFormationStack& of = stacks_[stack];
  const Node& declared = *of.find("Parameters", name);
  const Node* type = declared.find("Type");
  const std::string kind = type == nullptr ? "String" : type->text;
  const Node* missing = declared.find("Default");
  const auto given = of.given.find(name);
  // Its value is the name of another parameter, which AWS reads.
  const bool stored = kind.starts_with("AWS::SSM::");
  const bool is_given = given != of.given.end();
  if (stored || (!is_given && (missing == nullptr || !missing->is_scalar()))) {
    return unknown(stack, node, "parameter " + name);
  }
  const std::string& value = is_given ? given->second : missing->text;
  if (kind != "CommaDelimitedList" && !kind.starts_with("List<")) {
    return text(stack, node, value);
  }
  AwsValue list = ValueMaker::list(place(stack, node));
  for (std::size_t at = 0; at <= value.size() && !value.empty();) {
    const std::size_t end = std::min(value.find(',', at), value.size());
    const std::size_t first = std::min(value.find_first_not_of(' ', at), end);
    std::string one = value.substr(first, end - first);
    one.erase(one.find_last_not_of(' ') + 1);
    push(list, text(stack, node, one));
    at = end + 1;
  }
  return list;
}

AwsValue CloudFormationValues::get_attribute(std::size_t stack,
                                             const Node& node) {
  std::string resource = node.text;
  std::string name;
  if (node.is_scalar()) {
    const std::size_t point = resource.find('.');
    if (point != std::string::npos) {
      name = resource.substr(point + 1);
      resource.resize(point);
    }
  } else if (node.is_list() && node.items.size() == 2 &&
             node.items[0].is_scalar()) {
    resource = node.items[0].text;
    const AwsValue of = read(stack, node.items[1]);
    if (of.kind != Kind::kText) return unknown(stack, node, resource);
    name = of.text;
  }
  if (name.empty()) {
    return refuse(stack, node, "Fn::GetAtt names a resource and an attribute",
                  "as !GetAtt Vpc.CidrBlock");
  }
  return attribute(stack, node, resource, name);
}

AwsValue CloudFormationValues::attribute(std::size_t stack, const Node& node,
                                         const std::string& resource,
                                         const std::string& name) {
  const CloudFormationStack& of = stacks_[stack];
  const std::string whole = resource + "." + name;
  const Node* found = of.find("Resources", resource);
  if (found == nullptr) {
    if (of.section("Transform") != nullptr) return unknown(stack, node, whole);
    return refuse(stack, node, "a resource of that name is there",
                  suggestion(resource, keys_of(of.section("Resources"))));
  }
  if (is_made(stack, *found) != true) {
    return unknown(stack, node, resource + ", which may not be made");
  }
  const std::string_view type = type_of(*found);
  const std::string id = name_of(stack, resource);
  if (!is_named_by_ref(type) && type != "AWS::EC2::EIP") {
    return unknown(stack, node, whole);
  }
  const bool vpc = type == "AWS::EC2::VPC";
  if (vpc && (name == "DefaultSecurityGroup" || name == "DefaultNetworkAcl")) {
    return text(stack, node, id + "/" + name);
  }
  if (std::ranges::find(kOwnNames, name) != kOwnNames.end() ||
      (vpc && name == "VpcId")) {
    return text(stack, node, id);
  }
  if (name == "EndpointIds" && has_one_endpoint(stack, *found)) {
    AwsValue list = ValueMaker::list(place(stack, node));
    push(list, text(stack, node, "zone-of-" + id + ":" + id + "/endpoint"));
    return list;
  }
  const AwsValue value = property(stack, *found, name);
  if (value.kind == Kind::kText) return text(stack, node, value.text);
  return unknown(stack, node, whole);
}

// With one zone there is one endpoint to be meant.
bool CloudFormationValues::has_one_endpoint(std::size_t stack,
                                            const Node& firewall) {
  const Node* all = firewall.find("Properties");
  const Node* zones = all == nullptr ? nullptr : all->find("SubnetMappings");
  return zones != nullptr && type_of(firewall) == kFirewall &&
         read(stack, *zones).members.size() == 1;
}

AwsValue CloudFormationValues::property(std::size_t stack, const Node& resource,
                                        const std::string& attribute) {
  const Node* all = resource.find("Properties");
  const auto row =
      std::ranges::find(kProperties, attribute,
                        &std::pair<std::string_view, std::string_view>::first);
  if (row == kProperties.end() || all == nullptr) return {};
  const Node* said = all->find(row->second);
  return said == nullptr ? AwsValue{} : read(stack, *said);
}

void CloudFormationValues::find_exports() {
  Exports found;
  for (std::size_t stack = 0; stack < stacks_.size(); ++stack) {
    const Node* outputs = stacks_[stack].section("Outputs");
    if (outputs == nullptr) continue;
    for (const Node& output : outputs->items) add_export(stack, output, found);
  }
  exports_ = std::move(found);
}

void CloudFormationValues::add_export(std::size_t stack, const Node& output,
                                      Exports& found) {
  const Node* shared = output.find("Export");
  const Node* name = shared == nullptr ? nullptr : shared->find("Name");
  if (name == nullptr) return;
  const std::optional<bool> made = is_made(stack, output);
  const AwsValue known = read(stack, *name);
  if (known.kind != Kind::kText || made == false) return;
  const Node* value = made ? output.find("Value") : nullptr;
  const auto [at, added] =
      found.try_emplace(std::string(known.text), Export{stack, value});
  // In one account and Region there is one; which is meant is open.
  if (!added) at->second.value = nullptr;
}

AwsValue CloudFormationValues::import_value(std::size_t stack,
                                            const Node& node) {
  const AwsValue name = read(stack, node);
  const std::string why =
      "Fn::ImportValue" +
      (name.kind == Kind::kText ? " " + std::string(name.text) : "");
  if (name.kind != Kind::kText) return unknown(stack, node, why);
  const auto found = exports_.find(name.text);
  if (found == exports_.end() || found->second.value == nullptr) {
    return unknown(stack, node, why);
  }
  AwsValue value = read(found->second.stack, *found->second.value);
  value.begin = node.begin + stacks_[stack].start;
  value.end = node.end + stacks_[stack].start;
  return value;
}

}  // namespace netproof::io
