// Looking up in the registry.

#include "template/house/registry.hpp"

#include <string>

#include "template/house/entity_ids.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja::registry {
namespace {

std::string normalized(std::string_view name) {
  std::string text = unicode::casefold(name);
  std::erase(text, ' ');
  return text;
}

template <typename Entry>
std::optional<Entry> with_id(Evaluation& evaluation, const std::vector<Entry>& entries, std::string_view id) {
  evaluation.reads().registry();
  evaluation.budget().work(entries.size());
  for (const Entry& entry : entries) {
    if (entry.id == id) return entry;
  }
  return std::nullopt;
}

template <typename Entry>
std::optional<Entry> with_name(Evaluation& evaluation, const std::vector<Entry>& entries,
                               std::string_view name) {
  evaluation.reads().registry();
  evaluation.budget().work(entries.size());
  evaluation.budget().work(name.size());
  const std::string wanted = normalized(name);
  for (const Entry& entry : entries) {
    if (normalized(entry.name) == wanted) return entry;
  }
  return std::nullopt;
}

// The entities for which `keep` says so.
template <typename Keep>
Ids entities_where(Evaluation& evaluation, const Keep& keep) {
  evaluation.reads().registry();
  Ids found;
  const Ids all = evaluation.house().entities({});
  evaluation.budget().work(all.size());
  for (const std::string_view id : all) {
    const auto entry = evaluation.house().entity(id);
    if (entry && keep(*entry)) found.push_back(id);
  }
  return found;
}

}  // namespace

std::optional<AreaEntry> area(Evaluation& evaluation, std::string_view id) {
  return with_id(evaluation, evaluation.house().areas(), id);
}
std::optional<AreaEntry> area_by_name(Evaluation& evaluation, std::string_view name) {
  return with_name(evaluation, evaluation.house().areas(), name);
}
std::optional<FloorEntry> floor(Evaluation& evaluation, std::string_view id) {
  return with_id(evaluation, evaluation.house().floors(), id);
}
std::optional<FloorEntry> floor_by_name(Evaluation& evaluation, std::string_view name) {
  return with_name(evaluation, evaluation.house().floors(), name);
}
std::optional<LabelEntry> label(Evaluation& evaluation, std::string_view id) {
  return with_id(evaluation, evaluation.house().labels(), id);
}
std::optional<LabelEntry> label_by_name(Evaluation& evaluation, std::string_view name) {
  return with_name(evaluation, evaluation.house().labels(), name);
}

std::optional<EntityEntry> entity(Evaluation& evaluation, std::string_view id) {
  evaluation.reads().registry();
  return evaluation.house().entity(id);
}

std::optional<DeviceEntry> device(Evaluation& evaluation, std::string_view id) {
  evaluation.reads().registry();
  return evaluation.house().device(id);
}

std::string_view area_of_entity(Evaluation& evaluation, std::string_view entity_id) {
  const auto entry = entity(evaluation, entity_id);
  if (!entry) return {};
  if (!entry->area_id.empty()) return entry->area_id;
  const auto its_device = entry->device_id.empty() ? std::nullopt : device(evaluation, entry->device_id);
  return its_device ? its_device->area_id : std::string_view{};
}

std::string_view area_id_of(Evaluation& evaluation, std::string_view text) {
  if (const auto named = area_by_name(evaluation, text)) return named->id;
  if (is_valid_entity_id(text)) {
    if (const std::string_view id = area_of_entity(evaluation, text); !id.empty()) return id;
  }
  const auto found = device(evaluation, text);
  return found ? found->area_id : std::string_view{};
}

std::optional<AreaEntry> area_of(Evaluation& evaluation, std::string_view text) {
  if (auto found = area(evaluation, text)) return found;
  if (is_valid_entity_id(text)) {
    if (const std::string_view id = area_of_entity(evaluation, text); !id.empty())
      return area(evaluation, id);
  }
  const auto found = device(evaluation, text);
  return found && !found->area_id.empty() ? area(evaluation, found->area_id) : std::nullopt;
}

Ids entities_in_area(Evaluation& evaluation, std::string_view area_id) {
  Ids found =
      entities_where(evaluation, [area_id](const EntityEntry& entry) { return entry.area_id == area_id; });
  const House& house = evaluation.house();
  const Ids others = entities_where(evaluation, [&house, area_id](const EntityEntry& entry) {
    if (!entry.area_id.empty() || entry.device_id.empty()) return false;
    const auto its_device = house.device(entry.device_id);
    return its_device && its_device->area_id == area_id;
  });
  found.insert(found.end(), others.begin(), others.end());
  return found;
}

Ids devices_in_area(Evaluation& evaluation, std::string_view area_id) {
  Ids found;
  const Ids all = evaluation.house().devices();
  evaluation.budget().work(all.size());
  for (const std::string_view id : all) {
    const auto entry = device(evaluation, id);
    if (entry && entry->area_id == area_id) found.push_back(id);
  }
  return found;
}

Ids entities_of_device(Evaluation& evaluation, std::string_view device_id) {
  // It may be what another system called it.
  if (const auto known = evaluation.house().device(device_id); known && !known->id.empty())
    device_id = known->id;
  return entities_where(evaluation,
                        [device_id](const EntityEntry& entry) { return entry.device_id == device_id; });
}

Value as_list(const Ids& ids) { return Value::list(Values(ids.begin(), ids.end())); }

Value text_or_none(std::string_view text) { return text.empty() ? Value(None{}) : Value(text); }

}  // namespace gable::rules::jinja::registry
