#pragma once
// What the bindings of the simple platforms share: the state's inlet, on and off, numbers and texts as they
// come, commands of one message.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

using wire::Error;
using wire::ErrorCode;
using Sent = wire::Result<std::vector<Outgoing>>;

// The slot of `state_topic`; platforms with more inlets count on from here.
inline constexpr int kState = 0;
// What stands for "unknown" wherever a platform takes it.
inline constexpr std::string_view kUnknown = "None";

class PlatformBinding : public Binding {
 public:
  // Attributes go to receive_attributes(), all else to take().
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const final;

 private:
  virtual void take(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const = 0;
  // Names that `json_attributes` may not set, since the platform itself says them.
  [[nodiscard]] virtual std::span<const std::string_view> own_attributes() const { return {}; }
  // Looks at what `json_attributes` said before it counts.
  virtual void check_attributes(Said& /*said*/) const {}
};

// A binding of entities that report nothing themselves: button, scene, notify.
class CommandOnlyBinding : public PlatformBinding {
 private:
  void take(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
};

// Listens to `state_topic`. Without one the state is assumed, as with `optimistic: true`.
void read_state(Fields& fields, Binding& binding, std::string_view template_key = "value_template");
// The topic of commands with its template, required: without it the announcement is refused.
Outlet required_outlet(Fields& fields, std::string_view template_key);
// The newest inlet keeps the value when its template fails.
void keep_on_error(Binding& binding);

// How on and off are told and said; texts as Python prints them.
struct OnOff {
  std::string on, off;              // as sent
  std::string state_on, state_off;  // as reported; the same unless the announcement says otherwise
};
OnOff read_on_off(Fields& fields);
// Sets "state"; false: the text is neither on, off nor None.
bool say_on_off(const OnOff& words, std::string_view text, Said& said);
// What turn_on, turn_off or toggle (from unknown: on) is to lead to, and the payload that says so.
bool wants_on(const wire::Command& command, const wire::CurrentValues& now);
const std::string& on_off_payload(const OnOff& words, const wire::Command& command,
                                  const wire::CurrentValues& now);

// A text that fits nothing the announcement names. A whole JSON document is no fault: many entities share a
// topic, and what is not there is not for them.
void unmatched(std::string_view text, std::string_view expected, Said& said);

// A number's text as JSON has it: kept as it is if it already is one ("21.50"), else what Python makes of it
// (" 7 " → "7", "1_000" → "1000"). Nothing: no finite number.
std::optional<std::string> number_text(std::string_view text);

bool blank(std::string_view text);
std::string_view stripped(std::string_view text);
// 5.0 → 5: Home Assistant hands whole numbers to templates as integers.
rules::jinja::Value whole_or_real(double number);

// One message with `value` through the outlet's template.
Sent send_value(const Outlet& outlet, const rules::jinja::Value& value, Renderer& renderer,
                const std::vector<rules::jinja::Variable>& more = {});
Error unsupported(const wire::Command& command);

}  // namespace gable::discovery::platforms
