#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/folder_files.hpp"
#include "io/node.hpp"
#include "io/problems.hpp"
#include "io/source_text.hpp"

namespace netproof::io {

/// A template of AWS CloudFormation, and the stack that is made of it.
struct CloudFormationStack {
  std::string name;  ///< of its file, without what comes behind a point
  Node root;
  std::uint32_t start = 0;  ///< where its text begins in that of all stacks
  /// Values of parameters, and of pseudo parameters, that somebody gives.
  std::map<std::string, std::string, std::less<>> given;

  /// The entry of a section; null if there is none.
  const Node* find(std::string_view in, std::string_view entry) const;
  /// A section; null if there is none.
  const Node* section(std::string_view key) const { return root.find(key); }
};

/// Whether a file, or one in a folder but not below, looks like a template.
bool is_cloudformation(const std::filesystem::path& path);

/// The templates of a folder, at any depth.
FolderFiles cloudformation_files(const std::filesystem::path& folder);

/// The function that a short tag stands for: "!GetAtt" is "Fn::GetAtt"; "" for
/// another tag.
std::string cloudformation_function(std::string_view tag);

/// Reads one template and checks its outline. Nothing, with all reasons in
/// `problems`, if it is none.
std::optional<CloudFormationStack> read_cloudformation_stack(
    const SourceText& source, Problems& problems);

/// Reads the values for a template: a list of ParameterKey and ParameterValue,
/// or a mapping, which may stand under `Parameters`.
void read_cloudformation_parameters(const SourceText& source,
                                    CloudFormationStack& stack,
                                    Problems& problems);

}  // namespace netproof::io
