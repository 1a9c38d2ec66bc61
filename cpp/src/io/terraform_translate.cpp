#include "io/terraform_translate.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace netproof::io {
namespace {

const TerraformRow* row_of(std::string_view type, bool data) {
  const std::string key = (data ? "data." : "") + std::string(type);
  for (const auto& rows :
       {terraform_vpc_rows(), terraform_route_rows(), terraform_filter_rows(),
        terraform_acl_rows(), terraform_endpoint_rows(),
        terraform_firewall_rows(), terraform_interface_rows(),
        terraform_transit_rows(), terraform_hybrid_rows()}) {
    const auto at = std::ranges::find(rows, key, &TerraformRow::type);
    if (at != rows.end()) return &*at;
  }
  return nullptr;
}

// Two resources that are one thing of AWS: which of them tells how it is?
void doubt_doubles(TerraformContext& context) {
  constexpr std::string_view kDefault = "default_";
  std::set<std::pair<std::string, std::string>> seen;
  for (const TerraformResource& one : context.document.resources) {
    const std::string id{known(said(one.values, "id"))};
    if (id.empty() || one.parts.data) continue;
    std::string kind = one.parts.type;
    const std::size_t at = kind.find(kDefault);
    if (at != std::string::npos) kind.erase(at, kDefault.size());
    if (seen.emplace(kind, id).second ||
        row_of(one.parts.type, false) == nullptr)
      continue;
    context.network.doubt_all(one.address + ": another resource is " + id,
                              one.values);
  }
}

}  // namespace

void translate_terraform(TerraformContext& context) {
  constexpr int kLastPhase = 3;
  doubt_doubles(context);
  constexpr int kLines = 2;
  for (int phase = 0; phase <= kLastPhase; ++phase) {
    if (phase == kLines) context.network.declare_defaults();
    for (const TerraformResource& one : context.document.resources) {
      const TerraformRow* row = row_of(one.parts.type, one.parts.data);
      if (row == nullptr) {
        if (phase == 0 && !one.parts.data) judge_stranger(context, one);
      } else if (row->phase == phase) {
        row->handler(context, {context, one});
      }
    }
  }
}

}  // namespace netproof::io
