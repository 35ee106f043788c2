#pragma once
// One maker for each platform of Home Assistant's MQTT discovery; bind() in bind.cpp picks by name. A class
// of a binding is local to its file, has `void read(Fields&)`, and its maker is
//   std::unique_ptr<Binding> make_switch(const Component& component, Templates& templates, Refusal& refusal)
//   {
//     return made<SwitchBinding>(component, templates, refusal);
//   }

#include <memory>
#include <optional>
#include <utility>

#include "discovery/binding.hpp"
#include "discovery/fields.hpp"

namespace gable::discovery::platforms {

// Why the whole announcement is refused; nothing: it is not.
using Refusal = std::optional<wire::Error>;
using Maker = std::unique_ptr<Binding> (*)(const Component& component, Templates& templates,
                                           Refusal& refusal);

// A binding that has read its component. `read` calls read_common() itself, with the name of the domain.
template <class Made>
std::unique_ptr<Binding> made(const Component& component, Templates& templates, Refusal& refusal) {
  auto binding = std::make_unique<Made>();
  Fields fields(component, templates, *binding);
  binding->read(fields);
  refusal = fields.error();
  return binding;
}

std::unique_ptr<Binding> make_alarm_control_panel(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_binary_sensor(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_button(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_camera(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_climate(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_cover(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_date(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_datetime(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_device_automation(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_device_tracker(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_event(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_fan(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_humidifier(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_image(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_infrared(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_lawn_mower(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_light(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_lock(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_notify(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_number(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_remote(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_scene(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_select(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_sensor(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_siren(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_switch(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_tag(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_text(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_time(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_update(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_vacuum(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_valve(const Component&, Templates&, Refusal&);
std::unique_ptr<Binding> make_water_heater(const Component&, Templates&, Refusal&);

}  // namespace gable::discovery::platforms
