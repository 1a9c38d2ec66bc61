#include "netproof/io/read_topology.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "io/aws_reader.hpp"
#include "io/cloudformation_reader.hpp"
#include "io/cloudformation_stack.hpp"
#include "io/csv_rows.hpp"
#include "io/for_each_vpc.hpp"
#include "io/kubernetes_reader.hpp"
#include "io/lza_reader.hpp"
#include "io/place_vpc_prefixes.hpp"
#include "io/resolve.hpp"
#include "io/sections.hpp"
#include "io/short_names.hpp"
#include "io/suggest.hpp"
#include "io/terraform_reader.hpp"
#include "io/text_file.hpp"

namespace netproof {
namespace {

namespace fs = std::filesystem;
using io::CsvTable;
using io::Draft;
using io::NamedFiles;
using io::Node;
using io::SourceText;

class TopologyReader {
 public:
  explicit TopologyReader(const ReadOptions& options) : options_{options} {}

  Result<Topology, Diagnostics> read_path(const fs::path& path) {
    if (!accepts_format()) return result();
    root_ = io::root_of(path);
    const std::string kind = kind_of(path);
    if (kind == "lza") {
      io::read_landing_zone(draft_, path, root_);
      return finish();
    }
    if (kind == "terraform") {
      io::read_terraform(draft_, path, root_, options_);
    } else if (kind == "cloudformation") {
      io::read_cloudformation(draft_, path, root_, options_);
    } else if (kind == "kubernetes") {
      io::read_kubernetes(draft_, path, root_);
    } else if (kind == "aws") {
      io::read_aws_snapshot(draft_, path, root_, options_);
    } else {
      read_first(path);
      return finish();
    }
    return result();
  }

  Result<Topology, Diagnostics> read_text(std::string_view text,
                                          const std::string& file_name) {
    if (accepts_format()) {
      const SourceText source{file_name, std::string(text)};
      if (!io::is_readable(source, problems())) {
        draft_.fatal = true;
      } else if (options_.input_format == "terraform") {
        io::read_terraform(draft_, source, options_);
        return result();
      } else {
        const NamedFiles named = read_source(source, true);
        for (const Node& file : named.files) {
          fail({"file-exists", file.where, "a text names no other files",
                file.text, ""});
        }
        for (const Node& rule : named.rules) {
          draft_.parts.rule_files.push_back(rule.text);
        }
      }
    }
    return finish();
  }

 private:
  io::Problems& problems() { return draft_.problems; }

  // An error that no keeping going gets over.
  void fail(Diagnostic diagnostic) {
    problems().add(std::move(diagnostic));
    draft_.fatal = true;
  }

  bool accepts_format() {
    const std::string& format = options_.input_format;
    const std::string& assumed = options_.assume_missing;
    if (!assumed.empty() && assumed != "aws-defaults") {
      fail({"assume-missing",
            {},
            "what is missing is taken as 'aws-defaults'",
            assumed,
            io::suggestion(assumed, {"aws-defaults"})});
      return false;
    }
    const std::vector<std::string> read{
        "netproof", "aws", "terraform", "lza", "cloudformation", "kubernetes"};
    if (format.empty() || std::ranges::find(read, format) != read.end()) {
      return true;
    }
    fail({"input-format",
          {},
          "the input format is one that is read",
          format,
          io::suggestion(format, read)});
    return false;
  }

  // By its content, where nothing forces it.
  std::string kind_of(const fs::path& path) const {
    if (!options_.input_format.empty()) return options_.input_format;
    std::error_code error;
    for (const char* name : {"topology.yaml", "topology.json"}) {
      if (fs::exists(path / name, error)) return "netproof";
    }
    if (io::terraform_file(path)) return "terraform";
    if (io::is_landing_zone(path)) return "lza";
    if (io::is_cloudformation(path)) return "cloudformation";
    if (io::is_kubernetes(path)) return "kubernetes";
    return io::is_aws_snapshot(path) ? "aws" : "netproof";
  }

  void read_first(const fs::path& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      read_network(path);
      return;
    }
    for (const char* name : {"topology.yaml", "topology.json"}) {
      if (fs::exists(path / name, error)) {
        read_network(path / name);
        return;
      }
    }
    fail({"folder-has-topology",
          {io::display_name(path, root_), 0, 0, 0, 0},
          "a folder has a topology.yaml",
          path.generic_string(),
          "or the JSON of an AWS snapshot or of Terraform, the "
          "network-config.yaml of a landing zone, templates of AWS "
          "CloudFormation, or Kubernetes objects"});
  }

