#include "node/reason_code.hpp"

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace gable::node {

namespace {

// Only those that a client can meet as a refusal.
constexpr std::array<std::pair<int, std::string_view>, 32> kTexts{{
    {0x80, "unspecified error"},
    {0x81, "malformed packet"},
    {0x82, "protocol error"},
    {0x83, "implementation specific error"},
    {0x84, "the broker does not speak this version of MQTT"},
    {0x85, "client identifier not valid"},
    {0x86, "bad user name or password"},
    {0x87, "not authorized"},
    {0x88, "server unavailable"},
    {0x89, "server busy"},
    {0x8A, "banned"},
    {0x8B, "server shutting down"},
    {0x8C, "bad authentication method"},
    {0x8D, "keep alive timeout"},
    {0x8E, "session taken over by another client with the same id"},
    {0x8F, "topic filter invalid"},
    {0x90, "topic name invalid"},
    {0x93, "receive maximum exceeded"},
    {0x95, "packet too large"},
    {0x96, "message rate too high"},
    {0x97, "quota exceeded"},
    {0x98, "administrative action"},
    {0x99, "payload format invalid"},
    {0x9A, "the broker does not support retained messages"},
    {0x9B, "quality of service not supported"},
    {0x9C, "use another server"},
    {0x9D, "server moved"},
    {0x9E, "shared subscriptions not supported"},
    {0x9F, "connection rate exceeded"},
    {0xA0, "maximum connect time"},
    {0xA1, "subscription identifiers not supported"},
    {0xA2, "wildcard subscriptions not supported"},
}};

std::string_view find_text(int code) {
  for (const auto& [known, text] : kTexts) {
    if (known == code) return text;
  }
  return "refused";
}

}  // namespace

std::string reason_text(int code, const std::string& detail) {
  std::array<char, 16> number{};
  std::snprintf(number.data(), number.size(), " (0x%02X)", static_cast<unsigned>(code));
  std::string text = std::string(find_text(code)) + number.data();
  if (!detail.empty()) text += ": " + detail;
  return text;
}

bool is_fatal(int connack_code) {
  return connack_code == 0x85 || connack_code == 0x86 || connack_code == 0x87 || connack_code == 0x8A ||
         connack_code == 0x8C;
}

}  // namespace gable::node
