#include "io/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "io/csv_rows.hpp"

namespace netproof::io {
namespace {

const CsvForm& plan_form() {
  static const CsvForm form{{"account", "account_id", "ou", "vpc", "cidr",
                             "region", "transit_gateway", "attachment"},
                            {}};
  return form;
}

void check_plan_columns(Problems& problems, const CsvTable& table) {
  check_columns(problems, table, plan_form());
  if (has_column(table, "account") || has_column(table, "vpc")) return;
  problems.add({"csv-header", table.columns.front().where,
                "a table has a column 'account' or 'vpc', 'subnet' or "
                "'interface'",
                table.columns.front().text, ""});
}

class PlanReader {
 public:
  explicit PlanReader(Draft& draft) : draft_{draft} {
    for (std::size_t i = 0; i < draft.parts.vpcs.size(); ++i) {
      vpcs_.emplace(draft.parts.vpcs[i].name, VpcEntry{i, true, {}});
    }
  }

  void add(const CsvRow& row) {
    const Node* account = row.find("account");
    const Node* vpc = row.find("vpc");
    const Node* cidr = row.find("cidr");
    if (vpc == nullptr && cidr != nullptr) vpc = account;
    if (account == nullptr && vpc == nullptr) {
      problems().add({"csv-row", row.cells.front().where,
                      "a row names an account or a VPC", "neither", ""});
      return;
    }
    if (account != nullptr) add_account(row, *account);
    if (vpc != nullptr) {
      add_vpc(row, *vpc, account, cidr);
    } else if (const Node* gateway = row.find("transit_gateway")) {
      problems().add({"csv-row", gateway->where,
                      "a row that attaches something names a VPC",
                      gateway->text, ""});
    }
  }

  // A label on which all rows of an account agree belongs to the account.
  void label_accounts() {
    for (const auto& [index, rows] : account_labels_) {
      for (const auto& [name, value] : rows.front()) {
        const bool agreed = std::ranges::all_of(rows, [&](const Labels& row) {
          const auto at = row.find(name);
          return at != row.end() && at->second == value;
        });
        if (agreed) draft_.parts.accounts[index].labels.emplace(name, value);
      }
    }
  }

 private:
  struct VpcEntry {
    std::size_t index = 0;
    bool from_yaml = false;
    Labels row_labels;  ///< that rows have set so far
  };

  Problems& problems() { return draft_.problems; }

  bool is_taken(std::string_view kind, const std::string& name) const {
    const auto table = draft_.names.find(kind);
    return table != draft_.names.end() && table->second.contains(name);
  }

  void conflict(const Node& cell, const std::string& what,
                const std::string& other) {
    problems().add({"csv-conflict", cell.where,
                    fmt::format("{} is the same in all rows of an object: '{}'",
                                what, other),
                    cell.text, ""});
  }

  // Sets a text that may be set once, or again to the same.
  void settle(const CsvRow& row, const char* column, std::string& value) {
    const Node* cell = row.find(column);
    if (cell == nullptr) return;
    if (value.empty()) {
      value = cell->text;
    } else if (value != cell->text) {
      conflict(*cell, column, value);
    }
  }

  void add_account(const CsvRow& row, const Node& cell) {
    auto at = accounts_.find(cell.text);
    if (at == accounts_.end()) {
      if (is_taken("accounts", cell.text)) return;
      const auto name = read_text(problems(), cell);
      if (!name) return;
      register_name(draft_, "accounts", *name, cell.where);
      Account account;
      account.name = *name;
      account.account = *name;
      account.where = cell.where;
      at = accounts_.emplace(*name, draft_.parts.accounts.size()).first;
      draft_.parts.accounts.push_back(std::move(account));
    }
    Account& account = draft_.parts.accounts[at->second];
    settle(row, "account_id", account.id);
    settle(row, "ou", account.organisational_unit);
    if (const Node* id = row.find("account_id")) check_account_id(*id);
    account_labels_[at->second].push_back(row.labels());
  }

  void check_account_id(const Node& id) {
    constexpr std::size_t kDigits = 12;
    if (id.text.size() == kDigits &&
        id.text.find_first_not_of("0123456789") == std::string::npos) {
      return;
    }
    problems().add({"account-id", id.where, "an account id has twelve digits",
                    id.text, ""});
  }

