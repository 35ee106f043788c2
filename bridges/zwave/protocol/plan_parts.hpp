#pragma once
// What the parts of the plan have in common.
// Pure: no clock, thread, socket, file or log.

#include <string>
#include <string_view>
#include <vector>

#include "protocol/message.hpp"
#include "protocol/plan.hpp"

namespace gable::zwave {

// `domain` must be one of schemas/domains.yaml.
wire::EntityDescription describe(std::string_view domain, std::string name = {});

// The same with the endpoint in it, where there are several: "light" → "light_2".
std::string key_of(std::string_view base, int endpoint);
// An entity of endpoint 0 has the device's own name unless it is given one.
std::string name_of(const Node& node, std::string name, int endpoint);
// A key made of any text: [a-z0-9_]{1,64}, "value" when nothing is left of it.
std::string slug_of(std::string_view text);

// Calls for the server.
Call set_value(const Node& node, const ValueId& id, wire::Value value, wire::Object options = {});

// A value as number; nothing when it is not known, or none.
std::optional<double> number_at(const Node& node, const ValueId& id);
// A number of a list (a mode, a state), which is whole; nothing for what cannot be one.
std::optional<std::int64_t> whole_at(const Node& node, const ValueId& id);
std::optional<bool> flag_at(const Node& node, const ValueId& id);
// The label that the metadata has for this number; its number when there is none.
std::string label_of(const Metadata& metadata, std::int64_t number);

wire::Error no_such_service(const Order& order);
// A parameter of an order, null when it is missing.
const wire::Value* given(const Order& order, std::string_view name);

// 0–99 of Z-Wave from and to a range of 0–`full`; on is never lost.
int level_of(double value, double full);
int from_level(double level, double full);

// "5s", as zwave-js reads lengths of time; empty options when there is no transition.
wire::Object transition_options(const Order& order);

// The values of one property of a command class, an entry for each endpoint that has it.
std::vector<ValueId> values_named(const Node& node, int command_class, std::string_view property);

}  // namespace gable::zwave
