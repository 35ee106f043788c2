// `gable play`: a recording again, whichever of the formats it has.

#include <charconv>

#include "gable/commands.hpp"
#include "gable/playback.hpp"
#include "gable/recording.hpp"
#include "wire/entity_id.hpp"

namespace gable::cli {

namespace {

struct Options {
  std::string file, map, speed = "1", bridge = "play";
  double rate = PlayOptions{}.rate;
  bool offline = false;
};

constexpr int kLinesLookedAt = 20;

constexpr const char* kHelp =
    "FILE is what gable record wrote, or a recording of a house with one event a line:\n"
    "  2011-06-15 08:14:24.976143 Bathroom BathroomLight ON Other_Activity\n"
    "The latter plays as a bridge: it announces binary_sensor.<area>_<sensor> for each sensor (ON and OPEN "
    "are on),\n"
    "then reports every line. Its bridge stays online with the last states, unless --offline is given.\n"
    "What comes faster than 2000 messages a second is a flood to the hub, and it leaves out states: a higher "
    "--rate\n"
    "is for a broker without it.\n"
    "MAP is YAML, prefix: replacement, of topics or of these entity ids:\n"
    "  gable/state/: copy/state/\n"
    "  binary_sensor.kitchen_kitchenlight: light.kitchen";

enum class Format { unknown, recording, house };

wire::Result<Format> format_of(const std::string& file) {
  auto reader = LineReader::open(file);
  if (!reader) return reader.error();
  std::string line;
  for (int i = 0; i < kLinesLookedAt && reader->next(line); ++i) {
    if (is_house_line(line)) return Format::house;
    if (decode_recorded(line)) return Format::recording;
  }
  if (!reader->error().empty())
    return wire::Error{wire::ErrorCode::malformed, file + ": " + reader->error(), ""};
  return Format::unknown;
}

// 0 for "max"; nothing when it is no speed.
std::optional<double> speed_of(const std::string& text) {
  if (text == "max") return 0;
  double speed = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), speed);
  if (error != std::errc() || rest != text.data() + text.size() || !(speed > 0) || speed > 1e9)
    return std::nullopt;
  return speed;
}

int play(const Options& given, const Context& context) {
  const auto speed = speed_of(given.speed);
  if (!speed) return context.refuse("--speed takes a number such as 1, 60 or 0.5, or max");
  if (!wire::valid_device_id(given.bridge))
    return context.refuse("--bridge takes letters, digits, _ - . and :");
  if (!(given.rate >= 1 && given.rate <= 1e6))
    return context.refuse("--rate takes messages a second, 1 to 1000000");
  PlayOptions options{.file = given.file,
                      .map = {},
                      .speed = *speed,
                      .rate = given.rate,
                      .bridge = given.bridge,
                      .offline = given.offline};
  if (!given.map.empty()) options.map = PlayMap::read(given.map);
  const auto format = format_of(given.file);
  if (!format) return context.fail(format.error());
  if (*format == Format::recording) return play_recording(context, options);
  if (*format == Format::house) return play_house(context, options);
  return context.fail(given.file + " has no format that is known; see gable play --help");
}

}  // namespace

NamedRunner add_play(node::Arguments& all) {
  auto& arguments = all.command("play", "Play a recording back to a broker");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("FILE", options->file, "a recording, compressed (.gz) or not");
  arguments.option("--map", "MAP", options->map, "YAML file: other topics or entities");
  arguments.option("--speed", "SPEED", options->speed,
                   "times as fast as recorded, or max: as fast as --rate allows (1)");
  arguments.option("--rate", "NUMBER", options->rate, "messages a second at most, whatever the speed (1500)");
  arguments.option("--bridge", "NAME", options->bridge, "the bridge that plays a house (play)");
  arguments.flag("--offline", options->offline, "a house's bridge says offline at the end");
  arguments.epilog(kHelp);
  return {"play", [options](const Context& context) { return play(*options, context); }};
}

}  // namespace gable::cli
