#pragma once
// Object: a value with behaviour of its own (a date, an iterator, a function, an entity's state). Shared by
// the values that hold it, for as long as one evaluation lasts. The defaults are those of a plain Python
// object.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "template/value/operator.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

class Evaluation;
struct Arguments;
struct Slice;  // operations.hpp

// A source of values, one after another; a value of its own too (generators, `map`, `select`, `reversed` …):
// it can be gone through once, by everybody who holds it together, as in Python.
class Object : public std::enable_shared_from_this<Object> {
 public:
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;

  // Python's name of the type: "datetime", "generator", "function" …
  [[nodiscard]] virtual std::string_view type_name() const = 0;
  [[nodiscard]] virtual std::string repr() const;
  [[nodiscard]] virtual std::string str() const { return repr(); }
  [[nodiscard]] virtual bool truth() const;  // default: length() != 0 if it has one, else true
  [[nodiscard]] virtual std::optional<std::size_t> length() const { return std::nullopt; }
  // Python's getattr for what is no method (those are in callables/methods): nothing when there is none.
  [[nodiscard]] virtual std::optional<Value> attribute(Evaluation&, std::string_view) { return std::nullopt; }
  // Python's x[key]; nothing where that is a LookupError or the type has no items.
  [[nodiscard]] virtual std::optional<Value> item(Evaluation&, const Value&) { return std::nullopt; }
  [[nodiscard]] virtual bool callable() const { return false; }
  virtual Value call(Evaluation& evaluation,
                     const Arguments& arguments);  // default: TypeError "not callable"
  // An Iterator over its items; null when it has none to go through.
  [[nodiscard]] virtual std::shared_ptr<class Iterator> iterate(Evaluation&) { return nullptr; }
  [[nodiscard]] virtual bool equals(const Value& other) const;  // default: the same object
  [[nodiscard]] virtual std::size_t hash() const;               // default: of the address
  // Is this before `other` (<)? Nothing: not ordered (TypeError).
  [[nodiscard]] virtual std::optional<bool> less(const Value& /*other*/) const { return std::nullopt; }
  // Is `other`, which is no object or cannot tell, before this (other < this)? Nothing: as above.
  [[nodiscard]] virtual std::optional<bool> more(const Value& /*other*/) const { return std::nullopt; }
  // Is `item` in it? Nothing: go through the items and compare.
  [[nodiscard]] virtual std::optional<bool> contains(const Value& /*item*/) const { return std::nullopt; }
  // Arithmetic with this object on either side; nothing where the type does not take part (TypeError).
  [[nodiscard]] virtual std::optional<Value> arithmetic(Operator, const Value& /*other*/,
                                                        bool /*reflected*/) const {
    return std::nullopt;
  }
  [[nodiscard]] virtual std::optional<Value> negated() const { return std::nullopt; }
  // format(x, spec) with a spec that is not empty (a date's is strftime). Nothing: TypeError.
  [[nodiscard]] virtual std::optional<std::string> formatted(std::string_view /*spec*/) const {
    return std::nullopt;
  }
  // x[start:stop:step]; nothing: TypeError "not subscriptable".
  [[nodiscard]] virtual std::optional<Value> sliced(Evaluation&, const Slice&) { return std::nullopt; }
  // Lets go of all other values, at the end of an evaluation, for objects that may hold themselves in a
  // circle.
  virtual void release() {}
};

class Iterator : public Object {
 public:
  // The next value; nothing at the end (and then for ever).
  virtual std::optional<Value> next(Evaluation& evaluation) = 0;
  [[nodiscard]] std::string_view type_name() const override { return "generator"; }
  [[nodiscard]] std::shared_ptr<Iterator> iterate(Evaluation&) override {
    return std::static_pointer_cast<Iterator>(shared_from_this());
  }
};
using IteratorPtr = std::shared_ptr<Iterator>;

}  // namespace gable::rules::jinja
