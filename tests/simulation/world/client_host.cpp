#include "world/client_host.hpp"

#include "wire/json.hpp"

namespace gable::sim {

ClientHost::Process::Process(ClientHost& host, SimPort::Watch watch)
    : loop(host.clock_),
      port(host.broker_, host.fuse_, std::move(watch)),
      session(loop, port, host.options(),
              {.connected = [&host](const node::Connected& event) { host.on_connected(event); },
               .message = [&host](const node::Message& message) { host.on_message(message); }}) {}

ClientHost::ClientHost(std::string client_id, const WorldTime& time, gable::test::MemoryBroker& broker,
                       History& history)
    : client_id_(std::move(client_id)), broker_(broker), history_(history), clock_(time) {}

ClientHost::~ClientHost() {
  if (process_) process_->port.die();
}

node::SessionOptions ClientHost::options() {
  node::SessionOptions out;
  out.connect.client_id = client_id_;
  out.session_id = client_id_ + std::to_string(starts_);
  out.backoff_max = std::chrono::seconds(5);
  out.backoff_seed = starts_;
  return out;
}

void ClientHost::start() {
  ++starts_;
  history_.note(client_id_ + " starts, " + std::to_string(starts_));
  SimPort::Watch watch;
  watch.published = [this](const node::Message& message) {
    history_.note(client_id_ + " > " + message.topic + " " + message.payload);
  };
  watch.acknowledged = [this](const node::Message& message, bool taken) { on_acknowledged(message, taken); };
  process_ = std::make_unique<Process>(*this, std::move(watch));
  on_start();
  process_->session.start();
}

std::optional<Steady> ClientHost::next_timer() const {
  if (!process_) return std::nullopt;
  return process_->loop.next_timer();
}

void ClientHost::died() {
  if (process_) process_->port.die();
  process_.reset();
  fuse_.put_out();
}

void ClientHost::publish(const std::string& topic, const std::string& payload, bool retain) {
  node::Message message;
  message.topic = topic;
  message.payload = payload;
  message.retain = retain;
  process_->session.publish(std::move(message));
}

// ── a program like zigbee2mqtt ──

namespace {

constexpr const char* kBase = "zigbee2mqtt/";
constexpr const char* kAvailability = "zigbee2mqtt/bridge/state";

std::string domain_of(const Thing& thing) { return thing.entity.substr(0, thing.entity.find('.')); }

// Its switches speak in capitals, as most such programs have it.
std::string spoken(const Thing& thing) {
  const auto* state = thing.state.find("state");
  const std::string text = state == nullptr ? "" : wire::plain_text(*state);
  if (text == "on") return R"({"state":"ON"})";
  if (text == "off") return R"({"state":"OFF"})";
  return R"({"state":)" + text + "}";
}

}  // namespace

Announcer::Announcer(const WorldTime& time, gable::test::MemoryBroker& broker, Nature& nature,
                     History& history, bool keeps)
    : ClientHost("z2m", time, broker, history), nature_(nature), keeps_(keeps) {}

Announcer::~Announcer() { nature_.listen("z2m", {}); }

void Announcer::died() {
  nature_.listen("z2m", {});
  ClientHost::died();
}

node::SessionOptions Announcer::options() {
  node::SessionOptions out = ClientHost::options();
  node::Message will;
  will.topic = kAvailability;
  will.payload = "offline";
  will.retain = true;
  out.connect.will = will;
  out.connect.will_delay_seconds = 0;
  return out;
}

void Announcer::on_start() {
  process_->session.subscribe({{"zigbee2mqtt/+/set"}, {"homeassistant/status"}});
  Nature::Ear ear;
  ear.changed = [this](const Thing& thing) {
    process_->loop.post([this, id = thing.id] { say(nature_.thing(id)); });
  };
  nature_.listen("z2m", std::move(ear));
}

void Announcer::on_connected(const node::Connected&) {
  publish(kAvailability, "online", true);
  for (const auto& [id, thing] : nature_.things()) {
    if (thing.bridge == "z2m") announce(thing);
  }
  say_all();
}

void Announcer::announce(const Thing& thing) {
  const std::string base = kBase + thing.id;
  wire::Object config{{"name", thing.id},
                      {"unique_id", "0x" + thing.id},
                      {"object_id", thing.id},
                      {"state_topic", base},
                      {"value_template", "{{ value_json.state }}"},
                      {"availability_topic", kAvailability}};
  const std::string domain = domain_of(thing);
  if (domain == "switch") {
    config.append("command_topic", base + "/set");
    config.append("payload_on", "ON");
    config.append("payload_off", "OFF");
  }
  if (domain == "sensor") config.append("unit_of_measurement", "°C");
  publish("homeassistant/" + domain + "/" + thing.id + "/config", wire::to_json(config), true);
}

void Announcer::say(const Thing& thing) { publish(kBase + thing.id, spoken(thing), keeps_); }

void Announcer::say_all() {
  for (const auto& [id, thing] : nature_.things()) {
    if (thing.bridge == "z2m") say(thing);
  }
}

void Announcer::on_message(const node::Message& message) {
  if (message.topic == "homeassistant/status") {
    if (message.payload == "online") process_->loop.after(std::chrono::seconds(2), [this] { say_all(); });
    return;
  }
  const std::string prefix = kBase;
  const std::string id = message.topic.substr(prefix.size(), message.topic.size() - prefix.size() - 4);
  if (!nature_.things().contains(id) || (message.payload != "ON" && message.payload != "OFF")) {
    return history_.note("z2m does not understand " + message.topic + " " + message.payload);
  }
  nature_.order(id, {"", message.payload, {{"state", message.payload == "ON" ? "on" : "off"}}}, [](bool) {});
}

// ── a person ──

Person::Person(const WorldTime& time, gable::test::MemoryBroker& broker, History& history)
    : ClientHost("anna", time, broker, history), time_(time) {}

// Who wants to hear how it ended has a session that outlives the broker's longest absence.
node::SessionOptions Person::options() {
  node::SessionOptions out = ClientHost::options();
  out.connect.session_expiry_seconds = 3'600;
  return out;
}

void Person::on_start() { process_->session.subscribe({{"gable/client/anna/answer"}, {"sim/mark"}}); }

void Person::want(const std::string& entity, const std::string& service) {
  if (!process_) return;
  Wish wish;
  wish.id = "w" + std::to_string(history_.wishes.size() + 1);
  wish.topic = "gable/set/" + entity;
  wish.payload = wire::to_json(wire::Object{{"service", service}, {"_id", wish.id}});
  wish.at = time_.now();
  node::Message message;
  message.topic = wish.topic;
  message.payload = wish.payload;
  message.response_topic = "gable/client/anna/answer";
  history_.wishes.push_back(std::move(wish));
  process_->session.publish(std::move(message));
}

void Person::on_acknowledged(const node::Message& message, bool taken) {
  for (auto& wish : history_.wishes) {
    if (wish.topic != message.topic || wish.payload != message.payload) continue;
    wish.taken = taken;
    wish.taken_at = time_.now();
  }
}

void Person::on_message(const node::Message& message) {
  history_.note("anna < " + message.topic + " " + message.payload);
  if (message.topic == "sim/mark") return;
  const auto document = wire::parse_object(message.payload);
  const auto result =
      document ? wire::decode_result(*document) : wire::Result<wire::ResultDoc>(wire::Error{});
  if (!result || !wire::is_final(result->status)) return;
  // A wish that the broker delivered again is told so; one that cannot be carried out is told so again.
  if (result->code == wire::ErrorCode::duplicate) return;
  // One that is rejected is rejected each time it comes; an ended one has an end of its own.
  const bool rejected = result->status == wire::CommandStatus::rejected;
  for (auto& wish : history_.wishes) {
    if (wish.id == result->id) wish.results.insert(rejected ? "rejected" : message.payload);
  }
}

}  // namespace gable::sim
