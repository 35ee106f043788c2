#pragma once
// What a command handler is given. A plain value.

#include <string>
#include <string_view>

#include "wire/value.hpp"

namespace gable::bridge {

// A command that has passed the contract: a service that the entity offers, parameters in type and range.
struct Command {
  std::string id;       // never empty; made up when the sender gave none
  std::string entity;   // key of the entity; empty on a device that is one entity
  std::string service;  // "turn_on"; "toggle" arrives as what it means now where the table can tell
  wire::Object data;    // parameters: {"brightness": 120}
  wire::Object
      expected;  // what to report once it is carried out, by the table: {"state":"on","brightness":120}

  [[nodiscard]] bool is(std::string_view name) const { return service == name; }
  // Parameters by name; the fallback when there is none of that type.
  [[nodiscard]] double number(std::string_view name, double fallback) const;
  [[nodiscard]] std::string text(std::string_view name, std::string_view fallback = {}) const;
};

}  // namespace gable::bridge
