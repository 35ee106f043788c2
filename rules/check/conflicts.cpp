#include "check/conflicts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "check/inspection.hpp"
#include "template/value/dict.hpp"

namespace gable::rules {

namespace {

// An entity and the state that it comes into.
struct Step {
  std::string entity, state;
  friend bool operator==(const Step& a, const Step& b) { return a.entity == b.entity && a.state == b.state; }
  friend bool operator<(const Step& a, const Step& b) {
    return std::tie(a.entity, a.state) < std::tie(b.entity, b.state);
  }
};

struct Behaviour {
  std::set<std::string> moments;  // when it runs, as text: equal texts are equal moments
  std::set<Step> starts;          // states whose coming starts it
  std::set<std::string> watched;  // entities of which every change of the state starts it
  std::set<Step> effects;         // what it does at once, whatever the state of the house; "toggle" too
};

std::string only_text(const StateFilter& filter) {
  const std::string* text = filter.values.size() == 1 ? filter.values.front().as_text() : nullptr;
  return text == nullptr ? std::string() : *text;
}

void take_state(const StateTrigger& trigger, Behaviour& out) {
  if (!trigger.attribute.empty() || trigger.hold || trigger.not_from.given || trigger.not_to.given) return;
  const std::string to = only_text(trigger.to), from = only_text(trigger.from);
  for (const std::string& entity : trigger.entities) {
    if (!trigger.to.given && !trigger.from.given) out.watched.insert(entity);
    if (to.empty()) continue;
    const bool any_before = !trigger.from.given || trigger.from.any;
    std::string moment = "state " + entity;
    moment += " " + to;
    if (any_before) out.moments.insert(std::move(moment));
    // Between on and off there is nothing else.
    if (any_before || (from == "off" && to == "on") || (from == "on" && to == "off"))
      out.starts.insert({entity, to});
  }
}

void take_trigger(const Trigger& trigger, Behaviour& out) {
  if (trigger.enabled) return;
  if (const auto* state = std::get_if<StateTrigger>(&trigger.kind)) return take_state(*state, out);
  if (const auto* time = std::get_if<TimeTrigger>(&trigger.kind)) {
    for (const TimeAt& at : time->at) {
      if (at.time) {
        out.moments.insert("time " + std::to_string(at.time->count()) + " " + std::to_string(time->weekdays));
      }
    }
  }
  if (const auto* sun = std::get_if<SunTrigger>(&trigger.kind))
    out.moments.insert("sun " + std::to_string(sun->rises) + " " + std::to_string(sun->offset.count()));
}

std::vector<std::string> entities_of(const Templated& target) {
  std::vector<std::string> out;
  if (!target.is_literal() || target.literal().as_dict() == nullptr) return out;
  const jinja::Value* ids = target.literal().as_dict()->find(std::string_view("entity_id"));
  const jinja::Values* items = ids == nullptr ? nullptr : ids->as_sequence();
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if (const std::string* text = (*items)[i].as_text()) out.push_back(*text);
  }
  return out;
}

// Up to the first step that takes time, decides, or cannot be seen through.
void take_effects(const Sequence& sequence, Behaviour& out) {
  std::map<std::string, std::string> last;  // what counts is what an entity is left in
  for (const Action& action : sequence) {
    const auto* service = std::get_if<ServiceAction>(&action.kind);
    if (service == nullptr || action.enabled || !service->service.is_literal()) break;
    const std::string* name = service->service.literal().as_text();
    if (name == nullptr) break;
    const std::string verb = name->substr(name->find('.') + 1);
    const std::string state = verb == "turn_on"    ? "on"
                              : verb == "turn_off" ? "off"
                              : verb == "toggle"   ? "toggle"
                                                   : "";
    if (state.empty() || name->starts_with("script.") || name->starts_with("scene.")) continue;
    for (const std::string& entity : entities_of(service->target)) last[entity] = state;
  }
  for (const auto& [entity, state] : last) out.effects.insert({entity, state});
}

Behaviour behaviour_of(const Automation& rule) {
  Behaviour out;
  const bool off = rule.options.enforcement == Enforcement::off || rule.initial_state == false;
  if (off || rule.refused() || !rule.conditions.empty()) return out;
  for (const Trigger& trigger : rule.triggers) take_trigger(trigger, out);
  take_effects(rule.actions, out);
  return out;
}

class Finder {
 public:
  Finder(const std::vector<Automation>& rules, const Report& report) : rules_(rules), report_(report) {
    for (const Automation& rule : rules) behaviours_.push_back(behaviour_of(rule));
  }

