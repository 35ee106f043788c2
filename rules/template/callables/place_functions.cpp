// How far entities are from each other and from home.

#include <algorithm>
#include <limits>
#include <vector>

#include "template/callables/house_callables.hpp"
#include "template/house/entity_ids.hpp"
#include "template/house/places.hpp"
#include "template/house/state_object.hpp"
#include "template/house/states.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja::house_calls {
namespace {

constexpr double kMetresPerMile = 1609.344;

// A state object, or the state of the entity of that id; nothing for other values.
std::optional<EntityState> resolve(Evaluation& evaluation, const Value& value) {
  if (const auto* const object = value.as<StateObject>()) {
    evaluation.reads().entity(object->state().entity_id);
    return object->state();
  }
  const std::string* text = value.as_text();
  return text == nullptr ? std::nullopt : find_state(evaluation, *text);
}

// Latitude and longitude as numbers or text.
std::optional<House::Place> coordinates(const Value& latitude, const Value& longitude) {
  if (latitude.is_undefined() || longitude.is_undefined()) return std::nullopt;
  const std::optional<double> a = to_real(latitude);
  const std::optional<double> b = to_real(longitude);
  if (!a || !b) return std::nullopt;
  return House::Place{*a, *b};
}

// The next point among the arguments: an entity, or two numbers.
std::optional<House::Place> take_point(Evaluation& evaluation, std::span<const Value>& arguments) {
  const Value& first = arguments.front();
  arguments = arguments.subspan(1);
  const std::string* text = first.as_text();
  if (text == nullptr || is_valid_entity_id(*text)) {
    if (const auto state = resolve(evaluation, first)) return place_of(*state);
  }
  if (arguments.empty()) return std::nullopt;
  const Value& second = arguments.front();
  arguments = arguments.subspan(1);
  return coordinates(first, second);
}

Value nearest(Evaluation& evaluation, const std::optional<House::Place>& from, const Value& entities) {
  if (!from) return None{};
  Value best;
  double least = std::numeric_limits<double>::infinity();
  for (const Value& candidate : expand_all(evaluation, Values{entities})) {
    const auto place = place_of(candidate.as<StateObject>()->state());
    if (!place) continue;
    const double distance = kilometres_between(*from, *place).value_or(1e9);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

// The last argument are the entities, what is before it the point: nothing (home), an entity, two numbers.
Value closest_to(Evaluation& evaluation, std::span<const Value> point, const Value& entities) {
  if (point.empty()) return nearest(evaluation, evaluation.house().place(), entities);
  if (point.size() > 1) return nearest(evaluation, coordinates(point[0], point[1]), entities);
  const auto state = resolve(evaluation, point[0]);
  return state ? nearest(evaluation, place_of(*state), entities) : Value(None{});
}

}  // namespace

Value distance(Evaluation& evaluation, const Bound& arguments) {
  std::vector<House::Place> points;
  for (std::span<const Value> rest = arguments.rest(); !rest.empty();) {
    evaluation.budget().work(1);
    const std::optional<House::Place> point = take_point(evaluation, rest);
    if (!point) return None{};
    points.push_back(*point);
  }
  if (points.empty()) return None{};
  if (points.size() == 1) {
    const auto home = evaluation.house().place();
    if (!home) return None{};
    points.insert(points.begin(), *home);
  }
  const std::optional<double> kilometres = kilometres_between(points[0], points[1]);
  if (!kilometres) return None{};
  const double metres = *kilometres * 1000;
  return evaluation.house().imperial() ? metres / kMetresPerMile : metres / 1000;
}

Value closest(Evaluation& evaluation, const Bound& arguments) {
  const std::span<const Value> all = arguments.rest();
  if (all.empty()) throw_type_error("closest() missing 1 required positional argument");
  const std::size_t last = all.size() > 3 ? 2 : all.size() - 1;
  return closest_to(evaluation, all.first(last), all[last]);
}

Value closest_filter(Evaluation& evaluation, const Bound& arguments) {
  const std::span<const Value> rest = arguments.rest();
  return closest_to(evaluation, rest.first(std::min<std::size_t>(rest.size(), 2)), arguments[0]);
}

}  // namespace gable::rules::jinja::house_calls
