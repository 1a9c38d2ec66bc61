#include "support/exercised.hpp"

#include <string>
#include <utility>
#include <vector>

namespace netproof::testing {
namespace {

using Numbers = std::vector<int>;

const std::vector<std::pair<std::string, Numbers>> kByFeature = {
    {"IPv6", {1, 62}},
    {"implied subnets", {12, 14}},
    {"overlapping VPCs", {33, 52}},
    {"overlapping subnets", {140}},
    {"address listed twice", {140}},
    {"default group", {70}},
    {"group reference", {71, 72, 74, 156}},
    {"remote group reference", {72, 156}},
    {"group of references", {63, 72, 156}},
    {"group referencing", {63}},
    {"shared group", {72, 156}},
    {"middlebox behind an attachment", {63, 73, 150, 156}},
    {"out and back", {63, 156}},
    {"public address", {27, 147, 148}},
    {"source check off", {24, 136, 150}},
    {"forwards empty", {39, 150}},
    {"interface endpoint", {37, 159}},
    {"block public access", {32, 147}},
    {"edge table", {23, 148}},
    {"VPN edge table", {23, 151}},
    {"egress-only gateway", {28, 147}},
    {"VPN gateway", {25, 151}},
    {"gateway endpoint", {36, 150}},
    {"NAT gateway", {29, 31, 79, 149}},
    {"inspection endpoint", {38, 73, 150}},
    {"network firewall", {81, 86, 160}},
    {"stateless group", {81, 82}},
    {"action order", {83}},
    {"strict order", {83}},
    {"drop established", {84}},
    {"alert", {84}},
    {"condition", {85}},
    {"home net", {85}},
    {"established line", {85}},
    {"line of one side", {85, 160}},
    {"unknown rule group", {87}},
    {"firewall behind an attachment", {60, 86}},
    {"peering", {33, 34, 35, 146}},
    {"blackhole state", {20}},
    {"several targets", {54, 141}},
    {"prefix-list route", {19, 141}},
    {"target elsewhere", {20, 141}},
    {"middlebox route", {15, 16}},
    {"propagated", {17, 18, 25, 141}},
    {"transit gateway", {42, 43, 49, 50, 142}},
    {"unavailable attachment", {48, 144}},
    {"attachment with IPv6", {62, 144}},
    {"appliance mode", {59, 145}},
    {"attachment subnets", {57, 58, 60, 61, 144, 145}},
    {"default association", {51, 143}},
    {"default propagation", {51, 143}},
    {"no association", {42, 143}},
    {"two associations", {143}},
    {"transit peering", {65}},
    {"transit blackhole", {45, 46, 47}},
    {"two transit targets", {54, 142}},
    {"prefix-list reference", {53}},
    {"Direct Connect attachment", {92, 152}},
    {"Direct Connect gateway", {89, 90, 91}},
    {"virtual interface", {93}},
    {"private virtual interface", {89}},
    {"shared prefix", {93}},
    {"MED", {43, 93}},
    {"equal paths", {55, 93, 152}},
    {"advertised supernet", {95, 99}},
    {"SiteLink", {96}},
    {"VPN attachment", {97, 152}},
    {"static VPN", {50, 97}},
    {"VPN on a VPN gateway", {94, 98, 151}},
    {"part of the VPC advertised", {18}},
    {"site preference", {94, 153}},
    {"transit site", {95, 120, 153}},
    {"spoofing site", {159}},
    {"segments", {119, 154}},
    {"port isolation", {119, 154}},
    {"zone firewall", {116, 117, 118, 154}},
};

const std::vector<std::pair<DropCode, Numbers>> kByDrop = {
    {DropCode::kNoRoute, {21, 64, 139}},
    {DropCode::kBlackholeRoute, {20, 45, 46, 139}},
    {DropCode::kTgwNoAssociation, {42, 143}},
    {DropCode::kAzNotAttached, {57, 144}},
    {DropCode::kNaclDeny, {61, 76, 77, 78, 139}},
    {DropCode::kSgDeny, {7, 70, 71, 139, 156}},
    {DropCode::kFirewallDeny, {39, 116, 117, 154}},
    {DropCode::kPublicAccessBlocked, {32, 147}},
    {DropCode::kNoPublicIp, {27, 147}},
    {DropCode::kNatRefused, {29, 149}},
    {DropCode::kNotLocalAtPeer, {34, 146}},
    {DropCode::kNotAdvertised, {91, 153}},
    {DropCode::kUnroutable, {22, 100, 139, 148}},
    {DropCode::kNoSuchAddress, {11, 140}},
    {DropCode::kSourceCheck, {24, 136, 150}},
    {DropCode::kFamilyNotCarried, {28, 62, 144}},
    {DropCode::kNoState, {4, 118, 158}},
    {DropCode::kLoop, {5, 155}},
    {DropCode::kStateNotActive, {33, 48, 146}},
};

}  // namespace

std::map<int, std::size_t> exercised(const DuelStatistics& statistics) {
  std::map<int, std::size_t> times;
  const auto count = [&](const Numbers& numbers, std::size_t by) {
    for (const int number : numbers) times[number] += by;
  };
  for (const auto& [feature, numbers] : kByFeature) {
    const auto found = statistics.features.find(feature);
    count(numbers, found == statistics.features.end() ? 0 : found->second);
  }
  for (const auto& [code, numbers] : kByDrop) {
    const auto found = statistics.drops.find(code);
    count(numbers, found == statistics.drops.end() ? 0 : found->second);
  }
  count({2, 137, 138, 157}, statistics.uncertain);
  count({55, 137}, statistics.mixed);
  count({3, 74, 158}, statistics.established);
  return times;
}

}  // namespace netproof::testing
