#include "engine/triggers/watch.hpp"

#include <algorithm>

namespace gable::rules {

namespace {
const Scope kNoVariables;
}  // namespace

const Scope& Watch::variables() const {
  const Scope* given = seat_.holder->attachment.variables;
  return given != nullptr ? *given : kNoVariables;
}

void Watch::end() {
  in_force_ = false;
  for (const auto& [subject, name] : listening_) board_.remove(subject, name, *this);
  listening_.clear();
}

void Watch::listen(Subject subject, std::string_view name) {
  const auto same = [&](const auto& each) { return each.first == subject && each.second == name; };
  if (std::any_of(listening_.begin(), listening_.end(), same)) return;
  listening_.emplace_back(subject, name);
  board_.add(subject, name, shared_from_this());
}

void Watch::unlisten(Subject subject, std::string_view name) {
  std::erase_if(listening_, [&](const auto& each) { return each.first == subject && each.second == name; });
  board_.remove(subject, name, *this);
}

Timers::Key Watch::wake(Instant due, std::size_t cookie) {
  return board_.timers().set(due, order(), {shared_from_this(), cookie});
}

Watch::Fields Watch::fields(std::initializer_list<Field> own) const {
  auto dict = std::make_shared<jinja::Dict>();
  const std::string number = std::to_string(seat_.index);
  dict->set("id", trigger().id.empty() ? number : trigger().id);
  dict->set("idx", number);
  dict->set("alias", trigger().alias.empty() ? jinja::Value() : jinja::Value(trigger().alias));
  dict->set("platform", trigger().platform);
  for (const Field& field : own) dict->set(jinja::Value(field.first), field.second);
  return dict;
}

void Watch::fire(const Fields& fields, const Context& cause, Instant now) {
  Fired fired{seat_.holder->owner, seat_.index, jinja::DictPtr(fields), cause, {}};
  if (!trigger().variables.empty()) {
    const Renderer renderer(surroundings(), now);
    Scope scope(&variables());
    scope.define("trigger", fired.trigger);
    for (const auto& [name, templated] : trigger().variables) {
      Rendered rendered = renderer.native(templated, scope);
      if (!rendered.ok()) {
        complain("error", "variables, " + name + ": " + rendered.error);
        return;
      }
      scope.define(name, rendered.value);
      fired.variables.emplace_back(name, std::move(rendered.value));
    }
  }
  board_.fire(fired);
}

void Watch::complain(std::string_view level, const std::string& text) const {
  surroundings().log(level, seat_.holder->attachment.name + ", trigger " + std::to_string(seat_.index) +
                                " (" + trigger().platform + "): " + text);
}

}  // namespace gable::rules
