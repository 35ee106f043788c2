#pragma once
// A message on its way through the room: parsed at most once, however many entities share its topic, and only
// if somebody asks.

#include <optional>
#include <string>
#include <string_view>

#include "template/value/value.hpp"
#include "wire/value.hpp"

namespace gable::discovery {

class Message {
 public:
  // Borrows topic and payload for its own life.
  Message(std::string_view topic, std::string_view payload, bool retained)
      : topic_(topic), payload_(payload), retained_(retained) {}
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  [[nodiscard]] std::string_view topic() const { return topic_; }
  [[nodiscard]] std::string_view payload() const { return payload_; }
  [[nodiscard]] bool retained() const { return retained_; }

  // `value_json` of templates: Undefined when the payload is no strict JSON.
  [[nodiscard]] const rules::jinja::Value& value_json() const;
  // The same for code; null when it is no JSON.
  [[nodiscard]] const wire::Value* json() const;

 private:
  std::string_view topic_;
  std::string_view payload_;
  bool retained_ = false;
  mutable std::optional<rules::jinja::Value> value_json_;
  mutable bool read_ = false;
  mutable std::optional<wire::Value> json_;
};

}  // namespace gable::discovery
