// Calls, filters and tests: gathers the arguments, finds what is called.
#include <array>

#include "template/callables/callable.hpp"
#include "template/evaluate/interpreter.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

namespace {

// The evaluated arguments of one call. Few of them, as nearly always, need no memory of their own.
class Gathered {
 public:
  void add(Value value) {
    if (many_.empty() && count_ < kFew) {
      few_[count_++] = std::move(value);
      return;
    }
    if (many_.empty()) {
      many_.reserve(2 * kFew);
      for (std::size_t i = 0; i < count_; ++i) many_.push_back(std::move(few_[i]));
    }
    many_.push_back(std::move(value));
  }
  void add(std::string_view name, Value value) {
    for (const Keyword& keyword : keywords_) {
      if (keyword.name == name)
        throw_type_error("got multiple values for keyword argument '" + std::string(name) + "'");
    }
    keywords_.push_back({name, std::move(value)});
  }
  // Names of **arguments, which the keywords borrow.
  void keep(Value dict) { kept_.push_back(std::move(dict)); }

  [[nodiscard]] Arguments arguments() const {
    if (many_.empty()) return {std::span<const Value>(few_.data(), count_), keywords_};
    return {many_, keywords_};
  }

 private:
  static constexpr std::size_t kFew = 3;
  std::array<Value, kFew> few_;
  std::size_t count_ = 0;
  Values many_;
  std::vector<Keyword> keywords_;
  Values kept_;
};

void add_keywords(Gathered& gathered, const Value& dict) {
  const Dict* content = dict.as_dict();
  if (content == nullptr) {
    require_defined(dict);
    throw_type_error("argument after ** must be a mapping, not " + std::string(type_name(dict)));
  }
  gathered.keep(dict);
  for (const Dict::Entry& entry : content->entries()) {
    const std::string* name = entry.key.as_text();
    if (name == nullptr) throw_type_error("keywords must be strings");
    gathered.add(*name, entry.value);
  }
}

[[noreturn]] void throw_missing(const Expression& expression, std::string_view what,
                                const Gathered& gathered) {
  // What Jinja puts in its place takes no keywords, and Python says so first.
  if (!gathered.arguments().keywords.empty()) throw_type_error("got an unexpected keyword argument");
  throw_error(ErrorClass::template_runtime_error,
              "No " + std::string(what) + " named '" + expression.text + "' found.");
}

// Evaluates operands from `first` on, and the keywords.
template <typename Evaluate>
void gather(const Expression& expression, std::size_t first, Gathered& out, Evaluation& evaluation,
            const Evaluate& evaluate) {
  for (std::size_t i = first; i < expression.operands.size(); ++i) out.add(evaluate(*expression.operands[i]));
  if (expression.star) {
    for (Value& value : items(evaluation, evaluate(*expression.star))) out.add(std::move(value));
  }
  for (const KeywordArgument& keyword : expression.keywords) out.add(keyword.name, evaluate(*keyword.value));
  if (expression.double_star) add_keywords(out, evaluate(*expression.double_star));
}

}  // namespace

Value Interpreter::call(const Expression& expression, const FramePtr& frame, const Value* caller) {
  const Expression& callee = *expression.operands[0];
  const auto evaluate_in = [&](const Expression& operand) { return evaluate(operand, frame); };
  Gathered gathered;
  // The callee is evaluated first, as in Python; a method is found without making a value of it.
  const bool method = callee.kind == ExpressionKind::attribute;
  const Value target = evaluate(method ? *callee.operands[0] : callee, frame);
  if (method) {  // before the arguments, which may fail in another way
    where_ = expression.position;
    require_defined(target);
  }
  gather(expression, 1, gathered, evaluation_, evaluate_in);
  if (caller != nullptr) gathered.add("caller", *caller);
  where_ = expression.position;
  if (method) {
    if (const Callable* found = find_method(target, callee.text)) {
      evaluation_.budget().step();
      return found->implementation(evaluation_,
                                   bind(found->name, found->signature, &target, gathered.arguments()));
    }
    return evaluation_.call(attribute(evaluation_, target, callee.text), gathered.arguments());
  }
  return evaluation_.call(target, gathered.arguments());
}

Value Interpreter::filtered(const Expression& expression, const FramePtr& frame, const Value* innermost) {
  const Expression* operand = expression.operands[0].get();
  // A chain of filters over the text of a block ends in no operand.
  const bool chained = innermost != nullptr && operand != nullptr && operand->kind == ExpressionKind::filter;
  const Value value = operand == nullptr ? *innermost
                      : chained          ? filtered(*operand, frame, innermost)
                                         : evaluate(*operand, frame);
  Gathered gathered;
  gather(expression, 1, gathered, evaluation_, [&](const Expression& e) { return evaluate(e, frame); });
  where_ = expression.position;
  evaluation_.budget().step();
  const Callable* filter = expression.function;
  if (filter == nullptr) throw_missing(expression, "filter", gathered);
  return filter->implementation(evaluation_,
                                bind(filter->name, filter->signature, &value, gathered.arguments()));
}

Value Interpreter::tested(const Expression& expression, const FramePtr& frame) {
  const Value value = evaluate(*expression.operands[0], frame);
  Gathered gathered;
  gather(expression, 1, gathered, evaluation_, [&](const Expression& e) { return evaluate(e, frame); });
  where_ = expression.position;
  evaluation_.budget().step();
  const Callable* test = expression.function;
  if (test == nullptr) throw_missing(expression, "test", gathered);
  return test->implementation(evaluation_, bind(test->name, test->signature, &value, gathered.arguments()));
}

}  // namespace gable::rules::jinja
