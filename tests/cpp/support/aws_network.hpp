#pragma once

#include <cstdint>

#include "support/random_network.hpp"

namespace netproof::testing {

/// What of a random network an AWS account can hold, with what AWS adds to it:
/// nothing is unknown, every interface lists its groups, an attachment has one
/// subnet of a zone, accounts and Regions own what is there. What an appliance
/// lets through stays unknown: no answer of AWS says it.
RandomNetwork aws_network(std::uint32_t seed);

}  // namespace netproof::testing
