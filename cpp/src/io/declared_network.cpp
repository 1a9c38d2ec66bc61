#include "io/declared_network.hpp"

#include <utility>

namespace netproof::io {
namespace {

using F = AwsFamily;

std::string_view id_key(AwsFamily family) {
  return family == F::kStaticRoutes ? "TransitGatewayRouteTableId"
                                    : aws_call(family).id;
}

}  // namespace

AwsValue& DeclaredNetwork::declare(AwsFamily family, const std::string& id,
                                   const AwsValue& at) {
  const auto [found, added] = index_.try_emplace({family, id}, nullptr);
  if (added) {
    AwsValue value = ValueMaker::map(at);
    put(value, id_key(family), maker_.text(id, at));
    found->second = &declared_.emplace_back(Declared{family, std::move(value)});
  }
  return found->second->value;
}

AwsValue* DeclaredNetwork::find(AwsFamily family, const std::string& id) {
  const auto found = index_.find({family, id});
  return found == index_.end() ? nullptr : &found->second->value;
}

void DeclaredNetwork::add(AwsFamily family, AwsValue value, std::string about) {
  reading_.snapshot.table(family).push_back(
      {&maker_.file(), std::move(value), std::move(about)});
}

void DeclaredNetwork::add_vpc(VpcParts parts, const AwsValue& at) {
  vpcs_.emplace_back(std::move(parts), at);
}

void DeclaredNetwork::set_main_table(const std::string& vpc, AwsValue table) {
  main_tables_[vpc] = std::move(table);
}

void DeclaredNetwork::add_gateway(GatewayTables tables, const AwsValue& at) {
  gateways_.emplace_back(std::move(tables), at);
}

void DeclaredNetwork::join_default(const std::string& gateway,
                                   const std::string& attachment, Joins joins,
                                   const AwsValue& at) {
  for (const auto& [tables, _] : gateways_) {
    if (tables.gateway != gateway) continue;
    const AwsValue member = maker_.text(attachment, at);
    if (joins.associates && !tables.association.empty()) {
      associate(maker_.text(tables.association, at), member, at);
    }
    if (joins.propagates && !tables.propagation.empty()) {
      propagate(maker_.text(tables.propagation, at), member, at);
    }
  }
}

void DeclaredNetwork::join(AwsFamily family, const AwsValue& table,
                           const AwsValue& attachment, std::string_view state,
                           const AwsValue& at) {
  if (is_unknown(table)) {
    doubt(Sort::kTransit, std::string(table.text), at);
    return;
  }
  AwsValue member = ValueMaker::map(at);
  put(member, "TransitGatewayAttachmentId", attachment);
  put(member, "State", maker_.text(state, at));
  transit_tables_.emplace(std::string(table.text), attachment);
  add(family, std::move(member), std::string(table.text));
  if (!is_unknown(attachment)) return;
  // It may be any attachment, of any table.
  doubt(Sort::kTransit, std::string(attachment.text), at);
}

void DeclaredNetwork::associate(const AwsValue& table,
                                const AwsValue& attachment,
                                const AwsValue& at) {
  join(F::kTransitAssociations, table, attachment, "associated", at);
}

void DeclaredNetwork::propagate(const AwsValue& table,
                                const AwsValue& attachment,
                                const AwsValue& at) {
  join(F::kTransitPropagations, table, attachment, "enabled", at);
}

AwsValue& DeclaredNetwork::add_transit_table(const std::string& id,
                                             const std::string& gateway,
                                             const AwsValue& at) {
  AwsValue& table = declare(F::kTransitTables, id, at);
  if (table.find("TransitGatewayId") == nullptr) {
    put(table, "TransitGatewayId", maker_.text(gateway, at));
  }
  return declare(F::kStaticRoutes, id, at);
}

void DeclaredNetwork::finish_answers() {
  AwsSnapshot& snapshot = reading_.snapshot;
  snapshot.declared = true;
  for (std::size_t f = 0; f < kAwsFamilies; ++f) {
    snapshot.answers[{static_cast<AwsFamily>(f), maker_.file().scope, ""}]
        .finished = true;
  }
  const auto finish_about = [&](AwsFamily family, const AwsValue& value,
                                std::string_view key) {
    snapshot
        .answers[{family, maker_.file().scope,
                  std::string(known_text(value, key))}]
        .finished = true;
  };
  for (const Declared& one : declared_) {
    if (one.family == F::kTransitTables) {
      const char* key = "TransitGatewayRouteTableId";
      finish_about(F::kTransitAssociations, one.value, key);
      finish_about(F::kTransitPropagations, one.value, key);
    } else if (one.family == F::kPrefixLists) {
      finish_about(F::kPrefixListEntries, one.value, "PrefixListId");
    }
  }
}

void DeclaredNetwork::finish() {
  declare_defaults();
  leave_out_homeless();
  for (const auto& [tables, at] : gateways_) finish_gateway(tables, at);
  add_unseen_tables();
  for (const auto& [sort, doubt] : doubts_) apply(sort, doubt);
  hide_gateways();
  finish_answers();
  for (Declared& one : declared_) {
    if (!one.left_out) add(one.family, std::move(one.value));
  }
}

}  // namespace netproof::io
