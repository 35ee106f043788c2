// Builds template values out of JSON events and out of the tree's values, and these out of those.
#include "template/json_values.hpp"

#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json_events.hpp"

namespace gable::rules::jinja {

namespace {

class Builder final : public wire::JsonSink {
 public:
  void null() override { add(Value()); }
  void boolean(bool b) override { add(b); }
  void integer(std::int64_t i) override { add(i); }
  void big_integer(std::string_view digits) override {
    std::optional<Value> number = integer_from_digits(digits, 10);
    add(number ? std::move(*number) : Value());
  }
  void real(double d) override { add(d); }
  void string(std::string text) override { add(std::move(text)); }
  void begin_object() override {
    Open& open = open_.emplace_back();
    open.dict = std::make_shared<Dict>();
  }
  void key(std::string text) override { open_.back().key = std::move(text); }
  void end_object() override {
    DictPtr dict = std::move(open_.back().dict);
    open_.pop_back();
    add(std::move(dict));
  }
  void begin_list() override { open_.emplace_back(); }
  void end_list() override {
    Value list = Value::list(std::move(open_.back().items));
    open_.pop_back();
    add(std::move(list));
  }

  Value take() { return std::move(root_); }

 private:
  // A list, or a dict if `dict` is there.
  struct Open {
    std::shared_ptr<Dict> dict;
    std::string key;
    Values items;
  };

  void add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Open& open = open_.back(); open.dict) {
      open.dict->set(Value(std::move(open.key)), std::move(value));
    } else {
      open.items.push_back(std::move(value));
    }
  }

  Value root_;
  std::vector<Open> open_;
};

}  // namespace

wire::Result<Value> read_json(std::string_view text, const wire::JsonLimits& limits) {
  Builder builder;
  if (auto error = wire::read_json(text, limits, builder)) return std::move(*error);
  return builder.take();
}

Value from_wire(const wire::Value& value) {
  if (const bool* b = value.as_bool()) return *b;
  if (const std::int64_t* i = value.as_int()) return *i;
  if (const double* d = value.as_double()) return *d;
  if (const std::string* s = value.as_string()) return *s;
  if (const wire::Object* object = value.as_object()) return from_wire(*object);
  const wire::List* list = value.as_list();
  if (list == nullptr) return {};
  Values items;
  items.reserve(list->size());
  for (const wire::Value& item : *list) items.push_back(from_wire(item));
  return Value::list(std::move(items));
}

Value from_wire(const wire::Object& object) {
  auto dict = std::make_shared<Dict>();
  for (const wire::Member& member : object) dict->set(Value(member.key), from_wire(member.value));
  return DictPtr(std::move(dict));
}

namespace {

wire::List list_of(const Values& values) {
  wire::List list;
  list.reserve(values.size());
  for (const auto& value : values) list.push_back(to_wire(value));
  return list;
}

}  // namespace

wire::Value to_wire(const Value& value) {
  using Kind = Value::Kind;
  switch (value.kind()) {
    case Kind::undefined:
    case Kind::none:
      return {};
    case Kind::boolean:
      return *value.as_bool();
    case Kind::integer:
      return *value.as_int();
    case Kind::real:
      return *value.as_real();
    case Kind::text:
      return *value.as_text();
    case Kind::list:
    case Kind::tuple:
      return list_of(*value.as_sequence());
    case Kind::set:
      return list_of(value.as_set()->items());
    case Kind::dict:
      return to_wire_object(value);
    default:
      return str(value);
  }
}

wire::Object to_wire_object(const Value& value) {
  wire::Object out;
  const Dict* dict = value.as_dict();
  if (dict == nullptr) return out;
  for (const auto& entry : dict->entries()) {
    const std::string* key = entry.key.as_text();
    out.set(key != nullptr ? *key : str(entry.key), to_wire(entry.value));
  }
  return out;
}

}  // namespace gable::rules::jinja
