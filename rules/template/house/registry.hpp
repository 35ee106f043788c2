#pragma once
// Looking up in the registry of areas, floors, labels and devices by id and by name, as templates do. Every
// function charges the evaluation and records the read; what it returns is borrowed from the house.

#include <optional>
#include <string_view>

#include "template/evaluate/evaluation.hpp"
#include "template/house/house.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja::registry {

using Ids = House::Names;

// Areas, floors and labels are found by name in any case and without regard to spaces, as Home Assistant
// does.
[[nodiscard]] std::optional<AreaEntry> area(Evaluation& evaluation, std::string_view id);
[[nodiscard]] std::optional<AreaEntry> area_by_name(Evaluation& evaluation, std::string_view name);
[[nodiscard]] std::optional<FloorEntry> floor(Evaluation& evaluation, std::string_view id);
[[nodiscard]] std::optional<FloorEntry> floor_by_name(Evaluation& evaluation, std::string_view name);
[[nodiscard]] std::optional<LabelEntry> label(Evaluation& evaluation, std::string_view id);
[[nodiscard]] std::optional<LabelEntry> label_by_name(Evaluation& evaluation, std::string_view name);
[[nodiscard]] std::optional<EntityEntry> entity(Evaluation& evaluation, std::string_view id);
[[nodiscard]] std::optional<DeviceEntry> device(Evaluation& evaluation, std::string_view id);

// Where an entity is: its own area, else its device's. Empty: nowhere.
[[nodiscard]] std::string_view area_of_entity(Evaluation& evaluation, std::string_view entity_id);
// Of the area of that name, or of what an entity or device with that id is in. Empty: none.
[[nodiscard]] std::string_view area_id_of(Evaluation& evaluation, std::string_view text);
[[nodiscard]] std::optional<AreaEntry> area_of(Evaluation& evaluation, std::string_view text);

// First the entities that are in the area themselves, then those that are only where their device is.
[[nodiscard]] Ids entities_in_area(Evaluation& evaluation, std::string_view area_id);
[[nodiscard]] Ids devices_in_area(Evaluation& evaluation, std::string_view area_id);
[[nodiscard]] Ids entities_of_device(Evaluation& evaluation, std::string_view device_id);

[[nodiscard]] Value as_list(const Ids& ids);
// None for an empty text: not known.
[[nodiscard]] Value text_or_none(std::string_view text);

}  // namespace gable::rules::jinja::registry
