#pragma once
// One entity as the hub holds it: identity, description, overrides, reported state, availability.

#include <cstdint>
#include <string>
#include <vector>

#include "wire/command.hpp"
#include "wire/description.hpp"
#include "wire/documents.hpp"
#include "wire/entity_id.hpp"
#include "wire/shared.hpp"

namespace gable::hub {

using wire::Availability;
using wire::Duration;
using wire::EntityId;
using wire::Time;

// Stable while the entity or device is known. The slot of one that was forgotten is used again, when many
// others have been forgotten after it (wire::Resting): who keeps an index lets go of it in forget_entity().
using EntityIndex = std::uint32_t;
using DeviceIndex = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xffffffff;

// What caused a change: a person's client, a rule, the device itself (design section 2, `_by`).
struct Context {
  std::string by;     // "device:virtual/lamp", "client:anna", "mqtt", "automation.night_light", "hub"
  std::string cause;  // id of the command that led here; may be empty
  // The rules' own context of the call that led here, and that one's parent; both empty when no rule did it.
  std::string run, parent;
};

// As reported, never optimistic (design section 2, rule 3).
struct EntityState {
  bool known = false;  // false: no value yet; rules read `unknown`
  std::string text;    // as rules see it: "on", "21.50"
  wire::Object attributes;
  Time last_changed{};   // the text became another
  Time last_updated{};   // text or an attribute became another
  Time last_reported{};  // a report came, equal or not
  wire::Shared<Context> context;
  std::uint64_t seq = 0;  // of the last change; `_seq`
};

// From files or requests; empty means: not overridden.
struct Overrides {
  std::string name, area, icon;
  std::vector<std::string> labels;
  bool hidden = false, plain = false;
  std::optional<bool> disabled;
  friend bool operator==(const Overrides&, const Overrides&) = default;
};

enum class Origin { announced, file, request, rule };  // who defined the entity; `gable ls --json` names it
std::string_view to_string(Origin origin);

struct Entity {
  EntityId id;
  wire::Shared<wire::EntityDescription> description;  // without object_id
  Origin origin = Origin::announced;
  std::string source;  // unique id: "virtual/lamp", "virtual/plug:power", "hub/input_boolean.x"
  DeviceIndex device = kNone;
  wire::Shared<Overrides> overrides;
  std::string area;  // effective area id; may be empty
  std::string name;  // effective display name

  EntityState state;
  bool initial_pending = false;  // known to the store, not yet reported since this start of the hub
  bool forgotten = false;        // the slot is empty

  Availability availability = Availability::unknown;
  std::string availability_reason;
  Time availability_since{};

  [[nodiscard]] bool disabled() const { return overrides->disabled.value_or(description->disabled); }
  [[nodiscard]] bool helper() const { return device == kNone; }
  // The state as rules see it: `unavailable`, `unknown` or the text (design section 4).
  [[nodiscard]] std::string_view composed_state() const;
  // The state as a JSON value: a number for numeric entities, null while there is none.
  [[nodiscard]] wire::Value state_value() const;
};

// An entity's present state and attributes for the command parser.
class EntityValues final : public wire::CurrentValues {
 public:
  explicit EntityValues(const Entity& entity);
  [[nodiscard]] const wire::Value* current(std::string_view name) const override;

 private:
  const Entity& entity_;
  wire::Value state_;
};

}  // namespace gable::hub
