#pragma once
// MQTT reason codes in words, for messages to people (MQTT 5, 2.4). Pure.

#include <string>

namespace gable::node {

// "not authorized (0x87)"; `detail` of the broker or library is appended when there is one.
std::string reason_text(int code, const std::string& detail = {});

// True when trying again with the same user, password and client id will not help.
bool is_fatal(int connack_code);

}  // namespace gable::node
