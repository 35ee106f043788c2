#pragma once
// Surroundings: all that the engine may do and ask. The hub implements it; so does a test, in a few lines.
// Calls come from within Engine::handle(). What they make happen may be handed to handle() at once: it waits
// there until what is under way has ended.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/happening.hpp"
#include "engine/trace.hpp"
#include "template/evaluate/evaluation.hpp"
#include "template/house/house.hpp"
#include "template/template.hpp"

namespace gable::rules {

struct ServiceCall {
  std::uint64_t id = 0;  // of this call, never used again, across restarts too
  std::string domain, service;
  jinja::Value target;  // dict of lists: entity_id, device_id, area_id, floor_id, label_id; or None
  jinja::Value data;    // dict
  Context context;
  std::string rule;       // "automation.night_light"
  std::uint64_t run = 0;  // RunId of the run whose step this is
  bool wants_response = false;
  bool wait_result = false;
  bool again = false;  // was stored as begun before a restart: repeat it only if that does no harm
};

struct ServiceOutcome {
  enum class Status : std::uint8_t {
    done,     // and what it changed can be seen
    pending,  // a ServiceDone follows
    failed,   // as the device or service reported: continue_on_error forgives it
    refused,  // no such service, bad parameters: ends the run
    unknown   // `again` and not repeatable: nobody knows; the run goes on
  };
  Status status = Status::done;
  std::string error;
  jinja::Value response;
  std::string note;  // what was passed over (missing and unavailable entities), for the trace
};

// An entity that the rules make and that the house shows like any other.
struct OwnEntity {
  std::string entity;     // "automation.night_light"
  std::string unique_id;  // may be empty: then the entity's id
  std::string name, icon;
  wire::Object description;  // device_class, unit_of_measurement, options, min … in Home Assistant's names
};

// What rows are about.
enum class RowKind : std::uint8_t { run, hold, rule, timer };

class Surroundings {
 public:
  virtual ~Surroundings() = default;

  [[nodiscard]] virtual const jinja::House& house() const = 0;
  [[nodiscard]] virtual const jinja::TimeZone& zone() const = 0;
  [[nodiscard]] virtual jinja::RandomSource& random() = 0;
  [[nodiscard]] virtual const jinja::Library* macros() const { return nullptr; }
  // The composed state with its context, shared attributes and times; nothing when there is no such entity.
  [[nodiscard]] virtual std::optional<StateSnapshot> snapshot(std::string_view entity) const = 0;
  // Sunrise or sunset, the first after `after`; nothing where the sun does neither, or the place is not
  // known.
  [[nodiscard]] virtual std::optional<Instant> next_sun(bool rises, Instant after) const = 0;

  virtual ServiceOutcome call(const ServiceCall& call) = 0;
  // Nobody waits for this pending call any more: its run was stopped. A script that it started ends, too.
  virtual void abandon(std::uint64_t call) = 0;
  // On the bus, for whoever listens; the engine itself hears it in its turn.
  virtual void fire(const BusEvent& event) = 0;
  virtual void subscribe(const std::string& topic_filter) = 0;
  virtual void unsubscribe(const std::string& topic_filter) = 0;
  // A new context below `cause`.
  [[nodiscard]] virtual Context context_below(const Context& cause) = 0;

  // Durable rows; an empty text removes the row. What is saved is in the store before any effect leaves.
  virtual void save(RowKind kind, const std::string& key, const std::string& json) = 0;
  // False where nothing is ever restored: rows of runs, which are long, are not made.
  [[nodiscard]] virtual bool keeps_rows() const { return true; }
  // True where Engine::settle() is called once what handle() did has been carried out.
  [[nodiscard]] virtual bool settles() const { return false; }
  // An entity of the rules' own comes into being, or is described anew: automation, script, scene, template
  // entity.
  virtual void declare(const OwnEntity& entity) = 0;
  virtual void withdraw(const std::string& entity) = 0;
  // Its state and attributes are now these.
  virtual void show(const std::string& entity, const std::string& state, const wire::Object& attributes,
                    const Context& context) = 0;
  // What a run, or a trigger that became none, leaves behind.
  virtual void trace(Trace trace) = 0;
  // A problem of the house; an empty text solves it.
  virtual void problem(const std::string& id, const std::string& text) = 0;
  virtual void log(std::string_view level, const std::string& text) = 0;
};

}  // namespace gable::rules
