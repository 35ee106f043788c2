// The variable `loop`: what it knows of the round that runs (jinja2.runtime.LoopContext).
#include "template/evaluate/loop.hpp"

#include "template/evaluate/evaluation.hpp"
#include "template/evaluate/interpreter.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

namespace {

// loop.cycle and loop.changed, as values that can be called.
class LoopMethod final : public Object {
 public:
  LoopMethod(std::shared_ptr<LoopContext> loop, bool cycle) : loop_(std::move(loop)), cycle_(cycle) {}
  [[nodiscard]] std::string_view type_name() const override { return "method"; }
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& /*evaluation*/, const Arguments& arguments) override {
    if (!arguments.keywords.empty()) throw_type_error("loop's methods take no keyword arguments");
    if (cycle_) return loop_->cycle(arguments.positional);
    return loop_->changed(Value::tuple({arguments.positional.begin(), arguments.positional.end()}));
  }

 private:
  std::shared_ptr<LoopContext> loop_;
  bool cycle_;
};

}  // namespace

LoopContext::LoopContext(Evaluation& evaluation, Origin origin, const Value& iterable)
    : evaluation_(evaluation),
      origin_(std::move(origin)),
      iterable_(iterable),
      iterator_(jinja::iterate(evaluation, iterable)) {}

std::optional<Value> LoopContext::advance(Evaluation& evaluation) {
  std::optional<Value> next;
  if (peeked_) {
    next = std::move(after_);
    after_.reset();
    peeked_ = false;
  } else {
    next = iterator_->next(evaluation);
  }
  if (!next) return std::nullopt;
  ++index0_;
  before_ = std::move(current_);
  current_ = next;
  return next;
}

const std::optional<Value>& LoopContext::peek(Evaluation& evaluation) {
  if (!peeked_ || !after_) {
    after_ = iterator_->next(evaluation);
    peeked_ = true;
  }
  return after_;
}

std::int64_t LoopContext::length_of(Evaluation& evaluation) const {
  if (length_) return *length_;
  if (const auto known = jinja::length(iterable_); known && !iterable_.is_undefined()) {
    length_ = static_cast<std::int64_t>(*known);
  } else {
    Values rest = items(evaluation, Value(ObjectPtr(iterator_)));
    length_ = static_cast<std::int64_t>(rest.size()) + index0_ + 1 + (peeked_ && after_ ? 1 : 0);
    iterator_ = jinja::iterate(evaluation, Value::list(std::move(rest)));
  }
  return *length_;
}

std::optional<std::size_t> LoopContext::length() const {
  return length_ ? std::optional(static_cast<std::size_t>(*length_)) : jinja::length(iterable_);
}

std::string LoopContext::repr() const {
  const std::int64_t length = iterator_ ? length_of(evaluation_) : 0;
  return "<LoopContext " + std::to_string(index0_ + 1) + "/" + std::to_string(length) + ">";
}

Value LoopContext::next_item(Evaluation& evaluation) {
  const std::optional<Value>& next = peek(evaluation);
  return next ? *next : Value::undefined("there is no next item");
}

std::optional<Value> LoopContext::attribute(Evaluation& evaluation, std::string_view name) {
  if (name == "index") return Value(index0_ + 1);
  if (name == "index0") return Value(index0_);
  if (name == "first") return Value(index0_ == 0);
  if (name == "last") return Value(!peek(evaluation).has_value());
  if (name == "length") return Value(length_of(evaluation));
  if (name == "revindex") return Value(length_of(evaluation) - index0_);
  if (name == "revindex0") return Value(length_of(evaluation) - index0_ - 1);
  if (name == "depth") return Value(origin_.depth + 1);
  if (name == "depth0") return Value(origin_.depth);
  if (name == "nextitem") return next_item(evaluation);
  if (name == "previtem") {
    return index0_ == 0 || !before_ ? Value::undefined("there is no previous item") : *before_;
  }
  if (name == "cycle" || name == "changed") {
    auto self = std::static_pointer_cast<LoopContext>(shared_from_this());
    return Value(ObjectPtr(std::make_shared<LoopMethod>(std::move(self), name == "cycle")));
  }
  return std::nullopt;
}

Value LoopContext::cycle(std::span<const Value> values) const {
  if (values.empty()) throw_type_error("no items for cycling given");
  return values[static_cast<std::size_t>(index0_) % values.size()];
}

bool LoopContext::changed(Value values) {
  if (last_changed_ && jinja::equals(*last_changed_, values)) return false;
  last_changed_ = std::move(values);
  return true;
}

Value LoopContext::call(Evaluation& /*evaluation*/, const Arguments& arguments) {
  if (!origin_.statement.recursive) {
    throw_type_error("The loop must have the 'recursive' marker to be called recursively.");
  }
  if (arguments.positional.size() != 1 || !arguments.keywords.empty()) {
    throw_type_error("loop() takes exactly one argument");
  }
  Origin inner = origin_;
  ++inner.depth;
  return inner.interpreter.recurse(std::move(inner), arguments.positional.front());
}

void LoopContext::release() {
  origin_.outer.reset();
  iterable_ = Value();
  iterator_.reset();
  after_.reset();
  current_.reset();
  before_.reset();
  last_changed_.reset();
}

}  // namespace gable::rules::jinja
