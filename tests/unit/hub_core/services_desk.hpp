#pragma once
// A service desk with all that it stands on, but without a broker: devices are announced, commands looked at.

#include <gmock/gmock.h>

#include "core/helpers/helper_desk.hpp"
#include "core/services/service_desk.hpp"
#include "core_house.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"

namespace gable::hub::test {

using Status = rules::ServiceOutcome::Status;

inline wire::Object json(std::string_view text) {
  auto parsed = wire::parse_object(text, wire::kDocumentLimits);
  if (!parsed) ADD_FAILURE() << "bad JSON in a test: " << text;
  return parsed ? *parsed : wire::Object{};
}

class DeskHouse {
 public:
  explicit DeskHouse(const House& house = {});

  // One device of bridge `b` with the entity of this description; it gets a first state.
  void announce(const std::string& device, const std::string& entity, const std::string& state);
  void report(const std::string& device, const std::string& state);
  void result(const std::string& correlation, wire::CommandStatus status);
  void bridge(const std::string& status);
  void advance(Duration time);

  // A rule's call. Target and data as JSON.
  rules::ServiceOutcome call(const std::string& service, const std::string& target,
                             const std::string& data = "{}");
  rules::ServiceOutcome call(rules::ServiceCall call);
  static rules::ServiceCall make(const std::string& service, const std::string& target,
                                 const std::string& data);
  void client(const std::string& service, const std::string& document);

  // "lamp {…}" for each command since the last take().
  std::vector<std::string> take();

  Time now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::hours(12);
  Effects out;
  std::vector<rules::ServiceDone> ended;
  std::vector<rules::ServiceCall> passed;  // to the rules
  std::uint64_t next_call = 100;

  wire::TopicTree topics{"gable"};
  Utc zone;
  Registry registry{House{}};
  Problems problems{topics};
  Publisher publisher{topics, registry};
  Deadlines deadlines;
  StateDesk states{registry, publisher, deadlines};
  HelperDesk helpers{{topics, registry, states, publisher, deadlines, problems, zone}};
  CommandDesk desk{topics, registry, deadlines, helpers, "s"};
  Tombstones tombstones;
  DevicePlane plane{{topics, registry, problems, publisher, states, desk, tombstones}};
  ServiceDesk services{{topics, registry, problems, publisher, desk, plane, helpers, zone}};

 private:
  void from_bridge(const std::string& topic, const std::string& payload);
};

}  // namespace gable::hub::test
