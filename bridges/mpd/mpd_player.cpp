#include "mpd_player.hpp"

#include <algorithm>
#include <utility>

#include "bridge/state_file.hpp"

namespace gable::mpd {

namespace {

using namespace std::chrono_literals;

constexpr auto kCommandPatience = 120s;  // longest; the link itself gives up earlier (see ClientLimits)

std::string file_of(bridge::Bridge& bridge, const PlayerConfig& config, const char* kind) {
  return bridge.state_dir() + "/" + kind + "-" + config.id;
}

bool any_of(const std::vector<std::string>& names, std::initializer_list<std::string_view> wanted) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
  });
}

bool same(const Choices& a, const Choices& b) { return choices_text(a) == choices_text(b); }

}  // namespace

MpdPlayer::MpdPlayer(bridge::Bridge& bridge, PlayerConfig config, std::uint32_t seed,
                     std::function<void()> settled)
    : bridge_(bridge),
      loop_(bridge.loop()),
      config_(std::move(config)),
      settled_(std::move(settled)),
      memory_(file_of(bridge, config_, "player")),
      link_(bridge.loop(), config_.address, config_.password, seed),
      announcements_(bridge, link_, file_of(bridge, config_, "announcing"), [this] { read_state(); }) {
  // A player that is not there now has what it had: its outputs do not vanish from the house.
  describe_again(parse_choices(bridge::read_file(memory_)));
}

MpdPlayer::~MpdPlayer() { loop_.cancel(beginning_timer_); }

void MpdPlayer::start() {
  PlayerLink::Handlers handlers;
  handlers.ready = [this] { ready(); };
  handlers.changed = [this](const std::vector<std::string>& subsystems) { changed(subsystems); };
  handlers.lost = [this](const std::string& reason) { lost(reason); };
  link_.start(std::move(handlers));
}

void MpdPlayer::ready() {
  // Pictures in pieces that fit into a document of the tree; an older player has no such command.
  link_.request({"binarylimit 32768"}, [](const Outcome&) {});
  reading_ = false;
  refresh();
  announcements_.connected();
}

void MpdPlayer::refresh() {
  read_choices();
  read_state();
}

void MpdPlayer::changed(const std::vector<std::string>& subsystems) {
  if (any_of(subsystems, {"output", "stored_playlist"})) read_choices();
  if (any_of(subsystems, {"player", "mixer", "options", "playlist"})) read_state();
}

void MpdPlayer::lost(const std::string& reason) {
  reading_ = false;
  reachable_ = false;
  trouble_ = reason;
  device_.offline(reason);
  announcements_.lost();
  for (const Beginning& each : std::exchange(beginnings_, {}))
    each.reply.failed("the connection was lost before it began: " + reason);
  loop_.cancel(std::exchange(beginning_timer_, 0));
  settled_();
}

void MpdPlayer::read_state() {
  // One reading at a time: however often the player says that something has changed, one more is enough.
  if (reading_) {
    read_again_ = true;
    return;
  }
  reading_ = true;
  read_again_ = false;
  link_.request({"status", "currentsong"}, [this](const Outcome& outcome) {
    reading_ = false;
    if (outcome.lost) return;
    if (!outcome.error.empty() || outcome.reply.sections.size() != 2) {
      trouble_ = outcome.error.empty() ? "the player does not tell its state" : outcome.error;
      device_.offline(trouble_);
      return settled_();
    }
    take_state(outcome.reply.sections[0], outcome.reply.sections[1]);
    if (read_again_) read_state();
  });
}

void MpdPlayer::take_state(const Section& status, const Section& song) {
  status_ = parse_status(status);
  song_ = parse_song(song);
  position_ = position_of(status_, position_, bridge_.clock().now());
  if (status_.volume && *status_.volume > 0) loud_ = *status_.volume;
  if (status_.queue_version != source_version_) source_.clear();
  announcements_.look(status_);
  report_state();
  look_at_beginnings();
  if (std::exchange(reachable_, true)) return;
  trouble_.clear();
  settled_();
}

