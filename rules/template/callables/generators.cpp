#include "template/callables/generators.hpp"

#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

// What a container costs, beside its items.
constexpr std::size_t kContainer = 8;

// Jinja's words for a filter or test whose name is none.
[[noreturn]] void throw_unknown(std::string_view kind, const Value& name) {
  static_cast<void>(jinja::hash(name));  // a list is an unhashable key first
  std::string text = "No " + std::string(kind) + " named " + repr(name) + ".";
  if (const Undefined* undefined = name.as_undefined()) {
    text += " (" + (undefined->message ? *undefined->message : "it is undefined") +
            "; did you forget to quote the callable name?)";
  }
  throw_error(ErrorClass::template_runtime_error, std::move(text));
}

Value applied(Evaluation& evaluation, const Callable& callable, const Value& value,
              const Arguments& arguments) {
  evaluation.budget().step();
  return callable.implementation(evaluation, bind(callable.name, callable.signature, &value, arguments));
}

// Generators that draw on generators call each other as macros do.
class Level {
 public:
  explicit Level(Budget& budget) : budget_(budget) { budget_.enter(); }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  ~Level() { budget_.leave(); }

 private:
  Budget& budget_;
};

}  // namespace

std::optional<Value> Generator::next(Evaluation& evaluation) {
  if (finished_) return std::nullopt;
  finished_ = true;  // stays so if advance() throws
  const Level level(evaluation.budget());
  std::optional<Value> value = advance(evaluation);
  finished_ = !value.has_value();
  return value;
}

KeptArguments::KeptArguments(std::span<const Value> positional, std::span<const Keyword> keywords)
    : positional_(positional.begin(), positional.end()) {
  names_.reserve(keywords.size());  // views of them are kept: they must not move
  keywords_.reserve(keywords.size());
  for (const Keyword& keyword : keywords) {
    names_.emplace_back(keyword.name);
    keywords_.push_back({names_.back(), keyword.value});
  }
}

Arguments KeptArguments::arguments(std::size_t skip) const {
  return {std::span(positional_).subspan(skip), keywords_};
}

void MapGenerator::prepare(Evaluation& evaluation) {
  const Arguments arguments = arguments_.arguments(0);
  const Value* attribute = arguments.positional.empty() ? arguments.keyword("attribute") : nullptr;
  if (attribute != nullptr) {
    for (const Keyword& keyword : arguments.keywords) {
      if (keyword.name == "attribute" || keyword.name == "default") continue;
      throw_error(ErrorClass::filter_argument_error,
                  "Unexpected keyword argument '" + std::string(keyword.name) + "'");
    }
    const Value* fallback = arguments.keyword("default");
    path_.emplace(*attribute, fallback != nullptr ? *fallback : Value());
  } else if (arguments.positional.empty()) {
    throw_error(ErrorClass::filter_argument_error, "map requires a filter argument");
  } else if (const std::string* name = arguments.positional[0].as_text()) {
    filter_ = find_filter(*name);
  }
  items_ = jinja::iterate(evaluation, source_);
}

std::optional<Value> MapGenerator::advance(Evaluation& evaluation) {
  if (!items_) {
    if (!jinja::truth(source_)) return std::nullopt;
    prepare(evaluation);
  }
  std::optional<Value> item = items_->next(evaluation);
  if (!item) return std::nullopt;
  if (path_) {
    evaluation.budget().work(1);
    return path_->look_up(evaluation, *std::move(item));
  }
  if (filter_ == nullptr) throw_unknown("filter", arguments_.positional()[0]);
  return applied(evaluation, *filter_, *item, arguments_.arguments(1));
}

void SelectGenerator::prepare(Evaluation& evaluation) {
  const Values& positional = arguments_.positional();
  std::size_t test_at = 0;
  if (mode_.by_attribute) {
    if (positional.empty()) {
      throw_error(ErrorClass::filter_argument_error, "Missing parameter for attribute name");
    }
    path_.emplace(positional[0]);
    test_at = 1;
  }
  if (positional.size() > test_at) {
    if (const std::string* name = positional[test_at].as_text()) test_ = find_test(*name);
  }
  items_ = jinja::iterate(evaluation, source_);
}

std::optional<Value> SelectGenerator::advance(Evaluation& evaluation) {
  if (!items_) {
    if (!jinja::truth(source_)) return std::nullopt;
    prepare(evaluation);
  }
  const std::size_t test_at = mode_.by_attribute ? 1 : 0;
  const bool tested = arguments_.positional().size() > test_at;
  while (std::optional<Value> item = items_->next(evaluation)) {
    evaluation.budget().work(1);
    std::optional<Value> looked_up;
    if (path_) looked_up = path_->look_up(evaluation, *item);
    const Value& subject = looked_up ? *looked_up : *item;
    if (tested && test_ == nullptr) throw_unknown("test", arguments_.positional()[test_at]);
    const bool chosen =
        tested ? jinja::truth(applied(evaluation, *test_, subject, arguments_.arguments(test_at + 1)))
               : jinja::truth(subject);
    if (chosen == mode_.wanted) return item;
  }
  return std::nullopt;
}

