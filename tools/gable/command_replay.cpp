// `gable replay`: what today's rules would have done in a stretch of the journal, or of a recording.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <ostream>
#include <tuple>

#include "disk/rule_folder.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "gable/local_time.hpp"
#include "gable/replay_hub.hpp"
#include "gable/replay_lines.hpp"
#include "gable/replay_text.hpp"
#include "gable/test_files.hpp"
#include "gable/zones.hpp"

namespace gable::cli {

namespace {

namespace simulation = rules::simulation;

struct Options {
  std::vector<std::string> files, rules, obey;
  std::string from, to, map, blueprints, zone, place;
  bool differences = false, traces = false;
};

constexpr const char* kHelp =
    "FILE is what gable record wrote, a recording of a house with one event a line (see gable play --help),\n"
    "or a file or folder of the hub's journal. Without FILE the running hub is asked for --from (and --to).\n"
    "Rules act on nobody: entities of the recording stay as it says, and each call is held against what\n"
    "happened from 2 s before to 10 s after it. Entities given with --obey do what the rules say, too, and\n"
    "are still switched whenever somebody really did: what would have been.\n"
    "Exit status: 0 done, 2 it could not be done.";

int cannot(const Context& context, std::string_view why) {
  context.fail(why);
  return node::kExitUsage;
}

// "2026-11-22T07:30:00Z", "2026-11-22", or "-24h" before now.
std::optional<wire::Time> moment(const std::string& text) {
  if (const auto time = wire::parse_time(text)) return time;
  if (const auto day = wire::parse_time(text + "T00:00:00Z")) return day;
  constexpr std::string_view kUnits = "smhd";
  constexpr std::array<std::int64_t, 4> kSeconds{1, 60, 3'600, 86'400};
  if (text.size() < 3 || text[0] != '-') return std::nullopt;
  std::int64_t count = 0;
  const char* unit = text.data() + text.size() - 1;
  const auto [rest, error] = std::from_chars(text.data() + 1, unit, count);
  const std::size_t which = kUnits.find(*unit);
  if (error != std::errc() || rest != unit || which == kUnits.npos || count < 0 || count > 1'000'000)
    return std::nullopt;
  return wall_clock() - std::chrono::seconds(count * kSeconds.at(which));
}

wire::Error bad_option(const std::string& name, const std::string& expected, const std::string& given) {
  return {wire::ErrorCode::malformed, name + ": expected " + expected + ", got '" + given + "'", ""};
}

wire::Result<ReplayInput> input_of(const Options& options, const Context& context) {
  ReplayInput input{options.files, {}, context.root, {}, {}};
  if (!options.map.empty()) input.map = PlayMap::read(options.map);
  for (const auto& [name, text, target] :
       {std::tuple("--from", &options.from, &input.from), std::tuple("--to", &options.to, &input.to)}) {
    if (text->empty()) continue;
    *target = moment(*text);
    if (!*target) return bad_option(name, "a time as 2026-11-22T07:30:00Z, 2026-11-22 or -24h", *text);
  }
  return input;
}

wire::Result<rules::Observer> place_of(const std::string& text) {
  rules::Observer place;
  const char* end = text.data() + text.size();
  const auto latitude = std::from_chars(text.data(), end, place.latitude);
  const bool comma = latitude.ec == std::errc() && latitude.ptr != end && *latitude.ptr == ',';
  const auto longitude = comma ? std::from_chars(latitude.ptr + 1, end, place.longitude) : latitude;
  if (!comma || longitude.ec != std::errc() || longitude.ptr != end || std::abs(place.latitude) > 90 ||
      std::abs(place.longitude) > 180)
    return bad_option("--place", "LATITUDE,LONGITUDE as 52.52,13.41", text);
  return place;
}

wire::Result<rules::RuleFolder> rules_of(const Options& options) {
  namespace fs = std::filesystem;
  std::size_t folders = 0;
  for (const std::string& path : options.rules) {
    std::error_code code;
    if (!fs::exists(path, code))
      return wire::Error{wire::ErrorCode::unavailable, "there is no file or folder " + path, ""};
    if (fs::is_directory(path, code)) ++folders;
  }
  if (folders == 0) return rules::read_rule_files(options.rules, options.blueprints);
  if (options.rules.size() == 1) return rules::read_rule_folder(options.rules.front(), options.blueprints);
  return wire::Error{wire::ErrorCode::malformed, "--rules takes one folder, or files", ""};
}

// A rule that is refused decides nothing: say so, it is not the recording.
void tell_refused(const rules::RuleSet& set, const Context& context) {
  const auto tell = [&](const rules::Findings& findings, const std::string& rule) {
    for (const rules::Finding& finding : findings) {
      if (finding.severity != rules::Severity::error) continue;
      context.err << "gable: " << place_text(set.files, finding.place) << ": " << rule
                  << printable(finding.message) << '\n';
    }
  };
  tell(set.findings, "");
  for (const auto& rule : set.automations) tell(rule.findings, "automation." + rule.id + ": ");
  for (const auto& rule : set.scripts) tell(rule.findings, "script." + rule.id + ": ");
  for (const auto& rule : set.scenes) tell(rule.findings, "scene." + rule.id + ": ");
  for (const auto& rule : set.template_entities) tell(rule.findings, rule.domain + "." + rule.id + ": ");
}

// How far it is, on a terminal.
class Progress {
 public:
  Progress(const Context& context, std::uint64_t total)
      : err_(context.err), total_(total), terminal_(isatty(STDERR_FILENO) != 0) {}
  ~Progress() {
    if (shown_) err_ << "\r\x1b[K" << std::flush;
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void step() {
    constexpr std::uint64_t kEvery = 4'096;
    if (++done_ % kEvery != 0 || !terminal_ || total_ == 0) return;
    err_ << '\r' << done_ << " of " << total_ << " events, " << done_ * 100 / total_ << " %" << std::flush;
    shown_ = true;
  }

 private:
  std::ostream& err_;
  std::uint64_t total_, done_ = 0;
  bool terminal_, shown_ = false;
};

struct Stretch {
  ReplayLines lines;
  Prelude prelude;
};

wire::Result<Stretch> stretch_of(const ReplayInput& input, const Context& context) {
  std::map<std::string, KnownState> today;
  auto lines = wire::Result<ReplayLines>(wire::Error{wire::ErrorCode::unavailable, "", ""});
  if (input.files.empty()) {
    auto hub = stretch_of_hub(context, *input.from, input.to.value_or(wall_clock()));
    if (!hub) return hub.error();
    today = std::move(hub->today);
    lines = ReplayLines::of_journal(std::move(hub->lines), input);
  } else {
    lines = ReplayLines::open(input);
  }
  if (!lines) return lines.error();
  auto prelude = lines->look_ahead();
  if (!prelude) return prelude.error();
  // What did not change was then as it is now.
  prelude->known.merge(today);
  if (prelude->lines == 0)
    return wire::Error{wire::ErrorCode::unavailable, "there is nothing in that time that rules could hear",
                       ""};
  return Stretch{std::move(*lines), std::move(*prelude)};
}

bool obeys(const std::string& entity, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches_pattern(pattern, entity); });
}

struct Around {
  simulation::HouseSettings house;
  const Context& context;
};

wire::Result<simulation::ReplayReport> run(const Stretch& stretch, const Options& options,
                                           rules::RuleSet rules, Around around) {
  const Prelude& prelude = stretch.prelude;
  around.house.now = prelude.from;
  simulation::ReplaySettings settings;
  settings.house = around.house;
  for (const auto& [entity, state] : prelude.known) {
    if (obeys(entity, options.obey)) settings.obeys.insert(entity);
  }
  simulation::Replay replay(std::move(settings));
  for (const auto& [entity, state] : prelude.known) {
    const bool old = state.since > rules::Instant{} && state.since < prelude.from;
    replay.know(entity, state.state, state.attributes,
                old ? prelude.from - state.since : std::chrono::microseconds{});
  }
  replay.start(std::move(rules));
  Progress progress(around.context, prelude.lines);
  const auto played = stretch.lines.play([&](ReplayLine line) {
    replay.observe(std::move(line.observed));
    progress.step();
  });
  if (!played) return played.error();
  return replay.finish(prelude.to);
}

// A recording without a time zone has the house's own clock in it.
wire::Result<const rules::jinja::TimeZone*> zone_of(const std::string& name, const ReplayLines& lines,
                                                    Zones& zones) {
  if (name.empty()) return lines.has_local_times() ? nullptr : zones.here();
  if (const auto* zone = zones.find(name)) return zone;
  return wire::Error{wire::ErrorCode::malformed, "--time-zone: there is none named '" + name + "'", ""};
}

int replay(const Options& options, const Context& context) {
  if (options.rules.empty()) return cannot(context, "give the rules with --rules, a folder or files");
  if (options.files.empty() && options.from.empty())
    return cannot(context, "give a recording, or --from for a stretch of the running hub's journal");
  const auto input = input_of(options, context);
  if (!input) return cannot(context, input.error().message());
  simulation::HouseSettings house;
  if (!options.place.empty()) {
    const auto place = place_of(options.place);
    if (!place) return cannot(context, place.error().message());
    house.place = *place;
  }
  auto folder = rules_of(options);
  if (!folder) return cannot(context, folder.error().message());
  tell_refused(folder->rules, context);
  house.macros = folder->macros.get();
  const auto stretch = stretch_of(*input, context);
  if (!stretch) return cannot(context, stretch.error().message());
  Zones zones;
  const auto zone = zone_of(options.zone, stretch->lines, zones);
  if (!zone) return cannot(context, zone.error().message());
  house.zone = *zone;
  const auto report = run(*stretch, options, std::move(folder->rules), {house, context});
  if (!report) return cannot(context, report.error().message());
  const ReplayPrint print{*report, *zone, options.differences, options.traces};
  context.json ? print_replay_json(context, print) : print_replay(context, print);
  return node::kExitOk;
}

}  // namespace

