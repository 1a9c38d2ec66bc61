#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "io/resolve.hpp"
#include "io/suggest.hpp"

namespace netproof::io {
namespace {

using Members = OpenList<Ref<TransitAttachment>>;

template <class Kind>
const Kind* find_by_name(const std::vector<Kind>& table,
                         const std::string& name) {
  const auto at = std::ranges::find(table, name, &Kind::name);
  return at == table.end() ? nullptr : &*at;
}

class Expander {
 public:
  explicit Expander(Draft& draft) : draft_{draft} {
    for (const Account& account : draft.parts.accounts) {
      accounts_.emplace(account.name, &account);
    }
    for (const Vpc& vpc : draft.parts.vpcs) vpcs_.emplace(vpc.name, &vpc);
    for (const auto& attachment : draft.parts.transit_attachments) {
      labels_.push_back(labels_of(attachment));
    }
  }

  void run() {
    for (const PendingMembership& pending : draft_.memberships) {
      add_membership(pending);
    }
    for (const PendingSelector& selector : draft_.selectors) expand(selector);
    for (const UnknownMembership& unknown : draft_.unknown_memberships) {
      for (TransitRouteTable& table : draft_.parts.transit_route_tables) {
        if (table.gateway.name == unknown.gateway) {
          members(table, unknown.membership).open = true;
        }
      }
    }
  }

 private:
  static Members& members(TransitRouteTable& table, Membership membership) {
    return membership == Membership::kAssociation ? table.associations
                                                  : table.propagations;
  }

  TransitRouteTable* table_named(const std::string& name) {
    auto& tables = draft_.parts.transit_route_tables;
    const auto at = std::ranges::find(tables, name, &TransitRouteTable::name);
    return at == tables.end() ? nullptr : &*at;
  }

  // What is attached, and whose it is; the nearer label wins.
  Labels labels_of(const TransitAttachment& attachment) const {
    const Object* attached = nullptr;
    const TopologyParts& p = draft_.parts;
    if (attachment.vpc) {
      const auto at = vpcs_.find(attachment.vpc->name);
      if (at != vpcs_.end()) attached = at->second;
    } else if (attachment.direct_connect) {
      attached = find_by_name(p.direct_connect_gateways,
                              attachment.direct_connect->name);
    } else if (attachment.vpn) {
      attached = find_by_name(p.vpn_connections, attachment.vpn->name);
    }
    Labels labels = attachment.labels;
    std::string account = attachment.account;
    if (attached != nullptr) {
      labels.insert(attached->labels.begin(), attached->labels.end());
      if (account.empty()) account = attached->account;
    }
    const auto owner = accounts_.find(account);
    if (owner != accounts_.end()) {
      labels.insert(owner->second->labels.begin(), owner->second->labels.end());
    }
    labels.emplace("account", account);
    if (attachment.vpc) {
      const auto at = vpcs_.find(attachment.vpc->name);
      if (at != vpcs_.end()) labels.emplace("region", at->second->region);
    }
    return labels;
  }

  static bool matches(const Labels& labels, const LabelChoice& choice) {
    return std::ranges::all_of(choice, [&](const auto& wanted) {
      const auto at = labels.find(wanted.first);
      return at != labels.end() &&
             std::ranges::find(wanted.second, at->second) !=
                 wanted.second.end();
    });
  }

  // What was attached, or whose it was, may have had the labels.
  bool labels_lost() const {
    return std::ranges::any_of(draft_.lost, [](const LostObject& lost) {
      return lost.kind == "accounts" || lost.kind == "vpcs" ||
             lost.kind == "vpn_connections" ||
             lost.kind == "direct_connect_gateways";
    });
  }

  void add_membership(const PendingMembership& pending) {
    const auto& attachments = draft_.parts.transit_attachments;
    if (find_by_name(attachments, pending.attachment.name) == nullptr) return;
    TransitRouteTable* table = table_named(pending.table.name);
    if (table != nullptr) {
      members(*table, pending.membership).items.push_back(pending.attachment);
      return;
    }
    report_unknown(pending.table);
    draft_.unknown_memberships.push_back(
        {find_by_name(attachments, pending.attachment.name)->gateway.name,
         pending.membership});
  }

  void report_unknown(const Ref<TransitRouteTable>& ref) {
    if (draft_.fatal) return;
    std::vector<std::string> known;
    for (const auto& each : draft_.parts.transit_route_tables) {
      known.push_back(each.name);
    }
    draft_.problems.add({"unknown-name", ref.where,
                         "a transit gateway route table that an attachment "
                         "joins exists",
                         ref.name, suggestion(ref.name, known)});
  }

  void expand(const PendingSelector& selector) {
    TransitRouteTable* table = table_named(selector.table);
    if (table == nullptr) return;
    Members& list = members(*table, selector.membership);
    std::unordered_set<std::string> listed;
    for (const auto& ref : list.items) listed.insert(ref.name);
    bool matched = false;
    const auto& attachments = draft_.parts.transit_attachments;
    for (std::size_t i = 0; i < attachments.size(); ++i) {
      const TransitAttachment& attachment = attachments[i];
      if (attachment.gateway.name != table->gateway.name) continue;
      if (!matches(labels_[i], selector.select)) continue;
      if (!selector.minus.empty() && matches(labels_[i], selector.minus)) {
        continue;
      }
      matched = true;
      if (!listed.insert(attachment.name).second) continue;
      list.items.push_back({attachment.name, std::nullopt, selector.where});
    }
    if (labels_lost()) list.open = true;
    if (matched) return;
    list.open = true;
    // It may have matched what could not be read.
    if (draft_.fatal || !draft_.lost.empty()) return;
    draft_.problems.add({"empty-selector", selector.where,
                         "a selector matches an attachment of its transit "
                         "gateway",
                         "nothing matched", ""});
  }

  Draft& draft_;
  std::unordered_map<std::string, const Account*> accounts_;
  std::unordered_map<std::string, const Vpc*> vpcs_;
  std::vector<Labels> labels_;
};

}  // namespace

void expand_memberships(Draft& draft) { Expander{draft}.run(); }

}  // namespace netproof::io
