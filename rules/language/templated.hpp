#pragma once
// Templated: a value out of a rule file in which any text may be a template: `"{{ 1 + 1 }}"`, or a whole tree
// with templates in it. Compiled when the rule is loaded. Owned by the rule.

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "language/place.hpp"
#include "template/template.hpp"

namespace gable::rules {

class Templated {
 public:
  enum class Kind : std::uint8_t { literal, text_template, list, map };

  using Items = std::vector<Templated>;
  using Entries = std::vector<std::pair<Templated, Templated>>;
  using Compiled = std::shared_ptr<const jinja::Template>;

  Templated() = default;  // None
  explicit Templated(jinja::Value literal) : content_(std::move(literal)) {}
  explicit Templated(Compiled compiled) : content_(std::move(compiled)) {}
  explicit Templated(Items items) : content_(std::move(items)) {}
  // Keys may be templates, too.
  explicit Templated(Entries entries) : content_(std::move(entries)) {}

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(content_.index()); }
  // No template in it anywhere. Lists and maps without one are literals.
  [[nodiscard]] bool is_literal() const { return kind() == Kind::literal; }
  // None, or empty, where it is of another kind.
  [[nodiscard]] const jinja::Value& literal() const { return part<jinja::Value>(); }
  [[nodiscard]] const Items& items() const { return part<Items>(); }
  [[nodiscard]] const Entries& entries() const { return part<Entries>(); }
  // Only of a template.
  [[nodiscard]] const jinja::Template& compiled() const { return *std::get<Compiled>(content_); }

  Place place;

 private:
  template <class T>
  [[nodiscard]] const T& part() const {
    static const T kNothing{};
    const T* found = std::get_if<T>(&content_);
    return found == nullptr ? kNothing : *found;
  }

  // In the order of Kind. A template is shared by all copies; it never changes.
  std::variant<jinja::Value, Compiled, Items, Entries> content_;
};

}  // namespace gable::rules
