// Commands that are right: result, once for each id, answers where they were asked for.

#include "conformance/checks.hpp"
#include "wire/json.hpp"

namespace gable::conformance {

namespace {

using wire::CommandStatus;
using wire::TopicKind;

// Sends a command that asks for `state`, and waits for its final result.
struct Sent {
  std::string id;
  std::size_t since = 0;
  std::optional<Seen> result;
};

Sent send(Observer& observer, const Subject& subject, const wire::Value& state, std::string id) {
  Sent sent{std::move(id), observer.mark(), {}};
  observer.publish(TopicKind::bridge_set, subject.device,
                   payload_for(subject, command_to(subject, state).value_or(wire::Object{}), sent.id));
  sent.result = observer.wait(sent.since, result_of(subject.device, sent.id));
  return sent;
}

std::string result_words(const Seen& seen) { return shown(seen.message.payload); }

bool check_result(Observer& observer, const Subject& subject, const wire::Value& present, Report& report) {
  const Sent sent = send(observer, subject, present, observer.new_id());
  if (!sent.result) {
    report.fail("command.result", "asked " + subject.words() +
                                      " for what it reports already; expected a final result with id " +
                                      sent.id + " on result/" + subject.device + ", nothing came");
    return false;
  }
  const auto result = result_in(*sent.result);
  if (result->status != CommandStatus::done) {
    report.fail("command.result", "asked " + subject.words() +
                                      " for what it reports already; expected done, got " +
                                      result_words(*sent.result));
  } else {
    report.pass("command.result");
  }
  observer.barrier();
  const std::size_t finals = observer.count(sent.since, result_of(subject.device, sent.id));
  if (finals != 1) {
    report.fail("command.one_result",
                "expected exactly one final result with id " + sent.id + ", got " + std::to_string(finals));
  } else {
    report.pass("command.one_result");
  }
  return true;
}

void check_response_topic(Observer& observer, const Subject& subject, const wire::Value& present,
                          Report& report) {
  if (observer.protocol_version() < 5) {
    return report.skip("command.response_topic", "the broker speaks only MQTT 3.1.1");
  }
  node::Message message;
  message.topic = observer.tree().bridge(TopicKind::bridge_set, observer.options().bridge, subject.device);
  message.payload = payload_for(subject, *command_to(subject, present), observer.new_id());
  message.response_topic = observer.reply_topic() + "/answer";
  message.correlation = "correlation-" + observer.options().token;
  const std::size_t since = observer.mark();
  observer.publish(message);
  const auto answer = observer.wait(since, [&message](const Seen& seen) {
    const auto result = seen.message.topic == message.response_topic ? result_in(seen) : std::nullopt;
    return result && wire::is_final(result->status);
  });
  if (!answer) {
    report.fail("command.response_topic",
                "expected the result on the response topic below client/, nothing came");
  } else if (answer->message.correlation != message.correlation) {
    report.fail("command.response_topic", "expected the correlation data \"" + message.correlation +
                                              "\" back, got \"" + shown(answer->message.correlation) + "\"");
  } else {
    report.pass("command.response_topic");
  }
}

void check_forbidden_topic(Observer& observer, const Subject& subject, const wire::Value& present,
                           Report& report) {
  if (observer.protocol_version() < 5) {
    return report.skip("command.forbidden_response", "the broker speaks only MQTT 3.1.1");
  }
  const std::string id = observer.new_id();
  node::Message message;
  message.topic = observer.tree().bridge(TopicKind::bridge_set, observer.options().bridge, subject.device);
  message.payload = payload_for(subject, *command_to(subject, present), id);
  message.response_topic = observer.forbidden_topic();
  const std::size_t since = observer.mark();
  observer.publish(message);
  observer.wait(since, result_of(subject.device, id));
  observer.barrier();
  const auto written = [&observer](const Seen& seen) {
    return seen.message.topic == observer.forbidden_topic();
  };
  if (observer.count(since, written) > 0) {
    return report.fail("command.forbidden_response",
                       "it answered on " + observer.forbidden_topic() +
                           "; expected answers only below client/ and its own response/");
  }
  report.pass("command.forbidden_response");
}

// Moves the entity, moves it back, and sends the first command again: if the entity moves, an id acts twice.
void check_duplicate(Observer& observer, const Subject& subject, const wire::Value& present, Report& report) {
  constexpr const char* kName = "command.duplicate";
  const auto other = other_state(subject, present);
  if (!subject.may_move) {
    return report.skip(
        kName, "needs an entity that may be moved for a moment: name one with --entity " + subject.words());
  }
  if (!other) return report.skip(kName, subject.words() + " has no second state to move to");
  const Sent there = send(observer, subject, *other, observer.new_id());
  const auto is = [&](const wire::Value& state) {
    return [&observer, &subject, state](const Seen&) {
      const auto values = reported(observer, subject);
      const wire::Value* now = values ? values->find("state") : nullptr;
      return now != nullptr && *now == state;
    };
  };
  const bool moved = there.result && observer.wait(there.since, is(*other)).has_value();
  const Sent back = send(observer, subject, present, observer.new_id());
  const bool home = back.result && observer.wait(back.since, is(present)).has_value();
  if (!moved || !home) {
    return report.fail(kName, "asked " + subject.words() + " for " + wire::to_json(*other) + " and back to " +
                                  wire::to_json(present) + "; its state did not follow");
  }
  const std::size_t since = observer.mark();
  const bool answered = send(observer, subject, *other, there.id).result.has_value();
  observer.barrier();
  const auto values = reported(observer, subject);
  const wire::Value* now = values ? values->find("state") : nullptr;
  if (now != nullptr && !(*now == present)) {
    send(observer, subject, present, observer.new_id());
    return report.fail(kName, "the command " + there.id + " came a second time and was carried out again");
  }
  if (!answered || observer.count(since, result_of(subject.device, there.id)) != 1) {
    return report.fail(
        kName,
        "expected one result for a command that comes a second time (its outcome, or rejected as duplicate)");
  }
  report.pass(kName);
}

}  // namespace

void check_commands(Observer& observer, const Subject& subject, Report& report) {
  const auto values = reported(observer, subject);
  const wire::Value present = *values->find("state");
  // Without results there is nothing to wait for in the rest.
  if (!check_result(observer, subject, present, report)) return;
  check_response_topic(observer, subject, present, report);
  check_forbidden_topic(observer, subject, present, report);
  check_duplicate(observer, subject, present, report);
}

}  // namespace gable::conformance
