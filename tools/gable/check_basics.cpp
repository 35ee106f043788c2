// What the tree needs of a broker first: rights, retained messages, MQTT 5's subscription options, topics.

#include <algorithm>

#include "gable/check_broker.hpp"
#include "gable/entity_text.hpp"
#include "wire/topic.hpp"

namespace gable::cli {

namespace {

constexpr Milliseconds kPatience{3'000};
constexpr const char* kLesser = "works without; MQTT 5 would give it";

std::size_t count_below(const std::vector<node::Message>& messages, const std::string& prefix) {
  return static_cast<std::size_t>(std::count_if(messages.begin(), messages.end(), [&](const auto& message) {
    return message.topic.starts_with(prefix);
  }));
}

void without_5(const char* name, std::vector<Check>& out) {
  out.push_back({name, Verdict::lesser, "not in MQTT 3.1.1", kLesser});
}

}  // namespace

bool check_rights(Probe& probe, std::vector<Check>& out) {
  const bool five = probe.is_5();
  out.push_back(
      {"protocol", five ? Verdict::good : Verdict::lesser, five ? "MQTT 5" : "MQTT 3.1.1",
       five ? "" : "use a broker with MQTT 5 (mosquitto 2) for expiry, will delay and response topics"});
  const std::string echo = probe.topic("echo");
  const auto heard = probe.main().subscribe({{echo}});
  const bool sent = heard && probe.publish("echo", "1");
  const bool back = sent && Probe::await(probe.main(), echo, kPatience).has_value();
  if (!back) {
    const std::string user =
        probe.context().connect.user.empty() ? "without a user" : "user " + probe.context().connect.user;
    out.push_back(
        {"rights", Verdict::bad, user + " may not read and write " + probe.topic("#"),
         "give the user its rights (gable setup writes an ACL file), or give a user with --broker"});
    return false;
  }
  out.push_back({"rights", Verdict::good, "private topics can be written and read", ""});
  const auto tree = probe.open();
  const auto state = wire::TopicTree(probe.context().root).filter(wire::TopicKind::state);
  if (!tree || !tree->subscribe({{state}}))
    out.push_back({"rights to the house", Verdict::lesser, "this user may not read " + state,
                   "people need it; a bridge's user does not"});
  return true;
}

void check_retained(Probe& probe, std::vector<Check>& out) {
  const bool written = probe.publish("kept/one", "1", true) && probe.publish("kept/two", "2", true);
  const auto reader = probe.open();
  const bool asked = reader && reader->subscribe({{probe.topic("kept/+")}, {probe.topic("kept/#")}});
  std::vector<node::Message> seen;
  if (written && asked) seen = probe.collect(*reader);
  std::vector<std::string> topics;
  for (const auto& message : seen) {
    if (message.retain) topics.push_back(message.topic);
  }
  std::sort(topics.begin(), topics.end());
  topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
  const bool good = topics.size() == 2;
  out.push_back({"retained, with wildcards", good ? Verdict::good : Verdict::bad,
                 std::to_string(topics.size()) + " of 2 stored messages came back",
                 good ? "" : "turn retained messages on (mosquitto: retain_available true)"});
  probe.publish("kept/one", "", true);
  probe.publish("kept/two", "", true);
  const auto later = probe.open();
  const bool gone = later && later->subscribe({{probe.topic("kept/+")}}) && probe.collect(*later).empty();
  out.push_back({"retained, deleted", gone ? Verdict::good : Verdict::bad,
                 gone ? "an empty payload deletes" : "an empty payload does not delete",
                 gone ? "" : "what is gone would come back for ever; use another broker"});
}

void check_options(Probe& probe, std::vector<Check>& out) {
  if (!probe.is_5()) {
    for (const auto* name : {"retain handling", "retain as published", "no local", "response topic"})
      without_5(name, out);
    return;
  }
  probe.publish("option/stored", "1", true);
  const auto link = probe.open();
  node::Subscription live{probe.topic("option/+")}, own{probe.topic("own")}, answer{probe.topic("answer")};
  live.retain_handling = node::RetainHandling::never;
  live.retain_as_published = true;
  own.no_local = true;
  const bool asked = link && link->subscribe({live, own, answer});
  const bool none = asked && count_below(probe.collect(*link), probe.topic("option/")) == 0;
  out.push_back(
      {"retain handling", none ? Verdict::good : Verdict::bad,
       none ? "stored messages can be left out" : "stored messages come although they were not asked for",
       none ? "" : "stored commands would act again; use another broker"});
  probe.publish("option/live", "1", true);
  const auto message = asked ? Probe::await(*link, probe.topic("option/live"), kPatience) : std::nullopt;
  const bool flagged = message && message->retain;
  out.push_back({"retain as published", flagged ? Verdict::good : Verdict::lesser,
                 flagged ? "the flag is kept" : "the flag is lost",
                 flagged ? "" : "commands with the retain flag cannot be told from others"});
  if (asked) link->publish({.topic = probe.topic("own"), .payload = "1"});
  const bool silent = asked && count_below(probe.collect(*link), probe.topic("own")) == 0;
  out.push_back({"no local", silent ? Verdict::good : Verdict::lesser,
                 silent ? "own messages can be left out" : "own messages come back",
                 silent ? "" : "costs a little time"});
  node::Message question{.topic = probe.topic("answer"), .payload = "1"};
  question.response_topic = probe.topic("reply");
  question.correlation = std::string("a\0b", 3);
  probe.publish(question);
  const auto seen = asked ? Probe::await(*link, probe.topic("answer"), kPatience) : std::nullopt;
  const bool kept =
      seen && seen->response_topic == question.response_topic && seen->correlation == question.correlation;
  out.push_back({"response topic", kept ? Verdict::good : Verdict::lesser,
                 kept ? "passed on, with correlation data" : "not passed on",
                 kept ? "" : "answers need _id instead"});
}

void check_topics(Probe& probe, std::vector<Check>& out) {
  const std::vector<std::string> names{"Wohnzimmer Lampe",   "küche/größe", "居間", "a:b.c-d_e",
                                       "0x00158d0001a2b3c4", "$inside",     "🏠",    std::string(128, 'x')};
  const auto link = probe.open();
  const bool asked = link && link->subscribe({{probe.topic("name/#")}});
  std::string lost;
  for (const auto& name : names) {
    probe.publish("name/" + name, name);
    const auto seen = asked ? Probe::await(*link, probe.topic("name/" + name), kPatience) : std::nullopt;
    if (!seen || seen->payload != name) lost += (lost.empty() ? "" : ", ") + name;
    if (!probe.main().connected()) break;
  }
  out.push_back({"topic characters", lost.empty() ? Verdict::good : Verdict::lesser,
                 lost.empty() ? "blanks, umlauts, signs and long names pass" : "these do not pass: " + lost,
                 lost.empty() ? "" : "devices must not have such names"});
}

}  // namespace gable::cli
