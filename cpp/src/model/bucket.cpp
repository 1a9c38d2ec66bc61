#include "netproof/model/bucket.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "netproof/model/vpc.hpp"

namespace netproof {

namespace {

constexpr std::string_view kWildcards = "*?";

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text;
}

/// What patterns say of a set of texts.
struct Reach {
  bool covers = false;   ///< all of them
  bool touches = false;  ///< perhaps some
};

PolicyExtent extent(bool covers, bool touches) {
  if (covers) return PolicyExtent::kAll;
  return touches ? PolicyExtent::kSome : PolicyExtent::kNone;
}

PolicyExtent inverse(PolicyExtent of) {
  if (of == PolicyExtent::kAll) return PolicyExtent::kNone;
  return of == PolicyExtent::kNone ? PolicyExtent::kAll : of;
}

/// Of the texts that begin with `start`.
Reach reach_of_beginning(const std::string& pattern, const std::string& start) {
  const std::size_t wild = pattern.find_first_of(kWildcards);
  const std::string literal = pattern.substr(0, wild);
  Reach reach;
  // A variable of IAM stands for any text.
  if (pattern.find("${") != std::string::npos) {
    reach.touches = true;
    return reach;
  }
  reach.touches = wild == std::string::npos ? literal.starts_with(start)
                                            : literal.starts_with(start) ||
                                                  start.starts_with(literal);
  if (!pattern.ends_with('*')) return reach;
  const std::string front = pattern.substr(0, pattern.size() - 1);
  for (std::size_t n = 0; n <= start.size(); ++n) {
    reach.covers = reach.covers || matches_pattern(front, start.substr(0, n));
  }
  return reach;
}

/// "arn:aws-cn:s3:::x" as "arn:aws:s3:::x": a bucket is in one partition.
std::string without_partition(const std::string& arn) {
  if (!arn.starts_with("arn:")) return arn;
  const std::size_t end = arn.find(':', 4);
  return end == std::string::npos ? arn : "arn:aws" + arn.substr(end);
}

PolicyExtent extent_of_principals(const PolicyNames& principals) {
  const bool all =
      !principals.except &&
      std::ranges::find(principals.names, "*") != principals.names.end();
  return all ? PolicyExtent::kAll : PolicyExtent::kSome;
}

PolicyExtent extent_of_actions(const PolicyNames& actions,
                               const std::string& action) {
  if (actions.names.empty()) return PolicyExtent::kSome;
  bool covers = false;
  bool touches = false;
  for (const std::string& name : actions.names) {
    const std::string pattern = lower(name);
    if (!action.empty()) {
      covers = covers || matches_pattern(pattern, lower(action));
      continue;
    }
    const Reach reach = reach_of_beginning(pattern, "s3:");
    covers = covers || reach.covers;
    touches = touches || reach.touches;
  }
  const PolicyExtent named = extent(covers, touches);
  return actions.except ? inverse(named) : named;
}

PolicyExtent extent_of_resources(const PolicyNames& resources,
                                 const std::string& bucket,
                                 const std::string& action) {
  if (resources.names.empty()) return PolicyExtent::kSome;
  const std::string arn = "arn:aws:s3:::" + bucket;
  const std::string what = lower(action);
  const auto speaks_of = [&](std::string_view word) {
    return what.find(word) != std::string::npos;
  };
  // The action says whether it is about the bucket or about its objects; where
  // it does not, both count.
  const bool of_bucket = speaks_of("bucket");
  const bool of_objects =
      !of_bucket && (speaks_of("object") || speaks_of("multipart"));
  Reach whole;
  Reach objects;
  for (const std::string& name : resources.names) {
    const std::string pattern = without_partition(name);
    const bool same = matches_pattern(pattern, arn);
    whole.covers = whole.covers || same;
    whole.touches =
        whole.touches || same || pattern.find("${") != std::string::npos;
    const Reach reach = reach_of_beginning(pattern, arn + "/");
    objects.covers = objects.covers || reach.covers;
    objects.touches = objects.touches || reach.touches;
  }
  const bool covers =
      (of_objects || whole.covers) && (of_bucket || objects.covers);
  const bool touches =
      (!of_objects && whole.touches) || (!of_bucket && objects.touches);
  const PolicyExtent named = extent(covers, touches);
  return resources.except ? inverse(named) : named;
}

}  // namespace

bool matches_pattern(const std::string& pattern, const std::string& text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    const bool wild = p < pattern.size() && pattern[p] == '*';
    if (wild) {
      star = p++;
      resume = t;
    } else if (p < pattern.size() &&
               (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string::npos;
}

PolicyExtent extent_of(const PolicyStatement& statement, const Bucket& bucket,
                       const std::string& action) {
  return std::min(
      {extent_of_principals(statement.principals),
       extent_of_actions(statement.actions, action),
       extent_of_resources(statement.resources, bucket.name, action)});
}

Open<bool> serves_bucket(const Endpoint& endpoint, const Vpc& vpc,
                         const Bucket& bucket) {
  const Open<bool> unknown{false, true, endpoint.where};
  if (endpoint.kind == EndpointKind::kInspection) return {false, false, {}};
  const std::string& service = endpoint.service;
  if (service.empty()) return unknown;
  std::string region = vpc.region;
  if (service != "s3") {
    constexpr std::string_view kEnd = ".s3";
    if (!service.ends_with(kEnd)) return {false, false, endpoint.where};
    region = service.substr(0, service.size() - kEnd.size());
    region.erase(0, region.rfind('.') + 1);
  }
  if (region.empty() || bucket.region.empty()) return unknown;
  return {region == bucket.region, false, endpoint.where};
}

}  // namespace netproof
