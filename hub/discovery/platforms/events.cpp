// event, device_automation (triggers) and tag: what happens, and is no state. What a broker has kept of it
// happened before now and is not taken: a restart presses no button.

#include <algorithm>
#include <array>

#include "discovery/platforms/platform.hpp"
#include "wire/json.hpp"

namespace gable::discovery::platforms {

namespace {

class EventBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "event");
    description.own().assumed_state = false;
    fields.require("event_types");
    description.own().event_types = fields.texts("event_types");
    fields.require("state_topic");
    once_per_ = fields.text("once_per");
    if (fields.inlet(kState, "state_topic", "value_template")) keep_on_error(*this);
  }

 private:
  static constexpr std::array<std::string_view, 2> kOwn{"event_type", "event_types"};
  static constexpr std::size_t kMaxAtOnce = 16;
  [[nodiscard]] std::span<const std::string_view> own_attributes() const override { return kOwn; }

  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& now, Said& said) const override {
    if (payload.message.retained()) return;
    if (blank(payload.text) || payload.text == kUnknown || payload.text == "{}") return;
    std::optional<wire::Value> store;
    const wire::Value* document = payload.json(store);
    const wire::List* several = document == nullptr ? nullptr : document->as_list();
    if (several == nullptr) return take_one(document, now, said);
    for (std::size_t i = 0; i < std::min(several->size(), kMaxAtOnce); ++i)
      take_one(&(*several)[i], now, said);
  }

  void take_one(const wire::Value* document, const wire::CurrentValues& now, Said& said) const {
    const wire::Object* object = document == nullptr ? nullptr : document->as_object();
    const wire::Value* type = object == nullptr ? nullptr : object->find("event_type");
    if (object != nullptr && !counts(*object, now)) return;
    if (type == nullptr || type->as_list() != nullptr || type->as_object() != nullptr) {
      said.fault = "expected a JSON object with event_type";
      return;
    }
    const std::string name = python_text(*type);
    if (std::ranges::find(description->event_types, name) == description->event_types.end())
      return unmatched(name, "one of its event_types", said);
    wire::Object event = *object;
    event.set("event_type", name);
    said.events.push_back(std::move(event));
  }

  // With `once_per` a message that is said again, word for word, is no second event. Without an event_type
  // it is none either, but tells where the count is.
  bool counts(const wire::Object& object, const wire::CurrentValues& now) const {
    const wire::Value* count = once_per_.empty() ? nullptr : object.find(once_per_);
    if (count == nullptr) return true;
    const wire::Value* stored = now.current(once_per_);
    const bool again = counted_ ? *counted_ == *count : stored != nullptr && *stored == *count;
    counted_ = *count;
    return !again && object.contains("event_type");
  }

  std::string once_per_;  // Gable's own key: the member that differs from one event to the next; empty: none
  // The only memory that a binding has: a count may be told without an event. After a start the attributes of
  // the last event stand in.
  mutable std::optional<wire::Value> counted_;
};

// {"event_type":"button_short_press","subtype":"button_1"}
class TriggerBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "");
    for (const char* key : {"automation_type", "topic", "type", "subtype"}) fields.require(key);
    if (fields.text("automation_type") != "trigger")
      fields.refuse("automation_type", "expected \"trigger\"", ErrorCode::unsupported);
    type_ = fields.text("type");
    subtype_ = fields.text("subtype");
    payload_ = fields.text("payload");
    if (fields.inlet(kState, "topic", "value_template")) keep_on_error(*this);
  }

 private:
  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    if (payload.message.retained() || (!payload_.empty() && payload.text != payload_)) return;
    said.events.push_back({{"event_type", type_}, {"subtype", subtype_}});
  }

  std::string type_, subtype_;
  std::string payload_;  // empty: any
};

// {"event_type":"tag_scanned","tag_id":"E9F35959"}
class TagBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "");
    fields.require("topic");
    if (fields.inlet(kState, "topic", "value_template")) keep_on_error(*this);
  }

 private:
  static constexpr std::size_t kMaxTag = 256;  // bytes

  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    const std::string_view tag = stripped(payload.text);
    if (payload.message.retained() || tag.empty()) return;
    if (tag.size() > kMaxTag || !wire::valid_utf8(tag)) {
      said.fault = "expected a tag's id of at most 256 bytes";
      return;
    }
    said.events.push_back({{"event_type", "tag_scanned"}, {"tag_id", tag}});
  }
};

}  // namespace

std::unique_ptr<Binding> make_event(const Component& component, Templates& templates, Refusal& refusal) {
  return made<EventBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_device_automation(const Component& component, Templates& templates,
                                                Refusal& refusal) {
  return made<TriggerBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_tag(const Component& component, Templates& templates, Refusal& refusal) {
  return made<TagBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms
