#include <algorithm>
#include <utility>

#include "io/terraform_translate.hpp"

namespace netproof::io {

using Kind = AwsValue::Kind;

AwsValue TerraformFields::chosen(std::string_view attribute) const {
  return said(resource_->values, attribute);
}

AwsValue TerraformFields::value(std::string_view attribute) const {
  AwsValue value = chosen(attribute);
  const bool left = is_unknown(value) && resource_->config != nullptr &&
                    !TerraformReferences::configures(*resource_, attribute);
  return left ? AwsValue{} : value;
}

std::string TerraformFields::text(std::string_view attribute) const {
  return std::string(known(chosen(attribute)));
}

std::optional<bool> TerraformFields::flag(std::string_view attribute,
                                          bool missing) const {
  const AwsValue found = value(attribute);
  if (is_null(found)) return missing;
  if (found.text == "true" && !is_unknown(found)) return true;
  if (found.text == "false" && !is_unknown(found)) return false;
  return std::nullopt;
}

AwsValue TerraformFields::one(std::string_view attribute,
                              const TerraformTypes& types) const {
  AwsValue found = context_->references.one(*resource_, attribute, types);
  if (found.kind == Kind::kText || is_unknown(found)) return found;
  return context_->network.maker().unknown(about(attribute), at());
}

AwsValue TerraformFields::many(std::string_view attribute,
                               const TerraformTypes& types) const {
  if (is_null(value(attribute))) return {};
  return context_->references.many(*resource_, attribute, types);
}

void TerraformFields::copy(AwsValue& to, std::string_view attribute,
                           std::string_view key) const {
  put(to, key, value(attribute));
}

void TerraformFields::copy_common(AwsValue& to, std::string_view tags) const {
  copy(to, "owner_id", "OwnerId");
  AwsValue all = chosen("tags_all");
  if (is_null(all)) all = chosen("tags");
  if (is_unknown(all)) {
    put(to, tags, std::move(all));
    return;
  }
  if (all.kind != Kind::kMap) return;
  AwsValue list = ValueMaker::list(all);
  for (const AwsValue::Member& one : all.members) {
    AwsValue tag = ValueMaker::map(one.value);
    AwsValue key = ValueMaker::map(one.value);
    key.kind = Kind::kText;
    key.text = one.key;
    put(tag, "Key", std::move(key));
    put(tag, "Value", one.value);
    push(list, std::move(tag));
  }
  put(to, tags, std::move(list));
}

AwsValue vpc_of(TerraformContext& context, const TerraformFields& fields,
                std::string_view attribute) {
  AwsValue told =
      context.references.one(fields.resource(), "vpc_id", kVpcTypes);
  if (!is_null(told) && !is_unknown(told)) return told;
  const std::string id = fields.id();
  for (const TerraformResource& one : context.document.resources) {
    const bool is_vpc = kVpcTypes.has(one.parts.type);
    if (!is_vpc || one.parts.data) continue;
    if (context.references.part_of(one, attribute) == id) {
      return context.network.maker().text(context.references.name_of(one),
                                          fields.at());
    }
  }
  return fields.one("vpc_id", kVpcTypes);
}

std::string_view provider_of(const TerraformResource& resource) {
  const AwsValue* key = find_in(resource.config, {"provider_config_key"});
  if (key == nullptr) return {};
  const std::size_t colon = key->text.rfind(':');
  return colon == std::string_view::npos ? key->text
                                         : key->text.substr(colon + 1);
}

std::set<std::string, std::less<>> linked_to(const TerraformContext& context,
                                             const TerraformLink& link,
                                             std::string_view owner) {
  std::set<std::string, std::less<>> found;
  each_reading(context.document, [&](const TerraformResource& one,
                                     const AwsValue& values, bool now) {
    if (one.parts.type != link.type || one.parts.data) return;
    const auto named = [&](std::string_view attribute) {
      return now ? context.references.one(one, attribute, {})
                 : said(values, attribute);
    };
    if (known(named(link.owner)) != owner) return;
    found.emplace(known(named(link.other)));
  });
  return found;
}

AwsValue own_vpc(const TerraformContext& context, const TerraformFields& fields,
                 const TerraformLink& link) {
  const bool written =
      TerraformReferences::configures(fields.resource(), "vpc_id");
  if (!written && !linked_to(context, link, fields.id()).empty()) return {};
  return fields.value("vpc_id");
}

AwsValue without_linked(const TerraformContext& context,
                        const TerraformFields& fields,
                        std::string_view attribute, AwsValue list,
                        const TerraformLink& link, std::string_view owner) {
  if (list.members.empty() ||
      TerraformReferences::configures(fields.resource(), attribute)) {
    return list;
  }
  const auto linked = linked_to(context, link, owner);
  std::erase_if(list.members, [&](const AwsValue::Member& one) {
    return linked.contains(known(one.value));
  });
  return list;
}

Inline inline_lines(TerraformContext& context, const TerraformFields& fields,
                    const std::string& attribute, bool has_others) {
  const AwsValue lines = fields.chosen(attribute);
  if (is_null(lines) || lines.kind == Kind::kList) return Inline::kKnown;
  // Not even a list.
  if (!is_unknown(lines)) return Inline::kUnknown;
  const bool written =
      TerraformReferences::configures(fields.resource(), attribute);
  // A `dynamic` block of unknown length looks like one that is not there
  // (S126); with lines of their own there is none.
  if (!written && has_others) return Inline::kNone;
  const bool assumed =
      !written && context.network.is_known(Age::kOld, "no " + attribute,
                                           fields.resource().address);
  return assumed ? Inline::kNone : Inline::kUnknown;
}

}  // namespace netproof::io