NamedRunner add_replay(node::Arguments& all) {
  auto& arguments =
      all.command("replay", "Run a recording past today's rules, and compare with what was done then");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("FILE", options->files, "recordings, compressed (.gz) or not, or a journal's folder",
                       false);
  arguments.option("--rules", "PATH", options->rules, "the rules: a folder, or a file; several times");
  arguments.option("--blueprints", "DIR", options->blueprints, "a second folder of blueprints");
  arguments.option("--from", "TIME", options->from, "2026-11-22T07:30:00Z, 2026-11-22, or -24h before now");
  arguments.option("--to", "TIME", options->to, "likewise");
  arguments.option("--map", "MAP", options->map, "YAML file: other entities or topics, as of gable play");
  arguments.option("--obey", "ENTITY", options->obey, "do what the rules say, too: light.*; several times");
  arguments.option("--time-zone", "NAME", options->zone, "of the house: Europe/Berlin (this machine's)");
  arguments.option("--place", "LAT,LON", options->place, "where the house stands, for the sun");
  arguments.flag("--differences", options->differences, "each difference, with its time and trigger");
  arguments.flag("--traces", options->traces, "with the whole trace of each run");
  arguments.epilog(kHelp);
  return {"replay", [options](const Context& context) { return replay(*options, context); }};
}

}  // namespace gable::cli
