#pragma once
// Templated: a value out of a rule file in which any text may be a template: `"{{ 1 + 1 }}"`, or a whole tree
// with templates in it. Compiled when the rule is loaded. Owned by the rule.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "language/place.hpp"
#include "template/template.hpp"

namespace gable::rules {

class Templated {
 public:
  enum class Kind : std::uint8_t { literal, text_template, list, map };

  Templated() = default;  // None
  explicit Templated(jinja::Value literal) : literal_(std::move(literal)) {}
  explicit Templated(std::shared_ptr<const jinja::Template> compiled)
      : kind_(Kind::text_template), template_(std::move(compiled)) {}
  explicit Templated(std::vector<Templated> items) : kind_(Kind::list), items_(std::move(items)) {}
  // Keys may be templates, too.
  explicit Templated(std::vector<std::pair<Templated, Templated>> entries)
      : kind_(Kind::map), entries_(std::move(entries)) {}

  [[nodiscard]] Kind kind() const { return kind_; }
  // No template in it anywhere. Lists and maps without one are literals.
  [[nodiscard]] bool is_literal() const { return kind_ == Kind::literal; }
  [[nodiscard]] const jinja::Value& literal() const { return literal_; }
  [[nodiscard]] const jinja::Template& compiled() const { return *template_; }
  [[nodiscard]] const std::vector<Templated>& items() const { return items_; }
  [[nodiscard]] const std::vector<std::pair<Templated, Templated>>& entries() const { return entries_; }

  Place place;

 private:
  Kind kind_ = Kind::literal;
  jinja::Value literal_;
  std::shared_ptr<const jinja::Template> template_;  // by all copies; it never changes
  std::vector<Templated> items_;
  std::vector<std::pair<Templated, Templated>> entries_;
};

}  // namespace gable::rules
