#include "wire/domains.hpp"
// Look-up in the generated tables. Pure; any thread.

#include <algorithm>
#include <array>
#include <cstddef>

namespace gable::wire {

namespace {

// Longest names that "did you mean" looks at; longer ones get no suggestion.
constexpr std::size_t kLongestName = 64;

// Edit distance with insertion, deletion, change and swap of neighbours (optimal string alignment). Gives up
// once it must be `enough` or more, and says `enough` then: among thousands of names hardly one is near.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t enough) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= enough) return enough;
  std::array<std::array<std::size_t, kLongestName + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    // A swap reaches back two rows, so the least may still fall by one.
    if (least > enough) return enough;
  }
  return rows[a.size() % 3][b.size()];
}

template <class Spec>
const Spec* find_by_name(std::span<const Spec> specs, std::string_view name) {
  const auto found = std::ranges::find(specs, name, &Spec::name);
  return found == specs.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(ValueType type) {
  switch (type) {
    case ValueType::any:
      return "any";
    case ValueType::boolean:
      return "boolean";
    case ValueType::integer:
      return "integer";
    case ValueType::number:
      return "number";
    case ValueType::string:
      return "string";
    case ValueType::list:
      return "list";
    case ValueType::object:
      return "object";
    case ValueType::date:
      return "date";
    case ValueType::time:
      return "time";
    case ValueType::datetime:
      return "datetime";
    case ValueType::duration:
      return "duration";
  }
  return "any";
}

const DomainSpec* find_domain(std::string_view name) {
  const std::span<const DomainSpec> all = domains();
  const auto found = std::ranges::lower_bound(all, name, {}, &DomainSpec::name);
  return found != all.end() && found->name == name ? &*found : nullptr;
}

const FieldSpec* find_attribute(const DomainSpec& domain, std::string_view name) {
  return find_by_name(domain.attributes, name);
}

const ServiceSpec* find_service(const DomainSpec& domain, std::string_view name) {
  return find_by_name(domain.services, name);
}

const FeatureSpec* find_feature(const DomainSpec& domain, std::string_view name) {
  return find_by_name(domain.features, name);
}

const FieldSpec* find_param(const ServiceSpec& service, std::string_view name) {
  return find_by_name(service.params, name);
}

std::string_view nearest(std::string_view text, std::span<const std::string_view> candidates) {
  if (text.size() > kLongestName) return {};
  // A third of the letters may differ, at least one: "brigthness" is near, "hue" is not near "on".
  const std::size_t limit = std::max<std::size_t>(1, text.size() / 3);
  std::string_view best;
  std::size_t best_distance = limit + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::size_t distance = edit_distance(text, candidate, best_distance);
    if (distance < best_distance && distance < candidate.size()) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view text, std::span<const std::string_view> candidates) {
  const std::string_view near = nearest(text, candidates);
  return near.empty() ? std::string() : "; did you mean " + std::string(near) + "?";
}

}  // namespace gable::wire