  void find() {
    find_fights();
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      for (const Step& effect : behaviours_[i].effects) {
        if (effect.state == "toggle" && behaviours_[i].watched.contains(effect.entity))
          tell(i, "loop",
               "this starts itself again without end: it toggles " + effect.entity +
                   ", whose every change triggers it");
      }
    }
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      for (const Step& start : behaviours_[i].starts) starters_[start].push_back(i);
    }
    for (const auto& [start, rules] : starters_) follow({start}, start);
  }

 private:
  void tell(std::size_t rule, const char* code, std::string message) {
    report_(rule, {Severity::warning, rules_[rule].place, code, std::move(message), {}});
  }

  void find_fights() {
    std::map<std::string, std::vector<std::size_t>> by_moment;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      for (const std::string& moment : behaviours_[i].moments) by_moment[moment].push_back(i);
    }
    std::set<std::pair<std::size_t, std::size_t>> told;
    for (const auto& [moment, rules] : by_moment) {
      for (const std::size_t a : rules) {
        for (const std::size_t b : rules) {
          const std::string entity = a == b ? "" : contested(behaviours_[a], behaviours_[b]);
          if (entity.empty() || !told.insert({a, b}).second) continue;
          tell(a, "fight",
               "automation." + rules_[b].id + " does the opposite to " + entity + " at the same moment");
        }
      }
    }
  }

  static std::string contested(const Behaviour& a, const Behaviour& b) {
    for (const Step& effect : a.effects) {
      if (effect.state == "toggle") continue;
      if (b.effects.contains({effect.entity, effect.state == "on" ? "off" : "on"})) return effect.entity;
    }
    return {};
  }

  // A chain of states, each of which brings about the next. It never ends if it comes back to where it began
  // and every entity in it has changed on the way.
  void follow(const std::vector<Step>& chain, const Step& begin) {
    constexpr std::size_t kLongest = 6;
    const auto found = starters_.find(chain.back());
    if (found == starters_.end() || chain.size() > kLongest) return;
    for (const std::size_t rule : found->second) {
      for (const Step& effect : behaviours_[rule].effects) {
        if (effect == begin && changes(chain)) tell_loop(rule, begin);
        if (std::find(chain.begin(), chain.end(), effect) != chain.end()) continue;
        std::vector<Step> longer = chain;
        longer.push_back(effect);
        follow(longer, begin);
      }
    }
  }

  static bool changes(const std::vector<Step>& chain) {
    return std::all_of(chain.begin(), chain.end(), [&chain](const Step& step) {
      return std::any_of(chain.begin(), chain.end(), [&step](const Step& other) {
        return other.entity == step.entity && other.state != step.state;
      });
    });
  }

  void tell_loop(std::size_t rule, const Step& begin) {
    if (!looping_.insert(rule).second) return;
    tell(rule, "loop",
         "this and other rules start each other without end: it brings " + begin.entity + " to '" +
             begin.state + "', which leads back to it");
  }

  const std::vector<Automation>& rules_;
  const Report& report_;
  std::vector<Behaviour> behaviours_;
  std::map<Step, std::vector<std::size_t>> starters_;
  std::set<std::size_t> looping_;
};

}  // namespace

void find_conflicts(const std::vector<Automation>& automations, const Report& report) {
  Finder(automations, report).find();
}

}  // namespace gable::rules
