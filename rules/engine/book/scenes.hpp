#pragma once
// Scenes: states that entities are put in, from files or made while the house runs (scene.create), and the
// services scene.*.

#include <map>
#include <string>
#include <vector>

#include "engine/book/desks.hpp"
#include "engine/engine.hpp"

namespace gable::rules {

// The service calls that put an entity in a state, as Home Assistant reproduces states: light.turn_on with
// brightness and colour, cover.set_cover_position, climate.set_hvac_mode … Empty when nothing can.
std::vector<ServiceCall> reproduce(const SceneEntity& wanted, const jinja::Value& transition);

class SceneDesk {
 public:
  explicit SceneDesk(BookParts parts) : p_(parts) {}

  // `kept`: stays though `scenes` does not have it.
  void load(std::vector<Scene> scenes, const std::set<std::string>& kept, LoadReport& report);
  void restore(const std::string& entity, const wire::Object& row);
  ServiceOutcome call(const ServiceCall& call);
  [[nodiscard]] bool owns(const std::string& entity) const { return entries_.contains(entity); }

 private:
  struct Entry {
    Scene scene;
    bool from_file = true;
    std::optional<Instant> activated;
  };

  ServiceOutcome apply(const std::vector<SceneEntity>& entities, const ServiceCall& call);
  ServiceOutcome create(const ServiceCall& call);
  ServiceOutcome erase(const ServiceCall& call);
  ServiceOutcome activate(const ServiceCall& call);
  // What a call lists: {light.x: on, light.y: {state: on, brightness: 3}}.
  static std::vector<SceneEntity> entities_of(const jinja::Value* listed);
  void add_snapshot(const std::string& entity, std::vector<SceneEntity>& out) const;
  void show(const std::string& entity, const Entry& entry) const;
  void save(const std::string& entity, const Entry& entry) const;

  BookParts p_;
  std::map<std::string, Entry> entries_;  // by entity id
};

}  // namespace gable::rules
