// Areas, floors, labels, devices and places, against a faked house. Expected answers are those of Home
// Assistant's documentation and of its own tests of templates.
#include "fake_house.hpp"
#include "surroundings.hpp"

namespace gable::rules::jinja {
namespace {

class HouseRegistry : public testing::Test {
 protected:
  HouseRegistry() {
    house_.add(FloorEntry{"ground", "Ground floor", 0});
    house_.add(FloorEntry{"first", "First floor", 1});
    house_.add(AreaEntry{"kitchen", "Kitchen", "ground"});
    house_.add(AreaEntry{"living_room", "Living Room", "ground"});
    house_.add(AreaEntry{"attic", "Attic", {}});
    house_.add(LabelEntry{"night", "At night", "Off when we sleep"});
    house_.add(LabelEntry{"spare", "Spare", {}});
    add_device("d1", "Hue lamp", "Lamp", "kitchen");
    add_device("d2", "Meter", {}, {});
    house_.add("light.lamp", "on");
    house_.add("sensor.lamp_power", "5");
    house_.add("sensor.meter", "7", R"({"friendly_name": "The meter"})");
    house_.add("switch.loose", "off");
    house_.add_entry("light.lamp", entry("d1", {}, {}, "Lamp", "zigbee2mqtt"));
    house_.add_entry("sensor.lamp_power", entry("d1", "living_room", {}, "Lamp Power", "zigbee2mqtt"));
    house_.add_entry("sensor.meter", entry("d2", {}, "Main meter", "Energy", "mqtt"));
    house_.label("light.lamp", "night");
    house_.label("d2", "night");
    house_.label("attic", "night");
    house_.label("attic", "spare");
  }

  void add_device(std::string_view id, std::string_view name, std::string_view by_user,
                  std::string_view area) {
    DeviceEntry device;
    device.id = id;
    device.name = name;
    device.name_by_user = by_user;
    device.manufacturer = "Signify";
    device.area_id = area;
    device.more = &more_;
    house_.add(device);
  }

  static EntityEntry entry(std::string_view device, std::string_view area, std::string_view name,
                           std::string_view original, std::string_view platform) {
    EntityEntry made;
    made.device_id = device;
    made.area_id = area;
    made.name = name;
    made.original_name = original;
    made.platform = platform;
    made.config_entry_id = "entry-1";
    made.hidden = platform == "mqtt";
    return made;
  }

  void expect(std::initializer_list<Answer> answers) { expect_answers(house_, reference_clock(), answers); }

