#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/cloudformation_stack.hpp"
#include "io/declared_value.hpp"

namespace netproof::io {

/// Whether a text holds something that is only named: "${AWS::Region}a". Equal
/// texts of that sort are equal values; different ones may be.
bool is_symbolic(std::string_view text) noexcept;

/// The list of zones of a Region, of which only the order is known.
inline constexpr std::string_view kZonePrefix = "${zone ";

/// Works out the values of templates: functions, parameters, mappings,
/// conditions and imports (S131). What cannot be worked out is unknown, and
/// says why. A value that is to be left out (AWS::NoValue) is null.
class CloudFormationValues {
 public:
  CloudFormationValues(const std::vector<CloudFormationStack>& stacks,
                       ValueMaker maker, Problems& problems);

  /// The value of a node of stack `stack`.
  AwsValue read(std::size_t stack, const Node& node);
  /// Nothing if nobody knows whether the condition holds.
  std::optional<bool> holds(std::size_t stack, const std::string& condition,
                            const Node& at);
  /// Whether a resource is made; nothing if nobody knows.
  std::optional<bool> is_made(std::size_t stack, const Node& resource);
  /// The name of a resource among those of all stacks.
  std::string name_of(std::size_t stack, std::string_view logical) const;

 private:
  /// Counts how deep functions lead into each other.
  class Deeper {
   public:
    explicit Deeper(CloudFormationValues& values) : values_{values} {
      ++values_.depth_;
      ++values_.work_;
    }
    ~Deeper() { --values_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

    bool too_deep() const noexcept {
      return values_.depth_ > kDeepest || values_.works_too_much();
    }

   private:
    CloudFormationValues& values_;
  };

  /// Chains of functions beyond this are given up, and circles with them.
  static constexpr int kDeepest = 200;
  /// What a template of any sense takes is far below.
  static constexpr std::size_t kMostWork = std::size_t{1} << 21U;
  bool works_too_much() const noexcept {
    return work_ > kMostWork * stacks_.size();
  }

  using Function = AwsValue (CloudFormationValues::*)(std::size_t, const Node&);
  enum class Progress { kReading, kTrue, kFalse, kUnknown };

  AwsValue place(std::size_t stack, const Node& node) const;
  AwsValue text(std::size_t stack, const Node& node, std::string_view text);
  AwsValue unknown(std::size_t stack, const Node& node, std::string_view why);
  AwsValue refuse(std::size_t stack, const Node& node, std::string what,
                  std::string help = {});
  AwsValue read_map(std::size_t stack, const Node& node);
  AwsValue read_list(std::size_t stack, const Node& node);
  /// The arguments of a function, a list of `least` or more.
  const Node* arguments(std::size_t stack, const Node& node, std::size_t least);

  AwsValue ref(std::size_t stack, const Node& node);
  AwsValue reference(std::size_t stack, const Node& node,
                     const std::string& name);
  AwsValue resource_name(std::size_t stack, const Node& node,
                         const std::string& name, const Node& resource);
  AwsValue pseudo_parameter(std::size_t stack, const Node& node,
                            const std::string& name);
  AwsValue attribute(std::size_t stack, const Node& node,
                     const std::string& resource, const std::string& name);
  bool has_one_endpoint(std::size_t stack, const Node& firewall);
  /// What a property says of the attribute; null if none does.
  AwsValue property(std::size_t stack, const Node& resource,
                    const std::string& attribute);
  AwsValue parameter(std::size_t stack, const Node& node,
                     const std::string& name);
  AwsValue get_attribute(std::size_t stack, const Node& node);
  AwsValue substitute(std::size_t stack, const Node& node);
  AwsValue variable(std::size_t stack, const Node& node, const Node* own,
                    const std::string& name);
  AwsValue join(std::size_t stack, const Node& node);
  AwsValue split(std::size_t stack, const Node& node);
  AwsValue select(std::size_t stack, const Node& node);
  AwsValue zones(std::size_t stack, const Node& node);
  AwsValue blocks(std::size_t stack, const Node& node);
  AwsValue choose(std::size_t stack, const Node& node);
  AwsValue find_in_map(std::size_t stack, const Node& node);
  AwsValue import_value(std::size_t stack, const Node& node);

  std::optional<bool> condition(std::size_t stack, const Node& node);
  std::optional<bool> equals(std::size_t stack, const Node& node);
  std::optional<bool> all_of(std::size_t stack, const Node& node, bool what);
  struct Export {
    std::size_t stack = 0;
    const Node* value = nullptr;  ///< null: nobody knows whether it is there
  };
  using Exports = std::map<std::string, Export, std::less<>>;
  void find_exports();
  void add_export(std::size_t stack, const Node& output, Exports& found);

  const std::vector<CloudFormationStack>& stacks_;
  ValueMaker maker_;
  Problems& problems_;
  std::map<std::string, Function, std::less<>> functions_;
  std::map<std::pair<std::size_t, std::string>, Progress> conditions_;
  Exports exports_;
  int depth_ = 0;
  std::size_t work_ = 0;
  bool exhausted_ = false;
};

/// The blocks that Fn::Cidr gives: `count` of `bits` host bits each. Nothing
/// if they do not fit.
std::optional<std::vector<std::string>> cidr_blocks(std::string_view block,
                                                    std::string_view count,
                                                    std::string_view bits);

}  // namespace netproof::io
