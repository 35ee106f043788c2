// Calls by value and by name, for the interpreter and for functions that call others.
#include "template/evaluate/evaluation.hpp"

#include "template/callables/callable.hpp"
#include "template/value/error.hpp"
#include "template/value/object.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

const Value* Arguments::keyword(std::string_view name) const {
  for (const Keyword& keyword : keywords) {
    if (keyword.name == name) return &keyword.value;
  }
  return nullptr;
}

Evaluation::~Evaluation() {
  for (const ObjectPtr& object : circular_) object->release();
}

Value Evaluation::call(const Value& callee, const Arguments& arguments) {
  budget_.step();
  Object* object = callee.as_object();
  if (object == nullptr || !object->callable()) {
    require_defined(callee);
    throw_type_error("'" + std::string(type_name(callee)) + "' object is not callable");
  }
  // Kept alive: what it does may drop the last other reference to it.
  const ObjectPtr kept = callee.object();
  return object->call(*this, arguments);
}

Value Evaluation::filter(std::string_view name, const Value& value, const Arguments& arguments) {
  budget_.step();
  const Callable* found = find_filter(name);
  if (found == nullptr) {
    throw_error(ErrorClass::template_runtime_error, "No filter named '" + std::string(name) + "'.");
  }
  return found->implementation(*this, bind(found->name, found->signature, &value, arguments));
}

bool Evaluation::test(std::string_view name, const Value& value, const Arguments& arguments) {
  budget_.step();
  const Callable* found = find_test(name);
  if (found == nullptr) {
    throw_error(ErrorClass::template_runtime_error, "No test named '" + std::string(name) + "'.");
  }
  return truth(found->implementation(*this, bind(found->name, found->signature, &value, arguments)));
}

}  // namespace gable::rules::jinja
