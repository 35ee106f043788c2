// What an Object does when its type says nothing else.

#include "template/value/object.hpp"

#include <functional>

#include "template/value/error.hpp"

namespace gable::rules::jinja {

// Python adds the address, which is different each time: nobody can rely on it.
std::string Object::repr() const { return "<" + std::string(type_name()) + " object>"; }

bool Object::truth() const {
  const std::optional<std::size_t> size = length();
  return !size || *size != 0;
}

Value Object::call(Evaluation& /*evaluation*/, const Arguments& /*arguments*/) {
  throw_type_error("'" + std::string(type_name()) + "' object is not callable");
}

bool Object::equals(const Value& other) const { return other.as_object() == this; }

std::size_t Object::hash() const { return std::hash<const Object*>{}(this); }

}  // namespace gable::rules::jinja
