#pragma once

#include <vector>

#include "io/cloudformation_translate.hpp"

namespace netproof::io {

/// Settles the zones of all subnets. Names of zones, `${AWS::Region}a` and the
/// zones that Fn::GetAZs counts compare with their like alone: where several
/// of these sorts stand beside each other the less telling ones are unknown.
/// Nothing compares if they are not of `one_account`.
void settle_zones(std::vector<CloudFormationResource>& resources,
                  const ValueMaker& maker, bool one_account);

/// Makes every other text that is only named in part unknown; those under
/// `ServiceName` stay.
void settle_symbols(AwsValue& value, const ValueMaker& maker);

}  // namespace netproof::io
