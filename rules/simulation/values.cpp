#include "simulation/values.hpp"

#include "engine/book/desks.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::simulation {

const jinja::Value* part(const jinja::Value& data, std::string_view key) { return field(data, key); }

std::string text_part(const jinja::Value& data, std::string_view key) {
  const jinja::Value* found = part(data, key);
  return found == nullptr || found->is_none() ? std::string() : jinja::str(*found);
}

std::vector<std::string> texts_part(const jinja::Value& data, std::string_view key) {
  return texts_of(part(data, key));
}

jinja::Value target_of(const std::string& entity) {
  auto target = std::make_shared<jinja::Dict>();
  target->set("entity_id", jinja::Value::list({jinja::Value(entity)}));
  return jinja::DictPtr(std::move(target));
}

}  // namespace gable::rules::simulation
