#include "answers.hpp"

namespace gable::bench {

namespace {

constexpr std::string_view kTime = "2026-11-22T00:41:07.120Z";

std::string text(std::string_view quoted) { return '"' + std::string(quoted) + '"'; }

}  // namespace

std::vector<std::string> Answers::topics() const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < options_.pairs; ++i) {
    out.push_back(plane_.motion(i));
    if (options_.same) out.push_back(plane_.lamp(i));
  }
  for (std::size_t i = 0; i < options_.meters; ++i) out.push_back(plane_.meter(i));
  return out;
}

void Answers::on_message(std::string_view topic, std::string_view payload, const Publish& publish) {
  const bool motion = topic.find("motion_") != std::string_view::npos;
  const bool on = Plane::says_on(payload);
  if (motion) publish(plane_.lamp_command(Plane::number_of(topic)), plane_.command_payload(on), false);
  if (!options_.same) return;
  const std::string number = digits(Plane::number_of(topic));
  if (motion) return same_for_motion(number, on, publish);
  if (topic.find("meter_") != std::string_view::npos) return same_for_meter(number, payload, publish);
  document("light/lamp_" + number,
           std::string(on ? R"("on","brightness":180)" : R"("off")") +
               R"(,"color_mode":"color_temp","color_temp_kelvin":2703)",
           "automation.rule_" + number, publish);
}

void Answers::document(std::string_view entity, std::string_view state, std::string_view by,
                       const Publish& publish) {
  std::string out = R"({"state":)";
  out += state;
  out += R"(,"_since":)" + text(kTime) + R"(,"_at":)" + text(kTime) + R"(,"_by":)" + text(by) +
         R"(,"_seq":)" + std::to_string(++seq_) + "}";
  publish(options_.base + "/gable/state/" + std::string(entity), out, true);
}

void Answers::same_for_motion(const std::string& number, bool on, const Publish& publish) {
  const std::string device = "device:mqtt/zigbee2mqtt_motion_" + number;
  document("binary_sensor/motion_" + number + "_occupancy", on ? R"("on")" : R"("off")", device, publish);
  document(
      "automation/rule_" + number,
      R"("on","last_triggered":"2026-11-22T00:41:07.120000+00:00","mode":"single","current":0,"id":"rule_)" +
          number + R"(")",
      device, publish);
}

// The battery does not change.
void Answers::same_for_meter(const std::string& number, std::string_view payload, const Publish& publish) {
  for (const std::string_view key : {"temperature", "humidity", "pressure"}) {
    const auto at = payload.find(key);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = payload.substr(at + key.size() + 2);
    document("sensor/meter_" + number + "_" + std::string(key), rest.substr(0, rest.find_first_of(",}")),
             "device:mqtt/zigbee2mqtt_meter_" + number, publish);
  }
}

}  // namespace gable::bench
