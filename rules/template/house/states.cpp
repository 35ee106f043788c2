// `states` and the states of a domain.

#include "template/house/states.hpp"

#include <array>
#include <utility>

#include "template/callables/callable.hpp"
#include "template/callables/house_callables.hpp"
#include "template/house/entity_ids.hpp"
#include "template/house/state_object.hpp"
#include "template/value/error.hpp"
#include "template/value/object.hpp"

namespace gable::rules::jinja {
namespace {

class StateIterator final : public Iterator {
 public:
  explicit StateIterator(House::Names names) : names_(std::move(names)) {}

  std::optional<Value> next(Evaluation& evaluation) override {
    while (next_ < names_.size()) {
      evaluation.budget().work(1);
      // No read of its own: that all of them are read is known.
      if (const auto state = evaluation.house().state(names_[next_++]))
        return state_value(evaluation, *state);
    }
    return std::nullopt;
  }

 private:
  House::Names names_;
  std::size_t next_ = 0;
};

class DomainStates final : public Object {
 public:
  DomainStates(Evaluation& evaluation, std::string_view domain) : evaluation_(evaluation), domain_(domain) {}

  [[nodiscard]] std::string_view type_name() const override { return "DomainStates"; }
  [[nodiscard]] std::string repr() const override { return "<template DomainStates('" + domain_ + "')>"; }
  [[nodiscard]] std::optional<std::size_t> length() const override {
    evaluation_.reads().domain(domain_);
    return evaluation_.house().entities(domain_).size();
  }
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override {
    return state_or_none(evaluation, domain_ + "." + std::string(name));
  }
  std::optional<Value> item(Evaluation& evaluation, const Value& key) override {
    return attribute(evaluation, jinja::str(key));
  }
  [[nodiscard]] IteratorPtr iterate(Evaluation& evaluation) override {
    evaluation.reads().domain(domain_);
    return std::make_shared<StateIterator>(evaluation.house().entities(domain_));
  }
  [[nodiscard]] bool equals(const Value& other) const override {
    const auto* const that = other.as<DomainStates>();
    return that != nullptr && that->domain_ == domain_;
  }
  [[nodiscard]] std::size_t hash() const override { return std::hash<std::string>()(domain_); }

 private:
  Evaluation& evaluation_;
  std::string domain_;
};

class AllStates final : public Object {
 public:
  explicit AllStates(Evaluation& evaluation) : evaluation_(evaluation) {}

  [[nodiscard]] std::string_view type_name() const override { return "AllStates"; }
  [[nodiscard]] std::string repr() const override { return "<template AllStates>"; }
  [[nodiscard]] std::optional<std::size_t> length() const override {
    evaluation_.reads().all();
    return evaluation_.house().entities({}).size();
  }
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override {
    if (name.find('.') != std::string_view::npos) return state_or_none(evaluation, name);
    if (!is_valid_domain(name)) {
      throw_error(ErrorClass::template_runtime_error, "Invalid domain name '" + std::string(name) + "'");
    }
    return Value(ObjectPtr(std::make_shared<DomainStates>(evaluation, name)));
  }
  std::optional<Value> item(Evaluation& evaluation, const Value& key) override {
    const std::string* name = key.as_text();
    return name == nullptr ? std::nullopt : attribute(evaluation, *name);
  }
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& evaluation, const Arguments& arguments) override {
    return call_states(evaluation, arguments);
  }
  [[nodiscard]] IteratorPtr iterate(Evaluation& evaluation) override {
    evaluation.reads().all();
    return std::make_shared<StateIterator>(evaluation.house().entities({}));
  }
  [[nodiscard]] bool equals(const Value& other) const override { return other.as<AllStates>() != nullptr; }
  [[nodiscard]] std::size_t hash() const override { return 1; }

 private:
  Evaluation& evaluation_;
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

Value states_value(Evaluation& evaluation) { return ObjectPtr(std::make_shared<AllStates>(evaluation)); }

std::optional<EntityState> find_state(Evaluation& evaluation, std::string_view entity_id) {
  std::optional<EntityState> state = evaluation.house().state(entity_id);
  if (!state) {
    const std::string lowered = lower(entity_id);
    if (lowered != entity_id) state = evaluation.house().state(lowered);
    if (!state) {
      evaluation.reads().entity(lowered);
      return std::nullopt;
    }
  }
  evaluation.reads().entity(state->entity_id);
  return state;
}

std::optional<EntityState> state_of(Evaluation& evaluation, const Value& entity_id) {
  require_defined(entity_id);
  if (const std::string* text = entity_id.as_text()) return find_state(evaluation, *text);
  static_cast<void>(hash(entity_id));  // a list is no key in Python, and that comes first
  throw_error(ErrorClass::attribute_error,
              "'" + std::string(type_name(entity_id)) + "' object has no attribute 'lower'");
}

Value state_or_none(Evaluation& evaluation, std::string_view entity_id) {
  if (const auto state = find_state(evaluation, entity_id)) return state_value(evaluation, *state);
  if (!is_valid_entity_id(entity_id)) {
    throw_error(ErrorClass::template_runtime_error, "Invalid entity ID '" + std::string(entity_id) + "'");
  }
  return None{};
}

Value state_value(Evaluation& evaluation, const EntityState& state) {
  return ObjectPtr(std::make_shared<StateObject>(state, Zone::local(evaluation.clock())));
}

Value call_states(Evaluation& evaluation, const Arguments& arguments) {
  return house_calls::states(evaluation, bind("states", house_calls::kStatesSignature, nullptr, arguments));
}

}  // namespace gable::rules::jinja
