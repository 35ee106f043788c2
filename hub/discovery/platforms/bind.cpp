// The table of platforms, and the door to them.

#include <algorithm>
#include <array>

#include "discovery/fields.hpp"
#include "discovery/platforms/platforms.hpp"
#include "wire/domains.hpp"

namespace gable::discovery {

namespace {

namespace p = platforms;

struct Platform {
  std::string_view name;
  p::Maker make = nullptr;
};

// Sorted by name.
constexpr std::array<Platform, 33> kPlatforms{{
    {"alarm_control_panel", p::make_alarm_control_panel},
    {"binary_sensor", p::make_binary_sensor},
    {"button", p::make_button},
    {"camera", p::make_camera},
    {"climate", p::make_climate},
    {"cover", p::make_cover},
    {"date", p::make_date},
    {"datetime", p::make_datetime},
    {"device_automation", p::make_device_automation},
    {"device_tracker", p::make_device_tracker},
    {"event", p::make_event},
    {"fan", p::make_fan},
    {"humidifier", p::make_humidifier},
    {"image", p::make_image},
    {"infrared", p::make_infrared},
    {"lawn_mower", p::make_lawn_mower},
    {"light", p::make_light},
    {"lock", p::make_lock},
    {"notify", p::make_notify},
    {"number", p::make_number},
    {"remote", p::make_remote},
    {"scene", p::make_scene},
    {"select", p::make_select},
    {"sensor", p::make_sensor},
    {"siren", p::make_siren},
    {"switch", p::make_switch},
    {"tag", p::make_tag},
    {"text", p::make_text},
    {"time", p::make_time},
    {"update", p::make_update},
    {"vacuum", p::make_vacuum},
    {"valve", p::make_valve},
    {"water_heater", p::make_water_heater},
}};

static_assert(std::ranges::is_sorted(kPlatforms, {}, &Platform::name));

wire::Error unknown_platform(std::string_view name) {
  std::vector<std::string_view> known;
  known.reserve(kPlatforms.size());
  for (const Platform& platform : kPlatforms) known.push_back(platform.name);
  return {wire::ErrorCode::unsupported,
          "no platform of MQTT discovery is called " + clipped(std::string(name), 64) +
              wire::did_you_mean(name, known),
          "platform"};
}

constexpr std::size_t kMaxText = 256, kMaxItems = 1'000;

std::string left_out(std::string_view what) {
  return std::string(what) + ": at most 1000, of at most 256 bytes each; the others are left out";
}

// What a description cannot hold (wire/description.hpp) would not be read again after a restart.
void fit(std::vector<std::string>& texts, std::string_view what, Binding& binding) {
  const std::size_t before = texts.size();
  std::erase_if(texts, [](const std::string& text) { return text.size() > kMaxText; });
  if (texts.size() > kMaxItems) texts.resize(kMaxItems);
  if (texts.size() < before) binding.faults.push_back(left_out(what));
}

void fit(Binding& binding) {
  wire::EntityDescription& description = binding.description.own();
  fit(description.options, "options", binding);
  fit(description.event_types, "event_types", binding);
  for (auto& [name, value] : description.capabilities) {
    wire::List* list = value.as_list();
    if (list == nullptr || list->size() <= kMaxItems) continue;
    list->resize(kMaxItems);
    binding.faults.push_back(left_out(name));
  }
}

}  // namespace

wire::Result<std::unique_ptr<Binding>> bind(const Component& component, Templates& templates) {
  const auto* const found = std::ranges::lower_bound(kPlatforms, component.platform, {}, &Platform::name);
  if (found == kPlatforms.end() || found->name != component.platform)
    return unknown_platform(component.platform);
  p::Refusal refusal;
  std::unique_ptr<Binding> binding = found->make(component, templates, refusal);
  if (refusal) return *refusal;
  fit(*binding);
  return binding;
}

}  // namespace gable::discovery
