// The namespace object and the function that makes it (jinja2.utils.Namespace).
#include "template/evaluate/namespace.hpp"

#include "template/callables/callable.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

namespace {

// dict(x) of a positional argument: a dict, or pairs.
void fill(Evaluation& evaluation, Namespace& space, const Value& source) {
  const auto put = [&](const Value& key, const Value& value) {
    const std::string* name = key.as_text();
    space.set(evaluation, name != nullptr ? std::string_view(*name) : std::string_view(), value);
  };
  if (const Dict* dict = source.as_dict()) {
    for (const Dict::Entry& entry : dict->entries()) put(entry.key, entry.value);
    return;
  }
  require_defined(source);  // Python asks it for its keys first
  for (const Value& pair : items(evaluation, source)) {
    const Values both = items(evaluation, pair);
    if (both.size() != 2) throw_value_error("dictionary update sequence element has not length 2");
    put(both[0], both[1]);
  }
}

}  // namespace

Value Namespace::make(Evaluation& evaluation, const Arguments& arguments) {
  auto made = std::make_shared<Namespace>();
  made->evaluation_ = &evaluation;
  if (arguments.positional.size() > 1) throw_type_error("dict expected at most 1 argument");
  if (!arguments.positional.empty()) fill(evaluation, *made, arguments.positional.front());
  for (const Keyword& keyword : arguments.keywords) made->set(evaluation, keyword.name, keyword.value);
  // A namespace may be made to hold itself.
  evaluation.release_at_end(made);
  return ObjectPtr(std::move(made));
}

void Namespace::set(Evaluation& evaluation, std::string_view name, Value value) {
  for (auto& [known, content] : attributes_) {
    if (known == name) {
      content = std::move(value);
      return;
    }
  }
  evaluation.budget().work(attributes_.size());
  attributes_.emplace_back(std::string(name), std::move(value));
}

std::string Namespace::repr() const {
  auto shown = std::make_shared<Dict>();
  for (const auto& [name, value] : attributes_) shown->set(Value(name), value);
  // It may hold itself, or a long chain of others.
  if (evaluation_ != nullptr) evaluation_->budget().enter();
  std::string text = "<Namespace " + jinja::repr(Value(DictPtr(std::move(shown)))) + ">";
  if (evaluation_ != nullptr) evaluation_->budget().leave();
  return text;
}

CallableTable namespace_functions() {
  static constexpr Callable kTable[] = {
      {"namespace", "*, **", [](Evaluation& evaluation, const Bound& arguments) {
         return Namespace::make(evaluation, {arguments.rest(), arguments.keywords()});
       }}};
  return kTable;
}

std::optional<Value> Namespace::attribute(Evaluation& /*evaluation*/, std::string_view name) {
  for (const auto& [known, value] : attributes_) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace gable::rules::jinja
