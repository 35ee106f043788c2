// `gable set` and `gable call`: commands, with their results.

#include <ostream>

#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

using wire::TopicKind;

constexpr double kTimeoutSeconds = 60;  // a blind may take a minute

struct Options {
  std::string what;  // entity or service
  std::vector<std::string> values, targets, areas;
  double timeout = kTimeoutSeconds;
};

int carry_out(const Client::Command& command, const Options& options, const Context& context) {
  if (!(options.timeout > 0) || options.timeout > 86'400)
    return context.refuse("--timeout takes seconds: more than 0, at most 86400");
  auto client = Client::open(context);
  if (!client) return context.fail(client.error());
  const auto patience = Milliseconds(static_cast<std::int64_t>(options.timeout * 1000));
  const auto result = (*client)->command(command, patience);
  if (!result) return context.fail(result.error());
  const bool done = result->status == wire::CommandStatus::done;
  if (context.json) {
    context.print(wire::encode(*result));
    return done ? node::kExitOk : node::kExitFailed;
  }
  const std::string status(wire::to_string(result->status));
  if (!done)
    return context.fail(options.what + ": " + status +
                        (result->reason.empty() ? "" : ": " + printable(result->reason)));
  context.out << options.what << ": " << context.paint(Colour::green, status);
  if (result->took) context.out << " after " << result->took->count() << " ms";
  context.out << '\n';
  return node::kExitOk;
}

// What follows the entity, as a payload. Errors: malformed.
wire::Result<std::string> payload_of(const std::vector<std::string>& values) {
  if (values.size() == 1 && parse_assignment(values.front()).name.empty()) return values.front();
  wire::Object document;
  for (const auto& text : values) {
    auto [name, value] = parse_assignment(text);
    if (name.empty() || document.contains(name)) {
      return wire::Error{wire::ErrorCode::malformed,
                         "expected one value, or ATTRIBUTE=VALUE each once, found '" + printable(text) + "'",
                         ""};
    }
    document.append(std::move(name), std::move(value));
  }
  return wire::to_json(document);
}

int set(const Options& options, const Context& context) {
  const auto id = wire::EntityId::parse(options.what);
  if (!id) return context.fail(id.error());
  const auto payload = payload_of(options.values);
  if (!payload) return context.fail(payload.error());
  if (payload->empty())
    return context.fail("an empty value means nothing; give on, off, 42, brightness=120 …");
  const wire::TopicTree topics(context.root);
  return carry_out({.topic = topics.entity(TopicKind::set, *id),
                    .payload = *payload,
                    .result_topic = topics.entity(TopicKind::result, *id)},
                   options, context);
}

wire::List list_of(const std::vector<std::string>& texts) {
  wire::List list;
  for (const auto& text : texts) list.emplace_back(text);
  return list;
}

int call(const Options& options, const Context& context) {
  const auto dot = options.what.find('.');
  const std::string domain = options.what.substr(0, dot);
  const std::string service = dot == std::string::npos ? "" : options.what.substr(dot + 1);
  if (!wire::valid_domain(domain) || !wire::valid_object_id(service))
    return context.fail("'" + printable(options.what) + "' is no DOMAIN.SERVICE such as light.turn_on");
  wire::Object target, data;
  if (!options.targets.empty()) target.append("entity_id", list_of(options.targets));
  if (!options.areas.empty()) target.append("area_id", list_of(options.areas));
  for (const auto& text : options.values) {
    auto [name, value] = parse_assignment(text);
    if (name.empty()) return context.refuse("expected KEY=VALUE, found '" + printable(text) + "'");
    data.set(std::move(name), std::move(value));
  }
  wire::Object document;
  if (!target.empty()) document.append("target", std::move(target));
  document.append("data", std::move(data));
  const wire::TopicTree topics(context.root);
  const auto first = wire::EntityId::parse(options.targets.empty() ? "" : options.targets.front());
  return carry_out(
      {.topic = topics.call(domain, service),
       .payload = wire::to_json(document),
       .result_topic = first ? topics.entity(TopicKind::result, *first) : topics.filter(TopicKind::result)},
      options, context);
}

}  // namespace

NamedRunner add_set(node::Arguments& all) {
  auto& arguments = all.command("set", "Command an entity and wait for the result");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("ENTITY", options->what, "light.kitchen");
  arguments.positional("VALUE", options->values, "on, off, toggle, 42, 40%, +10%, or ATTRIBUTE=VALUE …");
  arguments.option("--timeout", "SECONDS", options->timeout, "how long to wait for the result (60)");
  arguments.epilog(
      "gable set light.kitchen on\ngable set light.kitchen brightness=40% transition=2\n"
      "gable set cover.blind current_position=35");
  return {"set", [options](const Context& context) { return set(*options, context); }};
}

NamedRunner add_call(node::Arguments& all) {
  auto& arguments = all.command("call", "Call a service and wait for the result");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("SERVICE", options->what, "DOMAIN.SERVICE: light.turn_on");
  arguments.positional("DATA", options->values, "KEY=VALUE …", false);
  arguments.option("--target", "ENTITY", options->targets, "which entity; may be given several times");
  arguments.option("--area", "AREA", options->areas,
                   "all of the domain in this area; may be given several times");
  arguments.option("--timeout", "SECONDS", options->timeout, "how long to wait for the result (60)");
  arguments.epilog("gable call light.turn_on --target light.kitchen --target light.hall brightness=120");
  return {"call", [options](const Context& context) { return call(*options, context); }};
}

}  // namespace gable::cli
