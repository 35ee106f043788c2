#pragma once
// One music player on the tree: what it says becomes reports, commands become its own. On the loop's thread.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "announcements.hpp"
#include "bridge/bridge.hpp"
#include "mpd_config.hpp"
#include "player_commands.hpp"
#include "player_link.hpp"
#include "translation.hpp"

namespace gable::mpd {

class MpdPlayer {
 public:
  // `settled`: called when it has been read for the first time or could not be reached, and each time that
  // this changes.
  MpdPlayer(bridge::Bridge& bridge, PlayerConfig config, std::uint32_t seed, std::function<void()> settled);
  ~MpdPlayer();
  MpdPlayer(const MpdPlayer&) = delete;
  MpdPlayer& operator=(const MpdPlayer&) = delete;

  void start();
  [[nodiscard]] const PlayerConfig& config() const { return config_; }
  [[nodiscard]] bool settled() const { return reachable_ || !trouble_.empty(); }
  // Why it cannot be reached; empty while it can.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  void refresh();
  [[nodiscard]] PlayerLink& link() { return link_; }

 private:
  void ready();
  void changed(const std::vector<std::string>& subsystems);
  void lost(const std::string& reason);
  void read_state();
  void read_choices();
  void take_state(const Section& status, const Section& song);
  void take_choices(const Reply& reply);
  void remember_choices() const;
  void describe_again(Choices choices);
  void report_state();
  void report_outputs(const std::vector<Output>& outputs);

  void on_command(const bridge::Command& command, const bridge::Reply& reply);
  void on_output(const bridge::Command& command, const bridge::Reply& reply);
  void on_media(const bridge::Command& command, const bridge::Reply& reply);
  void play(const MediaOrder& order, const bridge::Reply& reply);
  void carry_out(std::vector<std::string> lines, const bridge::Reply& reply, std::function<void()> then = {});
  void watch_beginning(const bridge::Reply& reply);
  void look_at_beginnings();

  struct Beginning {  // of something to play, whose reply is due
    bridge::Reply reply;
    node::Steady until;
  };

  bridge::Bridge& bridge_;
  node::Loop& loop_;  // lives longer than the bridge
  const PlayerConfig config_;
  const std::function<void()> settled_;
  const std::string memory_;  // path of what it has to choose from
  bridge::Device device_;
  PlayerLink link_;
  Announcements announcements_;
  Choices choices_;
  Status status_;
  std::optional<Song> song_;
  Position position_;
  int loud_ = 30;                    // percent; the volume before it was muted
  std::string source_;               // the stored playlist that was loaded …
  std::int64_t source_version_ = 0;  // … into this version of the queue
  std::string trouble_;
  bool reachable_ = false;
  bool reading_ = false, read_again_ = false;
  std::vector<Beginning> beginnings_;
  node::TimerId beginning_timer_ = 0;
};

}  // namespace gable::mpd
