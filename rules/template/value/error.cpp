// Names of the exception classes.

#include "template/value/error.hpp"

#include <utility>

namespace gable::rules::jinja {

std::string_view error_name(ErrorClass error_class) {
  switch (error_class) {
    case ErrorClass::undefined_error:
      return "UndefinedError";
    case ErrorClass::security_error:
      return "SecurityError";
    case ErrorClass::template_runtime_error:
      return "TemplateRuntimeError";
    case ErrorClass::filter_argument_error:
      return "FilterArgumentError";
    case ErrorClass::template_not_found:
      return "TemplateNotFound";
    case ErrorClass::template_syntax_error:
      return "TemplateSyntaxError";
    case ErrorClass::type_error:
      return "TypeError";
    case ErrorClass::value_error:
      return "ValueError";
    case ErrorClass::zero_division_error:
      return "ZeroDivisionError";
    case ErrorClass::overflow_error:
      return "OverflowError";
    case ErrorClass::index_error:
      return "IndexError";
    case ErrorClass::key_error:
      return "KeyError";
    case ErrorClass::attribute_error:
      return "AttributeError";
    case ErrorClass::os_error:
      return "OSError";
    case ErrorClass::recursion_error:
      return "RecursionError";
    case ErrorClass::stop_iteration:
      return "StopIteration";
    case ErrorClass::budget_exceeded:
      return "BudgetExceeded";
  }
  return "Error";
}

void throw_type_error(std::string text) { throw_error(ErrorClass::type_error, std::move(text)); }

void throw_value_error(std::string text) { throw_error(ErrorClass::value_error, std::move(text)); }

void throw_error(ErrorClass error_class, std::string text) {
  throw EvaluationError(error_class, std::move(text));
}

}  // namespace gable::rules::jinja
