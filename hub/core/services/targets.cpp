#include "core/services/targets.hpp"

#include <algorithm>
#include <set>

namespace gable::hub {

namespace {

void append_texts(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string part(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    part.erase(0, part.find_first_not_of(" \t\r\n"));
    part.erase(part.find_last_not_of(" \t\r\n") + 1);
    if (!part.empty()) out.push_back(std::move(part));
  }
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

template <typename List>
bool holds(const List& list, std::string_view id) {
  return std::any_of(list.begin(), list.end(), [id](const auto& one) { return one.id == id; });
}

class Resolver {
 public:
  Resolver(const Registry& registry, std::string_view domain) : registry_(registry), domain_(domain) {}

  Targets resolve(const wire::Object& target) {
    for (const std::string_view key : kTargetKeys) found_.given |= target.contains(key);
    for (const auto& text : target_texts(target.find("entity_id"))) take_named(lower(text));
    const auto places = areas(target);
    std::set<DeviceIndex> devices;
    for (const auto& id : target_texts(target.find("device_id"))) {
      if (const Device* device = registry_.find_device(id))
        devices.insert(registry_.index_of(*device));
      else
        found_.unknown.push_back(id);
    }
    const auto labels = target_texts(target.find("label_id"));
    for (const auto& label : labels) {
      if (!knows_label(registry_, label)) found_.unknown.push_back(label);
    }
    if (!places.empty() || !devices.empty() || !labels.empty()) take_indirect(places, devices, labels);
    return std::move(found_);
  }

 private:
  void add(EntityIndex index, bool named) {
    if (taken_.insert(index).second) found_.entities.push_back({index, named});
  }

  [[nodiscard]] bool of_domain(const Entity& entity) const {
    return takes_every_domain(domain_) || entity.id.domain() == domain_;
  }

  [[nodiscard]] static bool usable(const Entity& entity) { return !entity.forgotten && !entity.disabled(); }

  void take_named(const std::string& text) {
    if (text == "none") return;
    if (text == "all" && !takes_every_domain(domain_)) return take_all();
    const Entity* entity = registry_.find(text);
    if (entity == nullptr || entity->disabled()) return found_.unknown.push_back(text);
    if (entity->id.domain() == "group") return take_members(*entity);
    add(registry_.index_of(*entity), true);
  }

  void take_all() {
    for (EntityIndex index = 0; index < registry_.entities().size(); ++index) {
      const Entity& entity = registry_.entity(index);
      if (usable(entity) && entity.id.domain() == domain_) add(index, false);
    }
  }

  // A group may hold groups, itself too.
  void take_members(const Entity& group) {
    if (!groups_.insert(registry_.index_of(group)).second) return;
    for (const auto& text : target_texts(group.state.attributes.find("entity_id"))) {
      const Entity* member = registry_.find(text);
      if (member == nullptr || !usable(*member)) continue;
      if (member->id.domain() == "group")
        take_members(*member);
      else if (of_domain(*member))
        add(registry_.index_of(*member), false);
    }
  }

  std::vector<std::string> areas(const wire::Object& target) {
    std::vector<std::string> out;
    for (auto& area : target_texts(target.find("area_id"))) {
      if (!knows_area(registry_, area)) found_.unknown.push_back(area);
      out.push_back(std::move(area));
    }
    const auto& house = registry_.house();
    for (const auto& floor : target_texts(target.find("floor_id"))) {
      if (!knows_floor(registry_, floor)) found_.unknown.push_back(floor);
      for (const auto& area : house.areas) {
        if (area.floor == floor) out.push_back(area.id);
      }
    }
    const auto labels = target_texts(target.find("label_id"));
    for (const auto& area : house.areas) {
      const auto labelled = [&](const std::string& label) { return contains(labels, label); };
      if (std::any_of(area.labels.begin(), area.labels.end(), labelled)) out.push_back(area.id);
    }
    return out;
  }

  void take_indirect(const std::vector<std::string>& places, const std::set<DeviceIndex>& devices,
                     const std::vector<std::string>& labels) {
    for (EntityIndex index = 0; index < registry_.entities().size(); ++index) {
      const Entity& entity = registry_.entity(index);
      if (!usable(entity) || !of_domain(entity)) continue;
      if (entity.overrides->hidden || !entity.description->entity_category.empty()) continue;
      const bool of_device = entity.device != kNone && devices.contains(entity.device);
      const auto wanted = [&](const std::string& label) { return contains(labels, label); };
      const auto& own = entity.overrides->labels;
      if (of_device || (!entity.area.empty() && contains(places, entity.area)) ||
          std::any_of(own.begin(), own.end(), wanted))
        add(index, false);
    }
  }

  const Registry& registry_;
  std::string_view domain_;
  Targets found_;
  std::set<EntityIndex> taken_, groups_;
};

}  // namespace

std::vector<std::string> target_texts(const wire::Value* value) {
  std::vector<std::string> out;
  if (value == nullptr) return out;
  if (const auto* text = value->as_string()) append_texts(*text, out);
  if (const auto* list = value->as_list()) {
    for (const auto& item : *list) append_texts(item.string_or(""), out);
  }
  return out;
}

bool knows_area(const Registry& registry, std::string_view id) {
  const auto& all = registry.entities();
  return holds(registry.house().areas, id) ||
         std::any_of(all.begin(), all.end(), [id](const Entity& e) { return !e.forgotten && e.area == id; });
}

bool knows_floor(const Registry& registry, std::string_view id) { return holds(registry.house().floors, id); }

bool knows_label(const Registry& registry, std::string_view id) {
  const auto& all = registry.entities();
  return holds(registry.house().labels, id) || std::any_of(all.begin(), all.end(), [id](const Entity& e) {
           return contains(e.overrides->labels, id);
         });
}

bool takes_every_domain(std::string_view domain) { return domain == "homeassistant" || domain == "group"; }

Targets resolve_targets(const Registry& registry, const wire::Object& target, std::string_view domain) {
  return Resolver(registry, domain).resolve(target);
}

}  // namespace gable::hub
