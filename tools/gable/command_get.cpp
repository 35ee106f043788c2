// `gable get`: one entity, or one attribute of it.

#include <ostream>

#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "gable/local_time.hpp"

namespace gable::cli {

namespace {

struct Options {
  std::string entity, attribute;
};

int print_attribute(const wire::Object& row, const std::string& name, const Context& context) {
  const wire::Value* value = nullptr;
  if (const wire::Value* attributes = row.find("attributes");
      attributes != nullptr && attributes->as_object())
    value = attributes->as_object()->find(name);
  if (value == nullptr) value = row.find(name);
  if (value == nullptr) return context.fail(text_at(row, "entity_id") + " has no attribute '" + name + "'");
  if (context.json) {
    context.print(*value);
  } else {
    context.out << value_text(*value) << '\n';
  }
  return node::kExitOk;
}

void print_row(const wire::Object& row, const Context& context) {
  const std::string state = text_at(row, "state");
  const auto line = [&](std::string_view key, std::string_view text, Colour colour = Colour::none) {
    if (text.empty()) return;
    context.out << "  " << key << std::string(key.size() < 20 ? 20 - key.size() : 1, ' ')
                << context.paint(colour, text) << '\n';
  };
  context.out << context.paint(Colour::bold, text_at(row, "entity_id")) << "  "
              << context.paint(colour_of_state(state), state_with_unit(row)) << '\n';
  line("name", text_at(row, "name"));
  if (const wire::Value* attributes = row.find("attributes");
      attributes != nullptr && attributes->as_object()) {
    for (const auto& [key, value] : *attributes->as_object()) line(printable(key), value_text(value));
  }
  const std::string availability = text_at(row, "availability"), reason = text_at(row, "reason");
  line("availability", availability + (reason.empty() ? "" : ": " + reason),
       colour_of_availability(availability));
  for (const auto* key : {"area", "device", "source", "origin"}) line(key, text_at(row, key));
  for (const auto* key : {"hidden", "disabled"}) {
    const wire::Value* said = row.find(key);
    if (said != nullptr && said->bool_or(false)) line(key, "yes", Colour::yellow);
  }
  const wire::Time now = wall_clock();
  for (const auto* key : {"last_changed", "last_updated", "last_reported"}) {
    const std::string time = text_at(row, key);
    if (!time.empty()) line(key, moment_of(time, now) + ", " + ago(time, now));
  }
  line("by", text_at(row, "by"));
}

int get(const Options& options, const Context& context) {
  auto client = Client::open(context);
  if (!client) return context.fail(client.error());
  const auto row = (*client)->entity(options.entity);
  if (!row) return context.fail(row.error());
  if (!options.attribute.empty()) return print_attribute(*row, options.attribute, context);
  if (context.json) {
    context.print(*row);
  } else {
    print_row(*row, context);
  }
  return node::kExitOk;
}

}  // namespace

NamedRunner add_get(node::Arguments& all) {
  auto& arguments = all.command("get", "Show one entity, or one attribute of it");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("ENTITY", options->entity, "light.kitchen");
  arguments.positional("ATTRIBUTE", options->attribute, "state, brightness …: only its value", false);
  return {"get", [options](const Context& context) { return get(*options, context); }};
}

}  // namespace gable::cli