  FakeHouse house_;
  wire::Object more_ = *wire::parse_object(R"({"serial_number": "A7", "identifiers": [["mqtt", "x"]]})");
};

TEST_F(HouseRegistry, Areas) {
  expect({
      {"{{ areas() }}", "['kitchen', 'living_room', 'attic']"},
      {"{{ area_id('Kitchen') }}", "kitchen"},
      {"{{ area_id('living  room') }}", "living_room"},
      {"{{ area_id('LIVINGROOM') }}", "living_room"},
      {"{{ area_id('light.lamp') }}", "kitchen"},
      {"{{ area_id('sensor.lamp_power') }}", "living_room"},
      {"{{ area_id('d1') }}", "kitchen"},
      {"{{ area_id('d2') }}", "None"},
      {"{{ area_id('sensor.meter') }}", "None"},
      {"{{ area_id('light.missing') }}", "None"},
      {"{{ area_id(none) }}", "None"},
      {"{{ area_id(5) }}", "None"},
      {"{{ area_id(nothing) }}", "None"},
      {"{{ 'Kitchen' | area_id }}", "kitchen"},
      {"{{ area_name('kitchen') }}", "Kitchen"},
      {"{{ area_name('light.lamp') }}", "Kitchen"},
      {"{{ area_name('d1') }}", "Kitchen"},
      {"{{ area_name('Kitchen') }}", "None"},
      {"{{ area_name('d2') }}", "None"},
      {"{{ 'sensor.lamp_power' | area_name }}", "Living Room"},
      {"{{ area_entities('kitchen') }}", "['light.lamp']"},
      {"{{ area_entities('Kitchen') }}", "['light.lamp']"},
      {"{{ area_entities('living_room') }}", "['sensor.lamp_power']"},
      {"{{ area_entities('attic') }}", "[]"},
      {"{{ area_entities('nowhere') }}", "[]"},
      {"{{ 'Living Room' | area_entities }}", "['sensor.lamp_power']"},
      {"{{ area_devices('kitchen') }}", "['d1']"},
      {"{{ area_devices('Kitchen') }}", "['d1']"},
      {"{{ area_devices('attic') }}", "[]"},
      {"{{ areas() | map('area_name') | list }}", "['Kitchen', 'Living Room', 'Attic']"},
  });
}

TEST_F(HouseRegistry, Floors) {
  expect({
      {"{{ floors() }}", "['ground', 'first']"},
      {"{{ floor_id('Ground floor') }}", "ground"},
      {"{{ floor_id('kitchen') }}", "ground"},
      {"{{ floor_id('Kitchen') }}", "ground"},
      {"{{ floor_id('light.lamp') }}", "ground"},
      {"{{ floor_id('attic') }}", "None"},
      {"{{ floor_id('x') }}", "None"},
      {"{{ 'First floor' | floor_id }}", "first"},
      {"{{ floor_name('ground') }}", "Ground floor"},
      {"{{ floor_name('Kitchen') }}", "Ground floor"},
      {"{{ floor_name('d1') }}", "Ground floor"},
      {"{{ floor_name('x') }}", "None"},
      {"{{ floor_areas('ground') }}", "['kitchen', 'living_room']"},
      {"{{ floor_areas('Ground floor') }}", "['kitchen', 'living_room']"},
      {"{{ floor_areas('x') }}", "[]"},
      {"{{ floor_entities('ground') }}", "['light.lamp', 'sensor.lamp_power']"},
      {"{{ 'first' | floor_entities }}", "[]"},
  });
}

TEST_F(HouseRegistry, Labels) {
  expect({
      {"{{ labels() }}", "['night', 'spare']"},
      {"{{ labels('light.lamp') }}", "['night']"},
      {"{{ labels('d2') }}", "['night']"},
      {"{{ labels('attic') }}", "['night', 'spare']"},
      {"{{ labels('x') }}", "[]"},
      {"{{ labels(none) }}", "['night', 'spare']"},
      {"{{ 'light.lamp' | labels }}", "['night']"},
      {"{{ label_id('At night') }}", "night"},
      {"{{ label_id('x') }}", "None"},
      {"{{ label_name('night') }}", "At night"},
      {"{{ label_name('x') }}", "None"},
      {"{{ label_description('night') }}", "Off when we sleep"},
      {"{{ label_description('spare') }}", "None"},
      {"{{ label_entities('night') }}", "['light.lamp']"},
      {"{{ label_entities('At Night') }}", "['light.lamp']"},
      {"{{ label_entities('x') }}", "[]"},
      {"{{ label_devices('night') }}", "['d2']"},
      {"{{ label_areas('spare') }}", "['attic']"},
      {"{{ 'night' | label_entities | map('states') | list }}", "['on']"},
  });
}

TEST_F(HouseRegistry, Devices) {
  expect({
      {"{{ device_id('light.lamp') }}", "d1"},
      {"{{ device_id('Lamp') }}", "d1"},
      {"{{ device_id('Hue lamp') }}", "None"},
      {"{{ device_id('Meter') }}", "d2"},
      {"{{ device_id('switch.loose') }}", "None"},
      {"{{ device_name('d1') }}", "Lamp"},
      {"{{ device_name('light.lamp') }}", "Lamp"},
      {"{{ device_name('x') }}", "None"},
      {"{{ 'd2' | device_name }}", "Meter"},
      {"{{ device_entities('d1') }}", "['light.lamp', 'sensor.lamp_power']"},
      {"{{ device_entities('x') }}", "[]"},
      {"{{ device_entities(device_id('light.lamp')) | count }}", "2"},
      {"{{ device_attr('d1', 'manufacturer') }}", "Signify"},
      {"{{ device_attr('light.lamp', 'name') }}", "Hue lamp"},
      {"{{ device_attr('d1', 'name_by_user') }}", "Lamp"},
      {"{{ device_attr('d2', 'name_by_user') }}", "None"},
      {"{{ device_attr('d1', 'serial_number') }}", "A7"},
      {"{{ device_attr('d1', 'identifiers') }}", "[['mqtt', 'x']]"},
      {"{{ device_attr('d1', 'nonsense') }}", "None"},
      {"{{ device_attr('x', 'name') }}", "None"},
      {"{{ device_attr(5, 'name') }}", "passthrough TemplateRuntimeError"},
      {"{{ 'd1' | device_attr('model') }}", "None"},
      {"{{ is_device_attr('d1', 'manufacturer', 'Signify') }}", "True"},
      {"{{ is_device_attr('x', 'manufacturer', none) }}", "True"},
      {"{{ 'd1' is is_device_attr('manufacturer', 'Signify') }}", "True"},
  });
}

TEST_F(HouseRegistry, EntitiesAndIntegrations) {
  expect({
      {"{{ entity_name('sensor.meter') }}", "Main meter"},
      {"{{ entity_name('sensor.lamp_power') }}", "Power"},
      {"{{ entity_name('light.lamp') }}", "Lamp"},
      {"{{ entity_name('switch.loose') }}", "loose"},
      {"{{ entity_name('light.missing') }}", "None"},
      {"{{ is_hidden_entity('sensor.meter') }}", "True"},
      {"{{ is_hidden_entity('light.lamp') }}", "False"},
      {"{{ 'light.missing' is is_hidden_entity }}", "False"},
      {"{{ integration_entities('zigbee2mqtt') }}", "['light.lamp', 'sensor.lamp_power']"},
      {"{{ integration_entities('x') }}", "[]"},
      {"{{ integration_entities('') }}", "[]"},
      {"{{ 'mqtt' | integration_entities }}", "['sensor.meter']"},
      {"{{ config_entry_id('light.lamp') }}", "entry-1"},
      {"{{ config_entry_id('switch.loose') }}", "None"},
      {"{{ config_entry_attr('entry-1', 'title') }}", "None"},
      {"{{ config_entry_attr('entry-1', 'nonsense') }}", "passthrough TemplateRuntimeError"},
      {"{{ config_entry_attr(5, 'title') }}", "passthrough TemplateRuntimeError"},
      {"{{ issues() }}", "{}"},
      {"{{ issue('a', 'b') }}", "None"},
  });
}

TEST_F(HouseRegistry, EveryLookIsRecorded) {
  for (const auto* text :
       {"{{ areas() }}", "{{ area_id('x') }}", "{{ area_name('x') }}", "{{ area_entities('x') }}",
        "{{ floors() }}", "{{ floor_id('x') }}", "{{ floor_areas('x') }}", "{{ labels() }}",
        "{{ labels('x') }}", "{{ label_entities('x') }}", "{{ device_id('x') }}",
        "{{ device_attr('x', 'y') }}", "{{ device_entities('x') }}", "{{ integration_entities('x') }}",
        "{{ is_hidden_entity('x.y') }}", "{{ config_entry_id('x.y') }}", "{{ entity_name('x.y') }}",
        "{{ 'x' | area_name }}"}) {
    EXPECT_TRUE(render_all(text, {}, house_).reads.reads_registry()) << text;
  }
}

TEST_F(HouseRegistry, WithoutAnything) {
  expect_answers(reference_clock(), {
                                        {"{{ areas() }}{{ floors() }}{{ labels() }}", "[][][]"},
                                        {"{{ area_id('x') }}", "None"},
                                        {"{{ device_id('x') }}", "None"},
                                        {"{{ states | list }}", "[]"},
                                        {"{{ distance('x.y') }}", "None"},
                                        {"{{ closest(states) }}", "None"},
                                    });
}

class HousePlaces : public testing::Test {
 protected:
  HousePlaces() {
    house_.stands_at({52.52, 13.405});
    house_.add("device_tracker.near", "not_home", R"({"latitude": 52.5, "longitude": 13.4})");
    house_.add("device_tracker.far", "not_home", R"({"latitude": 48.137, "longitude": 11.575})");
    house_.add("device_tracker.lost", "unknown", R"({"latitude": 48, "longitude": 11})");
    house_.add("zone.munich", "0", R"({"latitude": 48.1, "longitude": 11.5})");
    house_.add("group.phones", "on", R"({"entity_id": ["device_tracker.near", "device_tracker.far"]})");
  }

