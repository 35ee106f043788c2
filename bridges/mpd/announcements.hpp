#pragma once
// Announcements on one player, one after the other: says when each can be heard, and puts back what was
// there. What was there is in a file as long as an announcement goes on. On the loop's thread.

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "bridge/bridge.hpp"
#include "player_link.hpp"
#include "protocol/announcer.hpp"

namespace gable::mpd {

class Announcements {
 public:
  // `journal`: path of the file. `changed`: called when the player's state has to be read again. All outlive
  // this.
  Announcements(bridge::Bridge& bridge, PlayerLink& link, std::string journal, std::function<void()> changed);
  ~Announcements();
  Announcements(const Announcements&) = delete;
  Announcements& operator=(const Announcements&) = delete;

  // The reply is final when the sound can be heard, or could not be played.
  void add(Announcement announcement, const bridge::Reply& reply);
  [[nodiscard]] bool busy() const { return step_ != Step::none; }
  // Each status of the player, as it comes.
  void look(const Status& status);
  // The connection is there: what was being announced when it, or we, were lost is brought to an end.
  void connected();
  void lost();
  // Somebody wants silence: the music does not go on.
  void stop_music() { announcer_.forget_music(); }

 private:
  enum class Step { none, beginning, starting, sounding, restoring };
  struct Waiting {
    Announcement announcement;
    bridge::Reply reply;
  };
  void begin();
  void prepared(const Outcome& outcome);
  void end(Announcer::Verdict verdict, const Status& status);
  void restored();
  void resume(const std::string& lines);
  void watch(Step step);
  void answer(const std::string& error);
  void write_journal();
  [[nodiscard]] bool late() const;

  bridge::Bridge& bridge_;
  node::Loop& loop_;  // lives longer than the bridge
  PlayerLink& link_;
  const std::string journal_;
  const std::function<void()> changed_;
  Announcer announcer_;
  Step step_ = Step::none;
  std::deque<Waiting> waiting_;
  std::optional<Waiting> now_;  // its reply is due
  node::Steady since_{};        // of the step
  node::TimerId timer_ = 0;
};

}  // namespace gable::mpd
