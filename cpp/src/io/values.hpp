#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/node.hpp"
#include "io/problems.hpp"
#include "netproof/model/object.hpp"
#include "netproof/model/open.hpp"
#include "netproof/net/ip_address.hpp"
#include "netproof/net/transport_set.hpp"

namespace netproof::io {

// Each reads one scalar by what its key wants. Nothing: the reason is in the
// problems. The word `unknown` is none of these values; where it may stand is
// for the caller to say before.

/// A text that identifies something: not empty, one line, no bare number with a
/// leading zero.
std::optional<std::string> read_text(Problems& problems, const Node& node);

/// A text for people, of any content.
std::optional<std::string> read_prose(Problems& problems, const Node& node);

/// `true` or `false`, bare.
std::optional<bool> read_bool(Problems& problems, const Node& node);

/// A bare decimal number, least <= number <= most.
std::optional<int> read_int(Problems& problems, const Node& node, int least,
                            int most);

/// One of `words`; the index of it.
std::optional<std::size_t> read_choice(Problems& problems, const Node& node,
                                       const std::vector<std::string>& words);

/// A prefix as it was written, host bits and all.
std::optional<WrittenPrefix> read_prefix(Problems& problems, const Node& node);

std::optional<IpAddress> read_address(Problems& problems, const Node& node);

/// A service or a list of services; an `unknown` in it is add_unknown.
std::optional<TransportSet> read_service(Problems& problems, const Node& node);

/// "kind:name" with a kind out of `kinds`, or a word out of `words`.
struct KindName {
  std::string kind;  ///< of a word, the word
  std::string name;  ///< of a word, empty
};
std::optional<KindName> read_kind_name(Problems& problems, const Node& node,
                                       const std::vector<std::string>& kinds,
                                       const std::vector<std::string>& words);

Labels read_labels(Problems& problems, const Node& node);

/// Records that `node` is not `wanted` ("a list").
void wrong_type(Problems& problems, const Node& node, std::string_view wanted);

}  // namespace netproof::io
