#pragma once
// What goes wrong while a template is evaluated. Thrown within rules/template only; its door turns them into
// outcomes.

#include <exception>
#include <string>
#include <string_view>

namespace gable::rules::jinja {

// Python's and Jinja's exception classes, as far as anything depends on which one it is.
enum class ErrorClass : unsigned char {
  // Of Jinja (jinja2.TemplateError): the outcome is `passthrough`.
  undefined_error,
  security_error,
  template_runtime_error,
  filter_argument_error,
  template_not_found,
  template_syntax_error,  // an import that does not compile
  // Of Python: the outcome is `drop`.
  type_error,
  value_error,
  zero_division_error,
  overflow_error,
  index_error,
  key_error,
  attribute_error,
  os_error,
  recursion_error,
  stop_iteration,
  // Ours: a budget is used up. Also `drop`.
  budget_exceeded
};

// "UndefinedError", "ZeroDivisionError" …
std::string_view error_name(ErrorClass error_class);
[[nodiscard]] constexpr bool is_jinja_error(ErrorClass c) { return c <= ErrorClass::template_syntax_error; }

class EvaluationError : public std::exception {
 public:
  EvaluationError(ErrorClass error_class, std::string text)
      : error_class_(error_class), text_(std::move(text)) {}

  [[nodiscard]] ErrorClass error_class() const { return error_class_; }
  // Without the class's name.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  ErrorClass error_class_;
  std::string text_;
};

[[noreturn]] void throw_type_error(std::string text);
[[noreturn]] void throw_value_error(std::string text);
[[noreturn]] void throw_error(ErrorClass error_class, std::string text);

}  // namespace gable::rules::jinja
