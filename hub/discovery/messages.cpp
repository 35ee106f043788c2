// Messages of announced entities on their way to the house, and commands on their way out.

#include <algorithm>
#include <utility>

#include "discovery/discovery.hpp"
#include "discovery/fields.hpp"
#include "discovery/message.hpp"
#include "discovery/slot.hpp"
#include "wire/json.hpp"

namespace gable::discovery {

namespace {

namespace jinja = rules::jinja;
using wire::Error;
using wire::ErrorCode;

constexpr std::size_t kMaxPayload = 1024 * std::size_t{1024};

class CommandRenderer final : public Renderer {
 public:
  CommandRenderer(House& house, Handle entity) : house_(house), entity_(entity) {}
  wire::Result<std::string> render(const jinja::Template& source,
                                   const std::vector<jinja::Variable>& variables) override {
    std::vector<jinja::Variable> all(variables);
    all.push_back({"entity_id", house_.entity_id(entity_)});
    const auto rendering = source.render(all, house_.surroundings());
    if (rendering.outcome != jinja::Outcome::text)
      return Error{ErrorCode::failed, "its command template fails: " + rendering.error, ""};
    return rendering.text;
  }

 private:
  House& house_;
  Handle entity_;
};

}  // namespace

bool Discovery::on_message(std::string_view topic, std::string_view payload, bool retained, wire::Time now) {
  if (payload.size() > kMaxPayload) return false;
  bool wanted = false;
  if (!options_.prefix.empty()) {
    if (const auto parsed = parse_announcement_topic(options_.prefix, topic)) {
      read(topic, *parsed, payload);
      wanted = true;
    }
  }
  std::vector<Listener> found = std::exchange(found_, {});
  found.clear();
  topics_.find(topic, found);
  const Message message(topic, payload, retained);
  if (std::ranges::any_of(found, &Listener::availability)) remember(message);
  for (std::size_t i = 0; i < found.size();) {
    const Handle handle = found[i].entity;
    Said said;
    for (; i < found.size() && found[i].entity == handle; ++i) {
      Slot* slot = slots_[handle].get();
      if (slot == nullptr || !slot->attached) continue;
      if (found[i].availability)
        hear(handle, found[i], message);
      else
        receive(*slot, found[i], message, said);
    }
    if (slots_[handle] != nullptr) finish(handle, std::move(said), message, now);
  }
  wanted |= !found.empty();
  found_ = std::move(found);
  return wanted;
}

// Nothing: the message says nothing through this template (and perhaps why, in `fault`).
std::optional<std::string> Discovery::rendered(const Slot& slot, const jinja::Template& source,
                                               const Message& message, bool keeps, std::string& fault) {
  std::string text;
  if (source.look_up(message.value_json(), text)) return text;
  const std::vector<jinja::Variable> variables{{"value", message.payload()},
                                               {"value_json", message.value_json()},
                                               {"entity_id", house_.entity_id(slot.handle)}};
  auto rendering = source.render(variables, house_.surroundings());
  switch (rendering.outcome) {
    case jinja::Outcome::text:
      return std::move(rendering.text);
    case jinja::Outcome::passthrough:
      if (keeps) return std::nullopt;
      return std::string(message.payload());
    case jinja::Outcome::drop:
      fault = rendering.error;
      return std::nullopt;
  }
  return std::nullopt;
}

void Discovery::receive(Slot& slot, const Listener& listener, const Message& message, Said& said) {
  const Inlet& inlet = slot.binding->inlets[listener.index];
  const wire::CurrentValues& now = house_.values(slot.handle);
  // One NUL is the empty text of Homie 5, since an empty payload takes a topic away.
  const bool empty_text = message.payload() == std::string_view("\0", 1);
  if (!inlet.bytes && !empty_text && !wire::valid_utf8(message.payload())) {
    said.fault = "not text: " + std::string(message.topic());
    return;
  }
  if (inlet.value_template == nullptr)
    return slot.binding->receive(inlet.slot, {message.payload(), message, false}, now, said);
  const auto text = rendered(slot, *inlet.value_template, message, inlet.keeps_on_error, said.fault);
  if (text) slot.binding->receive(inlet.slot, {*text, message, true}, now, said);
}

void Discovery::remember(const Message& message) {
  constexpr std::size_t kLongest = 4096;
  const auto shared = shared_.find(std::string(message.topic()));
  if (shared == shared_.end()) return;  // a wildcard's
  shared->second.payload = message.payload().size() > kLongest ? "" : message.payload();
}

void Discovery::hear(Handle handle, const Listener& listener, const Message& message) {
  Slot& slot = *slots_[handle];
  const Availability::Topic& topic = slot.binding->availability->topics[listener.index];
  std::string text(message.payload());
  if (topic.value_template != nullptr) {
    std::string fault;
    auto made = rendered(slot, *topic.value_template, message, false, fault);
    if (!made) return;
    text = std::move(*made);
  }
  Heard heard = Heard::nothing;
  if (text == topic.payload_available)
    heard = Heard::yes;
  else if (text == topic.payload_not_available)
    heard = Heard::no;
  else
    return;  // other payloads are ignored
  slot.heard[listener.index] = heard;
  slot.latest = heard;
  judge(handle);
}

void Discovery::judge(Handle handle) {
  const Slot& slot = *slots_[handle];
  if (slot.binding->description->domain == nullptr) return;
  Judged judged = judge_availability(*slot.binding->availability, slot.heard, slot.latest);
  if (judged.available && slot.expired) {
    judged = {false, "no message within " +
                         wire::format_duration(slot.binding->expire_after.value_or(wire::Duration(0)))};
  }
  house_.available(handle, judged.available, std::move(judged.reason));
}

void Discovery::finish(Handle handle, Said said, const Message& message, wire::Time now) {
  Slot& slot = *slots_[handle];
  const Binding& binding = *slot.binding;
  if (!said.fault.empty()) {
    slot.faulty = true;
    house_.fault(slot.key, std::string(house_.entity_id(handle)) + ": " + said.fault);
  } else if (said.anything && std::exchange(slot.faulty, false)) {
    house_.solved(slot.key);
  }
  if (slot.device != nullptr) {
    for (const auto& event : said.events)
      house_.triggered({*slot.device, slot.tag ? "tag" : "device_automation", event});
    return;
  }
  if (said.anything && binding.off_delay) {
    const wire::Value* state = said.values.find("state");
    const bool on = state != nullptr && state->string_or("") == "on";
    if (state != nullptr)
      house_.wake(handle, Timer::off, on ? std::optional(now + *binding.off_delay) : std::nullopt);
  }
  said.forced = binding.force_update && said.values.contains("state");
  const bool revived = said.anything && binding.expire_after.has_value();
  const bool was_expired = slot.expired;
  if (revived) {
    slot.expired = false;
    house_.wake(handle, Timer::expire, now + *binding.expire_after);
  }
  if (said.anything || !said.events.empty()) house_.said(handle, std::move(said), message.retained());
  if (revived && was_expired) judge(handle);
}

void Discovery::on_timer(Handle handle, Timer timer, wire::Time) {
  if (handle >= slots_.size() || slots_[handle] == nullptr || !slots_[handle]->attached) return;
  Slot& slot = *slots_[handle];
  if (slot.device != nullptr) return;  // a trigger has no state
  if (timer == Timer::expire) {
    slot.expired = true;
    return judge(handle);
  }
  Said said;
  said.set("state", "off");
  house_.said(handle, std::move(said), false);
}

wire::Result<std::vector<Outgoing>> Discovery::command(Handle handle, const wire::Command& command) {
  if (handle >= slots_.size() || slots_[handle] == nullptr)
    return Error{ErrorCode::unavailable, "nobody announces it now", ""};
  CommandRenderer renderer(house_, handle);
  return slots_[handle]->binding->send(command, house_.values(handle), renderer);
}

}  // namespace gable::discovery