UniqueGenerator::UniqueGenerator(Value source, AttributePath path, bool case_sensitive)
    : source_(std::move(source)),
      path_(std::move(path)),
      case_sensitive_(case_sensitive),
      seen_(std::make_shared<Set>()) {}

UniqueGenerator::~UniqueGenerator() = default;

std::optional<Value> UniqueGenerator::advance(Evaluation& evaluation) {
  if (!items_) items_ = jinja::iterate(evaluation, source_);
  while (std::optional<Value> item = items_->next(evaluation)) {
    evaluation.budget().work(1);
    Value key = path_.look_up(evaluation, *item);
    if (!case_sensitive_) key = without_case(std::move(key));
    if (seen_->insert(std::move(key))) return item;
  }
  return std::nullopt;
}

Value BatchGenerator::last_batch(Evaluation& evaluation) {
  const Value count = Value::size(batch_.size());
  if (!fill_.is_none() && jinja::less(count, size_)) {
    const Value missing = jinja::arithmetic(evaluation, Operator::subtract, size_, count);
    std::int64_t number = 0;
    if (!small_integer(missing, number)) {
      throw_type_error("can't multiply sequence by non-int of type '" +
                       std::string(jinja::type_name(missing)) + "'");
    }
    evaluation.budget().work(static_cast<std::size_t>(number) * sizeof(Value));
    batch_.insert(batch_.end(), static_cast<std::size_t>(number), fill_);
  }
  return Value::list(std::exchange(batch_, {}));
}

std::optional<Value> BatchGenerator::advance(Evaluation& evaluation) {
  if (!items_) items_ = jinja::iterate(evaluation, source_);
  while (std::optional<Value> item = items_->next(evaluation)) {
    evaluation.budget().work(1);
    if (jinja::equals(Value::size(batch_.size()), size_)) {
      evaluation.budget().work(kContainer);
      Values full = std::exchange(batch_, {});
      batch_.push_back(*std::move(item));
      return Value::list(std::move(full));
    }
    batch_.push_back(*std::move(item));
  }
  if (batch_.empty()) return std::nullopt;
  return last_batch(evaluation);
}

void SliceGenerator::prepare(Evaluation& evaluation) {
  prepared_ = true;
  items_ = jinja::items(evaluation, source_);
  const Value length = Value::size(items_.size());
  const Value per_slice = jinja::arithmetic(evaluation, Operator::floor_divide, length, count_);
  const Value with_extra = jinja::arithmetic(evaluation, Operator::modulo, length, count_);
  if (!small_integer(count_, slices_) || !small_integer(per_slice, per_slice_) ||
      !small_integer(with_extra, with_extra_)) {
    throw_type_error("'" + std::string(jinja::type_name(count_)) +
                     "' object cannot be interpreted as an integer");
  }
}

std::optional<Value> SliceGenerator::advance(Evaluation& evaluation) {
  if (!prepared_) prepare(evaluation);
  if (number_ >= slices_) return std::nullopt;
  const bool extra = number_ < with_extra_;
  const std::size_t size = static_cast<std::size_t>(per_slice_) + (extra ? 1 : 0);
  evaluation.budget().work(size + kContainer);
  const auto begin = items_.begin() + static_cast<std::ptrdiff_t>(position_);
  Values slice(begin, begin + static_cast<std::ptrdiff_t>(size));
  if (!fill_.is_none() && !extra) slice.push_back(fill_);
  position_ += size;
  ++number_;
  return Value::list(std::move(slice));
}

std::optional<Value> ItemsGenerator::advance(Evaluation& evaluation) {
  if (source_.is_undefined()) return std::nullopt;
  const Dict* dict = source_.as_dict();
  if (dict == nullptr) throw_type_error("Can only get item pairs from a mapping.");
  if (position_ == dict->size()) return std::nullopt;
  evaluation.budget().work(kContainer);
  const Dict::Entry& entry = dict->entries()[position_++];
  return Value::tuple({entry.key, entry.value});
}

void ZipIterator::require_end(Evaluation& evaluation, std::size_t ended) {
  // Shorter than the first, or the first is shorter than another.
  const auto numbered = [](std::size_t number, std::string_view than, std::size_t others) {
    return "zip() argument " + std::to_string(number) + " is " + std::string(than) + " than argument" +
           (others == 1 ? " 1" : "s 1-" + std::to_string(others));
  };
  if (ended > 0) throw_value_error(numbered(ended + 1, "shorter", ended));
  for (std::size_t i = 1; i < sources_.size(); ++i) {
    if (sources_[i]->next(evaluation)) throw_value_error(numbered(i + 1, "longer", i));
  }
}

std::optional<Value> ZipIterator::advance(Evaluation& evaluation) {
  if (sources_.empty()) return std::nullopt;
  evaluation.budget().work(sources_.size() + kContainer);
  Values row;
  row.reserve(sources_.size());
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    std::optional<Value> item = sources_[i]->next(evaluation);
    if (!item) {
      if (strict_) require_end(evaluation, i);
      return std::nullopt;
    }
    row.push_back(*std::move(item));
  }
  return Value::tuple(std::move(row));
}

std::optional<Value> ValuesIterator::next(Evaluation& /*evaluation*/) {
  if (position_ == values_.size()) return std::nullopt;
  return std::move(values_[position_++]);
}

}  // namespace gable::rules::jinja
