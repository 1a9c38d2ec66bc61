#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "io/lza_files.hpp"

namespace netproof::io {

/// The accounts of an organisation and the units that they are in (S162).
class LzaAccounts {
 public:
  LzaAccounts(LzaReading& reading, const LzaFiles& files);

  /// The accounts that `deploymentTargets` or `shareTargets` name.
  struct Targets {
    std::vector<std::string> accounts;  ///< each once, in order of their names
    bool open = false;                  ///< there may be others
    bool certain = true;                ///< none of these is left out
  };
  Targets deployed(const LzaObject& targets) const;

  /// Whether something that is shared with `targets` surely is with `account`.
  /// Units pass on what is shared with them to the units in them.
  bool shares(const LzaObject& targets, const std::string& account) const;

  /// An account that is named somewhere; a gap if the accounts file does not
  /// list it.
  void mention(const std::string& account, const Location& where);

  /// The table `accounts` of a topology.
  Node table() const;

 private:
  struct Account {
    std::string unit;
    std::string id;
    Location where;
  };
  void read_accounts(const LzaObject& file);
  void add_account(const LzaObject& one, const std::string& id);
  void read_units(const LzaObject& file);
  bool add_unit(const Node& unit, std::set<std::string>& accounts) const;

  LzaReading& reading_;
  bool listed_ = false;
  bool has_units_ = false;
  std::map<std::string, Account> accounts_;
  std::set<std::string> units_;
  std::set<std::string> ignored_units_;
};

}  // namespace netproof::io
