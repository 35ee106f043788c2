#pragma once
// Compares what a test expects with what there is.

#include "engine/scope.hpp"
#include "language/templated.hpp"

namespace gable::rules::simulation {

class Matcher {
 public:
  // Borrowed for the comparison: templates may look at the house.
  explicit Matcher(const Renderer& renderer) : renderer_(renderer) {}

  // Of a dict only what is wanted is compared, within it too; a list item by item; a template sees `value`
  // and must be true.
  [[nodiscard]] bool matches(const Templated& wanted, const jinja::Value& actual) const;
  // A state is text, whatever the test wrote.
  [[nodiscard]] bool matches_text(const Templated& wanted, const std::string& actual) const;

 private:
  [[nodiscard]] bool matches_template(const Templated& wanted, const jinja::Value& actual) const;
  [[nodiscard]] bool matches_map(const Templated& wanted, const jinja::Value& actual) const;
  [[nodiscard]] bool matches_list(const Templated& wanted, const jinja::Value& actual) const;

  const Renderer& renderer_;
};

}  // namespace gable::rules::simulation
