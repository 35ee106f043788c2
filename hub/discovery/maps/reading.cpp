#include "discovery/maps/reading.hpp"

#include <algorithm>
#include <utility>

#include "wire/domains.hpp"
#include "wire/utf8.hpp"

namespace gable::discovery::maps {

std::string shown(Node node) {
  constexpr std::size_t kLongest = 60;
  if (node.is_list()) return "a list";
  if (node.is_map()) return "a map";
  if (node.is_null()) return "nothing";
  std::string text(node.written());
  std::ranges::replace(text, '\n', ' ');
  return "'" + wire::shortened(text, kLongest) + "'";
}

void Reading::error(Node node, std::string text) {
  constexpr std::size_t kMost = 200;
  if (errors_.size() < kMost) errors_.push_back(node.error(wire::ErrorCode::malformed, std::move(text)));
}

Keys::Keys(Reading& reading, Node map, std::string what)
    : reading_(reading), map_(map), what_(std::move(what)) {}

std::optional<Node> Keys::take(std::string_view key) {
  asked_.push_back(key);
  return map_.find(key);
}

std::optional<Node> Keys::require(std::string_view key) {
  const auto found = take(key);
  if (!found) reading_.error(map_, what_ + " needs '" + std::string(key) + "'");
  return found;
}

std::vector<rules::yaml::Entry> Keys::rest(std::span<const std::string_view> known) {
  std::vector<rules::yaml::Entry> others;
  for (const rules::yaml::Entry& entry : map_.entries()) {
    const std::string key = rules::yaml::text_of(entry.key);
    if (std::ranges::find(asked_, key) != asked_.end()) continue;
    if (std::ranges::find(known, key) != known.end()) {
      others.push_back(entry);
      continue;
    }
    std::vector<std::string_view> candidates = asked_;
    candidates.insert(candidates.end(), known.begin(), known.end());
    reading_.error(entry.key, what_ + " has no key '" + key + "'" + wire::did_you_mean(key, candidates));
  }
  return others;
}

std::optional<std::string> read_text(Reading& reading, Node node, std::string_view what) {
  if (node.is_scalar() && !node.is_null() && node.tag() == rules::yaml::Tag::none)
    return std::string(node.written());
  reading.error(node, std::string(what) + " must be a text, not " + shown(node));
  return std::nullopt;
}

bool read_boolean(Reading& reading, Node node, std::string_view what) {
  const auto value = node.as_boolean();
  if (!value) reading.error(node, std::string(what) + " must be true or false, not " + shown(node));
  return value.value_or(false);
}

bool check_name(Reading& reading, Node node, std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  constexpr std::string_view kOurs[] = {"item", "index", "value", "value_json", "topic"};
  const bool good = !name.empty() && std::ranges::all_of(name, fits) && (name[0] < '0' || name[0] > '9');
  if (!good) {
    reading.error(node, "'" + std::string(name) + "' is no name: expected letters, digits and _");
  } else if (std::ranges::find(kOurs, name) != std::end(kOurs)) {
    reading.error(node, "'" + std::string(name) + "' has a meaning of its own here: take another name");
    return false;
  }
  return good;
}

bool check_map(Reading& reading, Node node, std::string_view what) {
  if (node.is_map()) return true;
  reading.error(node, std::string(what) + " must be a map, not " + shown(node));
  return false;
}

}  // namespace gable::discovery::maps
