#pragma once
// The checks, in groups; each adds its lines to the report. Internal to the engine.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conformance/observer.hpp"
#include "wire/description.hpp"

namespace gable::conformance {

// What the bridge says of its devices; filled by the document checks, read by the others.
struct Announced {
  std::string session;
  std::map<std::string, wire::DeviceDescription, std::less<>> devices;
};

// status, info, inventory, device, state, link and what must not be retained. False: nothing is there to
// examine.
bool check_documents(Observer& observer, Announced& announced, Report& report);
// What has been published while we looked, at the end.
void check_live_documents(const Observer& observer, const Announced& announced, Report& report);
void check_requests(Observer& observer, Report& report);

// The entity that commands go to.
struct Subject {
  std::string device, key;
  const wire::EntityDescription* entity = nullptr;
  bool may_move = false;
  [[nodiscard]] std::string words() const { return key.empty() ? device : device + "/" + key; }
};
// Nothing: `why` says so.
std::optional<Subject> choose_subject(const Observer& observer, const Announced& announced, std::string& why);
void check_commands(Observer& observer, const Subject& subject, Report& report);
void check_wrong_commands(Observer& observer, const Subject& subject, Report& report);
void check_retained_command(Observer& observer, const Subject& subject, Report& report);
// The same process is there, and says that it is well.
void check_alive(Observer& observer, const Announced& announced, Report& report);
void check_restart(Observer& observer, const Announced& announced, const std::optional<Subject>& subject,
                   Report& report);

// The state document's part for the subject; nothing when there is none.
std::optional<wire::Object> reported(const Observer& observer, const Subject& subject);
// A command's payload: the document, under the entity's key where the device has several, with `id`.
std::string payload_for(const Subject& subject, wire::Object command, const std::string& id);
// Asks for a main state; nothing when the domain has no service for it.
std::optional<wire::Object> command_to(const Subject& subject, const wire::Value& state);
// A main state that is not the present one and harmless to pass through.
std::optional<wire::Value> other_state(const Subject& subject, const wire::Value& present);

}  // namespace gable::conformance
