#include "simulation/obedience.hpp"

#include <algorithm>
#include <array>

#include "wire/coercion.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::rules::simulation {

namespace {

using wire::Value;

// A light that is off says nothing of how it shone.
constexpr std::array<std::string_view, 9> kOfLight{"brightness",  "color_mode", "color_temp_kelvin",
                                                   "hs_color",    "rgb_color",  "rgbw_color",
                                                   "rgbww_color", "xy_color",   "effect"};

class Present final : public wire::CurrentValues {
 public:
  explicit Present(const StateSnapshot& state) : state_(state), value_(state.state) {
    Value number;
    if (wire::parse_scalar(state.state, number) && number.is_number()) value_ = number;
  }
  [[nodiscard]] const Value* current(std::string_view name) const override {
    return name == "state" ? &value_ : state_.attributes->find(name);
  }

 private:
  const StateSnapshot& state_;
  Value value_;
};

std::optional<double> number_at(const wire::Object& attributes, std::string_view key) {
  const Value* found = attributes.find(key);
  return found != nullptr && found->is_number() ? std::optional(found->number_or(0)) : std::nullopt;
}

// The entity as a bridge would have announced it. What it cannot do has to be said: supported_features.
wire::EntityDescription describe(const wire::DomainSpec& domain, const wire::Object& attributes) {
  wire::EntityDescription out;
  out.domain = &domain;
  const Value* mask = attributes.find("supported_features");
  const auto has = [&](const wire::FeatureSpec& feature) {
    if (mask == nullptr || mask->as_int() == nullptr || feature.bit == 0) return true;
    return (*mask->as_int() & feature.bit) != 0;
  };
  for (const wire::FeatureSpec& feature : domain.features) {
    if (has(feature)) out.features.emplace_back(feature.name);
  }
  if (const Value* options = attributes.find("options");
      options != nullptr && options->as_list() != nullptr) {
    for (const Value& option : *options->as_list()) out.options.emplace_back(option.string_or(""));
  }
  out.min = number_at(attributes, "min");
  out.max = number_at(attributes, "max");
  out.step = number_at(attributes, "step");
  out.capabilities = attributes;
  return out;
}

// One of several states may come of it: the present one if it is among them.
Value settled(const Value& expected, const std::string& present) {
  const wire::List* any_of = expected.as_list();
  if (any_of == nullptr || any_of->empty()) return expected;
  const auto same = [&present](const Value& one) { return one.string_or("") == present; };
  const auto found = std::find_if(any_of->begin(), any_of->end(), same);
  return found != any_of->end() ? *found : any_of->front();
}

void remember_light(const StateSnapshot& light, Change& change) {
  for (const std::string_view key : kOfLight) {
    const Value* value = light.attributes->find(key);
    if (value == nullptr || value->is_null()) continue;
    change.remembered.set(std::string(key), *value);
    change.attributes.set(std::string(key), Value());
  }
}

// Without a word of it, it shines as it did before. Two ways to say a colour do not go together.
void recall_light(const wire::Object& remembered, Change& change) {
  const auto is_colour = [](std::string_view key) { return key != "brightness" && key != "effect"; };
  const bool has_colour = std::any_of(change.attributes.begin(), change.attributes.end(),
                                      [&](const auto& member) { return is_colour(member.key); });
  for (const auto& [key, value] : remembered) {
    if (!change.attributes.contains(key) && !(has_colour && is_colour(key)))
      change.attributes.set(key, value);
  }
}

void finish_light(const Order& order, Change& change) {
  const std::string& before = order.present.state.state;
  if (change.state == "off" && before == "on") remember_light(order.present.state, change);
  if (change.state == "on" && before != "on") recall_light(order.present.remembered, change);
}

void finish_position(Change& change) {
  const Value* position = change.attributes.find("current_position");
  if (change.state || position == nullptr) return;
  change.state = position->number_or(0) > 0 ? "open" : "closed";
}

void finish_media_player(const wire::Command& command, const Order& order, Change& change) {
  const std::string_view name = command.service->name;
  if (name == "play_media") {
    change.state = "playing";
    for (const char* key : {"media_content_id", "media_content_type"}) {
      if (const Value* value = command.data.find(key)) change.attributes.set(key, *value);
    }
  }
  if (name == "media_play_pause")
    change.state = order.present.state.state == "playing" ? "paused" : "playing";
}

void finish(const wire::Command& command, const Order& order, Change& change) {
  const std::string_view domain = domain_part(order.entity);
  if (domain == "light") finish_light(order, change);
  if (domain == "cover" || domain == "valve") finish_position(change);
  if (domain == "media_player") finish_media_player(command, order, change);
}

}  // namespace

wire::Result<Change> obey(const Order& order) {
  const std::string_view name = domain_part(order.entity);
  const wire::DomainSpec* domain = wire::find_domain(name);
  if (domain == nullptr) {
    return wire::Error{wire::ErrorCode::unknown_service, order.entity + " is of no domain that has services",
                       ""};
  }
  const wire::EntityDescription description = describe(*domain, *order.present.state.attributes);
  const Present present(order.present.state);
  const wire::ServiceSpec* service = wire::find_service(*domain, order.service);
  const auto command = wire::make_command(
      description, order.service,
      service == nullptr ? order.data : wire::coerced(*domain, *service, order.data), present);
  if (!command) return command.error();
  if (auto helped = obey_as_helper(*command, order)) return std::move(*helped);
  Change change;
  for (const auto& [key, value] : wire::expected_state(description, *command, present)) {
    if (key == "state") {
      change.state = wire::plain_text(settled(value, order.present.state.state));
    } else {
      change.attributes.set(key, value);
    }
  }
  finish(*command, order, change);
  return change;
}

}  // namespace gable::rules::simulation