  VpcEntry* find_or_make(const Node& cell) {
    const auto at = vpcs_.find(cell.text);
    if (at != vpcs_.end()) return &at->second;
    // A VPC of that name that could not be read stays left out.
    if (is_taken("vpcs", cell.text)) return nullptr;
    const auto name = read_text(problems(), cell);
    if (!name) return nullptr;
    register_name(draft_, "vpcs", *name, cell.where);
    Vpc vpc;
    vpc.name = *name;
    vpc.where = cell.where;
    const VpcEntry entry{draft_.parts.vpcs.size(), false, {}};
    draft_.parts.vpcs.push_back(std::move(vpc));
    return &vpcs_.emplace(*name, entry).first->second;
  }

  void add_vpc(const CsvRow& row, const Node& cell, const Node* account,
               const Node* cidr) {
    VpcEntry* entry = find_or_make(cell);
    if (entry == nullptr) return;
    Vpc& vpc = draft_.parts.vpcs[entry->index];
    if (account != nullptr) settle(row, "account", vpc.account);
    settle(row, "region", vpc.region);
    if (cidr != nullptr) add_cidrs(vpc, *cidr);
    add_labels(row, cell, vpc, *entry);
    if (const Node* gateway = row.find("transit_gateway")) {
      add_attachment(row, vpc, *gateway);
    }
  }

  void add_cidrs(Vpc& vpc, const Node& cell) {
    Node list;
    list.kind = NodeKind::kList;
    list.items = words_of(cell);
    const auto read = read_open_list<WrittenPrefix>(
        problems(), list, [&](const Node& word, auto& out) {
          if (auto prefix = read_prefix(problems(), word)) {
            out.push_back(std::move(*prefix));
          }
        });
    auto& cidrs = vpc.cidrs;
    cidrs.items.insert(cidrs.items.end(), read.items.begin(), read.items.end());
    cidrs.open = cidrs.open || read.open;
    if (!cidrs.where.known()) cidrs.where = cell.where;
  }

  void add_labels(const CsvRow& row, const Node& cell, Vpc& vpc,
                  VpcEntry& entry) {
    for (const auto& [name, value] : row.labels()) {
      const auto [at, added] = entry.row_labels.emplace(name, value);
      if (!added && at->second != value) {
        conflict(row.find(name) == nullptr ? cell : *row.find(name), name,
                 at->second);
      }
      vpc.labels.emplace(name, value);
    }
  }

  void add_attachment(const CsvRow& row, const Vpc& vpc, const Node& gateway) {
    const Node* written = row.find("attachment");
    const std::string name = written == nullptr ? vpc.name : written->text;
    const Node& cell = written == nullptr ? gateway : *written;
    // The same attachment again, in another row of the same VPC.
    for (const TransitAttachment& other : draft_.parts.transit_attachments) {
      if (other.name == name && other.vpc && other.vpc->name == vpc.name &&
          other.gateway.name == gateway.text) {
        return;
      }
    }
    const int before = problems().failures();
    register_name(draft_, "transit_gateway_attachments", name, cell.where);
    if (problems().failures() != before) return;
    TransitAttachment attachment;
    attachment.name = name;
    attachment.account = vpc.account;
    attachment.where = cell.where;
    attachment.kind = AttachmentKind::kVpc;
    attachment.gateway = {gateway.text, std::nullopt, gateway.where};
    attachment.vpc = Ref<Vpc>{vpc.name, std::nullopt, vpc.where};
    draft_.parts.transit_attachments.push_back(std::move(attachment));
  }

  Draft& draft_;
  std::map<std::string, std::size_t> accounts_;
  std::map<std::string, VpcEntry> vpcs_;
  std::map<std::size_t, std::vector<Labels>> account_labels_;
};

}  // namespace

void add_plans(Draft& draft, const std::vector<CsvTable>& tables) {
  PlanReader reader{draft};
  for (const CsvTable& table : tables) {
    const int before = draft.problems.failures();
    check_plan_columns(draft.problems, table);
    if (draft.problems.failures() != before) {
      draft.fatal = true;
      continue;
    }
    for (const auto& cells : table.rows) {
      reader.add(CsvRow{table, cells, plan_form()});
    }
  }
  reader.label_accounts();
}

}  // namespace netproof::io
