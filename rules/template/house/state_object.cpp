// The state of one entity.

#include "template/house/state_object.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "template/json_values.hpp"
#include "template/time/datetime.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

// Who or what caused a state.
class ContextObject final : public Object {
 public:
  explicit ContextObject(const EntityState& state) : state_(state) {}

  [[nodiscard]] std::string_view type_name() const override { return "Context"; }
  [[nodiscard]] std::string repr() const override {
    return "<homeassistant.core.Context object " + std::string(state_.context_id) + ">";
  }
  [[nodiscard]] bool truth() const override { return true; }
  std::optional<Value> attribute(Evaluation&, std::string_view name) override {
    if (name == "id") return Value(state_.context_id);
    if (name == "parent_id") return known(state_.context_parent_id);
    if (name == "user_id") return known(state_.context_user_id);
    return std::nullopt;
  }
  [[nodiscard]] bool equals(const Value& other) const override {
    const auto* const that = other.as<ContextObject>();
    return that != nullptr && that->state_.context_id == state_.context_id;
  }
  [[nodiscard]] std::size_t hash() const override { return std::hash<std::string_view>()(state_.context_id); }

 private:
  static Value known(std::string_view text) { return text.empty() ? Value(None{}) : Value(text); }

  EntityState state_;
};

// How Home Assistant prints attributes: key=value, dicts within in the same way.
void append_attribute(const wire::Value& value, std::string& out);

void append_attributes(const wire::Object& object, std::string& out) {
  bool first = true;
  for (const wire::Member& member : object) {
    if (!first) out += ", ";
    first = false;
    (out += member.key) += '=';
    append_attribute(member.value, out);
  }
}

void append_attribute(const wire::Value& value, std::string& out) {
  if (const wire::Object* object = value.as_object()) return append_attributes(*object, out);
  append_str(from_wire(value), out);
}

constexpr int kMostDigits = 30;

// Digits after the point, without the sign of -0.0; the text as it is when it is no number.
std::string rounded_text(std::string_view state, int precision) {
  const std::optional<double> number = to_real(Value(state));
  if (!number) return std::string(state);
  if (std::isnan(*number)) return "nan";
  if (std::isinf(*number)) return *number < 0 ? "-inf" : "inf";
  std::array<char, 400> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *number,
                                 std::chars_format::fixed, std::clamp(precision, 0, kMostDigits));
  std::string text(buffer.data(), end.ptr);
  if (text.starts_with('-') && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

}  // namespace

std::string StateObject::repr() const {
  std::string text = "<template TemplateState(<state ";
  text.append(state_.entity_id) += '=';
  text.append(state_.state);
  if (!state_.attributes->empty()) append_attributes(*state_.attributes, text += "; ");
  const Value changed = datetime_at(state_.last_changed, local_);
  return text + " @ " + changed.as<DateTime>()->isoformat("T") + ">)>";
}

std::optional<Value> StateObject::attribute(Evaluation&, std::string_view name) {
  if (name == "attributes") return attributes();
  if (std::optional<Value> text = text_attribute(name)) return text;
  if (name == "context") return Value(ObjectPtr(std::make_shared<ContextObject>(state_)));
  return time_attribute(name);
}

std::optional<Value> StateObject::text_attribute(std::string_view name) const {
  if (name == "state") return Value(state_.state);
  if (name == "entity_id") return Value(state_.entity_id);
  if (name == "domain") return Value(domain_of(state_.entity_id));
  if (name == "object_id") return Value(object_id_of(state_.entity_id));
  if (name == "name") return Value(name_of(state_));
  if (name == "state_with_unit") return Value(shown_state(state_, true, true));
  return std::nullopt;
}

std::optional<Value> StateObject::time_attribute(std::string_view name) const {
  const auto as_real = [](Instant when) {
    return Value(static_cast<double>(when.time_since_epoch().count()) / 1e6);
  };
  if (name == "last_changed") return datetime_at(state_.last_changed, Zone::utc());
  if (name == "last_updated") return datetime_at(state_.last_updated, Zone::utc());
  if (name == "last_reported") return datetime_at(state_.last_reported, Zone::utc());
  if (name == "last_changed_timestamp") return as_real(state_.last_changed);
  if (name == "last_updated_timestamp") return as_real(state_.last_updated);
  if (name == "last_reported_timestamp") return as_real(state_.last_reported);
  return std::nullopt;
}

std::optional<Value> StateObject::item(Evaluation& evaluation, const Value& key) {
  const std::string* name = key.as_text();
  return name == nullptr ? std::nullopt : attribute(evaluation, *name);
}

bool StateObject::equals(const Value& other) const {
  const auto* const that = other.as<StateObject>();
  return that != nullptr && that->state_.entity_id == state_.entity_id &&
         that->state_.state == state_.state && *that->state_.attributes == *state_.attributes;
}

const Value& StateObject::attributes() {
  if (attributes_.is_none()) attributes_ = from_wire(*state_.attributes);
  return attributes_;
}

std::string_view domain_of(std::string_view entity_id) { return entity_id.substr(0, entity_id.find('.')); }

std::string_view object_id_of(std::string_view entity_id) {
  const std::size_t dot = entity_id.find('.');
  return dot == std::string_view::npos ? std::string_view{} : entity_id.substr(dot + 1);
}

std::string name_of(const EntityState& state) {
  const wire::Value* name = state.attributes->find("friendly_name");
  if (name != nullptr && !name->string_or("").empty()) return std::string(name->string_or(""));
  std::string text(object_id_of(state.entity_id));
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string shown_state(const EntityState& state, bool rounded, bool with_unit) {
  const bool is_number = rounded && state.display_precision && domain_of(state.entity_id) == "sensor";
  std::string text =
      is_number ? rounded_text(state.state, *state.display_precision) : std::string(state.state);
  const wire::Value* unit = with_unit ? state.attributes->find("unit_of_measurement") : nullptr;
  if (unit != nullptr && !unit->string_or("").empty()) text.append(" ").append(unit->string_or(""));
  return text;
}

}  // namespace gable::rules::jinja
