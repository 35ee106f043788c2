#include "core/core.hpp"

#include "core/command_desk.hpp"
#include "core/command_intake.hpp"
#include "core/deadlines.hpp"
#include "core/device_plane.hpp"
#include "core/discovery/discovery_desk.hpp"
#include "core/helpers/helper_desk.hpp"
#include "core/problems.hpp"
#include "core/publisher.hpp"
#include "core/registry.hpp"
#include "core/requests.hpp"
#include "core/rules/own_entities.hpp"
#include "core/rules/rules_desk.hpp"
#include "core/services/service_desk.hpp"
#include "core/start_up.hpp"
#include "core/state_desk.hpp"
#include "wire/json.hpp"

namespace gable::hub {

using wire::TopicKind;

namespace {

// What is said on such a topic is over when it has been said: saying it twice would make two of it.
bool happens(TopicKind kind) {
  return kind == TopicKind::bridge_event || kind == TopicKind::set || kind == TopicKind::set_area ||
         kind == TopicKind::call || kind == TopicKind::hub_request;
}

}  // namespace

struct Core::Parts {
  Parts(const CoreOptions& options, const ZoneRules& zone_rules)
      : topics(options.root),
        registry(House{}),
        problems(topics),
        publisher(topics, registry),
        states(registry, publisher, deadlines),
        helpers({topics, registry, states, publisher, deadlines, problems, zone_rules}),
        desk(topics, registry, deadlines, helpers, options.session),
        plane({topics, registry, problems, publisher, states, desk, tombstones}),
        services({topics, registry, problems, publisher, desk, plane, helpers, zone_rules}),
        intake({topics, registry, problems, desk, services}),
        announced({topics, registry, problems, publisher, states, desk, plane, deadlines, subscriptions,
                   zone_rules}),
        start_up({topics, registry, problems, publisher, plane, desk, intake, deadlines, announced,
                  subscriptions, tombstones}),
        requests({topics, registry, problems, publisher, plane, announced, zone_rules, rules, tombstones}),
        rules({topics, registry, states, publisher, deadlines, problems, zone_rules, options.session,
               subscriptions}) {
    states.set_command_desk(desk);
    desk.set_direct(announced);
    states.on_step([this](Turn& turn, const StateStep& step) { helpers.on_step(turn, step); });
    helpers.set_forward([this](Turn& turn, Entity& entity, wire::Command command, const Context& context) {
      desk.submit(turn, entity, std::move(command), Asker{.context = context, .on_tree = false},
                  plane.bridge_of(entity));
    });
    wire_rules();
    services.set_loopback([this](Turn& turn, const MessageIn& message) { on_message(turn, message); });
  }

  void wire_rules();
  // As templates and rules name devices: "zwave/7".
  [[nodiscard]] std::string device_id(const Entity& entity) const {
    if (entity.device == kNone) return {};
    const Device& device = registry.device(entity.device);
    return device.bridge + "/" + device.id;
  }
  void on_message(Turn& turn, const MessageIn& message);
  void on_bad_topic(Turn& turn, const MessageIn& message);
  void on_deadlines(Turn& turn);

