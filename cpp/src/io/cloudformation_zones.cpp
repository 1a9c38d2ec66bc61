#include "io/cloudformation_zones.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "io/cloudformation_values.hpp"

namespace netproof::io {
namespace {

using Kind = AwsValue::Kind;

constexpr std::string_view kRegion = "${AWS::Region}";

/// By how much a text tells of a zone.
enum class Sort { kNamed, kLettered, kCounted, kNothing };

Sort sort_of(std::string_view zone) {
  if (!is_symbolic(zone)) return Sort::kNamed;
  if (zone.starts_with(kRegion) && !is_symbolic(zone.substr(kRegion.size()))) {
    return Sort::kLettered;
  }
  const bool counted =
      zone.starts_with(kZonePrefix) && zone.find('}') + 1 == zone.size();
  return counted ? Sort::kCounted : Sort::kNothing;
}

// A name that no Region can be read from.
std::string_view short_name(std::string_view zone, Sort sort) {
  if (sort == Sort::kLettered) return zone.substr(kRegion.size());
  if (sort != Sort::kCounted) return zone;
  zone.remove_prefix(kZonePrefix.size());
  zone.remove_suffix(1);
  return zone;
}

AwsValue* zone_of(CloudFormationResource& resource) {
  if (resource.type != "AWS::EC2::Subnet") return nullptr;
  for (AwsValue::Member& one : resource.properties.members) {
    const bool zone =
        one.key == "AvailabilityZone" && one.value.kind == Kind::kText;
    if (zone) return &one.value;
  }
  return nullptr;
}

}  // namespace

void settle_zones(std::vector<CloudFormationResource>& resources,
                  const ValueMaker& maker, bool one_account) {
  Sort best = Sort::kNothing;
  for (CloudFormationResource& one : resources) {
    if (const AwsValue* zone = zone_of(one)) {
      best = std::min(best, sort_of(zone->text));
    }
  }
  for (CloudFormationResource& one : resources) {
    AwsValue* zone = zone_of(one);
    if (zone == nullptr) continue;
    const Sort sort = sort_of(zone->text);
    if (sort != best || sort == Sort::kNothing || !one_account) {
      *zone = maker.unknown(one.id + ".AvailabilityZone", *zone);
    } else {
      zone->text = short_name(zone->text, sort);
    }
  }
}

void settle_symbols(AwsValue& value, const ValueMaker& maker) {
  for (AwsValue::Member& one : value.members) {
    if (one.key == "ServiceName") continue;
    settle_symbols(one.value, maker);
  }
  const bool open = value.kind == Kind::kText && is_symbolic(value.text);
  if (open) value = maker.unknown(value.text, value);
}

}  // namespace netproof::io
