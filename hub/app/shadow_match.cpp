#include "app/shadow_match.hpp"

#include <charconv>

#include "wire/command.hpp"

namespace gable::hub {

namespace {

using wire::Object;
using wire::Value;

std::string text_of(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

// The journal has states as texts; where a number is expected, it is one.
class Known final : public wire::CurrentValues {
 public:
  Known(const Object& values, const Object& expected) : values_(values) {
    const Value* wanted = expected.find("state");
    const Value* state = values.find("state");
    const std::string* text = state == nullptr ? nullptr : state->as_string();
    if (wanted == nullptr || !wanted->is_number() || text == nullptr) return;
    double number = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
    if (read.ec == std::errc()) number_ = Value(number);
  }
  [[nodiscard]] const Value* current(std::string_view name) const override {
    return name == "state" && !number_.is_null() ? &number_ : values_.find(name);
  }

 private:
  const Object& values_;
  Value number_;
};

bool reached(const std::string& entity, const Object& expected, const Object& values) {
  wire::EntityDescription description;
  description.domain = wire::find_domain(entity.substr(0, entity.find('.')));
  if (description.domain == nullptr || values.empty()) return false;
  // What was never reported is not to be judged.
  Object judged;
  for (const auto& [key, value] : expected) {
    if (key == "state" || values.contains(key)) judged.append(key, value);
  }
  return wire::reached(description, judged, Known(values, expected));
}

void apply(const Object& changed, Object& values) {
  for (const auto& [key, value] : changed) values.set(key, value);
}

Object shown(const Object& expected, const Object& values) {
  Object out;
  if (const Value* state = values.find("state")) out.append("state", *state);
  for (const auto& [key, value] : expected) {
    const Value* found = values.find(key);
    if (key != "state" && found != nullptr) out.append(key, *found);
  }
  return out;
}

}  // namespace

void ShadowMatch::add(const Object& change) {
  const auto at = wire::parse_time(text_of(change, "t"));
  if (!at) return;
  Step step{*at, text_of(change, "by"), change.contains("from"), {}};
  if (const Value* to = change.find("to")) step.values.append("state", *to);
  const Value* attributes = change.find("a");
  if (attributes != nullptr && attributes->as_object() != nullptr)
    apply(*attributes->as_object(), step.values);
  entities_[text_of(change, "e")].push_back(std::move(step));
}

Comparison ShadowMatch::judge(const Decision& decision) const {
  Comparison out;
  const auto found = entities_.find(decision.entity);
  if (found == entities_.end()) return out;
  const bool toggle = decision.expected.contains("toggle");
  Object values;
  std::size_t next = 0;
  const std::vector<Step>& steps = found->second;
  for (; next < steps.size() && steps[next].at < decision.at - kWindow; ++next)
    apply(steps[next].values, values);
  const bool already = !toggle && reached(decision.entity, decision.expected, values);
  for (; next < steps.size() && steps[next].at <= decision.at + kWindow; ++next) {
    const Step& step = steps[next];
    apply(step.values, values);
    Object change{{"t", wire::format_time(step.at)}, {"by", step.by}};
    for (const auto& [key, value] : shown(decision.expected, step.values)) change.append(key, value);
    out.changes.emplace_back(std::move(change));
    const bool somebody_else = step.by != decision.rule;
    const bool did = toggle ? step.text_changed : reached(decision.entity, decision.expected, values);
    if (out.by.empty() && somebody_else && did) out.by = step.by;
  }
  out.found = shown(decision.expected, values);
  if (already)
    out.agreement = Agreement::already;
  else if (!out.by.empty())
    out.agreement = Agreement::done;
  return out;
}

}  // namespace gable::hub