  wire::TopicTree topics;
  Registry registry;
  Problems problems;
  Publisher publisher;
  Deadlines deadlines;
  StateDesk states;
  HelperDesk helpers;
  CommandDesk desk;
  Tombstones tombstones;
  DevicePlane plane;
  ServiceDesk services;
  CommandIntake intake;
  Subscriptions subscriptions;
  DiscoveryDesk announced;
  StartUp start_up;
  Requests requests;
  RulesDesk rules;
};

// What the rules hear of the house, and what they do to it.
void Core::Parts::wire_rules() {
  rules.set_services(
      {[this](Turn& turn, const rules::ServiceCall& call) { return services.call(turn, call); },
       [this](std::uint64_t call) { services.abandon(call); }});
  services.set_rules([this](Turn& turn, const rules::ServiceCall& call) { return rules.call(turn, call); });
  services.on_done([this](Turn& turn, const rules::ServiceDone& done) { rules.on_done(turn, done); });
  states.on_step([this](Turn& turn, const StateStep& step) { rules.on_step(turn, step); });
  start_up.on_complete([this](Turn& turn) {
    rules.house_started(turn);
    helpers.house_started(turn);
  });
  plane.on_event([this](Turn& turn, const Entity& entity, const wire::Object& event) {
    rules.on_event(turn, bus_event(entity, device_id(entity), event));
  });
  announced.on_event([this](Turn& turn, const Entity& entity, const wire::Object& event) {
    rules.on_event(turn, bus_event(entity, device_id(entity), event));
  });
  announced.on_trigger([this](Turn& turn, const discovery::Trigger& trigger, const std::string& device) {
    rules.on_event(turn, bus_event(trigger, device));
  });
  helpers.on_event([this](Turn& turn, const Entity& entity, const std::string& type) {
    rules.on_event(turn, bus_event(entity, type));
  });
  helpers.set_others([this](Turn& turn, Entity& entity, const wire::Command& command,
                            const Context& context) { return rules.act(turn, entity, command, context); });
}

Core::Core(const CoreOptions& options, const ZoneRules& zone) : p_(std::make_unique<Parts>(options, zone)) {}
Core::~Core() = default;

const Registry& Core::registry() const { return p_->registry; }
wire::Object Core::last_load() const { return load_row(p_->rules.last_load(), p_->rules.listing()); }
std::optional<Time> Core::next_deadline() const { return p_->deadlines.next(); }

void Core::restore(Turn& turn, Table table, const std::string& key, const std::string& json) {
  const auto row = wire::parse_object(json, wire::kDocumentLimits);
  const auto bad = [&](const std::string& why) {
    turn.log(LogLevel::error, "store: " + key + " left out: " + why);
  };
  if (!row) return bad(row.error().message());
  // What goes into a document, a problem or a topic later.
  if (!wire::valid_utf8(key)) return turn.log(LogLevel::error, "store: a row left out: its key is no text");
  switch (table) {
    case Table::device:
      return p_->plane.restore_device(key, *row);
    case Table::entity: {
      const auto id = EntityId::parse(key);
      if (!id) return bad(id.error().message());
      if (const auto restored = p_->registry.restore(*id, *row); !restored) bad(restored.error().message());
      return;
    }
    case Table::state: {
      const auto id = EntityId::parse(key);
      Entity* entity = id ? p_->registry.find(*id) : nullptr;
      if (entity != nullptr && !restore_state(entity->state, *row)) bad("unreadable state");
      return;
    }
    case Table::desired:
      return p_->desk.restore(turn, key, *row);
    case Table::problem:
      if (!wire::valid_topic_name(key)) return bad("no problem has such an id");
      if (p_->services.restore_notice(key, *row)) return;
      return p_->start_up.add_former_problem(key);
    case Table::tombstone:
      return p_->tombstones.restore(key, *row);
    case Table::rule:
      return p_->rules.restore(key, json);
    case Table::setting:
      if (!Customize::restore(p_->registry, key, *row)) bad("not what people say of an entity or a device");
      return;
    case Table::seen:
      for (RecentIds* ids : {&p_->plane.seen_ids(), &p_->desk.seen_ids()}) {
        if (ids->owns(key)) ids->restore(turn, key, *row);
      }
      return;
    default:
      return;
  }
}

void Core::start(Turn& turn, const House& house) {
  p_->registry.set_house(house);
  p_->helpers.set_house(turn, house);
  p_->announced.start(turn, house.discovery);
}

void Core::handle(const Event& event, Turn& turn) {
  if (const auto* message = std::get_if<MessageIn>(&event)) return p_->on_message(turn, *message);
  if (std::holds_alternative<DeadlineReached>(event)) return p_->on_deadlines(turn);
  if (const auto* connected = std::get_if<BrokerConnected>(&event))
    return p_->start_up.on_connected(turn, *connected);
  if (std::holds_alternative<BrokerLost>(event)) return p_->start_up.on_lost(turn);
  if (const auto* changed = std::get_if<HouseChanged>(&event)) {
    for (const auto index : p_->registry.set_house(changed->house)) p_->publisher.mark(index, Part::meta);
    p_->helpers.set_house(turn, changed->house);
    p_->announced.on_house(turn);
    p_->announced.mark_outward();
    return p_->rules.on_registry(turn);
  }
  if (const auto* changed = std::get_if<RulesChanged>(&event)) {
    p_->announced.mark_outward();
    return p_->rules.load(turn, *changed);
  }
  if (const auto* ended = std::get_if<ProcessEnded>(&event)) return p_->services.on_ended(turn, *ended);
  if (const auto* noticed = std::get_if<ProblemNoticed>(&event)) {
    if (noticed->solved) return p_->problems.solve(turn, noticed->id);
    p_->problems.raise(turn, noticed->id,
                       {.severity = wire::Severity::error, .text = noticed->text, .help = noticed->help});
  }
}

void Core::flush(Turn& turn) {
  p_->rules.settle(turn);
  // Announcements come in crowds; whoever looks things up by what is registered is told once.
  if (p_->announced.take_changed()) p_->rules.on_registry(turn);
  p_->announced.flush(turn);
  if (p_->start_up.online()) p_->publisher.flush(turn);
}

void Core::Parts::on_message(Turn& turn, const MessageIn& message) {
  if (subscriptions.is_copy(message)) return;
  if (!message.repeated) rules.on_message(turn, message);
  if (!start_up.online()) start_up.on_progress();
  const auto topic = topics.parse(message.topic);
  if (!topic && announced.on_message(turn, message)) return;
  if (!topic) return on_bad_topic(turn, message);
  if (message.repeated && happens(topic->kind)) return;
  switch (topic->kind) {
    case TopicKind::bridge_status:
    case TopicKind::bridge_info:
    case TopicKind::bridge_inventory:
    case TopicKind::bridge_device:
    case TopicKind::bridge_state:
    case TopicKind::bridge_link:
    case TopicKind::bridge_event:
    case TopicKind::bridge_result:
      plane.on_message(turn, *topic, message.payload);
      if (topic->kind == TopicKind::bridge_device) {
        rules.on_registry(turn);
        announced.mark_outward();
      }
      return start_up.check_complete(turn);
    case TopicKind::set:
    case TopicKind::set_area:
    case TopicKind::call:
      return intake.on_message(turn, *topic, message);
    case TopicKind::state:
    case TopicKind::availability:
    case TopicKind::meta:
    case TopicKind::desired:
    case TopicKind::value:
    case TopicKind::problem:
      return start_up.on_own_plane(turn, *topic, message.topic, message.payload);
    case TopicKind::client:
      if (topic->owner == "hub") start_up.on_barrier(turn, message.payload);
      return;
    case TopicKind::hub_request: {
      const auto document = wire::parse_object(message.payload);
      return requests.on_message(turn, *topic, message,
                                 intake.asker_of(message, document ? &*document : nullptr));
    }
    default:
      return;
  }
}

// What we subscribe to but cannot be: a name with capitals, a level too many.
void Core::Parts::on_bad_topic(Turn& turn, const MessageIn& message) {
  if (message.payload.empty()) return;
  if (!message.topic.starts_with(std::string(topics.root()) + "/")) return;  // a trigger asked for it
  const std::string_view below = std::string_view(message.topic).substr(topics.root().size() + 1);
  if (below.starts_with("bridge/")) return plane.on_bad_topic(turn, message.topic);
  if (below.starts_with("set/") || below.starts_with("call/")) intake.on_bad_topic(turn, message);
}

void Core::Parts::on_deadlines(Turn& turn) {
  while (const auto due = deadlines.pop(turn.now)) {
    switch (due->kind) {
      case DeadlineKind::start_up:
        start_up.on_deadline(turn);
        break;
      case DeadlineKind::strangers:
        start_up.strangers().on_deadline(turn);
        break;
      case DeadlineKind::command:
        desk.on_deadline(turn, due->id, [this](const Entity& entity) { return plane.bridge_of(entity); });
        break;
      case DeadlineKind::stale:
        plane.on_stale(turn, static_cast<EntityIndex>(due->id), deadlines);
        break;
      case DeadlineKind::helper:
        helpers.on_deadline(turn, static_cast<EntityIndex>(due->id));
        break;
      case DeadlineKind::sun:
        helpers.on_sun(turn);
        break;
      case DeadlineKind::rules:
        rules.on_deadline(turn);
        break;
      case DeadlineKind::expire:
      case DeadlineKind::off_delay:
      case DeadlineKind::neighbours:
      case DeadlineKind::silent:
        announced.on_deadline(turn, *due);
        break;
    }
  }
}

}  // namespace gable::hub
