#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

enum class BlockState { kThere, kGone, kUnknown };

// Only associated blocks exist for routing and propagation (S10).
BlockState state_of(const AwsObject& state) {
  const std::string word = state.text("State");
  if (word.empty() || word == "associated") return BlockState::kThere;
  for (const char* gone : {"associating", "disassociating", "disassociated",
                           "failing", "failed"}) {
    if (word == gone) return BlockState::kGone;
  }
  state.report_unknown("State");
  return BlockState::kUnknown;
}

void add_blocks(const AwsObject& owner, const char* set, const char* block,
                const char* state, OpenList<WrittenPrefix>& blocks) {
  for (const AwsObject& each : owner.list(set)) {
    each.knows({"AssociationId", block, state, "NetworkBorderGroup", "Ipv6Pool",
                "Ipv6AddressAttribute", "IpSource"});
    const BlockState there = state_of(each.object(state));
    if (there == BlockState::kUnknown) blocks.open = true;
    if (there != BlockState::kThere) continue;
    if (auto prefix = each.prefix(block)) {
      blocks.items.push_back(std::move(*prefix));
    }
  }
}

void add_first(const AwsObject& owner, OpenList<WrittenPrefix>& blocks) {
  auto prefix = owner.prefix("CidrBlock");
  if (!prefix) return;
  const bool listed = std::ranges::any_of(
      blocks.items,
      [&](const WrittenPrefix& one) { return one.prefix == prefix->prefix; });
  if (!listed && !owner.has("CidrBlockAssociationSet")) {
    blocks.items.insert(blocks.items.begin(), std::move(*prefix));
  }
}

// S32, as AWS reports it at the VPC and at each subnet.
Open<PublicAccess> public_access(const AwsObject& owner) {
  const AwsObject states = owner.object("BlockPublicAccessStates");
  states.knows({"InternetGatewayBlockMode"});
  const std::string mode = states.text("InternetGatewayBlockMode");
  Open<PublicAccess> access{PublicAccess::kAllowed, false, states.where()};
  if (mode == "block-ingress") {
    access.value = PublicAccess::kIngressBlocked;
  } else if (mode == "block-bidirectional") {
    access.value = PublicAccess::kBlocked;
  } else if (!mode.empty() && mode != "off") {
    states.report_unknown("InternetGatewayBlockMode");
    access.unknown = true;
  }
  return access;
}

// The ids of zones by account, Region and name (S13).
using ZoneIds = std::map<std::pair<std::size_t, std::string>, std::string>;

ZoneIds zone_ids(AwsBuild& build) {
  ZoneIds ids;
  for (const AwsResource& zone : build.snapshot.table(AwsFamily::kZones)) {
    ids[{zone.file->scope, std::string(zone.text("ZoneName"))}] =
        zone.text("ZoneId");
  }
  return ids;
}

// Names of zones are mapped anew in each account, so they compare only where
// all subnets are of one.
bool zones_of_one_account(AwsBuild& build) {
  std::set<std::string_view> owners;
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kSubnets)) {
    owners.insert(one.text("OwnerId"));
    if (!one.text("AvailabilityZoneId").empty()) return false;
  }
  return owners.size() < 2;
}

}  // namespace

void AwsBuild::name(Object& object, const AwsResource& resource,
                    const AwsObject& fields, std::string_view id,
                    std::string_view owner) {
  object.name = resource.text(id);
  object.where = fields.where(id);
  const AwsScope& scope = snapshot.scopes[resource.file->scope];
  object.account = fields.text(owner);
  if (object.account.empty()) object.account = scope.account;
  object.labels = fields.tags();
  if (!scope.region.empty()) object.labels.emplace("region", scope.region);
}

AwsBuild::VpcNotes& AwsBuild::vpc(const std::string& id,
                                  const Location& where) {
  const auto [at, added] = vpcs.try_emplace(id);
  if (added) {
    Vpc vpc;
    vpc.name = id;
    vpc.where = where;
    vpc.cidrs.open = true;
    vpc.subnets_open = true;
    vpc.security_groups.emplace();
    vpc.security_groups->open = true;
    at->second.index = parts.vpcs.size();
    parts.vpcs.push_back(std::move(vpc));
    doubted_vpcs.insert(id);
  }
  return at->second;
}

void build_accounts(AwsBuild& build) {
  std::set<std::string> named;
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kAccounts)) {
    const AwsObject fields{build.reading, one};
    Account account;
    account.name = fields.text("Id");
    account.id = account.name;
    account.where = fields.where("Id");
    const std::string name = fields.text("Name");
    if (!name.empty()) account.labels["account-name"] = name;
    named.insert(account.name);
    build.parts.accounts.push_back(std::move(account));
  }
  for (const AwsScope& scope : build.snapshot.scopes) {
    if (scope.account.empty() || !named.insert(scope.account).second) continue;
    Account account;
    account.name = scope.account;
    account.id = scope.account;
    build.parts.accounts.push_back(std::move(account));
  }
}

