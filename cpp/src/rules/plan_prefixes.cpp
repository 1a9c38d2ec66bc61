#include <fmt/format.h>

#include "netproof/model/place.hpp"
#include "rules/plan_checks.hpp"

namespace netproof {

namespace {

struct Range {
  int widest;
  int narrowest;
};

bool within(const WrittenPrefix& written, Range v4, Range v6) {
  const int length = written.prefix.length();
  const Range range = written.prefix.family() == Family::kV4 ? v4 : v6;
  return range.widest <= length && length <= range.narrowest;
}

// AWS accepts /16 to /28. Its own IPv6 blocks are /56; IPAM hands out others.
constexpr Range kVpcV4{16, 28};
constexpr Range kVpcV6{44, 60};
constexpr Range kSubnetV4{16, 28};
constexpr Range kSubnetV6{44, 64};

void check_sizes(const PlanContext& context, PrefixUse wanted,
                 std::string_view id, Range v4, Range v6,
                 std::vector<Finding>& found) {
  for_each_prefix(context.parts(), [&](const WrittenPrefix& prefix,
                                       PrefixUse use,
                                       const std::string& holder) {
    if (use != wanted || within(prefix, v4, v6)) return;
    const Range range = prefix.prefix.family() == Family::kV4 ? v4 : v6;
    found.push_back(make_finding(
        id,
        fmt::format("{} has {}; AWS takes /{} to /{}", holder,
                    to_string(prefix.prefix), range.widest, range.narrowest),
        prefix.where, holder));
  });
}

}  // namespace

// covers S9; the readings are of contract 2.1.
void check_host_bits(const PlanContext& context, std::vector<Finding>& found) {
  for_each_prefix(context.parts(), [&](const WrittenPrefix& prefix, PrefixUse,
                                       const std::string& holder) {
    if (!prefix.host_bits) return;
    Finding finding = make_finding(
        "prefix-has-no-host-bits",
        fmt::format("'{}' of {} has host bits: read as {}, it may also "
                    "mean {}",
                    prefix.text, holder, to_string(prefix.prefix),
                    to_string(prefix.exact)),
        prefix.where, holder);
    if (context.snapshot) finding.level = Severity::kWarning;
    finding.fix = fmt::format("write {} or {}", to_string(prefix.prefix),
                              to_string(prefix.exact));
    found.push_back(std::move(finding));
  });
}

// S22, S40, S100. A filter line may name such a range; nothing may route it.
void check_link_local(const PlanContext& context, std::vector<Finding>& found) {
  for_each_prefix(
      context.parts(), [&](const WrittenPrefix& prefix, PrefixUse use,
                           const std::string& holder) {
        if (use == PrefixUse::kFilter || use == PrefixUse::kPlan) return;
        if (!IpSet::of(prefix.prefix).lies_inside(unroutable())) return;
        found.push_back(
            make_finding("routed-prefix-is-routable",
                         fmt::format("{} has {}, which no router forwards",
                                     holder, to_string(prefix.prefix)),
                         prefix.where, holder));
      });
}

void check_vpc_sizes(const PlanContext& context, std::vector<Finding>& found) {
  check_sizes(context, PrefixUse::kVpc, "vpc-size-is-allowed", kVpcV4, kVpcV6,
              found);
}

void check_subnet_sizes(const PlanContext& context,
                        std::vector<Finding>& found) {
  check_sizes(context, PrefixUse::kSubnet, "subnet-size-is-allowed", kSubnetV4,
              kSubnetV6, found);
}

}  // namespace netproof
