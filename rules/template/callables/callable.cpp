// How the arguments of a call reach their parameters; functions and methods as values.

#include "template/callables/callable.hpp"

#include <algorithm>
#include <string>

#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

struct Parameter {
  std::string_view name;
  bool optional = false;
  bool positional = true;
  bool keyword = true;
};

struct Signature {
  std::array<Parameter, Bound::kMost> parameters;
  std::size_t size = 0;
  std::size_t positional = 0;  // how many of them a position can fill
  bool star = false;
  bool double_star = false;

  explicit Signature(std::string_view text) {
    while (!text.empty()) {
      const std::size_t comma = text.find(',');
      add(text.substr(0, comma));
      if (comma == std::string_view::npos) break;
      text.remove_prefix(std::min(comma + 2, text.size()));  // ", "
    }
    positional = static_cast<std::size_t>(
        std::count_if(parameters.begin(), parameters.begin() + static_cast<std::ptrdiff_t>(size),
                      [](const Parameter& p) { return p.positional; }));
  }

  // `size` when there is none.
  [[nodiscard]] std::size_t find(std::string_view name) const {
    std::size_t i = 0;
    while (i < size && !(parameters[i].keyword && parameters[i].name == name)) ++i;
    return i;
  }

 private:
  void add(std::string_view word) {
    if (word == "*") {
      star = true;
    } else if (word == "**") {
      double_star = true;
    } else if (word == "/") {
      for (std::size_t i = 0; i < size; ++i) parameters[i].keyword = false;
    } else if (size < Bound::kMost) {
      const bool optional = word.ends_with('?');
      if (optional) word.remove_suffix(1);
      parameters[size++] = {word, optional, !star, true};
    }
  }
};

[[noreturn]] void throw_too_many(std::string_view name, const Signature& signature, std::size_t given) {
  const std::size_t required = static_cast<std::size_t>(
      std::count_if(signature.parameters.begin(),
                    signature.parameters.begin() + static_cast<std::ptrdiff_t>(signature.positional),
                    [](const Parameter& p) { return !p.optional; }));
  std::string text = std::string(name) + "() takes ";
  if (required != signature.positional) text += "from " + std::to_string(required) + " to ";
  text += std::to_string(signature.positional) + " positional argument";
  if (signature.positional != 1) text += 's';
  throw_type_error(text + " but " + std::to_string(given) + (given == 1 ? " was given" : " were given"));
}

[[noreturn]] void throw_missing(std::string_view name, std::span<const std::string_view> missing) {
  std::string text = std::string(name) + "() missing " + std::to_string(missing.size()) +
                     " required positional argument" + (missing.size() == 1 ? ": " : "s: ");
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (i > 0) text += i + 1 == missing.size() ? (i == 1 ? " and " : ", and ") : ", ";
    (text += '\'').append(missing[i]) += '\'';
  }
  throw_type_error(std::move(text));
}

class Function final : public Object {
 public:
  explicit Function(const Callable& callable) : callable_(callable) {}

  [[nodiscard]] std::string_view type_name() const override { return "function"; }
  [[nodiscard]] std::string repr() const override { return "<function " + std::string(callable_.name) + ">"; }
  [[nodiscard]] bool truth() const override { return true; }
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& evaluation, const Arguments& arguments) override {
    return callable_.implementation(evaluation,
                                    bind(callable_.name, callable_.signature, nullptr, arguments));
  }
  [[nodiscard]] bool equals(const Value& other) const override {
    const auto* const function = other.as<Function>();
    return function != nullptr && &function->callable_ == &callable_;
  }
  [[nodiscard]] std::size_t hash() const override { return std::hash<const void*>()(&callable_); }

 private:
  const Callable& callable_;
};

class Method final : public Object {
 public:
  Method(const Callable& callable, Value self) : callable_(callable), self_(std::move(self)) {}

  [[nodiscard]] std::string_view type_name() const override { return "builtin_function_or_method"; }
  [[nodiscard]] std::string repr() const override {
    return "<built-in method " + std::string(callable_.name) + " of " + std::string(jinja::type_name(self_)) +
           " object>";
  }
  [[nodiscard]] bool truth() const override { return true; }
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& evaluation, const Arguments& arguments) override {
    return callable_.implementation(evaluation, bind(callable_.name, callable_.signature, &self_, arguments));
  }

 private:
  const Callable& callable_;
  Value self_;
};

}  // namespace

// One walk over the signature for each call: signatures are a few words, and this keeps tables readable.
Bound bind(std::string_view name, std::string_view signature_text, const Value* self,
           const Arguments& arguments) {
  const Signature signature(signature_text);
  Bound bound;
  std::size_t next = 0;
  if (self != nullptr) bound.slots_[next++] = self;
  for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
    if (next == signature.positional) {
      if (!signature.star) throw_too_many(name, signature, next + arguments.positional.size() - i);
      bound.rest_ = arguments.positional.subspan(i);
      break;
    }
    bound.slots_[next++] = &arguments.positional[i];
  }
  if (signature.double_star) bound.keywords_ = arguments.keywords;
  for (const Keyword& keyword : arguments.keywords) {
    const std::size_t i = signature.find(keyword.name);
    if (i < signature.size && bound.slots_[i] == nullptr) {
      bound.slots_[i] = &keyword.value;
    } else if (i < signature.size) {
      throw_type_error(std::string(name) + "() got multiple values for argument '" +
                       std::string(keyword.name) + "'");
    } else if (!signature.double_star) {
      throw_type_error(std::string(name) + "() got an unexpected keyword argument '" +
                       std::string(keyword.name) + "'");
    }
  }
  std::array<std::string_view, Bound::kMost> missing;
  std::size_t missed = 0;
  for (std::size_t i = 0; i < signature.size; ++i) {
    const Parameter& parameter = signature.parameters[i];
    if (!parameter.optional && bound.slots_[i] == nullptr) missing[missed++] = parameter.name;
  }
  if (missed > 0) throw_missing(name, std::span(missing).first(missed));
  return bound;
}

Value function_value(const Callable& callable) { return ObjectPtr(std::make_shared<Function>(callable)); }

Value bound_method(const Callable& callable, Value self) {
  if (callable.implementation == forbidden_method) {
    std::string message = "access to attribute '" + std::string(callable.name) + "' of '" +
                          std::string(type_name(self)) + "' object is unsafe.";
    return Undefined{std::make_shared<const std::string>(std::move(message)), true};
  }
  return ObjectPtr(std::make_shared<Method>(callable, std::move(self)));
}

}  // namespace gable::rules::jinja
