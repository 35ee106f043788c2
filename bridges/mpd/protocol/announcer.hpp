#pragma once
// Pure: no clock, socket or thread.
// An announcement: a sound is put behind the queue and played alone, then everything is as it was: song,
// place in it, volume, options. What was there before can be written down, so that it comes back even when
// whoever announced has been restarted meanwhile.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/player.hpp"

namespace gable::mpd {

struct Announcement {
  std::string url;
  std::optional<int> volume;  // 0–100, while it is being played; none: as it is
};

class Announcer {
 public:
  // True from played() until restored().
  [[nodiscard]] bool busy() const { return playing_.has_value(); }

  // The commands that put the sound behind the queue; their reply goes to played().
  static std::vector<std::string> prepare(const Announcement& announcement);
  // The commands that play it. Nothing when the reply is not one to prepare(). While another announcement is
  // being played this one takes its place, and what was there before the first stays in mind.
  std::optional<std::vector<std::string>> played(const Announcement& announcement, const Reply& reply);

  enum class Verdict {
    wait,        // it has not begun, or goes on
    began,       // it can be heard
    over,        // it was played, or stopped
    failed,      // the player could not play it
    taken_over,  // somebody plays something else
  };
  [[nodiscard]] Verdict look(const Status& status) const;
  // The music shall not go on afterwards.
  void forget_music();

  // Lists of commands that put everything back; each is tried whatever became of the one before. `verdict`:
  // what look() said last.
  [[nodiscard]] std::vector<std::vector<std::string>> restore(Verdict verdict, const Status& now) const;
  void restored() { playing_.reset(); }

  // What has to be known to restore, as lines "key: value".
  [[nodiscard]] std::string journal() const;
  // From such lines, after a restart of ours or of the player (ids may mean other songs then): `queue` is
  // what there is now. False when the lines are none of ours.
  bool resume(const std::vector<Pair>& lines, const std::vector<Song>& queue);

 private:
  struct Before {
    PlayState state = PlayState::stop;
    std::optional<std::int64_t> song_id;
    std::string file;
    std::optional<double> elapsed;  // none: it cannot be sought
    bool repeat = false, random = false, consume = false;
    std::string single = "0";
    std::optional<int> volume;
  };
  struct Playing {
    std::string url;
    std::optional<std::int64_t> id;    // in the queue; none: it is not there any more
    std::vector<std::int64_t> former;  // announcements before this one, still in the queue
    std::optional<int> volume;
    Before before;
  };
  static Before before_of(const Status& status, const std::optional<Song>& song);
  void add_music(std::vector<std::vector<std::string>>& out) const;

  std::optional<Playing> playing_;
};

}  // namespace gable::mpd
