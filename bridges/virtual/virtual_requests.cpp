// The requests of the virtual bridge: bridge/<b>/request/fault, press, set_sensor, walk, speed and house.

#include "translation.hpp"
#include "virtual_bridge.hpp"

namespace gable::virtual_house {

namespace {

using bridge::Answer;
using wire::ErrorCode;
using wire::Object;

constexpr double kHoldSeconds = 600;
constexpr double kMaxSpeed = 10'000;

std::string text_of(const Object& arguments, std::string_view key) {
  const wire::Value* value = arguments.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

double number_of(const Object& arguments, std::string_view key, double fallback) {
  const wire::Value* value = arguments.find(key);
  return value == nullptr ? fallback : value->number_or(fallback);
}

// Ends a request: what it changed goes on the tree before the answer.
void answer(VirtualBridge& house, const Outcome& outcome, const Answer& answer) {
  house.flush();
  if (outcome.verdict == Verdict::done) {
    answer.ok();
  } else {
    answer.failed(outcome.reason, ErrorCode::out_of_range);
  }
}

// Durations of a request, in seconds. Negative, absurd and absent ones give nothing.
bool sound_seconds(double seconds) { return seconds >= 0 && seconds <= 1e7; }

void request_fault(VirtualBridge& house, const Object& arguments, const Answer& reply) {
  const auto kind = parse_fault_kind(text_of(arguments, "kind"));
  const double seconds = number_of(arguments, "seconds", 0);
  if (!kind || !sound_seconds(seconds)) {
    return reply.failed("expected {\"device\":…,\"kind\":\"drop|delay|refuse|offline|clear\",\"seconds\":…}",
                        ErrorCode::out_of_range);
  }
  // For a delay the seconds say how late commands act; any other fault lasts as long.
  FaultSpec fault;
  fault.kind = *kind;
  (*kind == FaultKind::delay ? fault.delay : fault.lasts) = house.in_house(seconds);
  answer(house, house.house().fault(text_of(arguments, "device"), fault, house.now()), reply);
}

void request_press(VirtualBridge& house, const Object& arguments, const Answer& reply) {
  const Outcome outcome = house.house().press(text_of(arguments, "device"), text_of(arguments, "button"),
                                              text_of(arguments, "kind"), house.now());
  answer(house, outcome, reply);
}

void request_set_sensor(VirtualBridge& house, const Object& arguments, const Answer& reply) {
  const wire::Value* state = arguments.find("state");
  const auto value = state == nullptr ? std::nullopt : from_wire(*state);
  const double seconds = number_of(arguments, "seconds", kHoldSeconds);
  if (!value || !sound_seconds(seconds)) {
    return reply.failed("expected {\"device\":…,\"state\":…,\"entity\":…,\"seconds\":…}",
                        ErrorCode::wrong_type);
  }
  const Outcome outcome = house.house().set_sensor(text_of(arguments, "device"), text_of(arguments, "entity"),
                                                   *value, house.in_house(seconds), house.now());
  answer(house, outcome, reply);
}

void request_speed(VirtualBridge& house, const Object& arguments, const Answer& reply) {
  const double speed = number_of(arguments, "speed", 0);
  if (!(speed >= 0.01 && speed <= kMaxSpeed)) {
    return reply.failed("expected {\"speed\":…} from 0.01 to 10000", ErrorCode::out_of_range);
  }
  house.set_speed(speed);
  reply.ok();
}

}  // namespace

void add_requests(bridge::Bridge& bridge, VirtualBridge& house) {
  bridge.on_request(
      "fault", "{device, kind: drop|delay|refuse|offline|clear, seconds}: make a device misbehave",
      [&house](const Object& arguments, const Answer& reply) { request_fault(house, arguments, reply); });
  bridge.on_request(
      "press", "{device, button, kind: press|double_press|long_press}: press a button",
      [&house](const Object& arguments, const Answer& reply) { request_press(house, arguments, reply); });
  bridge.on_request("set_sensor",
                    "{device, state, entity, seconds}: open a door, heat a sensor, start a leak",
                    [&house](const Object& arguments, const Answer& reply) {
                      request_set_sensor(house, arguments, reply);
                    });
  bridge.on_request("walk", "{area}: walk through an area",
                    [&house](const Object& arguments, const Answer& reply) {
                      answer(house, house.house().walk(text_of(arguments, "area"), house.now()), reply);
                    });
  bridge.on_request(
      "speed", "{speed}: seconds in the house for each real one",
      [&house](const Object& arguments, const Answer& reply) { request_speed(house, arguments, reply); });
  bridge.on_request("house", "the time in the house and its speed",
                    [&house](const Object&, const Answer& reply) {
                      reply.ok(Object{{"time", text_of(house.now())}, {"speed", house.speed()}});
                    });
}

}  // namespace gable::virtual_house
