// What the broker keeps for a client that is away, and what it says of one that vanished.

#include "gable/check_broker.hpp"

namespace gable::cli {

namespace {

constexpr Milliseconds kPatience{3'000};
constexpr std::uint32_t kKept = 60;      // seconds
constexpr Milliseconds kExpired{2'500};  // after an expiry of one second

// Leaves a session behind, with a subscription.
void leave_session(Probe& probe, const std::string& id, std::uint32_t expiry, const std::string& topic) {
  const auto link =
      probe.open({.client_id = id, .clean_start = !probe.is_5() ? false : true, .session_expiry = expiry});
  if (link) (void)link->subscribe({{topic}});
}

void forget_session(Probe& probe, const std::string& id) {
  probe.open({.client_id = id, .clean_start = true});
}

void check_session_expiry(Probe& probe, std::vector<Check>& out) {
  if (!probe.is_5()) {
    out.push_back({"session expiry", Verdict::lesser, "not in MQTT 3.1.1",
                   "set the broker's own (mosquitto: persistent_client_expiration)"});
    return;
  }
  const std::string id = probe.client_id("short");
  leave_session(probe, id, 1, probe.topic("short"));
  probe.main().pause_until(in(kExpired));
  node::Connected greeting;
  const auto link = probe.open({.client_id = id, .clean_start = false}, &greeting);
  const bool good = link && !greeting.session_present;
  out.push_back({"session expiry", good ? Verdict::good : Verdict::lesser,
                 good ? "a session ends when it said" : "a session is kept longer than it said",
                 good ? "" : "sessions of clients that never return fill the broker"});
}

node::Message will_on(const std::string& topic) {
  node::Message will;
  will.topic = topic;
  will.payload = "gone";
  return will;
}

}  // namespace

void check_sessions(Probe& probe, std::vector<Check>& out) {
  const std::string id = probe.client_id("kept"), topic = probe.topic("session");
  leave_session(probe, id, kKept, topic);
  probe.publish("session", "while away");
  node::Connected greeting;
  const auto back = probe.open({.client_id = id, .clean_start = false, .session_expiry = kKept}, &greeting);
  const bool came = back && Probe::await(*back, topic, kPatience).has_value();
  const bool good = came && greeting.session_present;
  out.push_back(
      {"session", good ? Verdict::good : Verdict::bad,
       good   ? "kept, with what came meanwhile"
       : came ? "kept, but not said so"
              : "what came meanwhile is lost",
       good ? "" : "allow persistent sessions; without them a short cut loses commands and reports"});
  if (back) back->disconnect();
  forget_session(probe, id);
  check_session_expiry(probe, out);
}

void check_wills(Probe& probe, std::vector<Check>& out) {
  const std::string topic = probe.topic("will"), late = probe.topic("late");
  const auto listener = probe.open();
  const bool asked = listener && listener->subscribe({{topic}, {late}});
  if (const auto victim = probe.open({.client_id = {}, .will = will_on(topic)})) victim->drop();
  const bool came = asked && Probe::await(*listener, topic, kPatience).has_value();
  out.push_back({"will", came ? Verdict::good : Verdict::bad,
                 came ? "published when a client vanishes" : "not published when a client vanishes",
                 came ? "" : "who is gone would look alive; allow wills, or look at the user's rights"});
  if (!probe.is_5()) {
    out.push_back({"will delay", Verdict::lesser, "not in MQTT 3.1.1", "short cuts show as offline"});
    return;
  }
  const auto begun = in(Milliseconds(0));
  if (const auto victim =
          probe.open({.client_id = {}, .session_expiry = kKept, .will = will_on(late), .will_delay = 2}))
    victim->drop();
  const bool later = asked && Probe::await(*listener, late, Milliseconds(6'000)).has_value();
  const auto took = std::chrono::duration_cast<Milliseconds>(in(Milliseconds(0)) - begun);
  const bool good = later && took >= Milliseconds(1'000);
  out.push_back({"will delay", good ? Verdict::good : Verdict::lesser,
                 good    ? "kept"
                 : later ? "ignored: the will came after " + std::to_string(took.count()) + " ms"
                         : "the will never came",
                 good ? "" : "short cuts show as offline"});
}

void check_expiry(Probe& probe, std::vector<Check>& out) {
  if (!probe.is_5()) {
    out.push_back(
        {"message expiry", Verdict::lesser, "not in MQTT 3.1.1", "time stamps are compared instead"});
    return;
  }
  node::Message message{.topic = probe.topic("expiring"), .payload = "1", .retain = true};
  message.expiry_seconds = 1;
  probe.publish(message);
  probe.main().pause_until(in(kExpired));
  const auto link = probe.open();
  const bool gone = link && link->subscribe({{probe.topic("expiring")}}) && probe.collect(*link).empty();
  out.push_back({"message expiry", gone ? Verdict::good : Verdict::lesser,
                 gone ? "what is too old is not delivered" : "ignored",
                 gone ? "" : "commands that come too late could act"});
  probe.publish("expiring", "", true);
}

}  // namespace gable::cli
