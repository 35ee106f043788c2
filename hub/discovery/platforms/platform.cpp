#include "discovery/platforms/platform.hpp"

#include <algorithm>
#include <cmath>

#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::discovery::platforms {

namespace {

namespace jinja = rules::jinja;
using wire::Value;

constexpr std::string_view kSpaces = " \t\r\n\f\v";
constexpr std::size_t kShownText = 64;

}  // namespace

void PlatformBinding::receive(int slot, const Payload& payload, const wire::CurrentValues& now,
                              Said& said) const {
  if (slot != kAttributes) return take(slot, payload, now, said);
  const auto own = own_attributes();
  Said all;
  receive_attributes(payload, all);
  check_attributes(all);
  if (!all.fault.empty()) said.fault = std::move(all.fault);
  for (auto& [name, value] : all.values) {
    if (std::ranges::find(own, name) == own.end()) said.set(name, std::move(value));
  }
}

void CommandOnlyBinding::take(int /*slot*/, const Payload& /*payload*/, const wire::CurrentValues& /*now*/,
                              Said& /*said*/) const {}

void read_state(Fields& fields, Binding& binding, std::string_view template_key) {
  if (!fields.inlet(kState, "state_topic", template_key)) binding.description.own().assumed_state = true;
}

Outlet required_outlet(Fields& fields, std::string_view template_key) {
  fields.require("command_topic");
  return outlet(fields, "command_topic", template_key);
}

void keep_on_error(Binding& binding) {
  if (!binding.inlets.empty()) binding.inlets.back().keeps_on_error = true;
}

OnOff read_on_off(Fields& fields) {
  OnOff words;
  words.on = fields.text("payload_on", "ON");
  words.off = fields.text("payload_off", "OFF");
  words.state_on = fields.text("state_on", words.on);
  words.state_off = fields.text("state_off", words.off);
  return words;
}

bool say_on_off(const OnOff& words, std::string_view text, Said& said) {
  if (text == words.state_on)
    said.set("state", "on");
  else if (text == words.state_off)
    said.set("state", "off");
  else if (text == kUnknown)
    said.set("state", nullptr);
  else
    return false;
  return true;
}

bool wants_on(const wire::Command& command, const wire::CurrentValues& now) {
  if (command.service->name != "toggle") return command.service->name == "turn_on";
  const Value* state = now.current("state");
  return state == nullptr || state->string_or("") != "on";
}

const std::string& on_off_payload(const OnOff& words, const wire::Command& command,
                                  const wire::CurrentValues& now) {
  return wants_on(command, now) ? words.on : words.off;
}

void unmatched(std::string_view text, std::string_view expected, Said& said) {
  if (text.starts_with('{') || text.starts_with('[')) return;
  said.fault =
      "expected " + std::string(expected) + ", found " +
      wire::to_json(Value(
          wire::valid_utf8(text) && text.size() <= kShownText ? text : std::string_view("something else")));
}

std::optional<std::string> number_text(std::string_view text) {
  Value read;
  if (wire::parse_scalar(text, read) && read.is_number()) return std::string(text);
  const jinja::Value given(text);
  if (const auto integer = jinja::to_integer(given)) return jinja::str(*integer);
  const auto real = jinja::to_real(given);
  if (!real || !std::isfinite(*real)) return std::nullopt;
  return jinja::real_text(*real);
}

std::string_view stripped(std::string_view text) {
  const auto begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

bool blank(std::string_view text) { return stripped(text).empty(); }

jinja::Value whole_or_real(double number) {
  constexpr double kExact = 9'007'199'254'740'992.0;  // 2^53: beyond, a double is no longer every integer
  if (std::floor(number) == number && std::fabs(number) <= kExact) return static_cast<std::int64_t>(number);
  return number;
}

Sent send_value(const Outlet& outlet, const jinja::Value& value, Renderer& renderer,
                const std::vector<jinja::Variable>& more) {
  if (!outlet) return Error{ErrorCode::unsupported, "its announcement names no topic for commands", ""};
  auto message = outgoing(outlet, value, renderer, more);
  if (!message) return message.error();
  std::vector<Outgoing> messages;
  messages.push_back(std::move(*message));
  return messages;
}

Error unsupported(const wire::Command& command) {
  return {ErrorCode::unsupported, "its announcement has no way to say " + std::string(command.service->name),
          ""};
}

}  // namespace gable::discovery::platforms
