#include <fmt/format.h>

#include "io/draft.hpp"

namespace netproof::io {
namespace {

// No block is longer than the addresses of its family, or wider than the range.
void read_allocation(Fields& fields, AddressBlock& block) {
  const Node* node = fields.find("allocation");
  if (node == nullptr) return;
  const int least = block.cidr.prefix.length();
  block.allocation = read_int(fields.problems(), *node, least,
                              address_bits(block.cidr.prefix.family()));
}

}  // namespace

void read_address_block(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, AddressBlock& block) {
    if (const Node* cidr = fields.need("cidr")) {
      block.cidr = read_prefix(draft.problems, *cidr).value_or(WrittenPrefix{});
    }
    if (const Node* holds = fields.need("holds")) {
      block.holds = read_choice_of_labels(draft.problems, *holds);
    }
    read_allocation(fields, block);
  };
  record_lost(draft, "address_blocks",
              read_object(draft, node, {"address_blocks", "address block"},
                          draft.parts.address_blocks, body));
}

void read_dns_record(Draft& draft, const Node& node) {
  const auto body = [&](Fields& fields, DnsRecord& record) {
    const Node* addresses = fields.need_either("addresses", "address");
    record.addresses = fields.addresses(addresses);
    if (addresses != nullptr && addresses->is_list() &&
        addresses->items.empty()) {
      draft.problems.add({"empty-list", addresses->where,
                          "a record stands for an address", "[]", ""});
    }
  };
  record_lost(draft, "dns_records",
              read_object(draft, node, {"dns_records", "DNS record"},
                          draft.parts.dns_records, body));
}

}  // namespace netproof::io
