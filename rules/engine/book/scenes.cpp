#include "engine/book/scenes.hpp"

#include <set>

#include "template/json_values.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::rules {

using jinja::Value;

namespace {

// Home Assistant warns, and the run goes on.
ServiceOutcome undone(std::string why) { return {ServiceOutcome::Status::done, {}, {}, std::move(why)}; }

}  // namespace

void SceneDesk::load(std::vector<Scene> scenes, const std::set<std::string>& kept, LoadReport& report) {
  std::set<std::string> present = kept;
  for (Scene& scene : scenes) {
    const std::string entity = "scene." + scene.id;
    if (scene.refused()) {
      report.refused.push_back(entity);
      continue;
    }
    present.insert(entity);
    const auto found = entries_.find(entity);
    if (found != entries_.end() && found->second.from_file &&
        found->second.scene.fingerprint == scene.fingerprint) {
      ++report.unchanged;
      continue;
    }
    (found == entries_.end() ? report.added : report.changed).push_back(entity);
    Entry& entry = entries_[entity];
    entry.scene = std::move(scene);
    entry.from_file = true;
    p_.around.declare({entity, entry.scene.unique_id, entry.scene.name, entry.scene.icon, {}});
    show(entity, entry);
  }
  std::vector<std::string> gone;
  for (const auto& [entity, entry] : entries_) {
    if (entry.from_file && !present.contains(entity)) gone.push_back(entity);
  }
  for (const std::string& entity : gone) {
    p_.around.withdraw(entity);
    p_.around.save(RowKind::rule, entity, {});
    entries_.erase(entity);
    report.removed.push_back(entity);
  }
}

void SceneDesk::restore(const std::string& entity, const wire::Object& row) {
  Entry* entry = nullptr;
  if (const auto found = entries_.find(entity); found != entries_.end()) entry = &found->second;
  if (const wire::Value* made = row.find("entities"); entry == nullptr && made != nullptr) {
    entry = &entries_[entity];
    entry->from_file = false;
    entry->scene.id = entity.substr(entity.find('.') + 1);
    const Value listed = from_row(*made);
    entry->scene.entities = entities_of(&listed);
    p_.around.declare({entity, {}, entry->scene.id, {}, {}});
  }
  if (entry == nullptr) return;
  const wire::Value* at = row.find("activated");
  if (at != nullptr && at->as_int() != nullptr)
    entry->activated = Instant(std::chrono::microseconds(*at->as_int()));
  show(entity, *entry);
}

ServiceOutcome SceneDesk::call(const ServiceCall& call) {
  if (call.service == "turn_on") return activate(call);
  if (call.service == "apply") {
    const Value* listed = field(call.data, "entities");
    if (listed == nullptr || listed->as_dict() == nullptr)
      return refused("scene.apply needs entities: a map of entity ids");
    return apply(entities_of(listed), call);
  }
  if (call.service == "create") return create(call);
  if (call.service == "delete") return erase(call);
  if (call.service == "reload") return {};
  return refused("there is no scene." + call.service);
}

std::vector<SceneEntity> SceneDesk::entities_of(const Value* listed) {
  std::vector<SceneEntity> out;
  const jinja::Dict* dict = listed != nullptr ? listed->as_dict() : nullptr;
  if (dict == nullptr) return out;
  for (const auto& [key, value] : dict->entries()) {
    SceneEntity entity;
    entity.entity = jinja::str(key);
    entity.attributes = value;
    const Value* state = field(value, "state");
    entity.state = state != nullptr ? *state : value.as_dict() != nullptr ? Value("on") : value;
    // A bare true out of YAML or JSON: on.
    if (const bool* flag = entity.state.as_bool()) entity.state = *flag ? "on" : "off";
    out.push_back(std::move(entity));
  }
  return out;
}

ServiceOutcome SceneDesk::apply(const std::vector<SceneEntity>& entities, const ServiceCall& call) {
  const Value* transition = field(call.data, "transition");
  ServiceOutcome all;
  for (const SceneEntity& entity : entities) {
    for (ServiceCall& step : reproduce(entity, transition != nullptr ? *transition : Value())) {
      step.context = call.context;
      step.rule = call.rule;
      step.run = call.run;
      step.again = call.again;
      const ServiceOutcome outcome = p_.around.call(step);
      // One entity that cannot be set does not keep the others from their state.
      if (outcome.status == ServiceOutcome::Status::failed ||
          outcome.status == ServiceOutcome::Status::refused) {
        p_.around.log("warning", "scene: " + entity.entity + ": " + outcome.error);
      }
    }
  }
  return all;
}

