#pragma once

#include <cstdint>

#include "netproof/model/cluster.hpp"

namespace netproof::engine {

enum class Match : std::uint8_t { kNo, kPerhaps, kYes };

/// Whether a selector chooses an object with these labels; `complete`: it has
/// no others.
Match match(const LabelSelector& selector, const Labels& labels, bool complete);

/// The same for the namespace `space`: the labels of one that the cluster does
/// not list are unknown but for its name.
Match match_namespace(const LabelSelector& selector, const Cluster& cluster,
                      const std::string& space);

}  // namespace netproof::engine
