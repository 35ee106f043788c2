#pragma once
// The messages of Z-Wave JS server (github.com/zwave-js/zwave-js-server): one JSON document in each text
// message of the WebSocket. Pure: no clock, thread, socket, file or log; knows nothing of MQTT.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "wire/json.hpp"
#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::zwave {

// What this library speaks. Servers keep older schemas, so that it stays right with newer servers.
inline constexpr std::int64_t kOldestSchema = 35, kNewestSchema = 44;

// A dump of 230 devices has about 20 MiB and 500,000 values.
inline constexpr wire::JsonLimits kMessageLimits{32 * 1024 * 1024, 32, 1'000'000};

// The first message on a connection.
struct VersionMessage {
  std::string driver, server;
  std::int64_t home_id = 0;  // 0: none yet
  std::int64_t min_schema = 0, max_schema = 0;
};

// The answer to a command.
struct ResultMessage {
  std::string id;  // of the command
  bool success = false;
  std::string error;   // for people; empty when it was a success
  wire::Value result;  // null when there is none
};

struct EventMessage {
  std::string source, name;  // "node", "value updated"
  std::optional<int> node;
  wire::Object body;
};

// A message of another type: of a later schema, to be passed over.
struct OtherMessage {
  std::string type;
};

using Message = std::variant<VersionMessage, ResultMessage, EventMessage, OtherMessage>;

// Errors: those of wire::parse_object; malformed when what a message of its type must have is missing.
wire::Result<Message> parse_message(std::string_view text);

// {"messageId": id, "command": command, …arguments}
std::string command_text(std::string_view id, std::string_view command, const wire::Object& arguments);

// The member when it is of that type, else the fallback.
std::string text_of(const wire::Object& object, std::string_view key);
std::optional<std::int64_t> whole_of(const wire::Object& object, std::string_view key);
bool flag_of(const wire::Object& object, std::string_view key, bool fallback = false);
// Null when it is no object.
const wire::Object* object_of(const wire::Object& object, std::string_view key);

}  // namespace gable::zwave
