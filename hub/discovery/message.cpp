#include "discovery/message.hpp"

#include "discovery/binding.hpp"
#include "template/json_values.hpp"
#include "wire/json.hpp"

namespace gable::discovery {

const rules::jinja::Value& Message::value_json() const {
  if (!value_json_) {
    auto read = rules::jinja::read_json(payload_);
    value_json_ = read ? std::move(*read) : rules::jinja::Value::undefined("'value_json' is undefined");
  }
  return *value_json_;
}

const wire::Value* Message::json() const {
  if (!std::exchange(read_, true)) {
    if (auto parsed = wire::parse_json(payload_, wire::kDocumentLimits)) json_ = std::move(*parsed);
  }
  return json_ ? &*json_ : nullptr;
}

const wire::Value* Payload::json(std::optional<wire::Value>& store) const {
  if (!templated) return message.json();
  auto parsed = wire::parse_json(text, wire::kDocumentLimits);
  if (!parsed) return nullptr;
  store = std::move(*parsed);
  return &*store;
}

}  // namespace gable::discovery
