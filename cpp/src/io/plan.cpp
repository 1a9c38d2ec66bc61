#include "io/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "io/suggest.hpp"

namespace netproof::io {
namespace {

constexpr std::array<std::string_view, 8> kColumns{
    "account", "account_id",      "ou",        "vpc", "cidr",
    "region",  "transit_gateway", "attachment"};
constexpr std::array<std::string_view, 3> kUnread{"comment", "section",
                                                  "description"};
// Shorter names are too near to many words.
constexpr std::size_t kShortestTypo = 3;

bool is_reserved(std::string_view name) {
  return std::ranges::find(kColumns, name) != kColumns.end();
}

bool is_unread(std::string_view name) {
  return name.starts_with("x-") ||
         std::ranges::find(kUnread, name) != kUnread.end();
}

void check_columns(Problems& problems, const CsvTable& table) {
  bool names_something = false;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Node& column = table.columns[i];
    const std::string& name = column.text;
    names_something = names_something || name == "account" || name == "vpc";
    const auto same = [&](const Node& other) { return other.text == name; };
    const auto end = table.columns.begin() + static_cast<std::ptrdiff_t>(i);
    if (name.empty() || std::any_of(table.columns.begin(), end, same)) {
      problems.add({"csv-column", column.where,
                    "a column has a name, and each another one", name, ""});
    }
    if (is_reserved(name) || is_unread(name)) continue;
    for (const std::string_view known : kColumns) {
      if (known.size() >= kShortestTypo && edit_distance(name, known) == 1) {
        problems.add({"csv-column", column.where,
                      "a column is one that is known, or a label with a name "
                      "of its own",
                      name, fmt::format("did you mean '{}'?", known)});
      }
    }
  }
  if (!names_something) {
    problems.add({"csv-header", table.columns.front().where,
                  "a table has a column 'account' or 'vpc'",
                  table.columns.front().text, ""});
  }
}

/// One row, by the names of its columns.
struct Row {
  const CsvTable& table;
  const std::vector<Node>& cells;

  const Node* find(std::string_view column) const {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (table.columns[i].text == column) {
        return cells[i].text.empty() ? nullptr : &cells[i];
      }
    }
    return nullptr;
  }
  Labels labels() const {
    Labels labels;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string& name = table.columns[i].text;
      if (!cells[i].text.empty() && !is_reserved(name) && !is_unread(name)) {
        labels.emplace(name, cells[i].text);
      }
    }
    return labels;
  }
};

class PlanReader {
 public:
  explicit PlanReader(Draft& draft) : draft_{draft} {
    for (std::size_t i = 0; i < draft.parts.vpcs.size(); ++i) {
      vpcs_.emplace(draft.parts.vpcs[i].name, VpcEntry{i, true, {}});
    }
  }

  void add(const Row& row) {
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
  void settle(const Row& row, const char* column, std::string& value) {
    const Node* cell = row.find(column);
    if (cell == nullptr) return;
    if (value.empty()) {
      value = cell->text;
    } else if (value != cell->text) {
      conflict(*cell, column, value);
    }
  }

  void add_account(const Row& row, const Node& cell) {
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

  void add_vpc(const Row& row, const Node& cell, const Node* account,
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

  void add_labels(const Row& row, const Node& cell, Vpc& vpc, VpcEntry& entry) {
    for (const auto& [name, value] : row.labels()) {
      const auto [at, added] = entry.row_labels.emplace(name, value);
      if (!added && at->second != value) {
        conflict(row.find(name) == nullptr ? cell : *row.find(name), name,
                 at->second);
      }
      vpc.labels.emplace(name, value);
    }
  }

  void add_attachment(const Row& row, const Vpc& vpc, const Node& gateway) {
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
    check_columns(draft.problems, table);
    if (draft.problems.failures() != before) {
      draft.fatal = true;
      continue;
    }
    for (const auto& cells : table.rows) reader.add(Row{table, cells});
  }
  reader.label_accounts();
}

}  // namespace netproof::io