  void read_network(const fs::path& path) {
    seen_.insert(identity(path));
    const NamedFiles named = read_file(path, {}, true);
    const fs::path folder = path.parent_path();
    for (const Node& file : named.files) read_named(folder, file);
    for (const Node& rule : named.rules) name_rules(folder, rule);
  }

  static fs::path identity(const fs::path& path) {
    std::error_code error;
    fs::path real = fs::weakly_canonical(path, error);
    return error ? path.lexically_normal() : real;
  }

  bool is_relative(const Node& name) {
    if (!fs::path(name.text).is_absolute()) return true;
    fail({"file-relative", name.where,
          "files are named relative to the file that names them", name.text,
          ""});
    return false;
  }

  void read_named(const fs::path& folder, const Node& name) {
    if (!is_relative(name)) return;
    const fs::path path = folder / name.text;
    if (!seen_.insert(identity(path)).second) {
      fail({"file-once", name.where, "a file is named once", name.text, ""});
      return;
    }
    read_file(path, name.where, false);
  }

  void name_rules(const fs::path& folder, const Node& name) {
    if (!is_relative(name)) return;
    const fs::path path = (folder / name.text).lexically_normal();
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
      fail({"file-exists", name.where, "a file that is named can be read",
            name.text, ""});
      return;
    }
    draft_.parts.rule_files.push_back(path.generic_string());
  }

  NamedFiles read_file(const fs::path& path, const Location& named,
                       bool first) {
    const auto source = io::read_text_file(path, io::display_name(path, root_),
                                           named, problems());
    if (source) return read_source(*source, first);
    draft_.fatal = true;
    return {};
  }

  static const char* help_for(const std::string& foreign) {
    if (foreign == "an AWS snapshot") {
      return "a snapshot is JSON, and read on its own";
    }
    return foreign.ends_with("Landing Zone Accelerator")
               ? "it is read on its own, with the files of its folder"
               : "other formats are not supported yet";
  }

  NamedFiles read_source(const SourceText& source, bool first) {
    if (source.file().ends_with(".csv")) {
      const int before = problems().failures();
      auto table = io::parse_csv(source, problems());
      // A row that is left out may have been part of any object.
      if (problems().failures() != before) draft_.fatal = true;
      if (table) {
        tables_.push_back(std::move(*table));
      } else {
        draft_.fatal = true;
      }
      return {};
    }
    const int before = problems().failures();
    const auto root = io::parse_document(source, problems());
    if (problems().failures() != before) draft_.fatal = true;
    if (!root) return {};
    const auto foreign = io::foreign_kind(*root);
    if (foreign) {
      fail({"not-supported-yet", root->keys.front().where,
            "a file is a netproof topology", *foreign, help_for(*foreign)});
      return {};
    }
    if (!root->is_map() && root->kind != io::NodeKind::kNull) {
      draft_.fatal = true;
    }
    return io::read_sections(draft_, *root, first);
  }

  // What selections of VPCs stand for, now that all VPCs are known.
  void settle_vpcs() {
    const io::VpcIndex vpcs{draft_};
    io::make_for_each_vpc(draft_, vpcs);
    io::place_vpc_prefixes(draft_, vpcs);
    io::complete_short_names(draft_);
  }

  Result<Topology, Diagnostics> finish() {
    io::add_tables(draft_, tables_);
    settle_vpcs();
    io::open_around_lost(draft_);
    io::expand_memberships(draft_);
    io::resolve_names(draft_);
    io::place_pods(draft_);
    return result();
  }

  Result<Topology, Diagnostics> result() {
    Diagnostics found = problems().take();
    const bool stop = draft_.fatal || !options_.keep_going;
    if (stop && !found.empty()) return Unexpected{std::move(found)};
    // What nobody can select is as good as left out.
    found.insert(found.end(), draft_.unlabelled.begin(),
                 draft_.unlabelled.end());
    draft_.parts.left_out = std::move(found);
    return Topology{std::move(draft_.parts)};
  }

  ReadOptions options_;
  Draft draft_;
  std::vector<CsvTable> tables_;
  fs::path root_;
  std::set<fs::path> seen_;
};

}  // namespace

Result<Topology, Diagnostics> read_topology(const std::string& path,
                                            const ReadOptions& options) {
  return TopologyReader{options}.read_path(path);
}

Result<Topology, Diagnostics> read_topology_text(std::string_view text,
                                                 const std::string& file_name,
                                                 const ReadOptions& options) {
  return TopologyReader{options}.read_text(text, file_name);
}

std::string source_root(const std::string& path) {
  return io::root_of(path).generic_string();
}

}  // namespace netproof
