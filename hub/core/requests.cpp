#include "core/requests.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/render.hpp"
#include "core/snapshot.hpp"
#include "core/template_request.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::TopicKind;
using wire::Value;

constexpr std::size_t kPage = 500;
constexpr std::size_t kAnswerLimit = 200 * 1024;  // bytes of one page, so that small clients survive it
constexpr std::uint32_t kAnswerExpirySeconds = 60;

std::string text_of(const wire::Object& arguments, std::string_view key) {
  const Value* value = arguments.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

// What `ids:` says that entities and devices were called elsewhere, by what they are called here.
class FormerNames {
 public:
  explicit FormerNames(const ForeignIds& ids) {
    for (const auto& [alias, entity] : ids.aliases) entities_[entity].emplace_back(alias);
    for (const auto& [alias, device] : ids.devices) devices_[device].emplace_back(alias);
  }

  void add_to(wire::Object& row) const {
    add(row, "entity_id", entities_, "aliases");
    add(row, "device", devices_, "device_aliases");
  }

 private:
  using Names = std::unordered_map<std::string, wire::List>;

  static void add(wire::Object& row, std::string_view by, const Names& names, const char* key) {
    const auto found = names.find(text_of(row, by));
    if (found != names.end()) row.append(key, found->second);
  }

  Names entities_, devices_;
};

}  // namespace

void Requests::on_message(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message,
                          const Asker& asker) {
  const std::string method(topic.name);
  auto arguments = message.payload.empty() ? wire::Result<wire::Object>(wire::Object{})
                                           : wire::parse_object(message.payload);
  if (!arguments) return answer(turn, method, arguments.error(), asker);
  if (method == "entities") return answer(turn, method, entities(*arguments), asker);
  if (method == "problems") return answer(turn, method, problems(), asker);
  if (method == "house") return answer(turn, method, house(), asker);
  if (method == "bridges") return answer(turn, method, bridges(), asker);
  if (method == "forget") return answer(turn, method, forget(turn, *arguments), asker);
  if (method == "rename") return answer(turn, method, rename(turn, *arguments), asker);
  if (method == "template") {
    return answer(turn, method, render_template(*arguments, p_.registry, p_.zone, turn.now), asker);
  }
  if (method == "refresh") return answer(turn, method, refresh(turn, *arguments), asker);
  if (method == "snapshot") return answer_in_parts(turn, *arguments, asker);
  if (method == "customize") {
    const auto done = customize_.request(turn, *arguments);
    if (done) p_.rules.on_registry(turn);
    return answer(turn, method, done, asker);
  }
  if (RulesDesk::is_request(method)) {
    if (const auto done = p_.rules.request(turn, method, *arguments))
      return answer(turn, method, *done, asker);
  }
  EdgeRequest request{.method = method,
                      .arguments = std::move(*arguments),
                      .id = asker.id,
                      .response_topic = asker.response_topic,
                      .correlation = asker.correlation};
  if (request.response_topic.empty()) request.response_topic = p_.topics.hub(TopicKind::hub_response, method);
  turn.out.requests.push_back(std::move(request));
}

void Requests::answer(Turn& turn, std::string_view method, const Answer& answer, const Asker& asker) const {
  wire::ResponseDoc response;
  response.id = asker.id;
  response.ok = answer.has_value();
  if (answer) {
    response.data = *answer;
  } else {
    response.code = answer.error().code;
    response.reason = answer.error().message();
  }
  send(turn, method, wire::to_json(wire::encode(response)), asker);
}

void Requests::send(Turn& turn, std::string_view method, std::string payload, const Asker& asker) const {
  turn.out.publishes.push_back({.topic = asker.response_topic.empty()
                                             ? p_.topics.hub(TopicKind::hub_response, method)
                                             : asker.response_topic,
                                .payload = std::move(payload),
                                .expiry_seconds = kAnswerExpirySeconds,
                                .correlation = asker.correlation});
}

// The one question with several answers, each an ordinary one.
void Requests::answer_in_parts(Turn& turn, const wire::Object& arguments, const Asker& asker) const {
  const auto parts = snapshot(p_.registry, arguments);
  if (!parts) return answer(turn, "snapshot", parts.error(), asker);
  std::string head = "{";
  if (!asker.id.empty()) {
    head += R"("id":)";
    wire::append_json_string(asker.id, head);
    head += ',';
  }
  head += R"("ok":true,"data":)";
  for (const std::string& data : *parts) send(turn, "snapshot", head + data + '}', asker);
}

