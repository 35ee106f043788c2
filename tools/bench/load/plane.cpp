#include "plane.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace gable::bench {

namespace {

constexpr std::string_view kSet = "/set";

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

// The parts that every announcement of a zigbee2mqtt device has.
std::string zigbee_common(const std::string& device, const std::string& object, const std::string& topic) {
  return R"("availability":[{"topic":"zigbee2mqtt/bridge/state","value_template":"{{ value_json.state }}"}],)"
         R"("device":{"hw_version":1,"identifiers":["zigbee2mqtt_)" +
         device + R"("],"manufacturer":"Gable","model":"Measured","model_id":"M1","name":)" + quoted(device) +
         R"(,"sw_version":"1.0.3","via_device":"zigbee2mqtt_bridge_0x00124b0011223344"},"object_id":)" +
         quoted(object) +
         R"(,"origin":{"name":"Zigbee2MQTT","sw":"2.14.1","url":"https://www.zigbee2mqtt.io"},"state_topic":)" +
         quoted(topic) + R"(,"unique_id":")" + object + R"(_zigbee2mqtt")";
}

Retained zigbee_sensor(const std::string& device, std::string_view key, const std::string& topic,
                       std::string_view more) {
  const std::string object = device + "_" + std::string(key);
  return {"homeassistant/sensor/" + device + "/" + std::string(key) + "/config",
          "{" + zigbee_common(device, object, topic) +
              R"(,"state_class":"measurement","value_template":"{{ value_json[\")" + std::string(key) +
              R"(\"] }}",)" + std::string(more) + "}"};
}

Retained zigbee_motion(const std::string& device, const std::string& topic) {
  const std::string object = device + "_occupancy";
  return {"homeassistant/binary_sensor/" + device + "/occupancy/config",
          "{" + zigbee_common(device, object, topic) +
              R"(,"device_class":"occupancy","payload_off":false,"payload_on":true,)"
              R"("value_template":"{{ value_json[\"occupancy\"] }}"})"};
}

Retained zigbee_lamp(const std::string& device, const std::string& topic) {
  return {
      "homeassistant/light/" + device + "/light/config",
      "{" + zigbee_common(device, device, topic) +
          R"(,"brightness":true,"brightness_scale":254,"command_topic":")" + topic +
          R"(/set","effect":true,"effect_list":["blink","breathe","okay","channel_change","finish_effect","stop_effect"],)"
          R"("max_mireds":370,"min_mireds":200,"name":null,"schema":"json","supported_color_modes":["color_temp"]})"};
}

constexpr std::string_view kLinkquality =
    R"("enabled_by_default":false,"entity_category":"diagnostic","unit_of_measurement":"lqi")";
constexpr std::string_view kBattery =
    R"("device_class":"battery","enabled_by_default":true,"entity_category":"diagnostic","unit_of_measurement":"%")";

}  // namespace

std::string digits(std::size_t number) {
  std::string text = std::to_string(number);
  return text.insert(0, text.size() < 5 ? 5 - text.size() : 0, '0');
}

std::string Plane::state(std::string_view device, std::size_t number) const {
  const std::string name = std::string(device) + "_" + digits(number);
  return kind_ == Kind::zigbee2mqtt ? base_ + "/" + name : base_ + "/bridge/bench/state/" + name;
}

std::string Plane::lamp_command(std::size_t number) const {
  if (kind_ == Kind::zigbee2mqtt) return lamp(number).append(kSet);
  return base_ + "/bridge/bench/set/lamp_" + digits(number);
}

std::string Plane::lamp_result(std::size_t number) const {
  return base_ + "/bridge/bench/result/lamp_" + digits(number);
}

std::string Plane::motion_payload(bool on) const {
  if (kind_ == Kind::bridge)
    return on ? R"({"motion":"on","battery":97})" : R"({"motion":"off","battery":97})";
  return std::string(R"({"battery":97,"linkquality":120,"occupancy":)") + (on ? "true" : "false") +
         R"(,"voltage":3000})";
}

std::string Plane::lamp_payload(bool on) const {
  if (kind_ == Kind::bridge)
    return on ? R"({"state":"on","brightness":180,"color_mode":"color_temp","color_temp_kelvin":2700})"
              : R"({"state":"off"})";
  return std::string(
             R"({"brightness":180,"color_mode":"color_temp","color_temp":370,"linkquality":120,"state":")") +
         (on ? "ON" : "OFF") + "\"}";
}

std::string Plane::meter_payload(std::size_t step) const {
  const std::string tenth = std::to_string(step % 10);
  return R"({"battery":97,"humidity":40.)" + tenth + R"(,"pressure":101)" + tenth + R"(,"temperature":21.)" +
         tenth + "}";
}

std::string Plane::command_payload(bool on) const {
  if (kind_ == Kind::zigbee2mqtt) return on ? R"({"state":"ON"})" : R"({"state":"OFF"})";
  return std::string(R"({"service":"turn_)") + (on ? "on" : "off") + R"(","_id":"c-c05837f563b68875-4182"})";
}

std::string Plane::result_payload(const std::string& id) const {
  return R"({"id":)" + quoted(id) + R"(,"status":"done","took_ms":1,"_at":"2026-11-22T00:41:07.120Z"})";
}

std::vector<Retained> Plane::house(std::size_t pairs, std::size_t meters) const {
  std::vector<Retained> out;
  if (kind_ == Kind::zigbee2mqtt)
    announce_zigbee(out, pairs, meters);
  else
    announce_bridge(out, pairs, meters);
  return out;
}

void Plane::announce_zigbee(std::vector<Retained>& out, std::size_t pairs, std::size_t meters) const {
  for (std::size_t i = 0; i < pairs; ++i) {
    const std::string sensor = "motion_" + digits(i);
    out.push_back(zigbee_motion(sensor, motion(i)));
    out.push_back(zigbee_sensor(sensor, "battery", motion(i), kBattery));
    out.push_back(zigbee_sensor(sensor, "linkquality", motion(i), kLinkquality));
    out.push_back(zigbee_lamp("lamp_" + digits(i), lamp(i)));
    out.push_back(zigbee_sensor("lamp_" + digits(i), "linkquality", lamp(i), kLinkquality));
  }
  for (std::size_t i = 0; i < meters; ++i) {
    const std::string device = "meter_" + digits(i);
    out.push_back(zigbee_sensor(device, "temperature", meter(i),
                                R"("device_class":"temperature","unit_of_measurement":"°C")"));
    out.push_back(zigbee_sensor(device, "humidity", meter(i),
                                R"("device_class":"humidity","unit_of_measurement":"%")"));
    out.push_back(zigbee_sensor(device, "pressure", meter(i),
                                R"("device_class":"atmospheric_pressure","unit_of_measurement":"hPa")"));
    out.push_back(zigbee_sensor(device, "battery", meter(i), kBattery));
  }
  out.push_back({"zigbee2mqtt/bridge/state", R"({"state":"online"})"});
}

void Plane::announce_bridge(std::vector<Retained>& out, std::size_t pairs, std::size_t meters) const {
  const std::string bridge = base_ + "/bridge/bench/";
  std::string devices;
  const auto describe = [&](const std::string& id, const std::string& entities) {
    out.push_back({bridge + "device/" + id, R"({"schema":"device/1","name":)" + quoted(id) +
                                                R"(,"manufacturer":"Gable","model":"Measured",)" + entities +
                                                "}"});
    devices += (devices.empty() ? "" : ",") + quoted(id);
  };
  for (std::size_t i = 0; i < pairs; ++i) {
    describe("motion_" + digits(i),
             R"("entities":{"motion":{"domain":"binary_sensor","device_class":"motion"},)"
             R"("battery":{"domain":"sensor","device_class":"battery","unit":"%"}})");
    describe("lamp_" + digits(i),
             R"("entity":{"domain":"light","features":["brightness","color_temp","transition"],)"
             R"("capabilities":{"min_color_temp_kelvin":2200,"max_color_temp_kelvin":6500}})");
    out.push_back({motion(i), motion_payload(false)});
    out.push_back({lamp(i), lamp_payload(false)});
  }
  for (std::size_t i = 0; i < meters; ++i) {
    describe("meter_" + digits(i),
             R"("entities":{"temperature":{"domain":"sensor","device_class":"temperature","unit":"°C"},)"
             R"("humidity":{"domain":"sensor","device_class":"humidity","unit":"%"},)"
             R"("pressure":{"domain":"sensor","device_class":"atmospheric_pressure","unit":"hPa"},)"
             R"("battery":{"domain":"sensor","device_class":"battery","unit":"%"}})");
    out.push_back({meter(i), meter_payload(0)});
  }
  out.push_back({bridge + "info", R"({"schema":"bridge/1","program":"bench","version":"1.0.0"})"});
  out.push_back({bridge + "inventory", R"({"rev":1,"complete":true,"devices":[)" + devices + "]}"});
  out.push_back(
      {bridge + "status", R"({"status":"online","session":"bench","since":"2026-11-22T00:41:07.120Z"})"});
}

std::size_t Plane::number_of(std::string_view topic) {
  if (topic.ends_with(kSet)) topic.remove_suffix(kSet.size());
  const auto underscore = topic.rfind('_');
  std::size_t number = 0;
  const std::string_view tail = topic.substr(underscore + 1);
  std::from_chars(tail.data(), tail.data() + tail.size(), number);
  return number;
}

bool Plane::says_on(std::string_view payload) {
  constexpr std::string_view kWords[] = {R"("ON")", R"("on")", R"("turn_on")", "true"};
  return std::any_of(std::begin(kWords), std::end(kWords), [payload](std::string_view word) {
    return payload.find(word) != std::string_view::npos;
  });
}

}  // namespace gable::bench
