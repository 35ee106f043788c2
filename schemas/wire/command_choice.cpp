#include "wire/command_parts.hpp"
// Which service a document of states and attributes means. Nothing is guessed: one service must take all of
// it, and something in it must say what is wanted. Pure; any thread.

#include <algorithm>

#include "wire/command_words.hpp"

namespace gable::wire {

namespace {

constexpr std::string_view kState = "state";

bool contains(std::span<const std::string_view> texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

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

enum class StateUse { none, word, parameter };

// How {"state": …} is meant for this service: by itself, as one of its parameters, or not at all.
StateUse use_of_state(const EntityDescription& entity, const ServiceSpec& service, const Value& state) {
  const std::string* text = state.as_string();
  if (text != nullptr && has_word(service, *text)) return StateUse::word;
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
    bool enough = false;
    for (const Member& member : document_) {
      if (bookkeeping(member.key)) continue;
      if (member.key == kState) {
        if (use_of_state(entity_, service, member.value) == StateUse::none) return false;
        enough = true;
        continue;
      }
      const FieldSpec* param = param_for(service, member.key);
      if (param == nullptr) return false;
      enough = enough || says_what(domain_, service, *param);
    }
    return enough;
  }

  Result<Command> make(const ServiceSpec& service) const {
    if (state_ == nullptr) return make_checked(entity_, service, document_, now_);
    Object data;
    const bool as_param = use_of_state(entity_, service, *state_) == StateUse::parameter;
    for (const Member& member : document_) {
      if (member.key != kState) {
        data.append(member.key, member.value);
      } else if (as_param) {
        data.append(std::string(param_for(service, kState)->name), member.value);
      }
    }
    return make_checked(entity_, service, data, now_);
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
    // A text where a number is wanted is a misspelt word.
    const bool text_wanted = value_service != nullptr && param_for(*value_service, kState) != nullptr &&
                             param_for(*value_service, kState)->type == ValueType::string;
    if (value_service != nullptr && (text_wanted || state_->as_string() == nullptr)) {
      Object data;
      data.append(std::string(domain_.value_param), *state_);
      const Result<Command> tried = make_checked(entity_, *value_service, data, now_);
      if (!tried) return tried.error();
    }
    std::vector<std::string_view> known;
    for (const ServiceSpec& service : domain_.services) {
      known.insert(known.end(), service.words.begin(), service.words.end());
    }
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

}  // namespace

bool has_word(const ServiceSpec& service, std::string_view text) {
  return std::ranges::any_of(service.words, [&](std::string_view word) { return same_word(word, text); });
}

Result<Command> choose_and_make(const EntityDescription& entity, const Object& document,
                                const CurrentValues& now) {
  return Chooser(entity, document, now).choose();
}

}  // namespace gable::wire
