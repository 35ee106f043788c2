// `gable look`: who speaks on this broker, and what is missing for it to be part of the house. Reads only.

#include <memory>
#include <ostream>

#include "discovery/survey/survey.hpp"
#include "gable/commands.hpp"
#include "gable/listening.hpp"
#include "gable/table.hpp"

namespace gable::cli {

namespace {

using discovery::Speaker;

wire::Object row_of(const Speaker& speaker) {
  wire::Object row{{"name", speaker.name}, {"announces", speaker.announces}};
  if (!speaker.base.empty()) row.append("topic", speaker.base);
  if (!speaker.version.empty()) row.append("version", speaker.version);
  row.append("devices", static_cast<std::int64_t>(speaker.devices));
  row.append("announced", static_cast<std::int64_t>(speaker.announced));
  row.append("entities", static_cast<std::int64_t>(speaker.entities));
  if (!speaker.missing.empty()) row.append("missing", speaker.missing);
  if (!speaker.advice.empty()) row.append("advice", speaker.advice);
  return row;
}

std::string count_of(std::size_t number) { return number == 0 ? std::string() : std::to_string(number); }

// Names come from devices: nothing but what a terminal may print.
std::string printable(const std::string& text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return out;
}

void print(const discovery::Survey& survey, const Context& context) {
  const auto speakers = survey.speakers();
  if (context.json) {
    wire::List rows;
    for (const auto& speaker : speakers) rows.emplace_back(row_of(speaker));
    return context.print(wire::Object{{"broker", context.address},
                                      {"version", survey.broker()},
                                      {"messages", static_cast<std::int64_t>(survey.messages())},
                                      {"home_assistant", survey.home_assistant()},
                                      {"speakers", std::move(rows)}});
  }
  if (!survey.broker().empty()) context.out << context.address << ": " << printable(survey.broker()) << '\n';
  if (survey.home_assistant())
    context.out << "A Home Assistant is on this broker too; nothing here disturbs it.\n";
  if (speakers.empty()) {
    context.out << "Nobody has said anything. Is this the broker that your devices use?\n";
    return;
  }
  Table table({"WHO", "TOPIC", "VERSION", "DEVICES", "ENTITIES", "", "WHAT TO DO"});
  for (const auto& speaker : speakers) {
    const bool fine = speaker.missing.empty();
    table.add(
        {{printable(speaker.name)},
         {printable(speaker.base)},
         {printable(speaker.version)},
         {count_of(speaker.devices)},
         {count_of(speaker.entities)},
         {fine ? "is read as it is" : printable(speaker.missing), fine ? Colour::green : Colour::yellow},
         {speaker.advice}});
  }
  table.write(context.out, context.paint, context.columns);
}

struct Options {
  std::string prefix = "homeassistant";
  double seconds = 10;
};

constexpr double kLongest = 3600;

int look(const Options& options, const Context& context) {
  if (!(options.seconds > 0) || options.seconds > kLongest) {
    context.err << "gable: --seconds: expected more than 0 and at most 3600\n";
    return node::kExitUsage;
  }
  discovery::Survey survey(options.prefix, context.root);
  const Milliseconds time(static_cast<std::int64_t>(options.seconds * 1000));
  if (!context.json && context.columns > 0)
    context.err << "Listening to " << context.address << " for " << options.seconds << " s …\n";
  Listening listening(context);
  const auto hear = [&](const node::Message& message) {
    survey.hear(message.topic, message.payload, message.retain);
    return true;
  };
  const int status =
      listening.run({{.filter = "#", .qos = 0}, {.filter = "$SYS/broker/version", .qos = 0}}, hear, in(time));
  if (status != node::kExitOk) return status;
  print(survey, context);
  return node::kExitOk;
}

}  // namespace

NamedRunner add_look(node::Arguments& all) {
  auto& command =
      all.command("look", "Who speaks on this broker, and what is missing for it to be part of the house");
  const auto options = std::make_shared<Options>();
  command.option("--prefix", "TOPIC", options->prefix, "of Home Assistant's announcements (homeassistant)");
  command.option("--seconds", "N", options->seconds, "how long to listen (10)");
  return {"look", [options](const Context& context) { return look(*options, context); }};
}

}  // namespace gable::cli
