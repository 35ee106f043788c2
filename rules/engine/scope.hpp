#pragma once
// Scope: the variables that a rule's templates see, and the rendering of them. A run has one scope for itself
// and one for each loop, branch of `parallel` and wait that shadows a name.

#include <string>
#include <string_view>
#include <vector>

#include "engine/surroundings.hpp"
#include "language/templated.hpp"
#include "template/template.hpp"

namespace gable::rules {

class Scope {
 public:
  Scope() = default;
  explicit Scope(Scope* outer) : outer_(outer), seen_(outer) {}
  // Over one that it may look into but not change: assign() then stays in this one.
  explicit Scope(const Scope* outer) : seen_(outer) {}

  [[nodiscard]] const jinja::Value* find(std::string_view name) const;
  // In this scope.
  void define(std::string_view name, jinja::Value value);
  // Where the name is already known, else in the outermost scope (rules.md, section 8, variables).
  void assign(std::string_view name, jinja::Value value);
  void erase(std::string_view name);
  // Everything that can be seen, innermost first.
  [[nodiscard]] std::vector<jinja::Variable> visible() const;
  [[nodiscard]] const std::vector<std::pair<std::string, jinja::Value>>& own() const { return variables_; }
  [[nodiscard]] const Scope* outer() const { return seen_; }

 private:
  Scope* outer_ = nullptr;       // for assign()
  const Scope* seen_ = nullptr;  // for find(); the same one, or one that may only be read
  std::vector<std::pair<std::string, jinja::Value>> variables_;
};

// What came of rendering a Templated: the value, or the template's error.
struct Rendered {
  jinja::Value value;
  std::string error;  // "ValueError: … (file:line:column)"; empty: none
  [[nodiscard]] bool ok() const { return error.empty(); }
};

class Renderer {
 public:
  Renderer(Surroundings& surroundings, Instant now) : surroundings_(surroundings), now_(now) {}

  // With native results (a template that renders to "21.5" gives a number), as everywhere but where text is
  // asked for.
  Rendered native(const Templated& templated, const Scope& scope, jinja::Reads* reads = nullptr) const;
  Rendered text(const Templated& templated, const Scope& scope, jinja::Reads* reads = nullptr) const;

  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] Surroundings& surroundings() const { return surroundings_; }

 private:
  Surroundings& surroundings_;
  Instant now_;
};

// A rendered period: seconds, "hh:mm[:ss[.f]]", or a map of days … milliseconds. Nothing: it is none (or
// negative).
std::optional<std::chrono::microseconds> period_of(const jinja::Value& value);

// Values for the store and back: JSON, with dates, tuples, sets and big integers marked.
wire::Value to_row(const jinja::Value& value);
jinja::Value from_row(const wire::Value& row);

// A state as templates see it in trigger.to_state: an object with state, attributes, last_changed …
jinja::Value state_object(std::string_view entity, const StateSnapshot& snapshot);

}  // namespace gable::rules
