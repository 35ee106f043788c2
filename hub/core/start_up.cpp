#include "core/start_up.hpp"

#include <utility>

#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::TopicKind;

// A broker that is full drops the barrier too, and says nothing: it is sent again after so long in silence …
constexpr Duration kBarrierAgain{1'000};
constexpr int kQuietLimit = 5;      // … and so often, until that is the answer.
constexpr int kMostBarriers = 300;  // for all that a broker may hold, as long as it goes on sending
// Bridges that start together with the hub, or reconnect when it does, get this long to say something.
constexpr Duration kSilenceLimit{5'000};
constexpr std::size_t kUnknownLimit = 1'000;
constexpr std::string_view kHubUser = "hub";
constexpr std::string_view kSync = "sync";

constexpr TopicKind kOwnPlane[] = {TopicKind::state,   TopicKind::availability, TopicKind::meta,
                                   TopicKind::desired, TopicKind::value,        TopicKind::problem};
constexpr TopicKind kRetainedOfBridges[] = {TopicKind::bridge_info,      TopicKind::bridge_status,
                                            TopicKind::bridge_inventory, TopicKind::bridge_device,
                                            TopicKind::bridge_state,     TopicKind::bridge_link};
constexpr TopicKind kLiveOfBridges[] = {TopicKind::bridge_event, TopicKind::bridge_result};

}  // namespace

void StartUp::on_connected(Turn& turn, const BrokerConnected& event) {
  protocol_ = event.protocol_version;
  given_up_ = read_anew_ = false;
  p_.intake.set_protocol(protocol_);
  if (event.session_present && read_) {
    p_.intake.set_ready(true);
    p_.discovery.refresh(turn);
    return check_copy(turn);
  }
  begin_anew(turn);
}

void StartUp::begin_anew(Turn& turn) {
  turn.out.status = wire::StatusDoc{.status = wire::ParticipantStatus::starting};
  listen(turn);
  read_everything(turn);
}

// A broker that was killed comes back as it was when it last wrote its database: with a session of ours that
// may lack subscriptions, and with documents that we have replaced since.
void StartUp::check_copy(Turn& turn) {
  phase_ = Phase::checking;
  confirm(turn);
  sent_ = 0;
  p_.publisher.begin_sync();
  read_own_plane(turn);
  raise_barrier(turn);
}

void StartUp::end_check(Turn& turn) {
  p_.publisher.settle(turn);
  p_.desk.publish_desired(turn);
  sweep_problems(turn);
  leave_own_plane(turn);
  if (!completed_) p_.deadlines.set(DeadlineKind::start_up, 0, turn.now + kSilenceLimit);
  phase_ = Phase::online;
  check_complete(turn);
}

void StartUp::read_own_plane(Turn& turn) {
  unknown_topics_.clear();
  for (const auto kind : kOwnPlane) {
    turn.out.subscribes.push_back({.filter = p_.topics.filter(kind), .qos = 0, .no_local = true});
  }
}

// Without "no local" our own words would come back.
void StartUp::leave_own_plane(Turn& turn) const {
  if (protocol_ >= 5) return;
  for (const auto kind : kOwnPlane) turn.out.unsubscribes.push_back(p_.topics.filter(kind));
}

void StartUp::on_lost(Turn&) {
  phase_ = Phase::away;
  p_.deadlines.clear(DeadlineKind::start_up, 0);
}

// Commands are never read from the store of the broker (L8), and answered from the first moment on.
void StartUp::listen(Turn& turn) {
  const auto commands = [&](TopicKind kind) {
    turn.out.subscribes.push_back(
        {.filter = p_.topics.filter(kind), .stored = false, .retain_as_published = true, .no_local = true});
  };
  commands(TopicKind::set);
  commands(TopicKind::call);
  commands(TopicKind::hub_request);
  turn.out.subscribes.push_back({.filter = p_.topics.client(kHubUser, kSync), .stored = false});
  for (const auto kind : kLiveOfBridges)
    turn.out.subscribes.push_back({.filter = p_.topics.filter(kind), .stored = false});
}

void StartUp::confirm(Turn& turn) {
  listen(turn);
  if (protocol_ < 5) return;  // it would deliver all that is retained, to no purpose in most cases
  for (const auto kind : kRetainedOfBridges)
    turn.out.subscribes.push_back({.filter = p_.topics.filter(kind), .if_new = true});
  p_.subscriptions.confirm(turn);
}

void StartUp::read_everything(Turn& turn) {
  phase_ = Phase::reading;
  read_ = false;
  sent_ = 0;
  p_.plane.begin_sync();
  p_.publisher.begin_sync();
  for (const auto kind : kRetainedOfBridges)
    turn.out.subscribes.push_back({.filter = p_.topics.filter(kind), .qos = 0});
  read_own_plane(turn);
  raise_barrier(turn);
}

void StartUp::raise_barrier(Turn& turn) {
  ++barrier_;
  quiet_ = 0;
  send_barrier(turn);
}

void StartUp::send_barrier(Turn& turn) {
  ++sent_;
  turn.out.publishes.push_back(
      {.topic = p_.topics.client(kHubUser, kSync), .payload = std::to_string(barrier_)});
  p_.deadlines.set(DeadlineKind::start_up, 0, turn.now + kBarrierAgain);
}

void StartUp::on_barrier(Turn& turn, std::string_view token) {
  if (token != std::to_string(barrier_)) return;
  if (phase_ == Phase::away) return;
  p_.problems.solve(turn, "broker.barrier");
  if (phase_ == Phase::online) return read_after_all(turn);
  p_.deadlines.clear(DeadlineKind::start_up, 0);
  if (phase_ == Phase::checking) return end_check(turn);
  if (phase_ == Phase::reading) {
    phase_ = Phase::reading_announcements;
    p_.discovery.begin_sync(turn);
    return raise_barrier(turn);
  }
  if (phase_ == Phase::reading_announcements && p_.discovery.read_on(turn)) return raise_barrier(turn);
  // What announcements made us subscribe to may be retained too; another barrier is behind it.
  if (p_.discovery.take_new_topics(turn)) {
    if (phase_ == Phase::reading_announcements) phase_ = Phase::reading_states;
    return raise_barrier(turn);
  }
  if (read_bridges_again(turn)) return raise_barrier(turn);
  judge_bridges(turn);
  settle(turn);
}

// So late that nobody waited for it any more; what the broker held came with it, and was taken for news. A
// broker that is always so slow is not asked again.
void StartUp::read_after_all(Turn& turn) {
  if (std::exchange(given_up_, false) && !std::exchange(read_anew_, true)) begin_anew(turn);
}

// Once: what the inventories of the bridges name and the broker has not handed out.
bool StartUp::read_bridges_again(Turn& turn) {
  const auto incomplete = p_.plane.incomplete_bridges();
  if (incomplete.empty() || phase_ == Phase::reading_again) return false;
  phase_ = Phase::reading_again;
  for (const auto& bridge : incomplete) {
    for (const auto kind : {TopicKind::bridge_device, TopicKind::bridge_state, TopicKind::bridge_link}) {
      turn.out.subscribes.push_back({.filter = p_.topics.bridge_filter(kind, bridge), .qos = 0});
    }
  }
  return true;
}

void StartUp::judge_bridges(Turn& turn) {
  const auto incomplete = p_.plane.incomplete_bridges();
  if (incomplete.empty()) return p_.problems.solve(turn, "broker.queue_limit");
  std::string names;
  for (const auto& bridge : incomplete) names += (names.empty() ? "" : ", ") + bridge;
  p_.problems.raise(
      turn, "broker.queue_limit",
      {.severity = wire::Severity::error,
       .text = "The broker did not deliver every device that is in the inventory of: " + names,
       .help = "Set `max_queued_messages 0` in mosquitto.conf (gable broker-check says more), or "
               "restart the bridge."});
}

void StartUp::on_deadline(Turn& turn) {
  if (phase_ == Phase::online) {
    p_.plane.give_up_on_silent(turn);
    return finish(turn);
  }
  if (phase_ == Phase::away) return;
  // Counted, not timed: the clock may be set meanwhile.
  if (++quiet_ < kQuietLimit && sent_ < kMostBarriers) return send_barrier(turn);
  // What the session lacks nobody knows: as if there were none.
  if (phase_ == Phase::checking) return begin_anew(turn);
  p_.problems.raise(
      turn, "broker.barrier",
      {.severity = wire::Severity::error,
       .text = "The broker did not return the hub's own message within 5 s",
       .help = "Check the hub's rights on the broker (it needs to read and write below its root) and "
               "its load."});
  given_up_ = true;
  // Devices are there all the same.
  if (phase_ == Phase::reading) p_.discovery.begin_sync(turn);
  settle(turn);
}

void StartUp::settle(Turn& turn) {
  if (phase_ == Phase::reading_again) {
    for (const auto& [id, bridge] : p_.plane.bridges()) {
      for (const auto kind : {TopicKind::bridge_device, TopicKind::bridge_state, TopicKind::bridge_link}) {
        turn.out.unsubscribes.push_back(p_.topics.bridge_filter(kind, id));
      }
    }
  }
  p_.plane.settle(turn);
  p_.discovery.settle(turn);
  p_.publisher.settle(turn);
  p_.desk.publish_desired(turn);
  sweep_problems(turn);
  // The same filters at QoS 1; MQTT 5 spares us the second burst, on 3.1.1 it repeats what we know.
  for (const auto kind : kRetainedOfBridges) {
    turn.out.subscribes.push_back({.filter = p_.topics.filter(kind), .qos = 1, .stored = false});
  }
  leave_own_plane(turn);
  p_.deadlines.set(DeadlineKind::start_up, 0, turn.now + kSilenceLimit);
  go_online(turn);
}

void StartUp::go_online(Turn& turn) {
  phase_ = Phase::online;
  settled_once_ = read_ = true;
  p_.intake.set_ready(true);
  turn.out.status = wire::StatusDoc{.status = wire::ParticipantStatus::online};
  check_complete(turn);
}

void StartUp::check_complete(Turn& turn) {
  if (phase_ == Phase::online && !completed_ && p_.plane.all_spoke()) finish(turn);
}

void StartUp::finish(Turn& turn) {
  if (std::exchange(completed_, true) || !complete_) return;
  complete_(turn);
}

void StartUp::sweep_problems(Turn& turn) {
  for (const auto& id : former_problems_) {
    if (p_.problems.active(id)) continue;
    p_.problems.retract(turn, id);
  }
  for (const auto& [id, problem] : p_.problems.all()) p_.problems.publish(turn, id);
  for (const auto& topic : unknown_topics_) {
    const auto parsed = p_.topics.parse(topic);
    if (parsed && parsed->kind == TopicKind::problem) {
      // A process that died with a full disk or the power leaves problems that its store does not know; what
      // is still wrong will be said again.
      const std::string id(parsed->name);
      if (!p_.problems.active(id) && !former_problems_.contains(id)) p_.problems.retract(turn, id);
      continue;
    }
    if (!parsed) continue;
    const EntityId id(parsed->domain, parsed->name);
    if (p_.registry.find(id) != nullptr) continue;  // appeared while reading: settled already
    if (p_.tombstones.contains(id.text())) {
      turn.out.publishes.push_back({.topic = topic, .payload = "", .retained = true});
    } else {
      strangers_.note(turn, topic, true);
    }
  }
  former_problems_.clear();
  unknown_topics_.clear();
}

void StartUp::on_own_plane(Turn& turn, const wire::ParsedTopic& topic, std::string_view text,
                           std::string_view payload) {
  Entity* entity = topic.kind == TopicKind::problem ? nullptr : p_.registry.find(topic.domain, topic.name);
  if (phase_ == Phase::online) {
    if (protocol_ < 5) return;  // our own words, on their way when we stopped listening
    if (payload.empty())
      strangers_.gone(turn, text);
    else if (!given_up_)  // else what the broker held, and what we waited for in vain
      strangers_.note(turn, text, false);
    if (entity == nullptr) return;
    const auto index = p_.registry.index_of(*entity);
    for (const auto part : {Part::state, Part::availability, Part::meta}) p_.publisher.mark(index, part);
    return;
  }
  if (payload.empty()) return;
  if (entity == nullptr) {
    if (unknown_topics_.size() < kUnknownLimit) unknown_topics_.emplace(text);
    return;
  }
  if (topic.kind == TopicKind::desired) {  // those that still stand are published again when all is settled
    turn.out.publishes.push_back({.topic = std::string(text), .payload = "", .retained = true});
    return;
  }
  if (topic.kind == TopicKind::availability) take_since(*entity, payload);
  p_.publisher.held(p_.registry.index_of(*entity), topic.kind, payload);
}

// The store keeps no availability, since it is judged anew; only since when it has been so is worth
// remembering.
void StartUp::take_since(Entity& entity, std::string_view payload) const {
  if (settled_once_ || entity.helper()) return;
  const auto object = wire::parse_object(payload);
  if (!object) return;
  const auto doc = wire::decode_availability(*object);
  if (!doc || !doc->since) return;
  entity.availability = doc->status;
  entity.availability_reason = doc->reason;
  entity.availability_since = *doc->since;
}

}  // namespace gable::hub
