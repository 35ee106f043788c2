#pragma once
// Reads the keys of one component's configuration into typed values, and gathers what is wrong with them: a
// broken part costs that part (it is named in the binding's faults), a wrong type where nothing can be made
// of it refuses the whole announcement (Home Assistant's rule).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/binding.hpp"

namespace gable::discovery {

// Home Assistant turns what templates print into text as Python does: true → "True", 21.0 → "21.0". Scalars
// of a configuration that payloads are compared with go the same way.
std::string python_text(const wire::Value& value);

// The beginning of a text from outside: at most `limit` bytes, whole characters of UTF-8.
std::string clipped(std::string text, std::size_t limit);

class Fields {
 public:
  // Borrows both; `binding` gets inlets and faults.
  Fields(const Component& component, Templates& templates, Binding& binding)
      : component_(component), templates_(templates), binding_(binding) {}

  [[nodiscard]] const Component& component() const { return component_; }
  [[nodiscard]] Templates& templates() { return templates_; }
  [[nodiscard]] bool has(std::string_view key) const { return component_.config.contains(key); }
  [[nodiscard]] const wire::Value* find(std::string_view key) const { return component_.config.find(key); }

  // A text; numbers and booleans become text (python_text). A list or object is an error of the whole.
  std::string text(std::string_view key, std::string_view fallback = {});
  // A number, also written as text ("5").
  std::optional<double> number(std::string_view key);
  double number(std::string_view key, double fallback) { return number(key).value_or(fallback); }
  // true, false, and the words that Home Assistant takes for them (yes, on, 1, "true").
  bool boolean(std::string_view key, bool fallback);
  // A list of texts; a bare text is a list of one.
  std::vector<std::string> texts(std::string_view key);
  std::optional<wire::Duration> seconds(std::string_view key);
  // A compiled template, or null: there is none, or it does not compile (a fault). `{{ value }}` alone is
  // null too, as is an empty one.
  // `broken` (may be null) is set for the latter case.
  TemplatePtr tmpl(std::string_view key, bool* broken = nullptr);

  // Listens to the topic that `topic_key` names, if it is there, through the template of `template_key` (may
  // be empty). True when there is such a topic. A topic that no broker takes, or a template that does not
  // compile, is a fault, and there is no inlet.
  bool inlet(int slot, std::string_view topic_key, std::string_view template_key);
  // The topic of commands, or empty. One that cannot be published to is a fault.
  std::string command_topic(std::string_view key);

  // Without this key the announcement is refused.
  void require(std::string_view key);
  // The first error that refuses the whole; nothing: all is well.
  [[nodiscard]] const std::optional<wire::Error>& error() const { return error_; }
  void refuse(std::string_view key, std::string text, wire::ErrorCode code = wire::ErrorCode::wrong_type);
  void fault(std::string text) { binding_.faults.push_back(std::move(text)); }

 private:
  const Component& component_;
  Templates& templates_;
  Binding& binding_;
  std::optional<wire::Error> error_;
};

// A command as it leaves: topic and how, with the template that makes the payload out of the value.
struct Outlet {
  wire::Shared<std::string> topic;  // empty: there is none
  TemplatePtr command_template;     // null: the value itself
  int qos = 0;
  bool retained = false;

  explicit operator bool() const { return !topic->empty(); }
};
// Reads `topic_key` and `template_key` (may be empty), and the component's qos and retain.
Outlet outlet(Fields& fields, std::string_view topic_key, std::string_view template_key);
// One message with `value` as variable `value` (and `more`) or as the payload itself.
wire::Result<Outgoing> outgoing(const Outlet& outlet, const rules::jinja::Value& value, Renderer& renderer,
                                const std::vector<rules::jinja::Variable>& more = {});

// What every platform has: name, device_class, unit, category, icon, enabled_by_default, availability,
// expire_after, assumed state, json_attributes (slot kAttributes). `domain`: of ours; may be empty.
inline constexpr int kAttributes = 1000;
void read_common(Fields& fields, Binding& binding, std::string_view domain);
// Serves the slot kAttributes: an object whose keys become attributes, but for the names that are blocked.
void receive_attributes(const Payload& payload, Said& said);

}  // namespace gable::discovery
