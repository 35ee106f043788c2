// Sensors that measure: the air of their room, or the weather outside. A value shows when it has moved
// enough.

#include <algorithm>
#include <array>
#include <cmath>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

struct Measure {
  std::string_view name;  // in the description, and the entity's key
  std::string_view label;
  std::string_view device_class, unit;
  double step, part;  // smallest change that shows: absolute, and as part of the value
  int digits;
  double low, high;  // what the sensor can show
};

constexpr std::array kMeasures{
    Measure{"temperature", "Temperature", "temperature", "°C", 0.1, 0, 1, -40, 80},
    Measure{"humidity", "Humidity", "humidity", "%", 1, 0, 0, 0, 100},
    Measure{"illuminance", "Illuminance", "illuminance", "lx", 2, 0.1, 0, 0, 200'000},
    Measure{"carbon_dioxide", "Carbon dioxide", "carbon_dioxide", "ppm", 20, 0, 0, 0, 10'000},
    Measure{"pressure", "Pressure", "atmospheric_pressure", "hPa", 0.5, 0, 1, 800, 1200},
    Measure{"wind_speed", "Wind", "wind_speed", "km/h", 2, 0, 0, 0, 300},
    Measure{"rain", "Rain", "precipitation_intensity", "mm/h", 0.2, 0, 1, 0, 300},
};

// Behind the window of a room, of the light outside.
constexpr double kWindowShare = 0.02;

double measure(std::string_view name, const Room& room, Turn& turn) {
  const Weather& weather = turn.weather;
  const bool outside = room.spec.outside;
  if (name == "temperature") return room.temperature;
  if (name == "humidity") return room.humidity;
  if (name == "carbon_dioxide") return room.carbon_dioxide;
  if (name == "pressure") return weather.pressure(turn.now);
  if (name == "wind_speed") return outside ? weather.wind(turn.now) : 0.0;
  if (name == "rain") return outside ? weather.rain(turn.now) : 0.0;
  const double daylight = weather.illuminance(turn.now);
  return outside ? daylight : daylight * kWindowShare + room.lamps;
}

class Sensor final : public SimDevice {
 public:
  Sensor(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    every_ = span_of(this->spec().options.number("every", 60));
    const auto names = this->spec().options.list("measures");
    for (const Measure& measure : kMeasures) {
      if (std::find(names.begin(), names.end(), measure.name) == names.end()) continue;
      Channel channel{&measure, Display(measure.step, measure.digits), kNever};
      channel.display.relative(measure.part);
      channels_.push_back(channel);
    }
  }

  [[nodiscard]] std::vector<EntitySpec> entities() const override;
  [[nodiscard]] Fields state(std::string_view entity) const override;
  [[nodiscard]] Moment due() const override { return next_; }
  void start(Turn& turn) override {
    read(turn);
    // Sensors of a house do not all speak in the same second.
    next_ = turn.now + random().between(std::chrono::seconds(1), every_);
  }
  void advance(Turn& turn) override {
    read(turn);
    next_ = turn.now + every_;
  }
  bool set_sensor(std::string_view entity, const Value& value, Span hold, Turn& turn) override;

 private:
  struct Channel {
    const Measure* measure;
    Display display;
    Moment held_until;  // kNever: not held
  };
  void read(Turn& turn);
  [[nodiscard]] std::string key_of(const Channel& channel) const {
    return channels_.size() == 1 ? std::string() : std::string(channel.measure->name);
  }

  Span every_{};
  std::vector<Channel> channels_;
  Moment next_ = kNever;
};

std::vector<EntitySpec> Sensor::entities() const {
  std::vector<EntitySpec> out;
  for (const Channel& channel : channels_) {
    const Measure& measure = *channel.measure;
    const std::string key = key_of(channel);
    EntitySpec entity = keyed(key, "sensor", key.empty() ? std::string() : std::string(measure.label),
                              std::string(measure.device_class));
    entity.unit = measure.unit;
    entity.state_class = "measurement";
    out.push_back(entity);
  }
  return out;
}

Fields Sensor::state(std::string_view entity) const {
  for (const Channel& channel : channels_) {
    if (key_of(channel) == entity) return {{"state", channel.display.value()}};
  }
  return {};
}

void Sensor::read(Turn& turn) {
  const Room* here = room(turn);
  if (here == nullptr) return;
  for (Channel& channel : channels_) {
    if (channel.held_until != kNever && turn.now < channel.held_until) continue;
    channel.held_until = kNever;
    channel.display.show(measure(channel.measure->name, *here, turn));
  }
}

bool Sensor::set_sensor(std::string_view entity, const Value& value, Span hold, Turn& turn) {
  const double number = Fields{{"state", value}}.number("state", std::nan(""));
  for (Channel& channel : channels_) {
    const Measure& measure = *channel.measure;
    const bool meant = entity == measure.name || key_of(channel) == entity;
    if (!meant || !(number >= measure.low && number <= measure.high)) continue;
    channel.display = Display(measure.step, measure.digits);
    channel.display.relative(measure.part);
    channel.display.show(number);
    channel.held_until = turn.now + hold;
    return true;
  }
  return false;
}

}  // namespace

std::unique_ptr<SimDevice> make_sensor(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Sensor>(std::move(spec), seed);
}

}  // namespace gable::virtual_house
