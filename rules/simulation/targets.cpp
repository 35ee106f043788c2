#include "simulation/targets.hpp"

#include <algorithm>
#include <set>

#include "simulation/values.hpp"

namespace gable::rules::simulation {

namespace {

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

class Finder {
 public:
  Finder(const Entities& house, std::string_view domain) : house_(house), domain_(domain) {}

  Targets find(const jinja::Value& target) {
    for (const std::string& id : texts(target, "entity_id")) take(id);
    Places places;
    places.areas = texts(target, "area_id");
    places.devices = texts(target, "device_id");
    places.labels = texts(target, "label_id");
    const std::vector<std::string> floors = texts(target, "floor_id");
    if (!floors.empty()) {
      for (const jinja::AreaEntry& area : house_.areas()) {
        if (contains(floors, area.floor_id)) places.areas.emplace_back(area.id);
      }
    }
    if (places.areas.empty() && places.devices.empty() && places.labels.empty()) return std::move(found_);
    for (const auto& [id, entity] : house_.all()) {
      if (of_domain(id) && is_in(entity, places)) add(id);
    }
    return std::move(found_);
  }

 private:
  struct Places {
    std::vector<std::string> areas, devices, labels;
  };

  std::vector<std::string> texts(const jinja::Value& target, std::string_view key) {
    found_.given |= part(target, key) != nullptr;
    return texts_part(target, key);
  }

  [[nodiscard]] bool of_domain(std::string_view id) const {
    return takes_every_domain(domain_) || domain_part(id) == domain_;
  }

  [[nodiscard]] bool is_in(const Entities::Entity& entity, const Places& places) const {
    const auto wanted = [&places](const std::string& label) { return contains(places.labels, label); };
    return contains(places.areas, house_.area_of(entity)) || contains(places.devices, entity.device) ||
           std::any_of(entity.labels.begin(), entity.labels.end(), wanted);
  }

  void add(const std::string& id) {
    if (taken_.insert(id).second) found_.entities.push_back(id);
  }

  void take(const std::string& id) {
    if (id == "none") return;
    if (id == "all") return take_all();
    const Entities::Entity* entity = house_.find(id);
    if (entity == nullptr) return found_.unknown.push_back(id);
    if (domain_part(id) == "group") return take_members(id, *entity);
    add(id);
  }

  void take_all() {
    for (const auto& [id, entity] : house_.of_domain(domain_)) add(id);
  }

  // A group may hold groups, itself too.
  void take_members(const std::string& id, const Entities::Entity& group) {
    if (!groups_.insert(id).second) return;
    const wire::Value* members = group.state.attributes->find("entity_id");
    if (members == nullptr || members->as_list() == nullptr) return;
    for (const wire::Value& member : *members->as_list()) {
      const std::string name(member.string_or(""));
      if (domain_part(name) == "group" || of_domain(name)) take(name);
    }
  }

  const Entities& house_;
  std::string_view domain_;
  Targets found_;
  std::set<std::string> taken_, groups_;
};

}  // namespace

bool takes_every_domain(std::string_view domain) { return domain == "homeassistant" || domain == "group"; }

Targets find_targets(const Entities& house, const jinja::Value& target, std::string_view domain) {
  return Finder(house, domain).find(target);
}

}  // namespace gable::rules::simulation
