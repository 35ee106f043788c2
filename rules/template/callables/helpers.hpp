#pragma once
// Types and helpers that templates call: dict, cycler(), joiner(), and functions made of macros.

#include <memory>
#include <string>

#include "template/value/object.hpp"

namespace gable::rules::jinja {

// The type dict: dict(pairs, name=value). What it has no attribute for is an item, and an item of a type is
// the type again (dict[str, int]): so dict.from_keys(pairs) is dict(pairs). Bridges rely on that.
class DictType final : public Object {
 public:
  DictType() = default;
  explicit DictType(Value parameter) : parameter_(std::move(parameter)) {}
  // dict(…): of another dict, of pairs, of keywords.
  static Value make(Evaluation& evaluation, const Arguments& arguments);

  [[nodiscard]] std::string_view type_name() const override;
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& evaluation, const Arguments& arguments) override;
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] std::optional<Value> item(Evaluation& evaluation, const Value& key) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;

 private:
  std::optional<Value> parameter_;
};

// cycler(a, b): next() gives one after the other, for ever.
class Cycler final : public Object {
 public:
  // `items` is a tuple that is not empty.
  explicit Cycler(Value items) : items_(std::move(items)) {}
  [[nodiscard]] const Value& current() const { return (*items_.as_tuple())[position_]; }
  Value next();
  void reset() { position_ = 0; }

  [[nodiscard]] std::string_view type_name() const override { return "Cycler"; }
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;

 private:
  Value items_;
  std::size_t position_ = 0;
};

// joiner(', '): nothing when called first, then always the separator.
class Joiner final : public Object {
 public:
  explicit Joiner(Value separator) : separator_(std::move(separator)) {}

  [[nodiscard]] std::string_view type_name() const override { return "Joiner"; }
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& evaluation, const Arguments& arguments) override;
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;

 private:
  Value separator_;
  bool used_ = false;
};

// macro | as_function: calls the macro with an argument `returns`, a function, and gives what that was called
// with.
class MacroFunction final : public Object {
 public:
  MacroFunction(Value macro, std::string name) : macro_(std::move(macro)), name_(std::move(name)) {}

  [[nodiscard]] std::string_view type_name() const override { return "function"; }
  [[nodiscard]] std::string repr() const override { return "<function " + name_ + ">"; }
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& evaluation, const Arguments& arguments) override;

 private:
  Value macro_;
  std::string name_;
};

}  // namespace gable::rules::jinja
