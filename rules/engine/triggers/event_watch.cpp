#include "engine/triggers/event_watch.hpp"

#include <algorithm>

#include "engine/triggers/trigger_values.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

const Value* find(const Value& dict, std::string_view key) {
  const jinja::Dict* entries = dict.as_dict();
  return entries != nullptr ? entries->find(key) : nullptr;
}

std::string text_at(const Value& dict, std::string_view key) {
  const Value* found = find(dict, key);
  return found != nullptr && !found->is_none() ? jinja::str(*found) : std::string();
}

// Of a dict within, too, only what is given has to be there.
bool covers(const Value& wanted, const Value& actual) {
  const jinja::Dict* dict = wanted.as_dict();
  if (dict == nullptr || actual.as_dict() == nullptr) return jinja::equals(wanted, actual);
  return std::all_of(dict->entries().begin(), dict->entries().end(), [&](const jinja::Dict::Entry& entry) {
    const Value* found = actual.as_dict()->find(entry.key);
    return found != nullptr && covers(entry.value, *found);
  });
}

// One of several users may be asked for.
bool is_one_of(const Value& wanted, const Value& actual) {
  const jinja::Values* list = wanted.as_list();
  if (list == nullptr) return jinja::equals(wanted, actual);
  return std::any_of(list->begin(), list->end(),
                     [&actual](const Value& each) { return jinja::equals(each, actual); });
}

Value context_value(const Context& context) {
  auto dict = std::make_shared<jinja::Dict>();
  dict->set("id", text_or_none(context.id));
  dict->set("parent_id", text_or_none(context.parent));
  dict->set("user_id", text_or_none(context.user));
  return jinja::DictPtr(std::move(dict));
}

bool is_in(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

BusEvent state_changed_event(const StateChanged& change) {
  auto data = std::make_shared<jinja::Dict>();
  data->set("entity_id", change.entity);
  data->set("old_state", state_or_none(change.entity, change.before));
  data->set("new_state", state_or_none(change.entity, change.after));
  const std::optional<StateSnapshot>& cause = change.after ? change.after : change.before;
  return {"state_changed", jinja::DictPtr(std::move(data)), cause ? cause->context : Context{}};
}

}  // namespace

Value event_value(const BusEvent& event, Instant now, const jinja::TimeZone& zone) {
  auto dict = std::make_shared<jinja::Dict>();
  dict->set("event_type", event.type);
  dict->set("data", event.data);
  dict->set("origin", "LOCAL");
  dict->set("time_fired", date_value(now, zone));
  dict->set("context", context_value(event.context));
  return jinja::DictPtr(std::move(dict));
}

bool EventWatch::render(const std::vector<std::pair<std::string, Templated>>& asked, Wanted& out,
                        Instant now) const {
  const Renderer renderer(surroundings(), now);
  for (const auto& [key, templated] : asked) {
    Rendered rendered = renderer.native(templated, variables());
    if (!rendered.ok()) {
      complain("error", key + ": " + rendered.error);
      return false;
    }
    out.emplace_back(key, std::move(rendered.value));
  }
  return true;
}

void EventWatch::begin(Instant now) {
  if (!render(asked_.data, data_, now) || !render(asked_.context, context_, now)) return;
  const Renderer renderer(surroundings(), now);
  for (const Templated& type : asked_.types) {
    const Rendered rendered = renderer.text(type, variables());
    if (!rendered.ok()) {
      complain("error", "event_type: " + rendered.error);
      continue;
    }
    const std::string name = jinja::str(rendered.value);
    const bool is_change = name == "state_changed";
    if (is_change || name == "*") listen(Subject::states);
    if (!is_change) listen(Subject::event, name);
  }
}

void EventWatch::on_state(const StateChanged& change, Instant now) {
  on_event(state_changed_event(change), now);
}

void EventWatch::on_event(const BusEvent& event, Instant now) {
  const Value context = context_value(event.context);
  const auto in_data = [&](const auto& wanted) {
    const Value* found = find(event.data, wanted.first);
    return found != nullptr && covers(wanted.second, *found);
  };
  const auto in_context = [&](const auto& wanted) {
    const Value* found = find(context, wanted.first);
    return found != nullptr && is_one_of(wanted.second, *found);
  };
  if (!std::all_of(data_.begin(), data_.end(), in_data)) return;
  if (!std::all_of(context_.begin(), context_.end(), in_context)) return;
  fire(fields({{"event", event_value(event, now, surroundings().zone())},
               {"description", Value("event '" + event.type + "'")}}),
       event.context, now);
}

void WebhookWatch::begin(Instant /*now*/) { listen(Subject::event, "webhook_received"); }

void WebhookWatch::on_event(const BusEvent& event, Instant now) {
  if (text_at(event.data, "webhook_id") != asked_.id) return;
  const std::string method = text_at(event.data, "method");
  const bool allowed = asked_.methods.empty() ? method.empty() || method == "POST" || method == "PUT"
                                              : is_in(asked_.methods, method);
  if (!allowed) return;
  // Whoever takes the call in knows where it came from and says so.
  const Value* local = find(event.data, "local");
  if (asked_.local_only && local != nullptr && !jinja::truth(*local)) return;
  const Fields own = fields({{"webhook_id", Value(asked_.id)}, {"description", Value("webhook")}});
  for (const std::string_view key : {"json", "data", "query", "method"}) {
    if (const Value* found = find(event.data, key)) own->set(Value(key), *found);
  }
  fire(own, event.context, now);
}

void TagWatch::begin(Instant /*now*/) { listen(Subject::event, "tag_scanned"); }

void TagWatch::on_event(const BusEvent& event, Instant now) {
  if (!is_in(asked_.tags, text_at(event.data, "tag_id"))) return;
  if (!asked_.devices.empty() && !is_in(asked_.devices, text_at(event.data, "device_id"))) return;
  fire(fields({{"event", event_value(event, now, surroundings().zone())},
               {"description", Value("Tag scanned")}}),
       event.context, now);
}

}  // namespace gable::rules
