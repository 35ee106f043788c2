// The last will and the start: only when the caller can kill the bridge.

#include <algorithm>

#include "conformance/checks.hpp"
#include "wire/json.hpp"

namespace gable::conformance {

namespace {

using wire::ParticipantStatus;
using wire::TopicKind;

std::optional<wire::StatusDoc> status_in(const Seen& seen) {
  if (!seen.known || seen.kind != TopicKind::bridge_status) return {};
  const auto document = wire::parse_object(seen.message.payload);
  if (!document) return {};
  auto status = wire::decode_status(*document);
  if (!status) return {};
  return *status;
}

// 0 info … 5 status online: the place of a document in a start; −1 for what may come at any time.
int place(const Seen& seen) {
  switch (seen.kind) {
    case TopicKind::bridge_info:
      return 0;
    case TopicKind::bridge_device:
      return 1;
    case TopicKind::bridge_state:
      return 2;
    case TopicKind::bridge_link:
      return 3;
    case TopicKind::bridge_inventory:
      return 4;
    default:
      return -1;
  }
}

bool deleted(const Seen& seen) { return seen.message.payload.empty(); }

// From the kill to `online`: each kind of document comes before the next, and all before `online`.
void check_order(const std::vector<Seen>& start, Report& report) {
  static constexpr std::string_view kNames[] = {"info", "device", "state", "link", "inventory"};
  std::vector<std::string> problems;
  int reached = -1;
  bool complete = false;
  for (const Seen& seen : start) {
    const int here = seen.known && !deleted(seen) ? place(seen) : -1;
    if (here < 0) continue;
    // While devices are still being found, descriptions and inventories alternate; the last inventory
    // decides.
    if (reached == 4 && here < 4) reached = here;
    if (here < reached) {
      problems.push_back(seen.message.topic + " came after " +
                         std::string(kNames[static_cast<std::size_t>(reached)]));
    }
    reached = std::max(reached, here);
    complete = here == 4 && seen.message.payload.find("\"complete\"") != std::string::npos;
  }
  if (reached != 4 || !complete) problems.emplace_back("expected the inventory last before status online");
  report.add("start.order", problems);
}

void check_will(Observer& observer, const Announced& announced, std::size_t since, Report& report) {
  const auto is_will = [](const Seen& seen) {
    const auto status = status_in(seen);
    return status && status->status == ParticipantStatus::offline;
  };
  // The broker notices at once; the will may be delayed by up to 10 s.
  const auto will = observer.wait(since, is_will, observer.now() + std::chrono::seconds(15));
  if (!will) {
    report.fail("will",
                "killed the bridge; expected status offline from its last will, nothing came within 15 s");
  } else if (status_in(*will)->session != announced.session) {
    report.fail("will", "expected the will to carry the session id of the birth");
  } else if (!will->message.retain && observer.protocol_version() >= 5) {
    report.fail("will", "expected the will to be retained");
  } else {
    report.pass("will");
  }
}

// A command for the subject that asks for what it reported last, to be stored while nobody is there.
node::Message stored_command(Observer& observer, const Subject& subject) {
  node::Message stored;
  stored.topic = observer.tree().bridge(TopicKind::bridge_set, observer.options().bridge, subject.device);
  const auto values = reported(observer, subject);
  stored.payload = payload_for(subject, *command_to(subject, *values->find("state")), observer.new_id());
  stored.retain = true;
  return stored;
}

// Whether a new process came, and in which order it spoke.
bool check_start(Observer& observer, const Announced& announced, std::size_t since, Report& report) {
  const auto is_new = [&announced](const Seen& seen) {
    const auto status = status_in(seen);
    return status && status->status == ParticipantStatus::online && status->session != announced.session;
  };
  const auto deadline = observer.now() + observer.options().restart_patience;
  if (!observer.wait(since, is_new, deadline)) {
    if (observer.options().restart) {
      report.fail("start", "expected status online with a new session id after the restart");
    } else {
      report.skip("start", "the bridge was not started again");
    }
    return false;
  }
  const auto& all = observer.seen();
  const auto from = all.begin() + static_cast<std::ptrdiff_t>(since);
  const auto online = std::find_if(from, all.end(), is_new);
  const auto is_info = [](const Seen& seen) { return seen.known && place(seen) == 0; };
  check_order({std::find_if(from, online, is_info), online}, report);
  report.pass("start.session");
  return true;
}

}  // namespace

void check_restart(Observer& observer, const Announced& announced, const std::optional<Subject>& subject,
                   Report& report) {
  if (!observer.options().kill) {
    report.skip("will", "needs --kill, which ends the bridge without a goodbye");
    return report.skip("start", "needs --kill");
  }
  const std::size_t since = observer.mark();
  observer.options().kill();
  check_will(observer, announced, since, report);
  std::optional<node::Message> stored;
  if (subject) stored = stored_command(observer, *subject);
  if (stored) observer.publish(*stored);
  if (observer.options().restart) observer.options().restart();
  const bool started = check_start(observer, announced, since, report);
  if (!stored) return;
  observer.barrier();
  const bool obeyed = observer.count(since, result_of(subject->device, "", false)) > 0;
  if (started && obeyed) {
    report.fail("start.stored_command", "a command that was stored on the broker was obeyed at the start");
  } else if (started) {
    report.pass("start.stored_command");
  }
  stored->payload.clear();
  observer.publish(*stored);
}

}  // namespace gable::conformance