ServiceOutcome SceneDesk::activate(const ServiceCall& call) {
  std::vector<std::string> own;
  for (const auto& [entity, entry] : entries_) own.push_back(entity);
  for (const std::string& entity : own_targets(call, own)) {
    const auto found = entries_.find(entity);
    if (found == entries_.end()) continue;
    found->second.activated = p_.now;
    apply(found->second.scene.entities, call);
    save(entity, found->second);
    show(entity, found->second);
  }
  return {};
}

void SceneDesk::add_snapshot(const std::string& entity, std::vector<SceneEntity>& out) const {
  const std::optional<StateSnapshot> state = p_.around.snapshot(entity);
  if (!state) return p_.around.log("warning", "scene.create: there is no entity " + entity);
  SceneEntity kept;
  kept.entity = entity;
  kept.state = state->state;
  kept.attributes = jinja::from_wire(*state->attributes);
  out.push_back(std::move(kept));
}

ServiceOutcome SceneDesk::create(const ServiceCall& call) {
  const Value* id = field(call.data, "scene_id");
  if (id == nullptr || id->as_text() == nullptr) return refused("scene.create needs a scene_id");
  const std::string entity = "scene." + *id->as_text();
  if (!wire::EntityId::parse(entity))
    return refused("scene_id: expected a-z 0-9 _, got '" + *id->as_text() + "'");
  const auto found = entries_.find(entity);
  if (found != entries_.end() && found->second.from_file)
    return undone(entity + " is in the files and stays as it is there");
  const Value* listed = field(call.data, "entities");
  const Value* shown = field(call.data, "snapshot_entities");
  if (listed == nullptr && shown == nullptr)
    return refused("scene.create needs entities or snapshot_entities");
  std::vector<SceneEntity> entities = entities_of(listed);
  for (const std::string& name : texts_of(shown)) add_snapshot(name, entities);
  if (entities.empty()) return undone("none of the entities of " + entity + " is there: it is not created");
  Entry& entry = entries_[entity];
  entry.from_file = false;
  entry.scene.id = *id->as_text();
  entry.scene.entities = std::move(entities);
  p_.around.declare({entity, {}, entry.scene.id, {}, {}});
  save(entity, entry);
  show(entity, entry);
  return {};
}

ServiceOutcome SceneDesk::erase(const ServiceCall& call) {
  std::vector<std::string> own;
  for (const auto& [entity, entry] : entries_) own.push_back(entity);
  for (const std::string& entity : own_targets(call, own)) {
    if (entries_.at(entity).from_file)
      return refused(entity + " is in the files and cannot be deleted by a service");
    p_.around.withdraw(entity);
    p_.around.save(RowKind::rule, entity, {});
    entries_.erase(entity);
  }
  return {};
}

void SceneDesk::show(const std::string& entity, const Entry& entry) const {
  wire::List members;
  for (const SceneEntity& member : entry.scene.entities) members.emplace_back(member.entity);
  const wire::Value at = shown_time(entry.activated);
  const std::string* text = at.as_string();
  p_.around.show(entity, text != nullptr ? *text : "unknown", {{"entity_id", std::move(members)}}, {});
}

void SceneDesk::save(const std::string& entity, const Entry& entry) const {
  wire::Object row;
  if (entry.activated) row.set("activated", entry.activated->time_since_epoch().count());
  if (!entry.from_file) {
    auto made = std::make_shared<jinja::Dict>();
    for (const SceneEntity& member : entry.scene.entities) {
      auto state = std::make_shared<jinja::Dict>();
      if (const jinja::Dict* attributes = member.attributes.as_dict()) {
        for (const auto& [key, value] : attributes->entries()) state->set(key, value);
      }
      state->set("state", member.state);
      made->set(member.entity, jinja::DictPtr(std::move(state)));
    }
    row.set("entities", to_row(jinja::DictPtr(std::move(made))));
  }
  p_.around.save(RowKind::rule, entity, wire::to_json(row));
}

}  // namespace gable::rules
