#include "core_house.hpp"

#include "language/blueprint.hpp"
#include "language/parse.hpp"
#include "wire/topic.hpp"
#include "yaml/loader.hpp"

namespace gable::hub::test {

CoreHouse::CoreHouse(House house) { restart(std::move(house)); }

void CoreHouse::load_rules(const std::string& yaml) {
  const auto document = rules::yaml::parse("rules.yaml", yaml);
  auto set = std::make_shared<rules::RuleSet>();
  rules::NoBlueprints none;
  rules::read_document(*set, *document, none);
  handle(RulesChanged{.rules = set});
}

void CoreHouse::restart(House house) {
  core =
      std::make_unique<Core>(CoreOptions{.root = "gable", .session = "s" + std::to_string(++starts_)}, zone_);
  const auto rows = store;
  turn([&](Turn& t) {
    for (const auto table : {Table::device, Table::entity, Table::state, Table::problem, Table::tombstone,
                             Table::setting, Table::seen, Table::desired}) {
      for (const auto& [key, json] : rows) {
        if (key.first == table) core->restore(t, table, key.second, json);
      }
    }
    core->start(t, house);
  });
}

void CoreHouse::turn(const std::function<void(Turn&)>& work) {
  Effects effects;
  Turn t{now, effects};
  work(t);
  perform(effects);
  effects.clear();
  core->flush(t);
  perform(effects);
}

void CoreHouse::perform(Effects& effects) {
  for (const auto& save : effects.saves) {
    if (save.json.empty())
      store.erase({save.table, save.key});
    else
      store[{save.table, save.key}] = save.json;
  }
  auto all = effects.commands;
  all.insert(all.end(), effects.publishes.begin(), effects.publishes.end());
  for (auto& publish : all) {
    if (publish.retained && publish.payload.empty())
      broker.erase(publish.topic);
    else if (publish.retained)
      broker[publish.topic] = publish.payload;
    if (publish.topic == "gable/client/hub/sync") barrier_ = publish.payload;
    published.push_back(std::move(publish));
  }
  subscribed.insert(subscribed.end(), effects.subscribes.begin(), effects.subscribes.end());
  for (auto& line : effects.journal) journal.push_back(std::move(line).json());
  if (effects.status) status = effects.status;
}

void CoreHouse::connect_only(int protocol, bool session_present) {
  turn([&](Turn& t) { core->handle(BrokerConnected{session_present, protocol}, t); });
}

void CoreHouse::connect(int protocol, bool session_present) {
  served_ = subscribed.size();
  connect_only(protocol, session_present);
  // A barrier that comes back may have made the hub raise another one.
  for (std::string last; last != barrier_;) {
    last = barrier_;
    deliver();
    barrier();
  }
}

void CoreHouse::deliver() {
  const auto held = broker;
  for (; served_ < subscribed.size(); ++served_) {
    const Subscribe subscription = subscribed[served_];
    if (!subscription.stored || subscription.if_new) continue;  // our session has it
    for (const auto& [topic, payload] : held) {
      if (!wire::topic_matches(subscription.filter, topic)) continue;
      handle(MessageIn{.topic = topic, .payload = payload, .retained = true});
    }
  }
}

void CoreHouse::keep(const std::string& topic, const std::string& payload) {
  if (payload.empty())
    broker.erase(topic);
  else
    broker[topic] = payload;
  served_ = subscribed.size();
  send(topic, payload);
  deliver();
}

void CoreHouse::handle(const Event& event) {
  turn([&](Turn& t) { core->handle(event, t); });
}

void CoreHouse::barrier() { send("gable/client/hub/sync", barrier_); }

void CoreHouse::lose_broker() {
  turn([&](Turn& t) { core->handle(BrokerLost{"gone"}, t); });
}

void CoreHouse::device(const std::string& topic, const std::string& payload) {
  const std::string full = "gable/bridge/" + topic;
  const bool event =
      topic.find("/event/") != std::string::npos || topic.find("/result/") != std::string::npos;
  if (!event) {
    if (payload.empty())
      broker.erase(full);
    else
      broker[full] = payload;
  }
  send(full, payload);
}

void CoreHouse::send(const std::string& topic, const std::string& payload, const std::string& response_topic,
                     const std::string& correlation, bool retained) {
  turn([&](Turn& t) {
    core->handle(MessageIn{.topic = topic,
                           .payload = payload,
                           .retained = retained,
                           .response_topic = response_topic,
                           .correlation = correlation},
                 t);
  });
}

void CoreHouse::advance(Duration time) {
  const Time end = now + time;
  for (auto next = core->next_deadline(); next && *next <= end; next = core->next_deadline()) {
    now = std::max(now, *next);
    turn([&](Turn& t) { core->handle(DeadlineReached{}, t); });
  }
  now = end;
}

void CoreHouse::lamp() {
  device("virtual/info",
         R"({"program":"gable-bridge-virtual","version":"0.1.0","protocol":"virtual","schema":"bridge/1"})");
  device(
      "virtual/device/lamp",
      R"({"schema":"device/1","name":"Kitchen lamp","area":"Kitchen","entity":{"domain":"light","features":["brightness","transition"]}})");
  device("virtual/state/lamp", R"({"state":"off"})");
  device("virtual/inventory", R"({"rev":1,"complete":true,"devices":["lamp"]})");
  device("virtual/status", R"({"status":"online","session":"b1","since":"2026-11-22T11:00:00.000Z"})");
}

std::vector<std::string> CoreHouse::take() {
  std::vector<std::string> out;
  for (const auto& publish : published) out.push_back(publish.topic + " " + publish.payload);
  published.clear();
  return out;
}

wire::Object CoreHouse::retained(const std::string& topic) const {
  const auto found = broker.find(topic);
  if (found == broker.end()) return {};
  auto object = wire::parse_object(found->second);
  return object ? *object : wire::Object{};
}

std::string CoreHouse::field(const std::string& topic, const std::string& key) const {
  const auto object = retained(topic);
  const auto* value = object.find(key);
  return value == nullptr ? "(none)" : wire::plain_text(*value);
}

std::vector<wire::Object> CoreHouse::said(const std::string& topic) const {
  std::vector<wire::Object> out;
  for (const auto& publish : published) {
    if (publish.topic != topic) continue;
    auto object = wire::parse_object(publish.payload);
    out.push_back(object ? *object : wire::Object{});
  }
  return out;
}

std::vector<std::string> CoreHouse::problems() const {
  std::vector<std::string> out;
  for (const auto& [topic, payload] : broker) {
    if (topic.starts_with("gable/problem/")) out.push_back(topic.substr(14));
  }
  return out;
}

}  // namespace gable::hub::test