void build_vpcs(AwsBuild& build) {
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kVpcs)) {
    const OddScope odd{build.reading};
    const AwsObject fields{build.reading, one};
    fields.knows({"BlockPublicAccessStates", "CidrBlock",
                  "CidrBlockAssociationSet", "DhcpOptionsId",
                  "EncryptionControl", "InstanceTenancy",
                  "Ipv6CidrBlockAssociationSet", "IsDefault", "OwnerId",
                  "State", "Tags", "VpcId"});
    // Where it is enforced, hardware decides what gets through.
    const AwsObject encryption = fields.object("EncryptionControl");
    const std::string mode = encryption.text("Mode");
    if (!mode.empty() && mode != "monitor") encryption.report_unknown("Mode");
    Vpc vpc;
    build.name(vpc, one, fields, "VpcId");
    const AwsScope& scope = build.snapshot.scopes[one.file->scope];
    vpc.region = scope.region;
    add_blocks(fields, "CidrBlockAssociationSet", "CidrBlock", "CidrBlockState",
               vpc.cidrs);
    add_first(fields, vpc.cidrs);
    add_blocks(fields, "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock",
               "Ipv6CidrBlockState", vpc.cidrs);
    vpc.public_access = public_access(fields);
    if (odd.odd()) {
      vpc.cidrs.open = true;
      build.doubted_vpcs.insert(vpc.name);
    }
    AwsBuild::VpcNotes notes;
    notes.index = build.parts.vpcs.size();
    notes.scope = one.file->scope;
    notes.seen = scope.account.empty() || fields.text("OwnerId").empty() ||
                 scope.account == fields.text("OwnerId");
    notes.says_public_access = fields.has("BlockPublicAccessStates");
    build.vpcs[vpc.name] = notes;
    build.parts.vpcs.push_back(std::move(vpc));
  }
}

void build_subnets(AwsBuild& build) {
  const ZoneIds ids = zone_ids(build);
  const bool by_name = zones_of_one_account(build);
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kSubnets)) {
    const OddScope odd{build.reading};
    const AwsObject fields{build.reading, one};
    fields.knows({"AssignIpv6AddressOnCreation", "AvailabilityZone",
                  "AvailabilityZoneId", "AvailableIpAddressCount",
                  "BlockPublicAccessStates", "CidrBlock",

                  "DefaultForAz", "EnableDns64",

                  "Ipv6CidrBlockAssociationSet", "Ipv6Native",
                  "MapCustomerOwnedIpOnLaunch", "MapPublicIpOnLaunch",

                  "OwnerId", "PrivateDnsNameOptionsOnLaunch", "State",
                  "SubnetArn", "SubnetId", "Tags", "VpcId"});
    Subnet subnet;
    build.name(subnet, one, fields, "SubnetId");
    subnet.vpc = ref<Vpc>(fields.text("VpcId"), fields.where("VpcId"));
    add_first(fields, subnet.cidrs);
    add_blocks(fields, "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock",
               "Ipv6CidrBlockState", subnet.cidrs);
    const bool zone_unknown = fields.is_unknown("AvailabilityZone");
    const std::string zone =
        zone_unknown ? "" : fields.text("AvailabilityZone");
    subnet.zone.value = fields.text("AvailabilityZoneId");
    if (zone_unknown) {
      subnet.zone.unknown = true;
    } else if (subnet.zone.value.empty()) {
      const auto id = ids.find({one.file->scope, zone});
      subnet.zone.value = id != ids.end() ? id->second : zone;
      subnet.zone.unknown = id == ids.end() && !by_name;
    }
    const AwsBuild::VpcNotes& notes =
        build.vpc(subnet.vpc.name, subnet.vpc.where);
    Vpc& vpc = build.parts.vpcs[notes.index];
    if (vpc.region.empty() && zone.size() > 1) {
      vpc.region = zone.substr(0, zone.size() - 1);
      vpc.labels.emplace("region", vpc.region);
    }
    // An exclusion of a subnet cannot be told from one of its VPC.
    if (fields.has("BlockPublicAccessStates") &&
        !vpc.public_access.is(public_access(fields).value)) {
      vpc.public_access.unknown = true;
    }
    if (odd.odd()) {
      vpc.subnets_open = true;
      subnet.interfaces_open = true;
      subnet.cidrs.open = true;
      build.doubted_vpcs.insert(vpc.name);
    }
    build.subnets[subnet.name] = build.parts.subnets.size();
    build.parts.subnets.push_back(std::move(subnet));
  }
}

}  // namespace netproof::io
