// Requests to the hub with a short answer: problems, bridges, forget, rename, customize, refresh.

#include <ostream>

#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "gable/local_time.hpp"
#include "gable/table.hpp"

namespace gable::cli {

namespace {

wire::Result<wire::Value> ask(const Context& context, std::string_view method, wire::Object arguments = {}) {
  auto client = Client::open(context);
  if (!client) return client.error();
  return (*client)->request(method, std::move(arguments));
}

// Prints the answer as JSON, or `text` for people.
int answer(const Context& context, const wire::Result<wire::Value>& outcome, const std::string& text) {
  if (!outcome) return context.fail(outcome.error());
  if (context.json) {
    context.print(*outcome);
  } else {
    context.out << text << '\n';
  }
  return node::kExitOk;
}

const wire::Object& object_at(const wire::Object& row, std::string_view key) {
  static const wire::Object kEmpty;
  const wire::Value* value = row.find(key);
  return value == nullptr || value->as_object() == nullptr ? kEmpty : *value->as_object();
}

std::string count_of(const wire::Result<wire::Value>& outcome, std::string_view key) {
  return outcome && outcome->as_object() != nullptr ? text_at(*outcome->as_object(), key) : std::string();
}

int problems(const Context& context) {
  const auto outcome = ask(context, "problems");
  if (!outcome || context.json) return answer(context, outcome, "");
  const wire::List none;
  const wire::List& rows = outcome->as_list() == nullptr ? none : *outcome->as_list();
  if (rows.empty()) context.out << context.paint(Colour::green, "no problems") << '\n';
  const wire::Time now = wall_clock();
  for (const auto& item : rows) {
    if (item.as_object() == nullptr) continue;
    const wire::Object& row = *item.as_object();
    const std::string severity = text_at(row, "severity"), help = text_at(row, "help");
    const Colour colour = severity == "error"     ? Colour::red
                          : severity == "warning" ? Colour::yellow
                                                  : Colour::blue;
    context.out << context.paint(colour, severity) << "  " << text_at(row, "text")
                << context.paint(Colour::dim,
                                 "  " + ago(text_at(row, "since"), now) + "  [" + text_at(row, "id") + "]")
                << '\n';
    if (!help.empty()) context.out << "    " << help << '\n';
  }
  return node::kExitOk;
}

int bridges(const Context& context) {
  const auto outcome = ask(context, "bridges");
  if (!outcome || context.json) return answer(context, outcome, "");
  Table table({"BRIDGE", "STATUS", "SINCE", "DEVICES", "PROGRAM", "VERSION", "REASON"});
  const wire::List none;
  const wire::Time now = wall_clock();
  for (const auto& item : outcome->as_list() == nullptr ? none : *outcome->as_list()) {
    if (item.as_object() == nullptr) continue;
    const wire::Object& row = *item.as_object();
    const wire::Object& status = object_at(row, "status");
    const wire::Object& info = object_at(row, "info");
    const std::string word = text_at(status, "status");
    table.add({{text_at(row, "id")},
               {word, colour_of_availability(word)},
               {ago(text_at(status, "since"), now), Colour::dim},
               {text_at(row, "devices")},
               {text_at(info, "program")},
               {text_at(info, "version")},
               {text_at(status, "reason")}});
  }
  if (table.empty()) {
    context.err << "gable: the hub knows no bridge\n";
  } else {
    table.write(context.out, context.paint, context.columns);
  }
  return node::kExitOk;
}

// light.x is an entity, virtual/lamp a device, virtual a bridge; "bridge virtual" is taken too.
int forget(const std::vector<std::string>& words, const Context& context) {
  const std::string& name = words.back();
  std::string kind;
  if (words.size() == 2) kind = words.front();
  if (words.size() > 2 || (words.size() == 2 && kind != "entity" && kind != "device" && kind != "bridge"))
    return context.fail("give one entity, BRIDGE/DEVICE or bridge: gable forget light.x");
  if (kind.empty())
    kind = name.find('/') != std::string::npos   ? "device"
           : name.find('.') != std::string::npos ? "entity"
                                                 : "bridge";
  const auto outcome = ask(context, "forget", {{kind, name}});
  return answer(context, outcome,
                kind + " " + name + " is forgotten: " + count_of(outcome, "forgotten") + " entities");
}

// "on" and "off" as the hub wants them; "-" takes back what was said.
wire::Result<wire::Value> setting_of(std::string_view key, const std::string& text) {
  if (text == "-") return wire::Value();
  if (key != "hidden" && key != "disabled") return wire::Value(text);
  if (text == "on" || text == "off") return wire::Value(text == "on");
  return wire::Error{wire::ErrorCode::malformed, "expected on, off or -, not '" + text + "'",
                     std::string(key)};
}

// The rules that still have the former name.
std::string left_behind(const wire::Result<wire::Value>& outcome) {
  const wire::Value* rules = outcome && outcome->as_object() ? outcome->as_object()->find("rules") : nullptr;
  if (rules == nullptr || rules->as_list() == nullptr || rules->as_list()->empty()) return {};
  std::string text = "\nThese rules name it as before, and wait until their files say the new id:";
  for (const auto& rule : *rules->as_list()) text += "\n  " + std::string(rule.string_or(""));
  return text;
}

std::string new_room(const wire::Result<wire::Value>& outcome) {
  const wire::Object* data = outcome ? outcome->as_object() : nullptr;
  const std::string name = data == nullptr ? std::string() : text_at(*data, "new_area");
  if (name.empty()) return {};
  const std::string near = text_at(*data, "near");
  return "\n'" + name + "' is a new room" + (near.empty() ? "" : "; did you mean area=" + near + "?");
}

// light.x or BRIDGE/DEVICE, then name=…, area=…
int customize(const std::vector<std::string>& words, const Context& context) {
  const std::string& what = words.front();
  wire::Object arguments{{what.find('/') != std::string::npos ? "device" : "entity", what}};
  if (words.size() == 1)
    return context.refuse("say what to set: gable customize " + printable(what) + " name=Stove area=kitchen");
  std::string said;
  for (auto word = words.begin() + 1; word != words.end(); ++word) {
    const auto equals = word->find('=');
    if (equals == std::string::npos || equals == 0)
      return context.refuse("expected KEY=VALUE, not '" + *word + "': gable customize light.x name=Stove");
    const std::string key = word->substr(0, equals);
    const auto value = setting_of(key, word->substr(equals + 1));
    if (!value) return context.fail(value.error());
    arguments.set(key, *value);
    said +=
        (said.empty() ? "" : ", ") + key + (value->is_null() ? " as before" : " " + word->substr(equals + 1));
  }
  const auto outcome = ask(context, "customize", std::move(arguments));
  return answer(context, outcome, what + " (" + count_of(outcome, "name") + "): " + said + new_room(outcome));
}

}  // namespace

NamedRunner add_problems(node::Arguments& all) {
  all.command("problems", "List what is wrong now, and what helps");
  return {"problems", problems};
}

NamedRunner add_bridges(node::Arguments& all) {
  all.command("bridges", "List the bridges that the hub knows");
  return {"bridges", bridges};
}

NamedRunner add_forget(node::Arguments& all) {
  auto& arguments = all.command("forget", "Delete what is gone for good");
  auto words = std::make_shared<std::vector<std::string>>();  // shared by the parser's target and the runner
  arguments.positional("WHAT", *words, "light.x, BRIDGE/DEVICE, or a bridge");
  return {"forget", [words](const Context& context) { return forget(*words, context); }};
}

NamedRunner add_rename(node::Arguments& all) {
  struct Names {
    std::string from, to;
  };
  auto& arguments = all.command("rename", "Give an entity another id");
  auto names = std::make_shared<Names>();  // shared by the parser's targets and the runner
  arguments.positional("ENTITY", names->from, "its id now");
  arguments.positional("TO", names->to, "the id that it gets");
  return {"rename", [names](const Context& context) {
            const auto outcome = ask(context, "rename", {{"entity", names->from}, {"to", names->to}});
            return answer(context, outcome, names->from + " is now " + names->to + left_behind(outcome));
          }};
}

NamedRunner add_customize(node::Arguments& all) {
  auto& arguments =
      all.command("customize", "Name a device or an entity, put it into a room, hide it, switch it off");
  auto words = std::make_shared<std::vector<std::string>>();  // shared by the parser's target and the runner
  arguments.positional("WHAT", *words,
                       "light.x or BRIDGE/DEVICE, then name=TEXT area=ROOM icon=mdi:x hidden=on disabled=on; "
                       "KEY=- takes back");
  return {"customize", [words](const Context& context) { return customize(*words, context); }};
}

NamedRunner add_refresh(node::Arguments& all) {
  auto& arguments = all.command("refresh", "Ask bridges to report everything again");
  auto bridge = std::make_shared<std::string>();  // shared by the parser's target and the runner
  arguments.positional("BRIDGE", *bridge, "only this one", false);
  return {"refresh", [bridge](const Context& context) {
            const auto outcome =
                ask(context, "refresh", bridge->empty() ? wire::Object{} : wire::Object{{"bridge", *bridge}});
            return answer(context, outcome, "asked " + count_of(outcome, "asked") + " bridges");
          }};
}

}  // namespace gable::cli
