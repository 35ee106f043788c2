#include "conformance_bench.hpp"

#include <algorithm>

#include "wire/json.hpp"

namespace gable::conformance::test {

namespace {

const std::string kBase = "gable/bridge/lamp/";

}  // namespace

void Bench::settle() {
  while (broker.deliver_all() + loop.run_pending() > 0) {
  }
}

bool Bench::run_until(const std::function<bool()>& done, node::Steady deadline) {
  while (true) {
    settle();
    if (done()) return true;
    node::Steady next = deadline;
    for (const auto& due : {loop.next_timer(), broker.next_due()}) {
      if (due) next = std::min(next, *due);
    }
    if (clock.steady() >= deadline) return false;
    const auto step = std::chrono::ceil<std::chrono::milliseconds>(next - clock.steady());
    clock.advance(std::max(step, std::chrono::milliseconds(1)));
  }
}

BenchConnection::BenchConnection(Bench& bench) : bench_(bench), port_(bench.broker.make_port()) {
  node::ConnectOptions options;
  static int last = 0;
  options.client_id = "examiner-" + std::to_string(++last);
  port_->connect(options, *this);
  bench.settle();
}

bool BenchConnection::subscribe(const std::vector<node::Subscription>& subscriptions) {
  return port_->subscribe(subscriptions) != 0;
}

bool BenchConnection::publish(const node::Message& message) { return port_->publish(message) != 0; }

std::optional<node::Message> BenchConnection::next(node::Steady deadline) {
  if (!bench_.run_until([this] { return !inbox_.empty(); }, deadline)) return {};
  node::Message message = std::move(inbox_.front());
  inbox_.pop_front();
  return message;
}

FaultyBridge::FaultyBridge(Bench& bench, std::string fault) : bench_(bench), fault_(std::move(fault)) {
  start();
}

wire::Object FaultyBridge::status(const char* word) const {
  wire::Object document{{"status", word}};
  if (!has("no session")) document.set("session", "s-" + std::to_string(session_));
  return document;
}

void FaultyBridge::start() {
  ++session_;
  dead_ = false;
  port_ = bench_.broker.make_port();
  node::ConnectOptions options;
  options.client_id = "gable-bridge-lamp";
  if (!has("no will")) {
    options.will = node::Message{kBase + "status", wire::to_json(status("offline")), 1, true};
  }
  port_->connect(options, *this);
  bench_.settle();
}

void FaultyBridge::kill() {
  if (dead_) return;
  bench_.broker.drop("gable-bridge-lamp");
  dead_ = true;
}

void FaultyBridge::retain(const std::string& name, const wire::Object& document, bool retained) {
  port_->publish({kBase + name, wire::to_json(document), 1, retained});
}

void FaultyBridge::on_connected(node::Connected /*event*/) {
  if (has("online first")) retain("status", status("online"));
  announce();
  const auto handling =
      has("obeys what is stored") ? node::RetainHandling::send : node::RetainHandling::never;
  port_->subscribe({{kBase + "set/+", 1, handling, true}, {kBase + "request/+", 1, handling, true}});
  if (!has("online first")) retain("status", status("online"));
}

void FaultyBridge::announce() {
  retain("info", {{"schema", has("newer info") ? "bridge/2" : "bridge/1"},
                  {"program", "x"},
                  {"version", "1"},
                  {"protocol", "x"}});
  const wire::Object entity{{"domain", "light"}, {"features", wire::List{"brightness"}}};
  retain("device/lamp",
         {{"schema", has("newer device") ? "device/2" : "device/1"}, {"name", "Lamp"}, {"entity", entity}});
  if (has("ghost")) retain("device/ghost", {{"schema", "device/1"}, {"name", "Ghost"}, {"entity", entity}});
  wire::Object state{{"state", on_ ? "on" : "off"}};
  if (has("wrong type")) state.set("brightness", "bright");
  if (has("unknown attribute")) state.set("colour", "red");
  if (has("no main state")) state = {{"brightness", 3}};
  retain("state/lamp", state, !has("state not retained"));
  if (!has("no link")) retain("link/lamp", {{"status", "online"}});
  if (has("retained event")) retain("event/lamp", {{"event_type", "press"}});
  if (has("own topic")) retain("mood/lamp", {{"x", 1}});
  retain("inventory", {{"rev", 1}, {"complete", !has("incomplete")}, {"devices", wire::List{"lamp"}}});
}

void FaultyBridge::on_message(node::Message message) {
  if (dead_) return;
  const std::string rest = message.topic.substr(kBase.size());
  const std::string name = rest.substr(rest.find('/') + 1);
  if (message.payload.empty()) return;
  if (message.retain && !has("keeps what is stored")) port_->publish({message.topic, "", 1, true});
  if (rest.starts_with("set/")) return command(message, name);
  if (rest.starts_with("request/")) request(message, name);
}

void FaultyBridge::answer(const std::string& topic, const node::Message& asked,
                          const wire::Object& document) {
  port_->publish({topic, wire::to_json(document), 1, false});
  const bool allowed = asked.response_topic.starts_with("gable/client/") || has("answers anywhere");
  if (asked.response_topic.empty() || !allowed || has("no response topic")) return;
  node::Message message{asked.response_topic, wire::to_json(document), 1, false};
  if (!has("no correlation")) message.correlation = asked.correlation;
  port_->publish(message);
}

void FaultyBridge::command(const node::Message& message, const std::string& device) {
  const auto document = wire::parse_object(message.payload);
  if (!document && has("dies of malformed")) return kill();
  const wire::Object given = document ? *document : wire::Object{};
  const wire::Value* id = given.find("_id");
  const std::string name(id == nullptr ? "made-up" : id->string_or(""));
  const bool again = id != nullptr && !seen_.insert(name).second && !has("acts twice");
  wire::Object result = again ? wire::Object{{"status", "done"}} : obey(given, device);
  if (has("silent") || (again && has("silent about duplicates"))) return;
  wire::Object full{{"id", has("no id") ? "other" : name}};
  for (const auto& [key, value] : result) full.set(key, value);
  answer(kBase + "result/" + device, message, full);
  if (has("two results")) answer(kBase + "result/" + device, message, full);
}

wire::Object FaultyBridge::obey(const wire::Object& given, const std::string& device) {
  const auto rejected = [this](const char* code) {
    wire::Object result{{"status", "rejected"}, {"code", code}};
    if (!has("no reason")) result.set("reason", "because");
    return result;
  };
  if (device != "lamp")
    return has("obeys for others") ? wire::Object{{"status", "done"}} : rejected("unknown_entity");
  const wire::Value* service = given.find("service");
  const std::string word(service == nullptr ? "" : service->string_or(""));
  if (word != "turn_on" && word != "turn_off")
    return has("accepts nonsense") ? wire::Object{{"status", "done"}} : rejected("malformed");
  for (const auto& [key, value] : given) {
    const bool known = key == "service" || key == "brightness" || key.starts_with('_');
    if (!known && !has("accepts what it does not know")) return rejected("unknown_attribute");
  }
  on_ = word == "turn_on";
  retain("state/lamp", {{"state", on_ ? "on" : "off"}}, !has("state not retained"));
  return {{"status", "done"}};
}

void FaultyBridge::request(const node::Message& message, const std::string& method) {
  const auto document = wire::parse_object(message.payload);
  const wire::Value* id = document ? document->find("_id") : nullptr;
  wire::Object response{{"id", id == nullptr ? "" : id->string_or("")}};
  if (method == "refresh") {
    if (has("no refresh")) return;
    if (!has("lazy refresh")) announce();
    response.set("ok", true);
  } else {
    response.set("ok", has("knows every request"));
    response.set("code", "unknown_service");
    response.set("reason", "no such request");
  }
  answer(kBase + "response/" + method, message, response);
}

}  // namespace gable::conformance::test
