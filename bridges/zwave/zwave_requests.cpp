// What people ask of a Z-Wave network beside working its devices. Declared in zwave_bridge.hpp.

#include <array>
#include <functional>
#include <string>

#include "protocol/plan_parts.hpp"
#include "zwave_bridge.hpp"

namespace gable::zwave {

namespace {

using bridge::Answer;
using wire::ErrorCode;

// One command of the server, and its result as the answer.
void ask(ZwaveBridge& zwave, const Call& call, const Answer& answer) {
  const CallId id = zwave.link().call(call.command, call.arguments, [answer](const Finished& finished) {
    if (!finished.success) return answer.failed(finished.error);
    const std::string refused = refusal(finished.result);
    if (!refused.empty()) return answer.failed(refused);
    const wire::Object* result = finished.result.as_object();
    answer.ok(result == nullptr || result->empty() ? wire::Value() : finished.result);
  });
  if (id == 0) answer.failed("the Z-Wave server is not there", ErrorCode::unavailable);
}

// The node that {"device": …} means; null, and the answer given, when there is none.
const Node* node_in(const wire::Object& arguments, const ZwaveBridge& zwave, const Answer& answer) {
  const std::string device = text_of(arguments, "device");
  const Node* node = zwave.node_of(device);
  if (node == nullptr) {
    answer.failed(device.empty() ? "say which device is meant: {\"device\": \"node_5\"}"
                                 : "there is no device \"" + device + "\" in the Z-Wave network",
                  device.empty() ? ErrorCode::malformed : ErrorCode::unknown_entity);
  }
  return node;
}

using NodeAction = std::function<wire::Result<Call>(const Node&, const wire::Object& arguments)>;

void on_node(bridge::Bridge& bridge, ZwaveBridge& zwave, const std::string& method, const std::string& help,
             NodeAction action) {
  bridge.on_request(
      method, help,
      [&zwave, action = std::move(action)](const wire::Object& arguments, const Answer& answer) {
        const Node* node = node_in(arguments, zwave, answer);
        if (node == nullptr) return;
        const auto call = action(*node, arguments);
        if (!call) return answer.failed(call.error().text, call.error().code);
        ask(zwave, *call, answer);
      });
}

NodeAction plain(const std::string& command) {
  return [command](const Node& node, const wire::Object&) -> wire::Result<Call> {
    return Call{command, {{"nodeId", node.id}}};
  };
}

wire::Error malformed(std::string text) { return {ErrorCode::malformed, std::move(text), {}}; }

// ── adding and removing ──

// InclusionStrategy of zwave-js.
struct Strategy {
  std::string_view name;
  int number;
};
constexpr std::array<Strategy, 4> kStrategies{{{"default", 0}, {"insecure", 2}, {"s0", 3}, {"s2", 4}}};

void include(ZwaveBridge& zwave, const wire::Object& arguments, const Answer& answer) {
  const std::string name = arguments.contains("security") ? text_of(arguments, "security") : "default";
  for (const Strategy& strategy : kStrategies) {
    if (strategy.name != name) continue;
    const wire::Object options{{"strategy", strategy.number}};
    return ask(zwave, {"controller.begin_inclusion", {{"options", options}}}, answer);
  }
  answer.failed("security is default, s2, s0 or insecure, not \"" + name + "\"", ErrorCode::out_of_range);
}

void pin(ZwaveBridge& zwave, const wire::Object& arguments, const Answer& answer) {
  const std::string digits = text_of(arguments, "pin");
  const bool usable = digits.size() == 5 && digits.find_first_not_of("0123456789") == std::string::npos;
  if (!usable) {
    return answer.failed(
        "the PIN has the five digits that are underlined on the device: {\"pin\": \"12345\"}",
        ErrorCode::malformed);
  }
  ask(zwave, {"controller.validate_dsk_and_enter_pin", {{"pin", digits}}}, answer);
}

void add_membership(bridge::Bridge& bridge, ZwaveBridge& zwave) {
  const auto simple = [&](const std::string& method, const std::string& command, const std::string& help) {
    bridge.on_request(method, help, [&zwave, command](const wire::Object&, const Answer& answer) {
      ask(zwave, {command, {}}, answer);
    });
  };
  bridge.on_request(
      "include", "Lets a device join: {\"security\": \"default|s2|s0|insecure\"}",
      [&zwave](const wire::Object& arguments, const Answer& answer) { include(zwave, arguments, answer); });
  bridge.on_request(
      "pin", "The PIN that a joining device asks for: {\"pin\": \"12345\"}",
      [&zwave](const wire::Object& arguments, const Answer& answer) { pin(zwave, arguments, answer); });
  simple("stop_inclusion", "controller.stop_inclusion", "Ends include");
  simple("exclude", "controller.begin_exclusion", "Lets a device leave");
  simple("stop_exclusion", "controller.stop_exclusion", "Ends exclude");
  on_node(bridge, zwave, "remove_failed", "Removes a device that is dead for good: {\"device\": …}",
          plain("controller.remove_failed_node"));
  bridge.on_forget([](const std::string&, const Answer& answer) {
    answer.failed(
        "the device is part of the Z-Wave network; let it leave with exclude, or with remove_failed",
        ErrorCode::refused);
  });
}

// ── codes of locks ──

// Slots of a lock that has them.
wire::Result<std::int64_t> slot_in(const Node& node, const wire::Object& arguments) {
  const auto slot = whole_of(arguments, "slot");
  if (!slot) return malformed("say which slot is meant: {\"device\": …, \"slot\": 1}");
  if (node.find({kUserCode, 0, "userIdStatus", *slot}) == nullptr) {
    return wire::Error{ErrorCode::out_of_range, "the device has no slot " + std::to_string(*slot), "slot"};
  }
  return *slot;
}

wire::Result<Call> set_code(const Node& node, const wire::Object& arguments) {
  const auto slot = slot_in(node, arguments);
  if (!slot) return slot.error();
  const std::string code = text_of(arguments, "code");
  if (code.size() < 4 || code.size() > 10)
    return malformed("a code has 4 to 10 characters: {\"code\": \"1234\"}");
  return set_value(node, {kUserCode, 0, "userCode", *slot}, code);
}

wire::Result<Call> clear_code(const Node& node, const wire::Object& arguments) {
  const auto slot = slot_in(node, arguments);
  if (!slot) return slot.error();
  return set_value(node, {kUserCode, 0, "userIdStatus", *slot}, 0);
}

// The slots and whether they are taken. The codes themselves leave the process never.
void list_codes(const Node& node, const Answer& answer) {
  wire::List slots;
  for (const ValueId& id : values_named(node, kUserCode, "userIdStatus")) {
    const NodeValue& value = *node.find(id);
    const bool known = value.value.as_int() != nullptr;
    slots.emplace_back(
        wire::Object{{"slot", to_value(id.key)},
                     {"status", known ? label_of(value.metadata, *value.value.as_int()) : "unknown"}});
  }
  if (slots.empty()) return answer.failed("the device keeps no codes", ErrorCode::unsupported);
  answer.ok(wire::Object{{"slots", std::move(slots)}});
}

void add_codes(bridge::Bridge& bridge, ZwaveBridge& zwave) {
  on_node(bridge, zwave, "set_user_code", "A lock's code: {\"device\": …, \"slot\": 1, \"code\": \"1234\"}",
          set_code);
  on_node(bridge, zwave, "clear_user_code", "Frees a slot: {\"device\": …, \"slot\": 1}", clear_code);
  bridge.on_request("user_codes", "Which slots of a lock are taken: {\"device\": …}",
                    [&zwave](const wire::Object& arguments, const Answer& answer) {
                      if (const Node* node = node_in(arguments, zwave, answer)) list_codes(*node, answer);
                    });
}

// ── keeping it well ──

wire::Result<Call> set_parameter(const Node& node, const wire::Object& arguments) {
  const auto parameter = whole_of(arguments, "parameter");
  const auto value = whole_of(arguments, "value");
  if (!parameter || !value) {
    return malformed("say which parameter and what: {\"device\": …, \"parameter\": 3, \"value\": 10}");
  }
  ValueId id{kConfiguration, 0, *parameter};
  if (const auto mask = whole_of(arguments, "bits")) id.key = *mask;
  return set_value(node, id, *value);
}

wire::Value summary(const Node& node, const std::string& device) {
  return wire::Object{{"device", device},
                      {"node", node.id},
                      {"name", node.title()},
                      {"ready", node.ready},
                      {"statistics", node.statistics}};
}

void add_care(bridge::Bridge& bridge, ZwaveBridge& zwave) {
  on_node(bridge, zwave, "ping", "Asks a device whether it is there: {\"device\": …}", plain("node.ping"));
  on_node(bridge, zwave, "interview", "Asks a device anew what it is: {\"device\": …}",
          plain("node.refresh_info"));
  on_node(bridge, zwave, "poll", "Asks a device for all its values: {\"device\": …}",
          plain("node.refresh_values"));
  on_node(bridge, zwave, "rebuild_routes", "Finds better ways to a device: {\"device\": …}",
          plain("controller.rebuild_node_routes"));
  on_node(bridge, zwave, "set_parameter", "{\"device\": …, \"parameter\": 3, \"value\": 10, \"bits\": mask}",
          set_parameter);
  bridge.on_request("node", "What is known of a device and its traffic: {\"device\": …}",
                    [&zwave](const wire::Object& arguments, const Answer& answer) {
                      const Node* node = node_in(arguments, zwave, answer);
                      if (node != nullptr) answer.ok(summary(*node, text_of(arguments, "device")));
                    });
}

}  // namespace

void add_requests(bridge::Bridge& bridge, ZwaveBridge& zwave) {
  add_membership(bridge, zwave);
  add_codes(bridge, zwave);
  add_care(bridge, zwave);
}

}  // namespace gable::zwave