void MpdPlayer::report_state() {
  device_.report(kPlayer, player_state({status_, song_, position_, source_, announcements_.busy()}));
}

void MpdPlayer::read_choices() {
  link_.request({"outputs", "listplaylists"}, [this](const Outcome& outcome) {
    if (outcome.lost) return;
    // Without a directory for playlists the second is refused.
    if (!outcome.reply.sections.empty()) take_choices(outcome.reply);
  });
}

void MpdPlayer::take_choices(const Reply& reply) {
  Choices choices{parse_outputs(reply.sections[0], kOutputLimit), {}};
  if (reply.sections.size() > 1) {
    for (const Entry& entry : parse_entries(reply.sections[1], kPlaylistLimit)) {
      // A name that cannot be shown cannot be chosen.
      if (entry.kind == Entry::Kind::playlist && clean(entry.path) == entry.path)
        choices.playlists.push_back(entry.path);
    }
    std::sort(choices.playlists.begin(), choices.playlists.end());
  }
  const std::vector<Output> outputs = choices.outputs;
  if (!same(choices, choices_)) {
    describe_again(std::move(choices));
    remember_choices();
  }
  report_outputs(outputs);
}

void MpdPlayer::describe_again(Choices choices) {
  choices_ = std::move(choices);
  device_ = bridge_.add(config_.id, describe(config_, choices_));
  device_.on_command(
      [this](const bridge::Command& command, const bridge::Reply& reply) { on_command(command, reply); },
      kCommandPatience);
}

void MpdPlayer::remember_choices() const {
  // Should it fail, a player that is away at the next start has no outputs until it is back.
  static_cast<void>(bridge::replace_file(memory_, choices_text(choices_)));
}

void MpdPlayer::report_outputs(const std::vector<Output>& outputs) {
  const auto keys = output_keys(outputs);
  for (std::size_t i = 0; i < keys.size(); ++i)
    device_.report(keys[i], {{"state", outputs[i].enabled ? "on" : "off"}});
}

void MpdPlayer::on_command(const bridge::Command& command, const bridge::Reply& reply) {
  if (command.entity != kPlayer) return on_output(command, reply);
  if (command.is("play_media")) return on_media(command, reply);
  const auto lines = lines_for(command, status_, loud_);
  if (!lines) return reply.rejected(lines.error().text, lines.error().code);
  if (command.is("media_stop")) announcements_.stop_music();
  const std::string source = command.is("select_source") ? command.text("source") : std::string();
  carry_out(*lines, reply, [this, source] {
    if (source.empty()) return;
    source_ = source;
    source_version_ = status_.queue_version;
    report_state();
  });
}

void MpdPlayer::on_output(const bridge::Command& command, const bridge::Reply& reply) {
  const auto keys = output_keys(choices_.outputs);
  const auto found = std::find(keys.begin(), keys.end(), command.entity);
  if (found == keys.end()) return reply.failed("the player has no such output any more");
  const Output& output = choices_.outputs[static_cast<std::size_t>(found - keys.begin())];
  const bool on = command.is("turn_on");
  const auto line = command_line(on ? "enableoutput" : "disableoutput", {std::to_string(output.id)});
  link_.request({*line, "outputs"}, [this, reply](const Outcome& outcome) {
    if (!outcome.error.empty()) return reply.failed(outcome.error);
    report_outputs(parse_outputs(outcome.reply.sections.back(), kOutputLimit));
    reply.done();
  });
}

// Carries out the lines and reads what the player is then: first the state, then the result.
void MpdPlayer::carry_out(std::vector<std::string> lines, const bridge::Reply& reply,
                          std::function<void()> then) {
  lines.insert(lines.end(), {"status", "currentsong"});
  link_.request(lines, [this, reply, then = std::move(then)](const Outcome& outcome) {
    if (!outcome.error.empty()) return reply.failed(outcome.error);
    const auto& sections = outcome.reply.sections;
    if (sections.size() < 2) return reply.failed("the player does not tell its state");
    take_state(sections[sections.size() - 2], sections.back());
    if (then) then();
    reply.done();
  });
}

}  // namespace gable::mpd
