// Service steps: whether there is such a service, what it is given, and what it is called for.
#include <algorithm>
#include <array>
#include <sstream>

#include "check/inspection.hpp"
#include "check/service_data.hpp"
#include "check/service_table.hpp"
#include "template/value/dict.hpp"
#include "wire/entity_id.hpp"

namespace gable::rules {

namespace {

struct Step {
  const ServiceAction& action;
  Place place;
  std::string domain, service;
  [[nodiscard]] std::string name() const { return domain + "." + service; }
};

// A word of a list that is separated by blanks.
bool lists(std::string_view words, std::string_view word) {
  std::size_t at = words.find(word);
  while (at != std::string_view::npos) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
    at = words.find(word, at + 1);
  }
  return false;
}

std::vector<std::string_view> split(std::string_view words) {
  std::vector<std::string_view> out;
  while (!words.empty()) {
    const std::size_t blank = std::min(words.find(' '), words.size());
    out.push_back(words.substr(0, blank));
    words.remove_prefix(std::min(blank + 1, words.size()));
  }
  return out;
}

// Texts of a target's key, as far as they are literals. `open`: others come when the rule runs.
std::vector<std::string> texts_of(const Templated& value, bool& open) {
  std::vector<std::string> out;
  const auto add = [&](const jinja::Value& literal) {
    if (const std::string* text = literal.as_text()) out.push_back(*text);
  };
  if (value.is_literal()) {
    const jinja::Values* items = value.literal().as_sequence();
    if (items == nullptr) add(value.literal());
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) add((*items)[i]);
    return out;
  }
  if (value.kind() == Templated::Kind::text_template) open = true;
  for (const Templated& item : value.items()) {
    if (item.is_literal()) add(item.literal());
    open |= !item.is_literal();
  }
  return out;
}

void inspect_listed(Inspection& in, const Knowledge::Names& known, const std::string& name, Mentioned kind,
                    Place place) {
  in.mention(name, place, kind);
  if (!known || known->contains(name)) return;
  const std::string what(to_string(kind));
  std::vector<std::string_view> names(known->begin(), known->end());
  const std::string near(wire::nearest(name, names));
  in.waits(place, "unknown_" + what, "there is no " + what + " '" + name + "'" + did_you_mean(near), near);
}

class Target {
 public:
  explicit Target(const Templated& target) : given_(!target.is_literal()) {
    std::vector<Templated> keep;
    open_ = target.kind() == Templated::Kind::text_template;
    for (const auto& [key, value] : entries_of(target, keep)) {
      given_ = true;
      auto texts = texts_of(*value, open_);
      auto& where = key == "entity_id"   ? entities
                    : key == "device_id" ? devices
                    : key == "area_id"   ? areas
                    : key == "floor_id"  ? floors
                                         : labels;
      where.insert(where.end(), texts.begin(), texts.end());
    }
  }

  [[nodiscard]] bool given() const { return given_; }
  std::vector<std::string> entities, devices, areas, floors, labels;

 private:
  bool given_ = false;
  bool open_ = false;
};

void inspect_target(Inspection& in, const Target& target, Place place) {
  for (const std::string& entity : target.entities) {
    // The hub knows the targets of a call by whatever they were called.
    if (entity != "all" && entity != "none") inspect_entity(in, in.knowledge.meant(entity), place);
  }
  const Knowledge& house = in.knowledge;
  for (const std::string& device : target.devices)
    inspect_listed(in, house.devices, device, Mentioned::device, place);
  for (const std::string& area : target.areas) inspect_listed(in, house.areas, area, Mentioned::area, place);
  for (const std::string& floor : target.floors)
    inspect_listed(in, house.floors, floor, Mentioned::floor, place);
  for (const std::string& label : target.labels)
    inspect_listed(in, house.labels, label, Mentioned::label, place);
}

void report_unknown(Inspection& in, const Step& step) {
  const wire::DomainSpec* domain = wire::find_domain(step.domain);
  std::vector<std::string_view> names;
  for (const HouseService& each : house_services()) {
    if (each.name.starts_with(step.domain + ".")) names.push_back(each.name.substr(step.domain.size() + 1));
  }
  const auto known = house_domains();
  const bool ours = domain != nullptr || std::find(known.begin(), known.end(), step.domain) != known.end();
  if (ours) {
    for (std::size_t i = 0; domain != nullptr && i < domain->services.size(); ++i)
      names.push_back(domain->services[i].name);
    std::string near(wire::nearest(step.service, names));
    if (!near.empty()) near = step.domain + "." + near;
    return in.error(step.place, "unknown_service", "there is no service " + step.name() + did_you_mean(near),
                    near);
  }
  names.assign(known.begin(), known.end());
  for (const wire::DomainSpec& each : wire::domains()) names.push_back(each.name);
  std::string near(wire::nearest(step.domain, names));
  if (!near.empty()) near += "." + step.service;
  in.error(step.place, "unknown_service",
           "there is no service " + step.name() + ": nothing here offers " + step.domain + did_you_mean(near),
           near);
}

void inspect_fields(Inspection& in, const Step& step, const HouseService& service) {
  if (service.fields == "*" || step.action.data.kind() == Templated::Kind::text_template) return;
  std::vector<Templated> keep;
  const auto entries = entries_of(step.action.data, keep);
  const std::vector<std::string_view> names = split(service.fields);
  for (const auto& [key, value] : entries) {
    if (lists(service.fields, key)) continue;
    const std::string near(wire::nearest(key, names));
    in.error(step.place, "unknown_parameter",
             step.name() + " has no parameter '" + key + "'" + did_you_mean(near), near);
  }
  // What is a target there is a parameter here: logbook.log has an entity_id that it does nothing to.
  for (const std::string_view needed : split(service.required)) {
    if (std::none_of(entries.begin(), entries.end(), [&](const auto& e) { return e.first == needed; }))
      in.error(step.place, "missing_parameter", step.name() + " needs " + std::string(needed));
  }
}

