#pragma once
// One service call on its way through the desk, whoever made it: a rule, or a client by call/….

#include <functional>
#include <string>

#include "core/command_desk.hpp"
#include "engine/surroundings.hpp"
#include "wire/value.hpp"

namespace gable::hub {

struct ServiceRequest {
  std::string domain, service;
  wire::Object target, data;
  Asker asker;
  const rules::ServiceCall* call = nullptr;  // of a rule; null: a client's. Borrowed for the call

  [[nodiscard]] bool of_rule() const { return call != nullptr; }
  [[nodiscard]] bool waits() const { return call != nullptr && call->wait_result; }
  [[nodiscard]] bool again() const { return call != nullptr && call->again; }
  [[nodiscard]] std::string name() const { return domain + "." + service; }
};

// Scripts, automations and scenes are the rules' own: who carries out their services. A client's call has the
// id 0: nobody waits for its end.
using RuleServices = std::function<rules::ServiceOutcome(Turn&, const rules::ServiceCall&)>;

inline rules::ServiceOutcome refused(std::string why) {
  return {
      .status = rules::ServiceOutcome::Status::refused, .error = std::move(why), .response = {}, .note = {}};
}
inline rules::ServiceOutcome failed(std::string why) {
  return {
      .status = rules::ServiceOutcome::Status::failed, .error = std::move(why), .response = {}, .note = {}};
}
inline rules::ServiceOutcome done() { return {}; }
inline rules::ServiceOutcome pending() {
  return {.status = rules::ServiceOutcome::Status::pending, .error = {}, .response = {}, .note = {}};
}

// The parameter as text; empty when it is not there.
std::string field_text(const wire::Object& data, std::string_view key);

}  // namespace gable::hub
