// `gable play` of a house: lines of date, time, area, sensor and value, as the CASAS project publishes them.
// It acts as a bridge: every sensor is a device, every line a report.

#include <array>
#include <map>

#include "gable/entity_text.hpp"
#include "gable/house_lines.hpp"
#include "gable/local_time.hpp"
#include "gable/playback.hpp"
#include "gable/recording.hpp"
#include "wire/documents.hpp"
#include "wire/domains.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"
#include "wire/version.hpp"

namespace gable::cli {

namespace {

using wire::TopicKind;

// "LivingRoom" → "Living Room"
std::string spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z' && !out.empty() && out.back() >= 'a' && out.back() <= 'z') out += ' ';
    out += c;
  }
  return out;
}

// One sensor of the recording, which is one device of the bridge.
struct Sensor {
  std::string area, name;
  bool door = false;
  wire::EntityId entity;
  std::string device, state_topic;
  std::int64_t seq = 0;
};

class HousePlay {
 public:
  explicit HousePlay(const Context& context, const PlayOptions& options)
      : options_(options), topics_(context.root), playback_(context, options) {
    status_.session = context.run_id;
  }

  int run(const Context& context);

 private:
  // By "area sensor" as the line has them.
  using Sensors = std::map<std::string, Sensor, std::less<>>;

  wire::Result<int> find_sensors();
  wire::Result<int> add(const HouseEvent& event);
  bool announce();
  bool say(TopicKind kind, const std::string& device, const wire::Object& document);
  bool say_status(wire::ParticipantStatus status, const std::string& reason);
  [[nodiscard]] node::Message status_message() const;
  [[nodiscard]] wire::Object description(const Sensor& sensor) const;
  bool report(const HouseEvent& event);
  wire::Result<int> play_lines();

  const PlayOptions& options_;
  wire::TopicTree topics_;
  Playback playback_;
  Sensors sensors_;
  std::uint64_t total_ = 0;
  wire::StatusDoc status_;
};

wire::Result<int> HousePlay::find_sensors() {
  auto reader = LineReader::open(options_.file);
  if (!reader) return reader.error();
  std::string line;
  while (reader->next(line)) {
    const auto event = parse_house_line(line);
    if (!event) continue;  // named when it is played
    ++total_;
    if (const auto found = sensors_.find(event->key()); found != sensors_.end()) {
      found->second.door = found->second.door || event->door;
    } else if (const auto added = add(*event); !added) {
      return added.error();
    }
  }
  return 0;
}

wire::Result<int> HousePlay::add(const HouseEvent& event) {
  const std::string name = event.name();
  auto entity = wire::EntityId::parse(options_.map.apply("binary_sensor." + name));
  if (!entity)
    return wire::Error{entity.error().code, "sensor " + event.key() + ": " + entity.error().message(), ""};
  static constexpr std::array<std::string_view, 3> kOnAndOff{"binary_sensor", "light", "switch"};
  if (std::find(kOnAndOff.begin(), kOnAndOff.end(), entity->domain()) == kOnAndOff.end()) {
    return wire::Error{
        wire::ErrorCode::unsupported,
        "the map makes " + entity->text() + " of a sensor; it can be a binary_sensor, light or switch", ""};
  }
  Sensor sensor{.area = std::string(event.area), .name = std::string(event.sensor), .door = event.door};
  sensor.entity = std::move(*entity);
  sensor.device = name;
  sensor.state_topic = topics_.bridge(TopicKind::bridge_state, options_.bridge, name);
  sensors_.emplace(event.key(), std::move(sensor));
  return 0;
}

wire::Object HousePlay::description(const Sensor& sensor) const {
  const bool light = is_light(sensor.name);
  wire::Object entity{{"domain", sensor.entity.domain()}, {"object_id", sensor.entity.object_id()}};
  if (sensor.entity.domain() == "binary_sensor")
    entity.append("device_class", device_class_of(sensor.name, sensor.door));
  std::string name = spaced(sensor.name);
  if (!sensor.name.starts_with(sensor.area)) name = spaced(sensor.area) + " " + name;
  if (!sensor.door && !light) name += " motion";
  return {{"schema", "device/1"},
          {"name", std::move(name)},
          {"area", spaced(sensor.area)},
          {"model", sensor.area + " " + sensor.name},
          {"entity", std::move(entity)}};
}

