#include "engine/scope.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "template/json_values.hpp"
#include "template/native.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

// What renders: the parts that all renderings of one Templated share.
struct Rendering {
  std::vector<jinja::Variable> variables;
  jinja::Evaluation::Surroundings surroundings;
  const jinja::Library* library;
  bool native;
  jinja::Reads* reads;
};

std::string place_text(const Place& place, const jinja::Position& within) {
  if (place.line == 0) return std::to_string(within.line) + ":" + std::to_string(within.column);
  return "line " + std::to_string(place.line) + ", template " + std::to_string(within.line) + ":" +
         std::to_string(within.column);
}

Rendered render(const Templated& templated, const Rendering& how);

Rendered render_text(const Templated& templated, const Rendering& how) {
  jinja::Rendering out = templated.compiled().render(how.variables, how.surroundings, how.library);
  if (how.reads != nullptr) how.reads->merge(out.reads);
  if (out.outcome != jinja::Outcome::text) {
    return {Value(), out.error + " (" + place_text(templated.place, out.where) + ")"};
  }
  return {how.native ? jinja::native(out.text) : Value(std::move(out.text)), {}};
}

Rendered render_list(const Templated& templated, const Rendering& how) {
  jinja::Values items;
  items.reserve(templated.items().size());
  for (const Templated& item : templated.items()) {
    Rendered rendered = render(item, how);
    if (!rendered.ok()) return rendered;
    items.push_back(std::move(rendered.value));
  }
  return {Value::list(std::move(items)), {}};
}

Rendered render_map(const Templated& templated, const Rendering& how) {
  auto dict = std::make_shared<jinja::Dict>();
  for (const auto& [key, value] : templated.entries()) {
    Rendered name = render(key, how);
    if (!name.ok()) return name;
    Rendered rendered = render(value, how);
    if (!rendered.ok()) return rendered;
    try {
      dict->set(std::move(name.value), std::move(rendered.value));
    } catch (const jinja::EvaluationError& error) {
      return {Value(), "key: " + error.text()};
    }
  }
  return {jinja::DictPtr(std::move(dict)), {}};
}

Rendered render(const Templated& templated, const Rendering& how) {
  switch (templated.kind()) {
    case Templated::Kind::literal:
      return {templated.literal(), {}};
    case Templated::Kind::text_template:
      return render_text(templated, how);
    case Templated::Kind::list:
      return render_list(templated, how);
    case Templated::Kind::map:
      return render_map(templated, how);
  }
  return {};
}

}  // namespace

const Value* Scope::find(std::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->seen_) {
    for (const auto& [known, value] : scope->variables_) {
      if (known == name) return &value;
    }
  }
  return nullptr;
}

void Scope::define(std::string_view name, Value value) {
  for (auto& [known, content] : variables_) {
    if (known == name) {
      content = std::move(value);
      return;
    }
  }
  variables_.emplace_back(std::string(name), std::move(value));
}

void Scope::assign(std::string_view name, Value value) {
  Scope* outermost = this;
  for (Scope* scope = this; scope != nullptr; scope = scope->outer_) {
    outermost = scope;
    const auto same = [name](const auto& variable) { return variable.first == name; };
    if (std::any_of(scope->variables_.begin(), scope->variables_.end(), same)) {
      scope->define(name, std::move(value));
      return;
    }
  }
  outermost->define(name, std::move(value));
}

void Scope::erase(std::string_view name) {
  std::erase_if(variables_, [name](const auto& variable) { return variable.first == name; });
}

std::vector<jinja::Variable> Scope::visible() const {
  std::vector<jinja::Variable> out;
  for (const Scope* scope = this; scope != nullptr; scope = scope->seen_) {
    for (const auto& [name, value] : scope->variables_) {
      const auto same = [&name = name](const jinja::Variable& variable) { return variable.name == name; };
      if (std::none_of(out.begin(), out.end(), same)) out.push_back({name, value});
    }
  }
  return out;
}

namespace {

Rendered render_in(const Renderer& renderer, const Templated& templated, const Scope& scope, bool native,
                   jinja::Reads* reads) {
  if (templated.is_literal()) return {templated.literal(), {}};
  Surroundings& around = renderer.surroundings();
  const jinja::Clock clock{renderer.now(), &around.zone()};
  return render(templated,
                {scope.visible(), {around.house(), clock, around.random()}, around.macros(), native, reads});
}

}  // namespace

Rendered Renderer::native(const Templated& templated, const Scope& scope, jinja::Reads* reads) const {
  return render_in(*this, templated, scope, true, reads);
}

Rendered Renderer::text(const Templated& templated, const Scope& scope, jinja::Reads* reads) const {
  return render_in(*this, templated, scope, false, reads);
}

}  // namespace gable::rules
