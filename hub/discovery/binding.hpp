#pragma once
// A binding ties one announced entity to its topics: which it listens to, what a payload there says of the
// entity, and what is sent for a command. One class for each platform, in platforms/. A binding keeps no
// state of its own: what is in force is in the hub and comes in as CurrentValues.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/component.hpp"
#include "discovery/message.hpp"
#include "discovery/templates.hpp"
#include "wire/command.hpp"
#include "wire/description.hpp"
#include "wire/result_type.hpp"
#include "wire/shared.hpp"
#include "wire/time.hpp"

namespace gable::discovery {

// A topic that the entity listens to, and the template that its payloads go through. Several inlets of one
// entity may share a topic; they are then served in their order and make one report.
struct Inlet {
  wire::Shared<std::string> topic;  // a filter: wildcards are taken as such
  int slot = 0;                     // the binding's own number for what comes in here
  TemplatePtr value_template;       // null: none
  bool keeps_on_error =
      false;           // a Jinja error leaves the value as it is (sensors), else the raw payload counts
  bool bytes = false;  // `encoding: ""`: not text
  int qos = 0;
};

// What came in at an inlet, after its template.
struct Payload {
  std::string_view text;
  const Message& message;
  bool templated = false;  // `text` is what the template made of it, else the payload itself

  // The payload as a document. Parsed once for a message when no template stands between. Null: no JSON.
  // What a template made is parsed into `store`, which must live as long as the result is looked at.
  [[nodiscard]] const wire::Value* json(std::optional<wire::Value>& store) const;
};

// What a message says of an entity, filled by all its inlets on that topic.
struct Said {
  bool anything = false;  // it counts as a report, even if nothing differs
  // "state" and attributes in the names, types and units of the domain's table; null: unknown, or gone.
  wire::Object values;
  std::vector<wire::Object> events;  // {"event_type":…, …}; for event, device_automation, tag
  std::string fault;                 // what could not be read; the rest counts
  bool forced = false;               // the state counts as changed even if it is the same

  void set(std::string_view name, wire::Value value) {
    anything = true;
    values.set(std::string(name), std::move(value));
  }
};

struct Outgoing {
  std::string topic;
  std::string payload;
  int qos = 0;
  bool retained = false;
};

// Renders templates of commands; the door gives it the house, the time and the entity's names.
class Renderer {
 public:
  virtual ~Renderer() = default;
  // The text; errors: failed (what the template says).
  virtual wire::Result<std::string> render(const rules::jinja::Template& source,
                                           const std::vector<rules::jinja::Variable>& variables) = 0;
};

struct Availability {
  struct Topic {
    std::string topic;
    std::string payload_available = "online", payload_not_available = "offline";
    TemplatePtr value_template;  // null: none
    friend bool operator==(const Topic&, const Topic&) = default;
  };
  enum class Mode : std::uint8_t { latest, all, any };
  std::vector<Topic> topics;
  Mode mode = Mode::latest;

  friend bool operator==(const Availability&, const Availability&) = default;
  struct Hash {
    std::size_t operator()(const Availability& availability) const noexcept;
  };
};

class Binding {
 public:
  virtual ~Binding() = default;

  // What the entity is. Its domain is null for what has no entity (device_automation, tag).
  wire::Shared<wire::EntityDescription> description;
  std::vector<Inlet> inlets;
  wire::Shared<Availability> availability;
  std::optional<wire::Duration> expire_after;  // unavailable so long after its last message
  std::optional<wire::Duration> off_delay;     // binary_sensor: `off` so long after `on`
  bool force_update = false;        // a report of the state counts as a change even if nothing differs
  std::vector<std::string> faults;  // what was wrong in the announcement and was left out

  // A payload came in at `inlets[…].slot == slot`.
  virtual void receive(int slot, const Payload& payload, const wire::CurrentValues& now,
                       Said& said) const = 0;

  // What to send for a command that the table of domains has checked. Errors: unsupported, failed.
  virtual wire::Result<std::vector<Outgoing>> send(const wire::Command& command,
                                                   const wire::CurrentValues& now, Renderer& renderer) const;
};

// The binding of a component. What is wrong with a part of it (a template that does not compile) costs that
// part and is named in `faults`; errors (the whole is refused): unsupported platform, malformed, wrong_type,
// with the key in `where`.
wire::Result<std::unique_ptr<Binding>> bind(const Component& component, Templates& templates);

}  // namespace gable::discovery
