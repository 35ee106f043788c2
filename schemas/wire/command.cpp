#include "wire/command.hpp"
// From a payload to a command: bare words and values, documents, service calls. Pure; any thread.

#include <algorithm>
#include <vector>

#include "wire/command_parts.hpp"
#include "wire/command_words.hpp"
#include "wire/json.hpp"

namespace gable::wire {

namespace {

constexpr std::string_view kState = "state";

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

// True when a payload that is no word can be a value of the domain. Letters where a number is wanted are a
// misspelt word.
bool takes_bare(const DomainSpec& domain, std::string_view text) {
  if (domain.value_service.empty()) return false;
  const FieldSpec& param = *find_param(*find_service(domain, domain.value_service), domain.value_param);
  if (param.type != ValueType::integer && param.type != ValueType::number) return true;
  return text.find_first_of("0123456789") != std::string_view::npos;
}

// A bare payload: a word of the domain, else a value for the domain's own service.
Result<Command> parse_bare(const EntityDescription& entity, std::string_view text, const CurrentValues& now) {
  const DomainSpec& domain = *entity.domain;
  const bool word =
      std::ranges::any_of(domain.services, [&](const ServiceSpec& s) { return has_word(s, text); });
  if (!word && takes_bare(domain, text)) {
    const ServiceSpec& service = *find_service(domain, domain.value_service);
    const FieldSpec& param = *find_param(service, domain.value_param);
    if (auto error = check_features(entity, service.name, service.features)) return *error;
    const Target target{entity, param, attribute_of(service, param.name)};
    Result<Value> value = parse_value(target, text, now);
    if (!value) return value.error();
    Object data;
    data.append(std::string(param.name), std::move(*value));
    return make_checked(entity, service, data, now);
  }
  Object document;
  document.append(std::string(kState), text);
  return choose_and_make(entity, document, now);
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
  if (spec != nullptr) return make_checked(entity, *spec, data, now);
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
                                               : choose_and_make(entity, document, now);
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
  return make_checked(entity, *setter.service, data, now);
}

Object encode(const Command& command) {
  Object out;
  out.append("service", command.service->name);
  for (const Member& member : command.data) out.append(member.key, member.value);
  if (!command.id.empty()) out.append("_id", command.id);
  return out;
}

}  // namespace gable::wire