  void expect(std::initializer_list<Answer> answers) { expect_answers(house_, reference_clock(), answers); }

  FakeHouse house_;
};

TEST_F(HousePlaces, Distance) {
  expect({
      {"{{ distance('device_tracker.near') | round(3) }}", "2.251"},
      {"{{ distance(states.device_tracker.near) | round(3) }}", "2.251"},
      {"{{ distance(52.5, 13.4) | round(3) }}", "2.251"},
      {"{{ distance('52.5', '13.4') | round(3) }}", "2.251"},
      {"{{ distance(0.0, 0.0, 0.0, 1.0) | round(6) }}", "111.319491"},
      {"{{ distance(90.0, 0.0, -90.0, 0.0) | round(2) }}", "20003.93"},
      {"{{ distance(52.5, 13.4, 52.5, 13.4) }}", "0.0"},
      {"{{ distance('device_tracker.near', 'device_tracker.far') | round(2) }}", "502.38"},
      {"{{ distance('device_tracker.near', 48.137, 11.575) | round(2) }}", "502.38"},
      {"{{ distance('device_tracker.lost') }}", "None"},
      {"{{ distance('device_tracker.missing') }}", "None"},
      {"{{ distance('x') }}", "None"},
      {"{{ distance(none) }}", "None"},
      {"{{ distance('a', 'b') }}", "None"},
      {"{{ distance() }}", "None"},
  });
  house_.use_miles();
  expect({{"{{ distance(0.0, 0.0, 0.0, 1.0) | round(3) }}", "69.171"}});
}

TEST_F(HousePlaces, Closest) {
  expect({
      {"{{ closest(states).entity_id }}", "device_tracker.near"},
      {"{{ closest(states.device_tracker).entity_id }}", "device_tracker.near"},
      {"{{ closest('group.phones').entity_id }}", "device_tracker.near"},
      {"{{ closest(48.0, 11.0, 'group.phones').entity_id }}", "device_tracker.far"},
      {"{{ closest('zone.munich', states.device_tracker).entity_id }}", "device_tracker.far"},
      {"{{ closest(states.zone.munich, 'group.phones').entity_id }}", "device_tracker.far"},
      {"{{ closest('zone.missing', states) }}", "None"},
      {"{{ closest('device_tracker.lost') }}", "None"},
      {"{{ closest('x', 'y', states) }}", "None"},
      {"{{ (states.device_tracker | closest).entity_id }}", "device_tracker.near"},
      {"{{ (states.device_tracker | closest('zone.munich')).entity_id }}", "device_tracker.far"},
      {"{{ ('group.phones' | closest(48.0, 11.0)).entity_id }}", "device_tracker.far"},
      {"{{ closest() }}", "drop TypeError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
