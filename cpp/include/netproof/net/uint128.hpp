#pragma once

namespace netproof {

/// An unsigned integer of 128 bits: wide enough for an address of either
/// family. Not a standard type: std::numeric_limits and std::hash do not know
/// it in a strictly conforming build.
__extension__ typedef unsigned __int128 Uint128;

}  // namespace netproof
