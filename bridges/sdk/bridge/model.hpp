#pragma once
// How an author describes a device: short builders over the contract's DeviceDescription. Plain values.
//
//   sensor("temperature", "°C").named("Greenhouse").due_every(60s)
//   device("Kettle").made_by("Acme", "K2").with("power", sensor("power", "W")).with("relay", switch_entity())

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "wire/description.hpp"
#include "wire/value.hpp"

namespace gable::bridge {

using wire::List;
using wire::Object;
using wire::Value;

// One entity. Every setter returns the entity, so that a description reads as one sentence.
class Entity {
 public:
  // Throws std::invalid_argument when the contract has no such domain: a mistake of the author.
  explicit Entity(std::string_view domain);

  // The name that people see. On a device with one entity it is the device's name as well.
  Entity& named(std::string name);
  Entity& suggest_id(std::string object_id);
  Entity& device_class(std::string device_class);
  Entity& unit(std::string unit);
  Entity& state_class(std::string state_class);  // measurement | total | total_increasing
  Entity& icon(std::string icon);
  Entity& diagnostic();  // for people who look for trouble, not for everyday
  Entity& config();      // a setting of the device
  // Throws std::invalid_argument when the domain has no such feature.
  Entity& feature(std::string_view name);
  Entity& options(std::vector<std::string> options);
  Entity& event_types(std::vector<std::string> types);
  Entity& range(double min, double max, double step = 1);
  // A fixed attribute: effect_list, hvac_modes, min_temp, source_list …
  Entity& capability(std::string key, Value value);
  // Announces an attribute that the domain does not know, so that it may be reported.
  Entity& extra_attribute(std::string name);
  // A report is due at least this often; later the hub calls the value stale.
  Entity& due_every(std::chrono::milliseconds interval);
  // The device cannot be asked: its state is what it was last told.
  Entity& assumed_state();
  Entity& disabled();

  [[nodiscard]] const wire::EntityDescription& description() const { return description_; }

 private:
  wire::EntityDescription description_;
};

// `unit` may be empty; with one, the state is a number and its state class "measurement".
Entity sensor(std::string device_class, std::string unit = {});
Entity binary_sensor(std::string device_class = {});
Entity switch_entity(std::string device_class = {});
Entity light(std::initializer_list<std::string_view> features = {});
Entity number(double min, double max, double step = 1);
Entity select(std::vector<std::string> options);
Entity button(std::string device_class = {});
Entity event(std::vector<std::string> event_types, std::string device_class = {});
Entity cover(std::string device_class, std::initializer_list<std::string_view> features);

// A device with what it holds.
class Model {
 public:
  // A device with several entities, added by with().
  explicit Model(std::string name);
  // A device that is one entity: its documents are flat.
  Model(const Entity& entity);                 // NOLINT: bridge.add("x", sensor(…)) is meant
  Model(wire::DeviceDescription description);  // NOLINT: for authors who have one already

  Model& made_by(std::string manufacturer, std::string model = {});
  Model& version(std::string software, std::string hardware = {});
  Model& serial(std::string serial);
  Model& area(std::string area);         // suggested, by name
  Model& via(std::string device_id);     // reached through that device
  Model& link_to(std::string http_url);  // where people configure it
  // `key` names the entity in the device's documents: [a-z0-9_]{1,64}; throws std::invalid_argument
  // otherwise, when it is there already, or on a device that is one entity.
  Model& with(std::string key, const Entity& entity);

  [[nodiscard]] const wire::DeviceDescription& description() const { return description_; }

 private:
  wire::DeviceDescription description_;
};

Model device(std::string name);

}  // namespace gable::bridge
