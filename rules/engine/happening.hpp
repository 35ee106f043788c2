#pragma once
// What the engine is told, one thing after another in one total order.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "template/time/clock.hpp"
#include "template/value/value.hpp"
#include "wire/value.hpp"

namespace gable::rules {

using jinja::Instant;

// Who caused something: contexts go down every chain of rules.
struct Context {
  std::string id;      // of what happened
  std::string parent;  // of what caused it; may be empty
  std::string user;    // client, rule or device that began it; may be empty
};

// The composed state of an entity (design, section 4) at one moment. Attributes are shared, never changed.
struct StateSnapshot {
  std::string state;
  std::shared_ptr<const wire::Object> attributes;
  Instant last_changed{}, last_updated{}, last_reported{};
  Context context;
};

// One step of a composed state. Nothing before: created; nothing after: removed.
struct StateChanged {
  std::string entity;
  std::optional<StateSnapshot> before, after;
  // The first value after a start of an entity that was known before: computed states follow it, triggers
  // do not (design, section 2, rule 6).
  bool initial = false;
};

struct BusEvent {
  std::string type;
  jinja::Value data;  // dict
  Context context;
};

struct MqttMessage {
  std::string topic, payload;
  int qos = 0;
  bool retained = false;
};

// The end of a service call that was pending.
struct ServiceDone {
  std::uint64_t call = 0;
  std::string error;  // empty: it worked
  jinja::Value response;
};

struct HouseStarted {};
struct HouseStops {};
// Nothing but time has gone by.
struct TimePassed {};
// Areas, devices or the entities themselves are others: targets of device triggers are looked for again.
struct RegistryChanged {};

using Happening = std::variant<StateChanged, BusEvent, MqttMessage, ServiceDone, HouseStarted, HouseStops,
                               TimePassed, RegistryChanged>;

}  // namespace gable::rules
