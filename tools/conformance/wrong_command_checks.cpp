// Commands that are wrong, and one that is stored: each is refused in words, and the bridge lives.

#include "conformance/checks.hpp"
#include "wire/json.hpp"

namespace gable::conformance {

namespace {

using wire::CommandStatus;
using wire::TopicKind;

// Expects `rejected` with the id of the payload; ids do not survive what cannot be parsed (`id` empty).
void expect_rejected(Observer& observer, const std::string& device, const std::string& payload,
                     const std::string& id, std::vector<std::string>& problems) {
  const std::size_t since = observer.mark();
  observer.publish(TopicKind::bridge_set, device, payload);
  const auto seen = observer.wait(since, result_of(device, id));
  if (!seen) {
    problems.push_back("expected a result for " + shown(payload) + ", nothing came");
    return;
  }
  const auto result = result_in(*seen);
  if (result->status != CommandStatus::rejected) {
    problems.push_back("expected rejected for " + shown(payload) + ", got " + shown(seen->message.payload));
  } else if (result->reason.empty()) {
    problems.push_back("expected a reason beside rejected for " + shown(payload));
  }
}

void check_unknown_attribute(Observer& observer, const Subject& subject, const wire::Value& present,
                             Report& report) {
  wire::Object command = *command_to(subject, present);
  command.set("no_such_attribute", 1);
  const std::string id = observer.new_id();
  std::vector<std::string> problems;
  expect_rejected(observer, subject.device, payload_for(subject, std::move(command), id), id, problems);
  report.add("command.unknown_attribute", problems);
}

void check_malformed(Observer& observer, const Subject& subject, Report& report) {
  std::vector<std::string> problems;
  const std::string deep(20'000, '[');
  for (const std::string& payload :
       {std::string("{\"state\":"), std::string("\xff\xfe{"), std::string("no such word"),
        "{\"state\":" + deep, "{\"state\":\"" + std::string(300'000, 'x') + "\"}"}) {
    expect_rejected(observer, subject.device, payload, "", problems);
  }
  report.add("command.malformed", problems);
}

void check_wrong_type(Observer& observer, const Subject& subject, Report& report) {
  std::vector<std::string> problems;
  const wire::Object wrong[] = {{{"state", wire::Object{{"a", 1}}}}, {{"service", "no_such_service"}}, {}};
  for (const wire::Object& command : wrong) {
    const std::string id = observer.new_id();
    expect_rejected(observer, subject.device, payload_for(subject, command, id), id, problems);
  }
  report.add("command.wrong_type", problems);
}

void check_unknown_device(Observer& observer, Report& report) {
  const std::string id = observer.new_id();
  std::vector<std::string> problems;
  expect_rejected(observer, "no-such-device", wire::to_json(wire::Object{{"state", "on"}, {"_id", id}}), id,
                  problems);
  report.add("command.unknown_device", problems);
}

}  // namespace

void check_wrong_commands(Observer& observer, const Subject& subject, Report& report) {
  const auto values = reported(observer, subject);
  check_unknown_attribute(observer, subject, *values->find("state"), report);
  check_wrong_type(observer, subject, report);
  check_unknown_device(observer, report);
  check_malformed(observer, subject, report);
}

void check_retained_command(Observer& observer, const Subject& subject, Report& report) {
  constexpr const char* kName = "command.retained";
  if (observer.protocol_version() < 5) return report.skip(kName, "the broker speaks only MQTT 3.1.1");
  const auto values = reported(observer, subject);
  node::Message message;
  message.topic = observer.tree().bridge(TopicKind::bridge_set, observer.options().bridge, subject.device);
  message.payload = payload_for(subject, *command_to(subject, *values->find("state")), observer.new_id());
  message.retain = true;
  const std::size_t since = observer.mark();
  observer.publish(message);
  const auto cleared = observer.wait(since, [&message](const Seen& seen) {
    return seen.message.topic == message.topic && seen.message.payload.empty() && seen.message.retain;
  });
  if (cleared) return report.pass(kName);
  message.payload.clear();
  observer.publish(message);
  report.fail(kName,
              "sent a command with the retain flag; expected the bridge to clear it from the broker, it is "
              "still there");
}

void check_alive(Observer& observer, const Announced& announced, Report& report) {
  observer.barrier();
  const std::string* payload = observer.latest(TopicKind::bridge_status);
  const auto document =
      payload == nullptr ? wire::Result<wire::Object>(wire::Error{}) : wire::parse_object(*payload);
  const auto status =
      document ? wire::decode_status(*document) : wire::Result<wire::StatusDoc>(wire::Error{});
  if (!status || status->session != announced.session || status->status == wire::ParticipantStatus::offline) {
    return report.fail("alive", "expected the same process to be there after all this, its status says " +
                                    (payload == nullptr ? "nothing" : shown(*payload)));
  }
  report.pass("alive");
}

}  // namespace gable::conformance
