#include "services_desk.hpp"

namespace gable::hub::test {

DeskHouse::DeskHouse(const House& house) {
  states.set_command_desk(desk);
  states.on_step([this](Turn& turn, const StateStep& step) { helpers.on_step(turn, step); });
  helpers.set_forward([this](Turn& turn, Entity& entity, wire::Command command, const Context& context) {
    desk.submit(turn, entity, std::move(command), Asker{.context = context, .on_tree = false},
                plane.bridge_of(entity));
  });
  services.on_done([this](Turn&, const rules::ServiceDone& done) { ended.push_back(done); });
  services.set_rules([this](Turn&, const rules::ServiceCall& call) {
    passed.push_back(call);
    return rules::ServiceOutcome{};
  });
  Turn turn{now, out};
  registry.set_house(house);
  helpers.set_house(turn, house);
  from_bridge("gable/bridge/b/info", R"({"program":"x","version":"1","protocol":"x","schema":"bridge/1"})");
  bridge("online");
  plane.settle(turn);
}

void DeskHouse::from_bridge(const std::string& topic, const std::string& payload) {
  Turn turn{now, out};
  const auto parsed = topics.parse(topic);
  ASSERT_TRUE(parsed) << topic;
  plane.on_message(turn, *parsed, payload);
}

void DeskHouse::bridge(const std::string& status) {
  from_bridge("gable/bridge/b/status", R"({"status":")" + status + R"(","session":"b1"})");
}

void DeskHouse::announce(const std::string& device, const std::string& entity, const std::string& state) {
  from_bridge("gable/bridge/b/device/" + device,
              R"({"schema":"device/1","name":")" + device + R"(","entity":)" + entity + "}");
  report(device, state);
}

void DeskHouse::report(const std::string& device, const std::string& state) {
  from_bridge("gable/bridge/b/state/" + device, state);
}

void DeskHouse::result(const std::string& correlation, wire::CommandStatus status) {
  Turn turn{now, out};
  wire::ResultDoc result;
  result.id = correlation;
  result.status = status;
  desk.on_result(turn, result);
}

void DeskHouse::advance(Duration time) {
  now += time;
  Turn turn{now, out};
  while (const auto due = deadlines.pop(now)) {
    if (due->kind != DeadlineKind::command) continue;
    desk.on_deadline(turn, due->id, [this](const Entity& entity) { return plane.bridge_of(entity); });
  }
}

rules::ServiceCall DeskHouse::make(const std::string& service, const std::string& target,
                                   const std::string& data) {
  const std::size_t dot = service.find('.');
  rules::ServiceCall call;
  call.domain = service.substr(0, dot);
  call.service = service.substr(dot + 1);
  if (!target.empty()) call.target = rules::jinja::from_wire(json(target));
  call.data = rules::jinja::from_wire(json(data));
  call.rule = "automation.test";
  call.context = {.id = "run", .parent = "cause", .user = {}};
  return call;
}

rules::ServiceOutcome DeskHouse::call(rules::ServiceCall call) {
  if (call.id == 0) call.id = ++next_call;
  Turn turn{now, out};
  return services.call(turn, call);
}

rules::ServiceOutcome DeskHouse::call(const std::string& service, const std::string& target,
                                      const std::string& data) {
  return call(make(service, target, data));
}

void DeskHouse::client(const std::string& service, const std::string& document) {
  const std::size_t dot = service.find('.');
  Turn turn{now, out};
  Asker asker;
  asker.context.by = "client:anna";
  asker.response_topic = "gable/client/anna/r";
  services.call(turn, service.substr(0, dot), service.substr(dot + 1), json(document), asker);
}

std::vector<std::string> DeskHouse::take() {
  std::vector<std::string> lines;
  for (const auto& command : out.commands) {
    constexpr std::string_view kOurs = "gable/bridge/b/set/";
    if (!command.topic.starts_with(kOurs)) {
      lines.push_back(command.topic + " " + command.payload);
      continue;
    }
    wire::Object document = json(command.payload);
    document.erase("_id");
    lines.push_back(command.topic.substr(kOurs.size()) + " " + wire::to_json(document));
  }
  out.commands.clear();
  return lines;
}

}  // namespace gable::hub::test