// {"domain","area","entity","after","describe"} → {"entities":[…],"next":"light.x" or null}: pages in order
// of id.
Requests::Answer Requests::entities(const wire::Object& arguments) const {
  const std::string domain = text_of(arguments, "domain"), area = text_of(arguments, "area");
  const std::string one = text_of(arguments, "entity"), after = text_of(arguments, "after");
  const Value* asked = arguments.find("describe");
  const bool describe = asked != nullptr && asked->bool_or(false);
  std::vector<const Entity*> found;
  for (const Entity& entity : p_.registry.entities()) {
    if (entity.forgotten || (!domain.empty() && entity.id.domain() != domain)) continue;
    if ((!area.empty() && entity.area != area) || (!one.empty() && entity.id.text() != one)) continue;
    if (entity.id.text() > after) found.push_back(&entity);
  }
  std::sort(found.begin(), found.end(), [](const Entity* a, const Entity* b) { return a->id < b->id; });
  const FormerNames former(describe ? p_.registry.house().ids : ForeignIds{});
  wire::List rows;
  std::size_t size = 0;
  Value next;
  for (const Entity* entity : found) {
    if (rows.size() >= kPage || size > kAnswerLimit) {
      next = rows.back().as_object()->find("entity_id")->string_or("");
      break;
    }
    wire::Object row = list_document(*entity, p_.registry, describe);
    former.add_to(row);
    size += wire::to_json(row).size();
    rows.emplace_back(std::move(row));
  }
  return Value(wire::Object{{"entities", std::move(rows)}, {"next", std::move(next)}});
}

// {} → {"name","language","time_zone","floors":[{"id","name","level"}],"areas":[{"id","name","floor"}],
// "labels":[{"id","name"}],"commands":["shell_command.x"]}: floors, areas and labels as the file has them,
// then the areas that only devices have named, by id; commands that rules may call.
Requests::Answer Requests::house() const {
  const House& house = p_.registry.house();
  wire::List floors, areas;
  for (const Floor& floor : house.floors) {
    wire::Object row{{"id", floor.id}, {"name", floor.name}};
    if (floor.level) row.append("level", static_cast<std::int64_t>(*floor.level));
    if (!floor.icon.empty()) row.append("icon", floor.icon);
    floors.emplace_back(std::move(row));
  }
  std::set<std::string> others;
  for (const Entity& entity : p_.registry.entities()) {
    if (!entity.forgotten && !entity.area.empty()) others.insert(entity.area);
  }
  for (const Area& area : house.areas) {
    others.erase(area.id);
    wire::Object row{{"id", area.id}, {"name", area.name}};
    if (!area.floor.empty()) row.append("floor", area.floor);
    if (!area.icon.empty()) row.append("icon", area.icon);
    areas.emplace_back(std::move(row));
  }
  for (const std::string& id : others)
    areas.emplace_back(wire::Object{{"id", id}, {"name", p_.registry.area_name(id)}});
  wire::List labels;
  for (const Label& label : house.labels)
    labels.emplace_back(wire::Object{{"id", label.id}, {"name", label.name}});
  wire::List commands;
  if (house.allow_commands) {
    for (const ShellCommand& command : house.shell_commands)
      commands.emplace_back("shell_command." + command.name);
    for (const RestCommand& command : house.rest_commands)
      commands.emplace_back("rest_command." + command.name);
  }
  return Value(wire::Object{{"name", house.info.name},
                            {"language", house.info.language},
                            {"time_zone", house.info.time_zone},
                            {"floors", std::move(floors)},
                            {"areas", std::move(areas)},
                            {"labels", std::move(labels)},
                            {"commands", std::move(commands)}});
}

Requests::Answer Requests::problems() const {
  wire::List rows;
  for (const auto& [id, problem] : p_.problems.all()) {
    wire::Object row = wire::encode(problem);
    row.set("id", id);
    rows.emplace_back(std::move(row));
  }
  return Value(std::move(rows));
}

Requests::Answer Requests::bridges() const {
  wire::List rows;
  for (const auto& [id, bridge] : p_.plane.bridges()) {
    wire::Object row{{"id", id}};
    row.append("status", wire::encode(bridge.status));
    row.append("info", wire::encode(bridge.info));
    row.append("devices", static_cast<std::int64_t>(bridge.inventory.devices.size()));
    rows.emplace_back(std::move(row));
  }
  return Value(std::move(rows));
}

