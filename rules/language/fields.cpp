#include "language/fields.hpp"

#include <algorithm>
#include <utility>

#include "wire/domains.hpp"

namespace gable::rules {

Fields::Fields(Reading& reading, yaml::Node map, std::string what)
    : reading_(reading), map_(map), what_(std::move(what)), taken_(map.size(), false) {}

std::optional<yaml::Node> Fields::take(std::string_view key) {
  asked_.push_back(key);
  std::optional<yaml::Node> found;
  for (const auto& [name, value] : given_) {
    if (name == key) found = value;
  }
  std::size_t place = 0;
  for (const yaml::Entry& entry : map_.entries()) {
    if (entry.key.as_text() == key) {
      taken_[place] = true;
      return found ? found : entry.value;
    }
    ++place;
  }
  return found;
}

std::optional<yaml::Node> Fields::take(std::string_view newer, std::string_view older) {
  const std::optional<yaml::Node> present = take(newer);
  const std::optional<yaml::Node> former = take(older);
  if (present && former) {
    const std::string both = "'" + std::string(newer) + "' and '" + std::string(older) + "'";
    reading_.error(*former, "both_spellings",
                   both + " are two spellings of one thing: " + what_ + " takes only one of them",
                   std::string(newer));
  }
  return present ? present : former;
}

std::optional<yaml::Node> Fields::require(std::string_view key) {
  const std::optional<yaml::Node> found = take(key);
  if (!found) reading_.error(map_, "missing_key", what_ + " needs '" + std::string(key) + "'");
  return found;
}

void Fields::ignore(std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    take(key);
    // Nobody is to be advised to write it.
    asked_.pop_back();
  }
}

std::vector<yaml::Entry> Fields::rest() {
  std::vector<yaml::Entry> others;
  std::size_t place = 0;
  for (const yaml::Entry& entry : map_.entries()) {
    if (!taken_[place]) others.push_back(entry);
    taken_[place++] = true;
  }
  return others;
}

void Fields::finish() {
  std::size_t place = 0;
  for (const yaml::Entry& entry : map_.entries()) {
    if (taken_[place++]) continue;
    const std::string key = yaml::text_of(entry.key);
    const std::string_view near = wire::nearest(key, asked_);
    std::string message = what_ + " has no key '" + key + "'";
    if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
    reading_.error(entry.key, "unknown_key", std::move(message), std::string(near));
  }
}

}  // namespace gable::rules
