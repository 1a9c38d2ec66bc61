#include "io/lza_accounts.hpp"

#include <algorithm>

#include "io/lza_node.hpp"

namespace netproof::io {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

constexpr const char* kRoot = "Root";

}  // namespace

LzaAccounts::LzaAccounts(LzaReading& reading, const LzaFiles& files)
    : reading_{reading}, listed_{files.has_accounts} {
  if (files.organization.is_map()) {
    read_units(LzaObject{reading, files.organization, "organization file"});
  }
  if (files.accounts.is_map()) {
    read_accounts(LzaObject{reading, files.accounts, "accounts file"});
  }
}

void LzaAccounts::read_units(const LzaObject& file) {
  has_units_ = true;
  units_.insert(kRoot);
  for (const LzaObject& one :
       file.objects("organizationalUnits", "organizational unit")) {
    const std::string name = one.need("name");
    units_.insert(name);
    if (one.flag("ignore", false) == true) ignored_units_.insert(name);
  }
}

void LzaAccounts::read_accounts(const LzaObject& file) {
  std::map<std::string, std::string> ids;
  for (const LzaObject& one : file.objects("accountIds", "account id")) {
    ids[lower(one.text("email"))] = one.text("accountId");
  }
  for (const char* key : {"mandatoryAccounts", "workloadAccounts"}) {
    for (const LzaObject& one : file.objects(key, "account")) {
      add_account(one, ids[lower(one.text("email"))]);
    }
  }
}

void LzaAccounts::add_account(const LzaObject& one, const std::string& id) {
  const std::string name = one.need("name");
  if (name.empty()) return;
  std::string unit = one.text("organizationalUnit");
  if (unit.empty()) unit = kRoot;
  const auto [at, added] = accounts_.try_emplace(
      name,
      Account{unit, is_unresolved(id) ? std::string{} : id, one.where("name")});
  if (added) return;
  reading_.draft.problems.add({"duplicate-name", one.where("name"),
                               "an account is listed once", name,
                               "first in " + to_string(at->second.where)});
}

// The accounts of one unit; those of units inside it do not count (S162).
bool LzaAccounts::add_unit(const Node& unit,
                           std::set<std::string>& accounts) const {
  if (!listed_ || is_unresolved(unit.text)) return false;
  if (has_units_ && !units_.contains(unit.text)) {
    reading_.gap(unit.where, "a unit is one of the organization file",
                 unit.text, "no account is taken to be in it");
  }
  for (const auto& [name, account] : accounts_) {
    if (ignored_units_.contains(account.unit)) continue;
    if (unit.text == kRoot || account.unit == unit.text) accounts.insert(name);
  }
  return true;
}

LzaAccounts::Targets LzaAccounts::deployed(const LzaObject& targets) const {
  std::set<std::string> accounts;
  Targets result;
  result.open = !targets.knows({"organizationalUnits", "accounts",
                                "excludedRegions", "excludedAccounts"});
  for (const Node* unit : targets.texts("organizationalUnits")) {
    if (add_unit(*unit, accounts)) continue;
    result.open = true;
    reading_.gap(unit->where, "the accounts of a unit are known", unit->text,
                 "accounts-config.yaml of the folder lists them; until then "
                 "any account may be one");
  }
  for (const Node* account : targets.texts("accounts")) {
    if (is_unresolved(account->text)) {
      result.open = true;
    } else {
      accounts.insert(account->text);
    }
  }
  for (const Node* account : targets.texts("excludedAccounts")) {
    if (is_unresolved(account->text)) result.certain = false;
    accounts.erase(account->text);
  }
  result.accounts.assign(accounts.begin(), accounts.end());
  return result;
}

bool LzaAccounts::shares(const LzaObject& targets,
                         const std::string& account) const {
  targets.knows({"organizationalUnits", "accounts"});
  for (const Node* one : targets.texts("accounts")) {
    if (one->text == account) return true;
  }
  const auto at = accounts_.find(account);
  const std::string unit =
      at == accounts_.end() ? std::string{} : at->second.unit;
  return std::ranges::any_of(targets.texts("organizationalUnits"),
                             [&](const Node* one) {
                               return one->text == kRoot || one->text == unit ||
                                      unit.starts_with(one->text + "/");
                             });
}

void LzaAccounts::mention(const std::string& account, const Location& where) {
  if (account.empty()) return;
  const auto [at, added] = accounts_.try_emplace(account);
  if (!added) return;
  at->second.where = where;
  if (!listed_ && !is_unresolved(account)) return;
  reading_.draft.unlabelled.push_back({"landing-zone-is-understood", where,
                                       "an account is one of the accounts file",
                                       account, "its unit is not known"});
}

Node LzaAccounts::table() const {
  Node table = list_node({});
  for (const auto& [name, account] : accounts_) {
    Node one = map_node(account.where);
    put_text(one, "name", name, account.where);
    if (!account.id.empty()) put_text(one, "id", account.id, account.where);
    if (!account.unit.empty()) put_text(one, "ou", account.unit, account.where);
    push(table, std::move(one));
  }
  return table;
}

}  // namespace netproof::io
