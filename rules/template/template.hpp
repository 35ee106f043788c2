#pragma once
// The door of the room: a template is compiled once and rendered as often as wanted. Jinja2 as Home Assistant
// uses it;
// ../LANGUAGE.md says what is there and where it differs from the original. Pure: no clock, no input or
// output.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "template/evaluate/evaluation.hpp"
#include "template/syntax/tree.hpp"
#include "template/value/value.hpp"
#include "wire/result_type.hpp"

namespace gable::rules::jinja {

// How a rendering ended (the words of discovery): `text` rendered; `passthrough` a Jinja error, most often
// something undefined was used; `drop` a Python error, as a ValueError for want of a default. (`invalid`,
// does not compile, is an error of compile().)
enum class Outcome : std::uint8_t { text, passthrough, drop };
std::string_view to_string(Outcome outcome);

struct Rendering {
  Outcome outcome = Outcome::text;
  std::string text;  // stripped of white space at both ends
  // Of an error: "ZeroDivisionError: division by zero" and where in the template.
  std::string error;
  Position where;
  Reads reads;
  std::uint32_t steps = 0;
};

struct Variable {
  std::string_view name;
  Value value;
};

class Template;
// Shared macro files: `{% from 'tools.jinja' import x %}`. Null: there is no such file.
class Library {
 public:
  virtual ~Library() = default;
  [[nodiscard]] virtual const Template* find(std::string_view name) const = 0;
};

class Template {
 public:
  // Errors: malformed or too_large, `where` "line:column" within the source.
  static wire::Result<Template> compile(std::string_view source);

  Template(Template&&) noexcept;
  Template& operator=(Template&&) noexcept;
  ~Template();

  // Variables and surroundings are borrowed for the call. `library` may be null.
  [[nodiscard]] Rendering render(std::span<const Variable> variables,
                                 const Evaluation::Surroundings& surroundings,
                                 const Library* library = nullptr) const;

  // Without {{, {% and {#: always the same text.
  [[nodiscard]] bool is_static() const;
  // `{{ value_json["a"].b[0] }}` and nothing else: found without evaluating. Appends the printed value to
  // `out` and returns true; false when this is no bare path or the look-up is an error (then render() says
  // which).
  bool look_up(const Value& value_json, std::string& out) const;

  [[nodiscard]] const std::string& source() const;
  [[nodiscard]] const Tree& tree() const;

 private:
  struct Compiled;
  explicit Template(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace gable::rules::jinja
