#include "core/services/values.hpp"

#include "wire/json.hpp"

namespace gable::hub {

std::string as_text(const wire::Value& value) {
  if (const auto* text = value.as_string()) return *text;
  if (const auto* truth = value.as_bool()) return *truth ? "True" : "False";
  if (value.is_null()) return "";
  return value.is_number() ? wire::plain_text(value) : wire::to_json(value);
}

}  // namespace gable::hub
