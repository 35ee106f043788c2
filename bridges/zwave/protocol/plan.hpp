#pragma once
// From the values of a node to entities of ours: what each is, what it says, and which commands of the server
// carry out what it is told.
// Pure: no clock, thread, socket, file or log; knows nothing of MQTT.

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "protocol/network.hpp"
#include "protocol/node.hpp"
#include "wire/description.hpp"

namespace gable::zwave {

// One command of the server.
struct Call {
  std::string command;
  wire::Object arguments;
};

// The value that a device reports once it has carried this out; nothing for what is none of its values.
std::optional<ValueId> shown_by(const Call& call);
// The `currentValue` of the motor that this stops; nothing for any other call.
std::optional<ValueId> stopped_by(const Call& call);
// Asks the device for one value; what it answers comes as a change.
Call reading_of(int node, const ValueId& id);

// What an entity is told: a service of its domain, its parameters checked by the domain's table.
struct Order {
  std::string service;
  wire::Object data;
};

// Something that happened at an entity of events.
struct Happening {
  std::string type;
  wire::Object data;
};

using StateFunction = std::function<wire::Object(const Node&)>;
// Errors: unsupported for a service that it has not, unavailable when a value is missing that it needs.
using OrderFunction = std::function<wire::Result<std::vector<Call>>(const Node&, const Order&)>;
using EventFunction = std::function<std::optional<Happening>(const Change&)>;

// One entity of a node.
struct Plan {
  std::string key;  // [a-z0-9_]{1,64}, one of a kind within the node, the same on every start
  wire::EntityDescription description;
  std::set<int> classes;      // command classes whose values it reads
  StateFunction state = {};   // empty: it has none
  OrderFunction order = {};   // empty: it takes none
  EventFunction events = {};  // empty: nothing happens at it
  bool statistic = false;     // changes with each message; not worth one of its own
};

struct PlanOptions {
  bool parameters = true;  // configuration parameters
  bool statistics = true;
};

// The most entities of one node; more are left out, parameters first.
inline constexpr std::size_t kEntityLimit = 400;

// All entities of a node, those that matter most first. Never empty: each node has its status.
std::vector<Plan> plan_entities(const Node& node, const PlanOptions& options = {});

// The device as a whole, without its entities. `via` is the controller's device.
wire::DeviceDescription describe_device(const Node& node, const std::string& via);

// ── the parts, a file each; they append what the node has ──

void plan_lights(const Node& node,
                 std::vector<Plan>& plans);  // also what else a level controls: fans, valves
void plan_covers(const Node& node, std::vector<Plan>& plans);
void plan_locks(const Node& node, std::vector<Plan>& plans);
void plan_climate(const Node& node, std::vector<Plan>& plans);
void plan_switches(const Node& node, std::vector<Plan>& plans);
void plan_sirens(const Node& node, std::vector<Plan>& plans);
void plan_sensors(const Node& node, std::vector<Plan>& plans);
void plan_notifications(const Node& node, std::vector<Plan>& plans);
void plan_events(const Node& node, std::vector<Plan>& plans);
void plan_parameters(const Node& node, std::vector<Plan>& plans);
void plan_status(const Node& node, const PlanOptions& options, std::vector<Plan>& plans);

// True when the level switch of this endpoint drives a motor and so is a cover.
bool level_is_cover(const Node& node, int endpoint);

}  // namespace gable::zwave
