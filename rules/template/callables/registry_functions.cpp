// Areas, floors and labels.

#include <algorithm>

#include "template/callables/house_callables.hpp"
#include "template/house/registry.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja::house_calls {
namespace {

using registry::as_list;
using registry::Ids;
using registry::text_or_none;

template <typename Entries>
Value ids_of(Evaluation& evaluation, const Entries& entries) {
  evaluation.reads().registry();
  evaluation.budget().work(entries.size());
  Ids ids;
  for (const auto& entry : entries) ids.push_back(entry.id);
  return as_list(ids);
}

// What is no text is looked up as it prints, and then mostly not found.
std::string lookup(const Bound& arguments) { return str(arguments[0]); }

// The id of an area that is given by its id or its name (or by what is in it); empty: none.
std::string area_wanted(Evaluation& evaluation, const std::string& text) {
  if (registry::area(evaluation, text)) return text;
  if (const auto found = registry::area_of(evaluation, text)) return std::string(found->id);
  return std::string(registry::area_id_of(evaluation, text));
}

// By a floor's id, else by an area or what is in one.
std::optional<FloorEntry> floor_of(Evaluation& evaluation, std::string_view text) {
  if (auto found = registry::floor(evaluation, text)) return found;
  const std::string_view area_id = registry::area_id_of(evaluation, text);
  const auto area = area_id.empty() ? std::nullopt : registry::area(evaluation, area_id);
  return area && !area->floor_id.empty() ? registry::floor(evaluation, area->floor_id) : std::nullopt;
}

std::string_view floor_id_of(Evaluation& evaluation, std::string_view text) {
  if (const auto named = registry::floor_by_name(evaluation, text)) return named->id;
  const std::string_view area_id = registry::area_id_of(evaluation, text);
  const auto area = area_id.empty() ? std::nullopt : registry::area(evaluation, area_id);
  return area ? area->floor_id : std::string_view{};
}

Ids areas_of_floor(Evaluation& evaluation, const std::string& text) {
  const std::string id =
      registry::floor(evaluation, text) ? text : std::string(floor_id_of(evaluation, text));
  Ids found;
  if (id.empty()) return found;
  for (const AreaEntry& area : evaluation.house().areas()) {
    if (area.floor_id == id) found.push_back(area.id);
  }
  return found;
}

std::string label_wanted(Evaluation& evaluation, const std::string& text) {
  if (registry::label(evaluation, text)) return text;
  const auto named = registry::label_by_name(evaluation, text);
  return named ? std::string(named->id) : std::string();
}

// Those of `ids` that have the label.
Value labelled(Evaluation& evaluation, const Bound& arguments, const Ids& ids) {
  const std::string label = label_wanted(evaluation, lookup(arguments));
  Ids found;
  if (label.empty()) return as_list(found);
  evaluation.budget().work(ids.size());
  for (const std::string_view id : ids) {
    const Ids labels = evaluation.house().labels_of(id);
    if (std::ranges::find(labels, label) != labels.end()) found.push_back(id);
  }
  return as_list(found);
}

}  // namespace

Value areas(Evaluation& evaluation, const Bound&) { return ids_of(evaluation, evaluation.house().areas()); }

Value area_id(Evaluation& evaluation, const Bound& arguments) {
  return text_or_none(registry::area_id_of(evaluation, lookup(arguments)));
}

Value area_name(Evaluation& evaluation, const Bound& arguments) {
  const auto found = registry::area_of(evaluation, lookup(arguments));
  return found ? Value(found->name) : Value(None{});
}

Value area_entities(Evaluation& evaluation, const Bound& arguments) {
  const std::string area = area_wanted(evaluation, lookup(arguments));
  return as_list(area.empty() ? Ids{} : registry::entities_in_area(evaluation, area));
}

Value area_devices(Evaluation& evaluation, const Bound& arguments) {
  const std::string area = area_wanted(evaluation, lookup(arguments));
  return as_list(area.empty() ? Ids{} : registry::devices_in_area(evaluation, area));
}

Value floors(Evaluation& evaluation, const Bound&) { return ids_of(evaluation, evaluation.house().floors()); }

Value floor_id(Evaluation& evaluation, const Bound& arguments) {
  return text_or_none(floor_id_of(evaluation, lookup(arguments)));
}

Value floor_name(Evaluation& evaluation, const Bound& arguments) {
  const auto found = floor_of(evaluation, lookup(arguments));
  return found ? Value(found->name) : Value(None{});
}

Value floor_areas(Evaluation& evaluation, const Bound& arguments) {
  return as_list(areas_of_floor(evaluation, lookup(arguments)));
}

Value floor_entities(Evaluation& evaluation, const Bound& arguments) {
  Ids found;
  for (const std::string_view area : areas_of_floor(evaluation, lookup(arguments))) {
    const Ids there = registry::entities_in_area(evaluation, area);
    found.insert(found.end(), there.begin(), there.end());
  }
  return as_list(found);
}

Value labels(Evaluation& evaluation, const Bound& arguments) {
  if (!arguments.has(0) || arguments[0].is_none()) return ids_of(evaluation, evaluation.house().labels());
  evaluation.reads().registry();
  return as_list(evaluation.house().labels_of(lookup(arguments)));
}

Value label_id(Evaluation& evaluation, const Bound& arguments) {
  const auto found = registry::label_by_name(evaluation, lookup(arguments));
  return found ? Value(found->id) : Value(None{});
}

Value label_name(Evaluation& evaluation, const Bound& arguments) {
  const auto found = registry::label(evaluation, lookup(arguments));
  return found ? Value(found->name) : Value(None{});
}

Value label_description(Evaluation& evaluation, const Bound& arguments) {
  const auto found = registry::label(evaluation, lookup(arguments));
  return found ? text_or_none(found->description) : Value(None{});
}

Value label_entities(Evaluation& evaluation, const Bound& arguments) {
  return labelled(evaluation, arguments, evaluation.house().entities({}));
}

Value label_devices(Evaluation& evaluation, const Bound& arguments) {
  return labelled(evaluation, arguments, evaluation.house().devices());
}

Value label_areas(Evaluation& evaluation, const Bound& arguments) {
  const std::vector<AreaEntry> all = evaluation.house().areas();
  Ids ids;
  for (const AreaEntry& area : all) ids.push_back(area.id);
  return labelled(evaluation, arguments, ids);
}

}  // namespace gable::rules::jinja::house_calls
