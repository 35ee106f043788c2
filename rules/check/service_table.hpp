#pragma once
// Services that are not of single entities and so not in the table of domains: of the house, its log and
// notices, MQTT, messages, scenes. What is allowed stands here as the hub takes it.

#include <array>
#include <span>
#include <string_view>

namespace gable::rules {

struct HouseService {
  std::string_view name;      // "mqtt.publish"
  std::string_view fields;    // allowed, separated by blanks; "*": any
  std::string_view required;  // of those
  std::string_view refusal;   // not empty: it exists in Home Assistant, and can never be called here …
  bool target = false;        // names entities, too; … unless it does, if it may
};

// Null: not in this table.
const HouseService* find_house_service(std::string_view name);
// Those whose last part is free: notify.x, tts.x_say, shell_command.x, rest_command.x.
const HouseService* find_free_service(std::string_view domain, std::string_view service);
// Domains that have services beside those of wire::domains().
std::span<const std::string_view> house_domains();
// Names of the services of a domain that are in this table.
std::span<const HouseService> house_services();
// `X.reload` reads all of the configuration again.
bool is_reload(std::string_view domain, std::string_view service);

}  // namespace gable::rules
