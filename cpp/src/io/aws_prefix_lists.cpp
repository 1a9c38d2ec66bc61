#include <utility>

#include "io/aws_build.hpp"

namespace netproof::io {
namespace {

PrefixList& list_named(AwsBuild& build, const std::string& id,
                       const Location& where) {
  const auto [at, added] =
      build.prefix_lists.try_emplace(id, build.parts.prefix_lists.size());
  if (added) {
    PrefixList list;
    list.name = id;
    list.where = where;
    list.entries.open = true;
    build.parts.prefix_lists.push_back(std::move(list));
  }
  return build.parts.prefix_lists[at->second];
}

// The ranges of AWS's own lists, in the old call.
void read_aws_list(AwsBuild& build, const AwsResource& resource) {
  const AwsObject fields{build.reading, resource};
  PrefixList& list = list_named(build, fields.text("PrefixListId"),
                                fields.where("PrefixListId"));
  if (!list.entries.items.empty()) return;
  const std::string name = fields.text("PrefixListName");
  if (!name.empty()) list.labels.emplace("prefix-list-name", name);
  const AwsValue* cidrs = resource.value.find("Cidrs");
  if (cidrs == nullptr) return;
  list.entries.open = false;
  for (const AwsValue::Member& one : cidrs->members) {
    AwsValue entry;
    entry.kind = AwsValue::Kind::kMap;
    entry.begin = one.value.begin;
    entry.end = one.value.end;
    entry.members.push_back({"Cidr", one.value});
    const AwsObject object{build.reading, *resource.file, entry};
    if (auto prefix = object.prefix("Cidr")) {
      list.entries.items.push_back(std::move(*prefix));
    } else {
      list.entries.open = true;
    }
  }
}

}  // namespace

void build_prefix_lists(AwsBuild& build) {
  for (const AwsResource& one : build.snapshot.table(AwsFamily::kPrefixLists)) {
    const OddScope odd{build.reading};
    const AwsObject fields{build.reading, one};
    fields.knows({"AddressFamily", "IpamPrefixListResolverSyncEnabled",
                  "IpamPrefixListResolverTargetId", "MaxEntries", "OwnerId",
                  "PrefixListArn", "PrefixListId", "PrefixListName", "State",
                  "StateMessage", "Tags", "Version"});
    PrefixList list;
    build.name(list, one, fields, "PrefixListId");
    list.labels.emplace("prefix-list-name", fields.text("PrefixListName"));
    list.entries.open =
        odd.odd() ||
        !build.snapshot.has_about(AwsFamily::kPrefixListEntries, list.name);
    build.prefix_lists[list.name] = build.parts.prefix_lists.size();
    build.parts.prefix_lists.push_back(std::move(list));
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kPrefixListEntries)) {
    const AwsObject fields{build.reading, one};
    OddScope odd{build.reading};
    fields.knows({"Cidr", "Description"});
    const bool described = build.prefix_lists.contains(one.about);
    PrefixList& list = list_named(build, one.about, fields.where());
    if (!described) {
      list.entries.open =
          !build.snapshot.has_about(AwsFamily::kPrefixListEntries, one.about);
    }
    if (auto prefix = fields.prefix("Cidr")) {
      list.entries.items.push_back(std::move(*prefix));
    }
    if (odd.odd()) list.entries.open = true;
    odd.settle();
  }
  for (const AwsResource& one :
       build.snapshot.table(AwsFamily::kAwsPrefixLists)) {
    read_aws_list(build, one);
  }
}

}  // namespace netproof::io
