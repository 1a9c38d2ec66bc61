#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/aws_object.hpp"
#include "io/declared_value.hpp"

namespace netproof::io {

/// Whether AWS makes something with an object now, or somebody may have
/// changed since what it made.
enum class Age { kNew, kOld };

/// A network that a configuration declares, while its resources are put into
/// the shape of AWS's answers. What AWS makes by itself is added: main tables,
/// default groups and ACLs, the default tables of transit gateways. Where
/// somebody may have changed it, it is unknown.
class DeclaredNetwork {
 public:
  DeclaredNetwork(AwsReading& reading, AwsFile& file)
      : maker_{file}, reading_{reading} {}

  const ValueMaker& maker() const noexcept { return maker_; }

  /// A resource of `family` under the name `id`; the same object if it is
  /// declared already. It stays where it is.
  AwsValue& declare(AwsFamily family, const std::string& id,
                    const AwsValue& at);
  /// The resource of that name; null if none is declared.
  AwsValue* find(AwsFamily family, const std::string& id);
  /// A list element that belongs to no resource, or is about `about`.
  void add(AwsFamily family, AwsValue value, std::string about = {});

  /// A VPC, and what AWS makes with it, by the names that the configuration
  /// gives them.
  struct VpcParts {
    std::string vpc;
    std::string group;
    std::string acl;
    std::string table;
    Age age = Age::kNew;
  };
  void add_vpc(VpcParts parts, const AwsValue& at);
  /// Another table is the VPC's main one.
  void set_main_table(const std::string& vpc, AwsValue table);
  /// Main tables, default groups and ACLs that nothing has declared so far. To
  /// be called before lines are added to them; finish() does it at the latest.
  void declare_defaults();

  /// A transit gateway; empty names: no such table.
  struct GatewayTables {
    std::string gateway;
    std::string association;
    std::string propagation;
    Age age = Age::kNew;
  };
  void add_gateway(GatewayTables tables, const AwsValue& at);
  /// An attachment joins the default tables of its gateway (S51).
  struct Joins {
    bool associates = true;
    bool propagates = true;
  };
  void join_default(const std::string& gateway, const std::string& attachment,
                    Joins joins, const AwsValue& at);
  void associate(const AwsValue& table, const AwsValue& attachment,
                 const AwsValue& at);
  void propagate(const AwsValue& table, const AwsValue& attachment,
                 const AwsValue& at);

  /// A table of a transit gateway. Returns what its routes are pushed to.
  AwsValue& add_transit_table(const std::string& id, const std::string& gateway,
                              const AwsValue& at);

  /// Parts of AWS Network Firewall. A rule group or policy of which something
  /// is not known is left out: then whoever uses it finds it open.
  void add_rule_group(const std::string& id, const AwsValue& name,
                      std::string_view type, AwsValue rules,
                      const AwsValue& at);
  void add_firewall_policy(const std::string& id, const AwsValue& name,
                           AwsValue policy, const AwsValue& at);
  struct FirewallEndpoint {
    AwsValue id;
    AwsValue subnet;
  };
  /// `words` hold FirewallName, FirewallPolicyArn and VpcId.
  void add_firewall(const std::string& id, AwsValue words,
                    const std::vector<FirewallEndpoint>& endpoints,
                    const AwsValue& at);

  /// What is not known well enough to say which object it changes: all of the
  /// sort are unknown. `why` names the resource and the attribute.
  enum class Sort { kRoutes, kAcls, kGroups, kTransit, kSubnets };
  void doubt(Sort sort, const std::string& why, const AwsValue& at);
  void doubt_all(const std::string& why, const AwsValue& at);
  /// A way through the network that is not modelled.
  void add_stranger(const std::string& why, const AwsValue& at);
  /// The public addresses of the VPC are not known; "": those of any VPC.
  void doubt_public(const std::string& vpc, const std::string& why,
                    const AwsValue& at);
  /// What AWS made is as it made it, or is assumed to be.
  bool is_known(Age age, const std::string& what, const std::string& of);
  /// What another provider makes has no part in the network of AWS.
  void assume_idle(const std::string& provider);
  /// Some object has labels that nobody knows: any selection may hold it.
  void doubt_labels(const std::string& why, const AwsValue& at);
  /// Subnets hold interfaces of which nobody knows the addresses.
  void add_unlisted_interfaces() { reading_.snapshot.more_interfaces = true; }
  /// A gap, and nothing else.
  void gap(const AwsValue& at, const std::string& about,
           const std::string& help);

  /// Puts everything into the snapshot. Last.
  void finish();

 private:
  struct Declared {
    AwsFamily family;
    AwsValue value;
    bool left_out = false;
  };
  struct Doubt {
    std::string why;
    AwsValue at;
  };

  bool assumes() const { return !reading_.options.assume_missing.empty(); }
  void assume(const std::string& what, const std::string& of);
  AwsValue everyone(bool v6, const AwsValue& at) const;
  AwsValue open_permission(const Doubt& doubt) const;
  void add_default_group(const VpcParts& parts, const AwsValue& at);
  void add_default_acl(const VpcParts& parts, const AwsValue& at);
  void add_main_table(const VpcParts& parts, const AwsValue& at);
  static AwsValue main_association(const AwsValue& at);
  void join(AwsFamily family, const AwsValue& table, const AwsValue& attachment,
            std::string_view state, const AwsValue& at);
  void finish_gateway(const GatewayTables& tables, const AwsValue& at);
  void add_unseen_tables();
  void leave_out_homeless();
  void open_lists(AwsFamily family, std::string_view key, const Doubt& doubt);
  void open_groups(const Doubt& doubt);
  void open_transit(const Doubt& doubt);
  void open_blocks(const Doubt& doubt);
  void apply(Sort sort, const Doubt& doubt);
  const Doubt* public_doubt(const AwsValue& gateway) const;
  void hide_gateways();
  void finish_answers();

  ValueMaker maker_;
  AwsReading& reading_;
  std::deque<Declared> declared_;
  std::map<std::pair<AwsFamily, std::string>, Declared*> index_;
  std::vector<std::pair<VpcParts, AwsValue>> vpcs_;
  std::map<std::string, AwsValue> main_tables_;
  std::vector<std::pair<GatewayTables, AwsValue>> gateways_;
  std::map<Sort, Doubt> doubts_;
  std::map<std::string, Doubt> public_doubts_;
  std::set<std::string> idle_providers_;
  /// Tables of transit gateways that something joins.
  std::map<std::string, AwsValue> transit_tables_;
};

}  // namespace netproof::io