void inspect_notifier(Inspection& in, const Step& step) {
  const Knowledge& house = in.knowledge;
  // What the hub itself says, and what has its target elsewhere.
  if (!house.live() || step.service == "notify" || step.service == "send_message" ||
      step.service == "persistent_notification")
    return;
  const std::string entity = "notify." + step.service;
  if (step.domain != "notify" || house.entity(entity) != nullptr || house.made_by_rules(entity)) return;
  const std::string near = house.nearest_entity(entity);
  in.waits(step.place, "unknown_notifier", "no bridge offers " + step.name() + did_you_mean(near), near);
}

void inspect_command(Inspection& in, const Step& step) {
  if (step.domain != "shell_command" && step.domain != "rest_command") return;
  const auto& known = in.knowledge.commands;
  if (known && known->contains(step.name())) return;
  in.waits(step.place, "unconfigured_command",
           step.name() +
               " is not in the configuration of the hub, or commands are off there: allow_commands: "
               "true turns them on");
}

void inspect_house_service(Inspection& in, const Step& step, const HouseService& service, bool targeted) {
  if (!service.refusal.empty() && !(service.target && targeted)) {
    return in.error(step.place, "unsupported", step.name() + ": " + std::string(service.refusal));
  }
  inspect_fields(in, step, service);
  inspect_notifier(in, step);
  inspect_command(in, step);
  const bool answers = service.name == "command";
  if (!step.action.response_variable.empty() && !answers)
    in.error(step.place, "no_response", step.name() + " returns no response");
}

// A script by its name; what it is given is its own.
void inspect_script(Inspection& in, const Step& step) {
  const std::string name = step.name();
  if (in.knowledge.made_by_rules(name) || in.knowledge.entity(name) != nullptr) return;
  const std::string near = in.knowledge.nearest_script(name);
  in.waits(step.place, "unknown_script", "there is no script " + name + did_you_mean(near), near);
}

void inspect_entities(Inspection& in, const CallData& call, const Target& target) {
  for (const std::string& id : target.entities) {
    const std::string_view domain = std::string_view(id).substr(0, id.find('.'));
    if (id == "all" || id == "none" || id.find('.') == std::string::npos) continue;
    const bool matches = domain == call.domain.name || domain == "group";
    if (!matches && call.domain.name != "group" && wire::find_domain(domain) != nullptr) {
      in.warn(call.place, "wrong_domain",
              id + " is no " + std::string(call.domain.name) + ", so " + std::string(call.domain.name) + "." +
                  std::string(call.service.name) + " does nothing to it",
              wire::find_service(*wire::find_domain(domain), call.service.name) != nullptr
                  ? std::string(domain) + "." + std::string(call.service.name)
                  : std::string());
    }
    const KnownEntity* known = in.knowledge.entity(id);
    if (known != nullptr && domain == call.domain.name) inspect_call_of(in, call, *known, id);
  }
}

void inspect_entity_service(Inspection& in, const Step& step, const Target& target) {
  const wire::DomainSpec& domain = *wire::find_domain(step.domain);
  const wire::ServiceSpec& service = *wire::find_service(domain, step.service);
  const CallData call{domain, service, step.action.data, step.place};
  inspect_call_data(in, call);
  if (!target.given() && step.action.data.kind() != Templated::Kind::text_template) {
    in.error(step.place, "missing_target",
             step.name() + " needs a target: entity_id, device_id, area_id, floor_id or label_id");
  }
  inspect_entities(in, call, target);
  if (!step.action.response_variable.empty())
    in.error(step.place, "no_response", step.name() + " returns no response");
}

// Names that a template may give: 'light.turn_on' if … else 'light.turn_off'.
void inspect_name(Inspection& in, const Templated& name) { inspect_templates(in, name); }

}  // namespace

void inspect_service(Inspection& in, const ServiceAction& action, Place place) {
  inspect_templates(in, action.target);
  inspect_templates(in, action.data);
  const Target target(action.target);
  if (!action.service.is_literal()) {
    inspect_target(in, target, place);
    return inspect_name(in, action.service);
  }
  const std::string* name = action.service.literal().as_text();
  const std::size_t dot = name == nullptr ? std::string::npos : name->find('.');
  if (dot == std::string::npos) return inspect_target(in, target, place);  // the reader has said so
  const Step step{action, place, name->substr(0, dot), name->substr(dot + 1)};
  const HouseService* service = find_house_service(*name);
  if (service == nullptr) service = find_free_service(step.domain, step.service);
  if (is_reload(step.domain, step.service)) return;
  // Told apart by what they are called for: entities of a script's own wishes are not looked at.
  if (service != nullptr) {
    if (service->target) inspect_target(in, target, place);
    return inspect_house_service(in, step, *service, target.given());
  }
  const wire::DomainSpec* domain = wire::find_domain(step.domain);
  if (domain != nullptr && wire::find_service(*domain, step.service) != nullptr) {
    inspect_target(in, target, place);
    return inspect_entity_service(in, step, target);
  }
  if (step.domain == "script") return inspect_script(in, step);
  report_unknown(in, step);
}

}  // namespace gable::rules