bool HousePlay::say(TopicKind kind, const std::string& device, const wire::Object& document) {
  node::Message message;
  message.topic = topics_.bridge(kind, options_.bridge, device);
  message.payload = wire::to_json(document);
  message.retain = true;
  return playback_.publish(message);
}

node::Message HousePlay::status_message() const {
  node::Message message;
  message.topic = topics_.bridge(TopicKind::bridge_status, options_.bridge);
  message.payload = wire::to_json(wire::encode(status_));
  message.retain = true;
  return message;
}

bool HousePlay::say_status(wire::ParticipantStatus status, const std::string& reason) {
  status_.status = status;
  status_.reason = reason;
  status_.since = wall_clock();
  if (!playback_.interrupted()) return playback_.publish(status_message());
  playback_.last_words(status_message());
  return false;
}

// In the order that a bridge has to keep: `online` means that what you see is current.
bool HousePlay::announce() {
  bool good = say(TopicKind::bridge_info, "",
                  {{"schema", wire::kBridgeSchema},
                   {"program", "gable play"},
                   {"version", wire::kVersion},
                   {"protocol", "recording"}});
  for (const auto& [key, sensor] : sensors_) {
    good = good && say(TopicKind::bridge_device, sensor.device, description(sensor));
    good = good && say(TopicKind::bridge_link, sensor.device, {{"status", "online"}});
  }
  wire::InventoryDoc inventory{.rev = 1, .complete = true, .devices = {}};
  for (const auto& [key, sensor] : sensors_) inventory.devices.push_back(sensor.device);
  good = good && say(TopicKind::bridge_inventory, "", wire::encode(inventory));
  return good && say_status(wire::ParticipantStatus::online, "");
}

bool HousePlay::report(const HouseEvent& event) {
  const auto found = sensors_.find(event.key());
  if (found == sensors_.end() || !playback_.wait_for(event.at)) return false;
  Sensor& sensor = found->second;
  node::Message message;
  message.topic = sensor.state_topic;
  message.payload = std::string(R"({"state":")") + (event.on ? "on" : "off") + R"(","_at":")" +
                    wire::format_time(wall_clock()) + R"(","_seq":)" + std::to_string(++sensor.seq) + "}";
  message.retain = true;
  return playback_.publish(message);
}

wire::Result<int> HousePlay::play_lines() {
  auto reader = LineReader::open(options_.file);
  if (!reader) return reader.error();
  std::string line;
  for (std::uint64_t number = 1; reader->next(line); ++number) {
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    const auto event = parse_house_line(line);
    if (!event) {
      playback_.bad_line(number, event.error().message());
      continue;
    }
    if (!report(*event)) return 0;
    playback_.count_line(total_);
  }
  if (!reader->error().empty())
    return wire::Error{wire::ErrorCode::malformed, options_.file + ": " + reader->error(), ""};
  return 0;
}

int HousePlay::run(const Context& context) {
  if (const auto found = find_sensors(); !found) return context.fail(found.error());
  node::ConnectOptions connect = context.connect;
  connect.client_id = "gable-bridge-" + options_.bridge;
  status_.reason = "connection lost";
  connect.will = status_message();
  if (const auto begun = playback_.begin(connect); !begun) return context.fail(begun.error());
  if (!announce()) return playback_.finish();
  const auto played = play_lines();
  if (playback_.interrupted() || options_.offline) {
    say_status(wire::ParticipantStatus::offline,
               playback_.interrupted() ? "ended by hand" : "the recording has ended");
  }
  const int status = playback_.finish();
  return played ? status : context.fail(played.error());
}

}  // namespace

int play_house(const Context& context, const PlayOptions& options) {
  return HousePlay(context, options).run(context);
}

}  // namespace gable::cli