// {"entity":"light.x"} | {"device":"virtual/lamp"} | {"bridge":"virtual"}
Requests::Answer Requests::forget(Turn& turn, const wire::Object& arguments) {
  if (const std::string text = text_of(arguments, "entity"); !text.empty()) {
    const auto id = EntityId::parse(text);
    Entity* entity = id ? p_.registry.find(*id) : nullptr;
    if (entity == nullptr) return Error{ErrorCode::unknown_entity, "there is no entity " + text, ""};
    if (entity->helper()) return Error{ErrorCode::conflict, text + " comes from a file; remove it there", ""};
    const Device& device = p_.registry.device(entity->device);
    const auto index = p_.registry.index_of(*entity);
    if (device.discovered()) return forget_discovered(turn, {index});
    const bool attached = std::any_of(device.entities.begin(), device.entities.end(),
                                      [&](const auto& e) { return e.second == index; });
    if (attached && device.present) {
      return Error{ErrorCode::conflict, device.bridge + "/" + device.id + " still announces " + text, ""};
    }
    p_.plane.forget_entity(turn, *entity);
    return Value(wire::Object{{"forgotten", 1}});
  }
  const std::string device = text_of(arguments, "device"), bridge = text_of(arguments, "bridge");
  const auto slash = device.find('/');
  if (device.empty() ? bridge.empty() : slash == std::string::npos) {
    return Error{ErrorCode::malformed,
                 R"(expected {"entity":"light.x"}, {"device":"bridge/device"} or {"bridge":"name"})", ""};
  }
  if (const Device* found = device.empty()
                                ? nullptr
                                : p_.registry.find_device(device.substr(0, slash), device.substr(slash + 1));
      found != nullptr && found->discovered()) {
    std::vector<EntityIndex> all;
    for (const auto& [key, index] : found->entities) all.push_back(index);
    return forget_discovered(turn, all);
  }
  const auto count =
      device.empty() ? p_.plane.forget_bridge(turn, bridge)
                     : p_.plane.forget_device(turn, device.substr(0, slash), device.substr(slash + 1), false);
  if (!count) return count.error();
  return Value(wire::Object{{"forgotten", static_cast<std::int64_t>(*count)}});
}

// Announcements are taken from the broker too, or it would all be there again after the next start.
Requests::Answer Requests::forget_discovered(Turn& turn, const std::vector<EntityIndex>& entities) {
  for (const EntityIndex index : entities) {
    const Entity& entity = p_.registry.entity(index);
    if (entity.availability == Availability::online)
      return Error{ErrorCode::conflict,
                   entity.id.text() + " is there and available; remove it where it is announced", ""};
  }
  for (const EntityIndex index : entities) {
    p_.discovery.forget(turn, index);
    p_.plane.forget_entity(turn, p_.registry.entity(index));
  }
  return Value(wire::Object{{"forgotten", static_cast<std::int64_t>(entities.size())}});
}

// {"entity":"light.old","to":"light.new"} → {"entity","rules":["automation.x"]}: the rules that still name
// the old id and wait for it from now on. The old topics go after the new ones exist.
Requests::Answer Requests::rename(Turn& turn, const wire::Object& arguments) {
  const auto from = EntityId::parse(text_of(arguments, "entity"));
  const auto to = EntityId::parse(text_of(arguments, "to"));
  if (!from) return from.error();
  if (!to) return to.error();
  Entity* entity = p_.registry.find(*from);
  if (entity == nullptr) return Error{ErrorCode::unknown_entity, "there is no entity " + from->text(), ""};
  if (entity->helper())
    return Error{ErrorCode::conflict, from->text() + " comes from a file; rename it there", ""};
  const bool plain = entity->overrides->plain;  // as people have it for the id that goes
  auto renamed = p_.registry.rename(*entity, *to);
  if (!renamed) return renamed.error();
  const auto index = p_.registry.index_of(*entity);
  for (const auto part : {Part::meta, Part::state, Part::availability}) p_.publisher.mark(index, part);
  p_.publisher.flush(turn);
  p_.publisher.retract(turn, *from, plain);
  turn.save(Table::entity, from->text(), "");
  turn.save(Table::state, from->text(), "");
  p_.tombstones.add(turn, from->text());
  p_.plane.save_entity(turn, index);
  turn.save(Table::state, to->text(), wire::to_json(state_row(entity->state)));
  p_.problems.solve(turn, problem_id({"conflict", from->domain(), from->object_id()}));
  wire::Object line{
      {"t", wire::format_time(turn.now)}, {"k", "rename"}, {"e", from->text()}, {"to", to->text()}};
  turn.out.journal.emplace_back(wire::to_json(line));
  p_.rules.on_registry(turn);
  wire::List rules;
  for (const std::string& rule : p_.rules.listing().naming(from->text())) rules.emplace_back(rule);
  return Value(wire::Object{{"entity", to->text()}, {"rules", std::move(rules)}});
}

// {"bridge":"virtual"} or {} for all: asks bridges to publish everything again.
Requests::Answer Requests::refresh(Turn& turn, const wire::Object& arguments) const {
  const std::string wanted = text_of(arguments, "bridge");
  std::int64_t asked = 0;
  for (const auto& [id, bridge] : p_.plane.bridges()) {
    if (!wanted.empty() && id != wanted) continue;
    if (bridge.status.status == wire::ParticipantStatus::offline) continue;
    turn.out.publishes.push_back({.topic = p_.topics.bridge(TopicKind::bridge_request, id, "refresh"),
                                  .payload = "{}",
                                  .expiry_seconds = 10});
    ++asked;
  }
  if (asked == 0)
    return Error{ErrorCode::unavailable,
                 wanted.empty() ? "no bridge is running" : "bridge " + wanted + " is not running", ""};
  return Value(wire::Object{{"asked", asked}});
}

}  // namespace gable::hub
