// The tables of all callables, joined and found by name.

#include <algorithm>
#include <array>
#include <vector>

#include "template/callables/callable.hpp"
#include "wire/domains.hpp"

namespace gable::rules::jinja {
namespace {

// Callables by name. Made on first use, from constant tables, and never changed.
class Index {
 public:
  explicit Index(std::span<const CallableTable> tables) {
    for (const CallableTable table : tables) {
      for (const Callable& callable : table) callables_.push_back(&callable);
    }
    // Stable: of two with one name the first table's counts.
    std::ranges::stable_sort(callables_, {}, &Callable::name);
  }

  [[nodiscard]] const Callable* find(std::string_view name) const {
    const auto found = std::ranges::lower_bound(callables_, name, {}, &Callable::name);
    return found != callables_.end() && (*found)->name == name ? *found : nullptr;
  }

  [[nodiscard]] std::vector<std::string_view> names() const {
    std::vector<std::string_view> names;
    names.reserve(callables_.size());
    for (const Callable* callable : callables_) names.push_back(callable->name);
    return names;
  }

 private:
  std::vector<const Callable*> callables_;
};

const Index& functions() {
  static const Index index(std::array{number_functions(), list_functions(), data_functions(),
                                      text_functions(), regex_functions(), time_functions(),
                                      house_functions(), namespace_functions()});
  return index;
}

const Index& filters() {
  static const Index index(std::array{text_filters(), list_filters(), number_filters(), data_filters(),
                                      regex_filters(), time_filters(), house_filters()});
  return index;
}

const Index& tests() {
  static const Index index(std::array{core_tests(), regex_tests(), time_tests(), house_tests()});
  return index;
}

const Index& index_of(CallableKind kind) {
  switch (kind) {
    case CallableKind::function:
      return functions();
    case CallableKind::filter:
      return filters();
    case CallableKind::test:
      break;
  }
  return tests();
}

const Callable* find_object_method(std::string_view type, std::string_view name) {
  struct Type {
    std::string_view name;
    CallableTable (*methods)();
  };
  static constexpr std::array kTypes{Type{"datetime", datetime_methods}, Type{"date", date_methods},
                                     Type{"time", time_methods}, Type{"timedelta", timedelta_methods}};
  const auto* const found = std::ranges::find(kTypes, type, &Type::name);
  if (found == kTypes.end()) return nullptr;
  const CallableTable table = found->methods();
  const auto method = std::ranges::find(table, name, &Callable::name);
  return method == table.end() ? nullptr : &*method;
}

}  // namespace

const Callable* find_function(std::string_view name) { return functions().find(name); }
const Callable* find_filter(std::string_view name) { return filters().find(name); }
const Callable* find_test(std::string_view name) { return tests().find(name); }

std::string_view nearest_name(CallableKind kind, std::string_view name) {
  return wire::nearest(name, index_of(kind).names());
}

const Callable* find_method(const Value& object, std::string_view name) {
  static const Index text(std::array{text_methods()});
  static const Index bytes(std::array{bytes_methods()});
  static const Index list(std::array{list_methods()});
  static const Index tuple(std::array{tuple_methods()});
  static const Index dict(std::array{dict_methods()});
  static const Index set(std::array{set_methods()});
  static const Index number(std::array{number_methods()});
  switch (object.kind()) {
    case Value::Kind::text:
      return text.find(name);
    case Value::Kind::bytes:
      return bytes.find(name);
    case Value::Kind::list:
      return list.find(name);
    case Value::Kind::tuple:
      return tuple.find(name);
    case Value::Kind::dict:
      return dict.find(name);
    case Value::Kind::set:
      return set.find(name);
    case Value::Kind::boolean:
    case Value::Kind::integer:
    case Value::Kind::big_integer:
    case Value::Kind::real:
      return number.find(name);
    case Value::Kind::object:
      return find_object_method(object.as_object()->type_name(), name);
    case Value::Kind::undefined:
    case Value::Kind::none:
      break;
  }
  return nullptr;
}

std::optional<Value> find_constant(std::string_view name) {
  for (const auto part : {number_constant, list_constant, time_constant, house_constant}) {
    if (std::optional<Value> found = part(name)) return found;
  }
  return std::nullopt;
}

}  // namespace gable::rules::jinja
