#include "core/rules/withheld.hpp"

#include "core/services/entity_calls.hpp"
#include "core/services/entity_data.hpp"
#include "core/services/targets.hpp"
#include "wire/command.hpp"

namespace gable::hub {

namespace {

const wire::Object& object_at(const wire::Object& object, std::string_view key) {
  static const wire::Object kEmpty;
  const wire::Value* value = object.find(key);
  return value == nullptr || value->as_object() == nullptr ? kEmpty : *value->as_object();
}

wire::Object expected_of(const Entity& entity, const std::string& service, const wire::Object& data) {
  wire::Object out{{"e", entity.id.text()}};
  // By now somebody else may have toggled it already: what counts is that it changes.
  if (service == "toggle") {
    out.append("toggle", true);
    return out;
  }
  const EntityValues now(entity);
  const EntityData fitted = fit(*entity.description, service, data);
  const auto command = wire::make_command(*entity.description, fitted.service, fitted.data, now);
  if (!command) return {};
  const wire::Object expected = wire::expected_state(*entity.description, *command, now);
  if (expected.empty()) return {};
  for (const auto& [key, value] : expected) out.append(key, value);
  return out;
}

}  // namespace

wire::List expected_of(const Registry& registry, const wire::Object& effect) {
  const wire::Value* called = effect.find("service");
  const std::string name(called == nullptr ? "" : called->string_or(""));
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return {};
  const std::string domain = name.substr(0, dot), service = name.substr(dot + 1);
  if (served_by_rules(domain)) return {};
  wire::List out;
  for (const Target& target : resolve_targets(registry, object_at(effect, "target"), domain).entities) {
    const Entity& entity = registry.entity(target.entity);
    if (!takes_every_domain(domain) && entity.id.domain() != domain) continue;
    wire::Object expected = expected_of(entity, service, object_at(effect, "data"));
    if (!expected.empty()) out.emplace_back(std::move(expected));
  }
  return out;
}

wire::List with_expectations(const Registry& registry, const wire::List& steps) {
  wire::List out;
  for (const wire::Value& each : steps) {
    const wire::Object* step = each.as_object();
    if (step == nullptr || step->find("withheld") == nullptr) {
      out.push_back(each);
      continue;
    }
    wire::Object effect = object_at(*step, "withheld");
    if (wire::List expected = expected_of(registry, effect); !expected.empty())
      effect.set("expect", std::move(expected));
    wire::Object changed = *step;
    changed.set("withheld", std::move(effect));
    out.emplace_back(std::move(changed));
  }
  return out;
}

}  // namespace gable::hub
