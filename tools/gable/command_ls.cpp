// `gable ls`: the entities of the house.

#include <ostream>

#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "gable/local_time.hpp"
#include "gable/table.hpp"

namespace gable::cli {

namespace {

struct Options {
  std::string domain, area, state, pattern;
};

constexpr std::string_view kFields[] = {
    "entity_id", "domain", "name",   "state",        "attributes",   "availability", "area",
    "device",    "source", "origin", "last_changed", "last_updated", "last_reported"};

// Only where there is something to say.
constexpr std::string_view kMore[] = {"unit", "labels", "disabled", "hidden", "description"};

bool wanted(const wire::Object& row, const Options& options) {
  if (!options.state.empty() && text_at(row, "state") != options.state) return false;
  return options.pattern.empty() || matches_pattern(options.pattern, text_at(row, "entity_id")) ||
         matches_pattern(options.pattern, text_at(row, "name"));
}

wire::Object fields_of(const wire::Object& row) {
  wire::Object out;
  for (const auto field : kFields) {
    const wire::Value* value = row.find(field);
    out.append(std::string(field), value == nullptr ? wire::Value() : *value);
  }
  for (const auto field : kMore) {
    if (const wire::Value* value = row.find(field)) out.append(std::string(field), *value);
  }
  return out;
}

std::vector<Cell> cells_of(const wire::Object& row, wire::Time now) {
  const std::string availability = text_at(row, "availability"), reason = text_at(row, "reason");
  const bool online = availability == "online";
  std::string set_apart;
  for (const auto* key : {"disabled", "hidden"}) {
    const wire::Value* said = row.find(key);
    if (set_apart.empty() && said != nullptr && said->bool_or(false)) set_apart = key;
  }
  return {{text_at(row, "entity_id")},
          {state_with_unit(row), colour_of_state(text_at(row, "state"))},
          {text_at(row, "name")},
          {text_at(row, "area")},
          {online ? set_apart : availability + (reason.empty() ? "" : ": " + reason),
           colour_of_availability(availability)},
          {ago(text_at(row, "last_changed"), now), Colour::dim}};
}

int list(const Options& options, const Context& context) {
  auto client = Client::open(context);
  if (!client) return context.fail(client.error());
  wire::Object filter;
  if (!options.domain.empty()) filter.set("domain", options.domain);
  if (!options.area.empty()) filter.set("area", options.area);
  if (context.json) filter.set("describe", true);
  const auto rows = (*client)->entities(filter);
  if (!rows) return context.fail(rows.error());
  wire::List found;
  Table table({"ENTITY", "STATE", "NAME", "AREA", "AVAILABILITY", "CHANGED"});
  const wire::Time now = wall_clock();
  for (const auto& row : *rows) {
    const wire::Object* object = row.as_object();
    if (object == nullptr || !wanted(*object, options)) continue;
    if (context.json) {
      found.emplace_back(fields_of(*object));
    } else {
      table.add(cells_of(*object, now));
    }
  }
  if (context.json) {
    context.print(found);
  } else if (table.empty()) {
    context.err << "gable: " << (rows->empty() ? "the hub has no such entities\n" : "no entity matches\n");
  } else {
    table.write(context.out, context.paint, context.columns);
  }
  return node::kExitOk;
}

}  // namespace

NamedRunner add_ls(node::Arguments& all) {
  auto& arguments = all.command("ls", "List entities with their states");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.option("--domain", "DOMAIN", options->domain, "only this domain: light, sensor …");
  arguments.option("--area", "AREA", options->area, "only this area, by id");
  arguments.option("--state", "STATE", options->state, "only entities in this state");
  arguments.positional("PATTERN", options->pattern,
                       "part of an entity id or name; * and ? stand for anything", false);
  return {"ls", [options](const Context& context) { return list(*options, context); }};
}

}  // namespace gable::cli
