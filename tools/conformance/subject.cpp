// Which entity commands go to, and what it is asked for.

#include <algorithm>

#include "conformance/checks.hpp"
#include "wire/command.hpp"
#include "wire/json.hpp"

namespace gable::conformance {

namespace {

using wire::TopicKind;

// Kinds that may be told what they report already; the most harmless first. Never locks, covers, heating,
// alarms.
constexpr std::string_view kHarmless[] = {"light", "select", "number", "text", "switch", "fan"};

class Values final : public wire::CurrentValues {
 public:
  explicit Values(const wire::Object& values) : values_(values) {}
  [[nodiscard]] const wire::Value* current(std::string_view name) const override {
    return values_.find(name);
  }

 private:
  const wire::Object& values_;
};

std::size_t rank(const wire::EntityDescription& entity) {
  const auto* found = std::find(std::begin(kHarmless), std::end(kHarmless), entity.domain->name);
  return static_cast<std::size_t>(found - std::begin(kHarmless));
}

// Has a state that is known, and a way to ask for it.
bool usable(const Observer& observer, const Subject& subject) {
  const auto values = reported(observer, subject);
  const wire::Value* state = values ? values->find("state") : nullptr;
  return state != nullptr && !state->is_null() && command_to(subject, *state).has_value();
}

std::optional<Subject> named(const Observer& observer, const Announced& announced, std::string& why) {
  const std::string& wanted = observer.options().entity;
  const std::size_t slash = wanted.find('/');
  Subject subject{wanted.substr(0, slash), slash == std::string::npos ? "" : wanted.substr(slash + 1),
                  nullptr, true};
  const auto device = announced.devices.find(subject.device);
  if (device == announced.devices.end()) {
    why = "there is no device \"" + subject.device + "\"";
    return {};
  }
  for (const auto& [key, entity] : device->second.entities) {
    if (key == subject.key) subject.entity = &entity;
  }
  if (subject.entity == nullptr) {
    why = "device " + subject.device + " has no entity \"" + subject.key + "\"";
    return {};
  }
  if (!usable(observer, subject)) {
    why = subject.words() + " reports no state, or takes no command that asks for one";
    return {};
  }
  return subject;
}

}  // namespace

std::optional<wire::Object> reported(const Observer& observer, const Subject& subject) {
  const std::string* payload = observer.latest(TopicKind::bridge_state, subject.device);
  if (payload == nullptr) return {};
  const auto document = wire::parse_object(*payload, wire::kDocumentLimits);
  if (!document) return {};
  if (subject.key.empty()) return *document;
  const wire::Value* part = document->find(subject.key);
  if (part == nullptr || part->as_object() == nullptr) return {};
  return *part->as_object();
}

std::string payload_for(const Subject& subject, wire::Object command, const std::string& id) {
  wire::Object document =
      subject.key.empty() ? std::move(command) : wire::Object{{subject.key, std::move(command)}};
  if (!id.empty()) document.set("_id", id);
  return wire::to_json(document);
}

std::optional<wire::Object> command_to(const Subject& subject, const wire::Value& state) {
  const wire::Object nothing;
  const auto command = wire::parse_command(*subject.entity, wire::Object{{"state", state}}, Values(nothing));
  if (!command) return {};
  wire::Object canonical = wire::encode(*command);
  canonical.erase("_id");
  return canonical;
}

std::optional<wire::Value> other_state(const Subject& subject, const wire::Value& present) {
  const wire::EntityDescription& entity = *subject.entity;
  if (present == wire::Value("on")) return wire::Value("off");
  if (present == wire::Value("off")) return wire::Value("on");
  for (const std::string& option : entity.options) {
    if (!(present == wire::Value(option))) return wire::Value(option);
  }
  if (!present.is_number() || !entity.min || !entity.max) return {};
  const double step = entity.step.value_or(1);
  const double value = present.number_or(0);
  const double other = value + step <= *entity.max ? value + step : value - step;
  return other < *entity.min ? std::optional<wire::Value>() : wire::Value(other);
}

std::optional<Subject> choose_subject(const Observer& observer, const Announced& announced,
                                      std::string& why) {
  if (!observer.options().entity.empty()) return named(observer, announced, why);
  std::optional<Subject> best;
  for (const auto& [device, description] : announced.devices) {
    for (const auto& [key, entity] : description.entities) {
      const Subject candidate{device, key, &entity, false};
      if (rank(entity) == std::size(kHarmless) || entity.disabled || !usable(observer, candidate)) continue;
      if (!best || rank(entity) < rank(*best->entity)) best = candidate;
    }
  }
  if (!best) why = "no entity of a harmless kind (light, select, number, text, switch, fan) reports a state";
  return best;
}

}  // namespace gable::conformance
