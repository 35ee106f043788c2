#include "wire/command.hpp"
// From a payload or document to one service call: which service is meant, and its parameters checked against
// the table and the entity. Pure; any thread.

#include <algorithm>
#include <cmath>
#include <vector>

#include "wire/command_words.hpp"
#include "wire/json.hpp"

namespace gable::wire {

namespace {

constexpr std::string_view kState = "state";

bool bookkeeping(std::string_view key) { return key.starts_with('_'); }

// The attribute (or "state") that a parameter sets; empty when it sets none.
std::string_view attribute_of(const ServiceSpec& service, std::string_view param) {
  for (const Expectation& expectation : service.expects) {
    if (expectation.param == param && !param.empty()) return expectation.attribute;
  }
  return {};
}

// The parameter of `service` that a key of a document means: its own name, or the attribute that it sets.
const FieldSpec* param_for(const ServiceSpec& service, std::string_view key) {
  if (const FieldSpec* param = find_param(service, key)) return param;
  for (const Expectation& expectation : service.expects) {
    if (expectation.attribute == key && !expectation.param.empty())
      return find_param(service, expectation.param);
  }
  return nullptr;
}

bool contains(std::span<const std::string_view> texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

bool has_word(const ServiceSpec& service, std::string_view text) {
  return std::ranges::any_of(service.words, [&](std::string_view word) { return same_word(word, text); });
}

// True when a constant expectation of the service is this state.
bool leads_to(const ServiceSpec& service, std::string_view state) {
  return std::ranges::any_of(service.expects, [&](const Expectation& expectation) {
    return expectation.attribute == kState && contains(expectation.values, state);
  });
}

template <class Spec>
void add_names(std::span<const Spec> specs, std::vector<std::string_view>& out) {
  for (const Spec& spec : specs) out.push_back(spec.name);
}

// ---- making a command ----

class Maker {
 public:
  Maker(const EntityDescription& entity, const ServiceSpec& service, const CurrentValues& now)
      : entity_(entity), service_(service), now_(now) {}

  Result<Command> make(const Object& data) {
    if (auto error = check_features(entity_, service_.name, service_.features)) return *error;
    command_.service = &service_;
    for (const Member& member : data) {
      if (bookkeeping(member.key)) continue;
      if (auto error = take(member)) return *error;
    }
    if (auto error = missing()) return *error;
    zero();
    return std::move(command_);
  }

 private:
  Error unknown(std::string_view key) const {
    std::vector<std::string_view> known;
    add_names(service_.params, known);
    std::string text = std::string(entity_.domain->name) + "." + std::string(service_.name);
    text += " has no parameter " + quoted(key) + did_you_mean(key, known);
    return {ErrorCode::unknown_attribute, std::move(text), std::string(key)};
  }

  std::optional<Error> take(const Member& member) {
    const FieldSpec* param = param_for(service_, member.key);
    if (param == nullptr) return unknown(member.key);
    if (auto error = check_features(entity_, param->name, param->features)) return error;
    const Target target{entity_, *param, attribute_of(service_, param->name)};
    Result<Value> value = check_value(target, member.value, now_);
    if (!value) return value.error();
    if (param->converts_to.empty()) return store(param->name, std::move(*value));
    const FieldSpec& other = *find_param(service_, param->converts_to);
    Result<Value> converted = convert(*param, other, value->number_or(0));
    if (!converted) return converted.error();
    return store(other.name, std::move(*converted));
  }

  std::optional<Error> store(std::string_view name, Value value) {
    if (command_.data.contains(name)) {
      return Error{ErrorCode::malformed, std::string(name) + " is given twice, in two ways",
                   std::string(name)};
    }
    command_.data.append(std::string(name), std::move(value));
    return std::nullopt;
  }

  Result<Value> convert(const FieldSpec& from, const FieldSpec& to, double number) const {
    const Range range = range_of(entity_, to);
    const std::string_view attribute = attribute_of(service_, to.name);
    double result = number * from.factor;
    if (from.conversion == Conversion::mired) result = 1e6 / number;
    if (from.conversion == Conversion::step) {
      const std::optional<double> current = current_number(entity_, attribute, now_);
      if (!current) {
        return Error{ErrorCode::unavailable,
                     std::string(attribute) + " is not known at present, so " + std::string(from.name) +
                         " has nothing to start from",
                     std::string(from.name)};
      }
      result += *current;
    }
    if (from.conversion == Conversion::scale)
      return check_value({entity_, to, attribute}, fitted(to, {}, result), now_);
    return fitted(to, range, result);
  }

  std::optional<Error> missing() const {
    const auto given = [&](const FieldSpec& param) { return command_.data.contains(param.name); };
    for (const FieldSpec& param : service_.params) {
      if (!param.required || given(param)) continue;
      return Error{ErrorCode::malformed, std::string(service_.name) + " needs " + std::string(param.name),
                   std::string(param.name)};
    }
    if (!service_.needs_param || std::ranges::any_of(service_.params, given)) return std::nullopt;
    std::string text = std::string(service_.name) + " needs at least one of ";
    for (const FieldSpec& param : service_.params) {
      if (param.name != service_.params.front().name) text += ", ";
      text += param.name;
    }
    return Error{ErrorCode::malformed, std::move(text), {}};
  }

  // brightness 0 means turn_off, with what turn_off takes (transition).
  void zero() {
    for (const FieldSpec& param : service_.params) {
      if (param.zero_service.empty()) continue;
      const Value* value = command_.data.find(param.name);
      if (value == nullptr || !value->is_number() || value->number_or(1) != 0) continue;
      command_.service = find_service(*entity_.domain, param.zero_service);
      Object kept;
      for (Member& member : command_.data) {
        if (find_param(*command_.service, member.key) != nullptr)
          kept.append(member.key, std::move(member.value));
      }
      command_.data = std::move(kept);
      return;
    }
  }

  const EntityDescription& entity_;
  const ServiceSpec& service_;
  const CurrentValues& now_;
  Command command_;
};

// ---- which service is meant ----

bool offered(const EntityDescription& entity, const ServiceSpec& service) {
  return !check_features(entity, service.name, service.features).has_value();
}

// True when `param` may hold this state: any text, or one of the options.
bool takes_state(const EntityDescription& entity, const FieldSpec& param, const Value& state) {
  const std::string* text = state.as_string();
  if (text == nullptr) return param.type != ValueType::string;
  if (param.type != ValueType::string) return true;
  const std::vector<std::string_view> options = options_of(entity, param);
  return options.empty() || contains(options, *text);
}

enum class StateUse { none, constant, parameter };

// How {"state": …} is meant for this service: by itself, as one of its parameters, or not at all.
StateUse use_of_state(const EntityDescription& entity, const ServiceSpec& service, const Value& state) {
  const std::string* text = state.as_string();
  if (text != nullptr && (has_word(service, *text) || leads_to(service, *text))) return StateUse::constant;
  const FieldSpec* param = param_for(service, kState);
  return param != nullptr && takes_state(entity, *param, state) ? StateUse::parameter : StateUse::none;
}

class Chooser {
 public:
  Chooser(const EntityDescription& entity, const Object& document, const CurrentValues& now)
      : entity_(entity),
        domain_(*entity.domain),
        document_(document),
        state_(document.find(kState)),
        now_(now) {}

  Result<Command> choose() {
    if (std::ranges::all_of(document_, [](const Member& m) { return bookkeeping(m.key); })) {
      return Error{ErrorCode::malformed, "an empty command", {}};
    }
    collect();
    const ServiceSpec* first = nullptr;
    for (const ServiceSpec* service : candidates_) {
      if (!covers(*service)) continue;
      if (first == nullptr) first = service;
      if (offered(entity_, *service)) return make(*service);
    }
    return first != nullptr ? make(*first) : refusal();
  }

 private:
  void add(const ServiceSpec& service) {
    if (std::ranges::find(candidates_, &service) == candidates_.end()) candidates_.push_back(&service);
  }

  // In order of preference: the service whose word the state is, the attributes' own services, the service
  // for bare values, then all.
  void collect() {
    const std::string* word = state_ != nullptr ? state_->as_string() : nullptr;
    for (const ServiceSpec& service : domain_.services) {
      if (word != nullptr && has_word(service, *word)) add(service);
    }
    for (const Member& member : document_) {
      const FieldSpec* attribute = find_attribute(domain_, member.key);
      if (attribute != nullptr && !attribute->service.empty())
        add(*find_service(domain_, attribute->service));
    }
    if (!domain_.value_service.empty()) add(*find_service(domain_, domain_.value_service));
    for (const ServiceSpec& service : domain_.services) add(service);
  }

  bool covers(const ServiceSpec& service) const {
    bool says_what = false;
    for (const Member& member : document_) {
      if (bookkeeping(member.key)) continue;
      if (member.key == kState) {
        if (use_of_state(entity_, service, member.value) == StateUse::none) return false;
        says_what = true;
        continue;
      }
      const FieldSpec* param = param_for(service, member.key);
      if (param == nullptr) return false;
      says_what = says_what || decides(service, *param);
    }
    return says_what;
  }

  // True for parameters that say what is wanted; {"transition":2} or {"code":"1234"} alone command nothing.
  bool decides(const ServiceSpec& service, const FieldSpec& param) const {
    return param.required || !param.converts_to.empty() || !attribute_of(service, param.name).empty() ||
           service.name == domain_.value_service;
  }

  Result<Command> make(const ServiceSpec& service) const {
    if (state_ == nullptr) return Maker(entity_, service, now_).make(document_);
    Object data;
    const bool as_param = use_of_state(entity_, service, *state_) == StateUse::parameter;
    for (const Member& member : document_) {
      if (member.key != kState) {
        data.append(member.key, member.value);
      } else if (as_param) {
        data.append(std::string(param_for(service, kState)->name), member.value);
      }
    }
    return Maker(entity_, service, now_).make(data);
  }

  bool known_param(std::string_view key) const {
    return std::ranges::any_of(
        domain_.services, [&](const ServiceSpec& service) { return param_for(service, key) != nullptr; });
  }

  Error unknown(std::string_view key) const {
    std::vector<std::string_view> known{kState, "service"};
    for (const FieldSpec& attribute : domain_.attributes) {
      if (!attribute.service.empty()) known.push_back(attribute.name);
    }
    for (const ServiceSpec& service : domain_.services) add_names(service.params, known);
    std::string text(domain_.name);
    text += " has no attribute " + quoted(key) + did_you_mean(key, known);
    return {ErrorCode::unknown_attribute, std::move(text), std::string(key)};
  }

  std::optional<Error> bad_key() const {
    for (const Member& member : document_) {
      if (bookkeeping(member.key) || member.key == kState || known_param(member.key)) continue;
      if (find_attribute(domain_, member.key) == nullptr) return unknown(member.key);
      return Error{ErrorCode::unsupported, member.key + " is reported by the device and cannot be set",
                   member.key};
    }
    return std::nullopt;
  }

  // The state is of no use to any service.
  std::optional<Error> bad_state() const {
    if (state_ == nullptr) return std::nullopt;
    const auto uses = [&](const ServiceSpec& s) {
      return use_of_state(entity_, s, *state_) != StateUse::none;
    };
    if (std::ranges::any_of(domain_.services, uses)) return std::nullopt;
    const ServiceSpec* value_service = find_service(domain_, domain_.value_service);
    if (value_service != nullptr) {
      Object data;
      data.append(std::string(domain_.value_param), *state_);
      const Result<Command> tried = Maker(entity_, *value_service, now_).make(data);
      if (!tried) return tried.error();
    }
    std::vector<std::string_view> known;
    for (const ServiceSpec& service : domain_.services) {
      known.insert(known.end(), service.words.begin(), service.words.end());
    }
    known.insert(known.end(), domain_.states.begin(), domain_.states.end());
    const std::string text = plain_text(*state_);
    std::string message = quoted(text) + " is no command for a " + std::string(domain_.name);
    message += known.empty() ? "; it takes none" : did_you_mean(text, known);
    return Error{ErrorCode::malformed, std::move(message), std::string(kState)};
  }

  Error refusal() const {
    if (auto error = bad_key()) return *error;
    if (auto error = bad_state()) return *error;
    std::string keys;
    std::size_t count = 0;
    for (const Member& member : document_) {
      if (bookkeeping(member.key)) continue;
      if (count++ > 0) keys += ", ";
      keys += member.key;
    }
    if (count == 1 && state_ == nullptr) {
      return {ErrorCode::malformed,
              keys + " alone does not say what to do; give the state or the service with it", keys};
    }
    return {ErrorCode::malformed,
            "no one service of " + std::string(domain_.name) + " takes " + keys +
                " together; send them one after the other, or name the service",
            {}};
  }

  const EntityDescription& entity_;
  const DomainSpec& domain_;
  const Object& document_;
  const Value* state_;
  const CurrentValues& now_;
  std::vector<const ServiceSpec*> candidates_;
};

Result<std::string> command_id(const Object& document) {
  const Value* id = document.find("_id");
  if (id == nullptr || id->is_null()) return std::string();
  constexpr std::size_t kLongestId = 128;
  const std::string* text = id->as_string();
  if (text == nullptr) return Error{ErrorCode::wrong_type, "_id must be a string", "_id"};
  if (text->size() > kLongestId) return Error{ErrorCode::too_large, "_id is longer than 128 bytes", "_id"};
  return *text;
}

Result<Command> service_call(const EntityDescription& entity, const Value& service, const Object& document,
                             const CurrentValues& now) {
  const std::string* name = service.as_string();
  if (name == nullptr) return Error{ErrorCode::wrong_type, "service must be a string", "service"};
  Object data;
  for (const Member& member : document) {
    if (member.key != "service" && !bookkeeping(member.key)) data.append(member.key, member.value);
  }
  return make_command(entity, *name, data, now);
}

// A bare payload: a word of the domain, else a value for the domain's own service.
Result<Command> parse_bare(const EntityDescription& entity, std::string_view text, const CurrentValues& now) {
  const DomainSpec& domain = *entity.domain;
  const auto is_word = [&](const ServiceSpec& s) { return has_word(s, text) || leads_to(s, text); };
  const bool word = std::ranges::any_of(domain.services, is_word);
  if (!word && !domain.value_service.empty()) {
    const ServiceSpec& service = *find_service(domain, domain.value_service);
    const FieldSpec& param = *find_param(service, domain.value_param);
    if (auto error = check_features(entity, service.name, service.features)) return *error;
    const Target target{entity, param, attribute_of(service, param.name)};
    Result<Value> value = parse_value(target, text, now);
    if (!value) return value.error();
    Object data;
    data.append(std::string(param.name), std::move(*value));
    return Maker(entity, service, now).make(data);
  }
  Object document;
  document.append(std::string(kState), text);
  return Chooser(entity, document, now).choose();
}

// The service and parameter that set/…/<attribute> means.
struct Setter {
  const ServiceSpec* service = nullptr;
  const FieldSpec* param = nullptr;
};

Setter find_setter(const DomainSpec& domain, std::string_view name) {
  for (const FieldSpec& attribute : domain.attributes) {
    if (attribute.service.empty() || (attribute.name != name && attribute.param != name)) continue;
    const ServiceSpec* service = find_service(domain, attribute.service);
    return {service, find_param(*service, attribute.param)};
  }
  for (const ServiceSpec& service : domain.services) {
    const FieldSpec* param = find_param(service, name);
    if (param == nullptr) continue;
    const bool decides =
        param->required || !param->converts_to.empty() || !attribute_of(service, name).empty();
    if (decides) return {&service, param};
  }
  return {};
}

Error no_setter(const DomainSpec& domain, std::string_view name) {
  if (find_attribute(domain, name) != nullptr) {
    return {ErrorCode::unsupported, std::string(name) + " is reported by the device and cannot be set",
            std::string(name)};
  }
  std::vector<std::string_view> known{kState};
  for (const FieldSpec& attribute : domain.attributes) {
    if (!attribute.service.empty()) known.push_back(attribute.name);
  }
  std::string text(domain.name);
  text += " has no attribute " + quoted(name) + " that can be set by itself" + did_you_mean(name, known);
  return {ErrorCode::unknown_attribute, std::move(text), std::string(name)};
}

}  // namespace

Result<Command> make_command(const EntityDescription& entity, std::string_view service, const Object& data,
                             const CurrentValues& now) {
  const ServiceSpec* spec = find_service(*entity.domain, service);
  if (spec != nullptr) return Maker(entity, *spec, now).make(data);
  std::vector<std::string_view> known;
  add_names(entity.domain->services, known);
  std::string text(entity.domain->name);
  text += " has no service " + quoted(service) + did_you_mean(service, known);
  return Error{ErrorCode::unknown_service, std::move(text), "service"};
}

Result<Command> parse_command(const EntityDescription& entity, const Object& document,
                              const CurrentValues& now) {
  Result<std::string> id = command_id(document);
  if (!id) return id.error();
  const Value* service = document.find("service");
  Result<Command> command = service != nullptr ? service_call(entity, *service, document, now)
                                               : Chooser(entity, document, now).choose();
  if (command) command->id = std::move(*id);
  return command;
}

Result<Command> parse_command(const EntityDescription& entity, std::string_view payload,
                              const CurrentValues& now) {
  const std::string_view text = trim(payload);
  if (text.empty()) return Error{ErrorCode::malformed, "an empty command", {}};
  if (!valid_utf8(text)) return Error{ErrorCode::malformed, "the command is not UTF-8", {}};
  if (text.front() == '{') {
    const Result<Object> document = parse_object(text);
    if (!document) return document.error();
    return parse_command(entity, *document, now);
  }
  if (text.size() > JsonLimits{}.bytes) return Error{ErrorCode::too_large, "the command is over 64 KiB", {}};
  return parse_bare(entity, text, now);
}

Result<Command> parse_attribute_command(const EntityDescription& entity, std::string_view attribute,
                                        std::string_view payload, const CurrentValues& now) {
  if (attribute == kState) return parse_command(entity, payload, now);
  const std::string_view text = trim(payload);
  if (text.empty()) return Error{ErrorCode::malformed, "an empty command", {}};
  if (!valid_utf8(text)) return Error{ErrorCode::malformed, "the command is not UTF-8", {}};
  if (text.size() > JsonLimits{}.bytes) return Error{ErrorCode::too_large, "the command is over 64 KiB", {}};
  const Setter setter = find_setter(*entity.domain, attribute);
  if (setter.param == nullptr) return no_setter(*entity.domain, attribute);
  if (auto error = check_features(entity, setter.service->name, setter.service->features)) return *error;
  if (auto error = check_features(entity, setter.param->name, setter.param->features)) return *error;
  const Target target{entity, *setter.param, attribute_of(*setter.service, setter.param->name)};
  Result<Value> value = parse_value(target, text, now);
  if (!value) return value.error();
  Object data;
  data.append(std::string(setter.param->name), std::move(*value));
  return Maker(entity, *setter.service, now).make(data);
}

Object encode(const Command& command) {
  Object out;
  out.append("service", command.service->name);
  for (const Member& member : command.data) out.append(member.key, member.value);
  if (!command.id.empty()) out.append("_id", command.id);
  return out;
}

}  // namespace gable::wire
