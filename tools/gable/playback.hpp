#pragma once
// What every kind of `gable play` does: connect, keep the recording's pace, publish without losing or merging
// anything, tell how far it is, and sum up. One command's, on the main thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gable/context.hpp"
#include "gable/interrupt.hpp"
#include "gable/link.hpp"
#include "gable/play_map.hpp"
#include "wire/time.hpp"

namespace gable::cli {

struct PlayOptions {
  std::string file;
  PlayMap map;
  double speed = 1;    // times as fast as recorded; 0: as fast as `rate` allows
  double rate = 1500;  // messages a second at most, > 0
  std::string bridge = "play";
  bool offline = false;  // the bridge says offline at the end
};

class Playback {
 public:
  Playback(const Context& context, const PlayOptions& options);

  // Errors: unavailable, refused.
  wire::Result<node::Connected> begin(const node::ConnectOptions& connect);
  // Waits until what was recorded `at` is due. False when it is to end.
  bool wait_for(wire::Time at);
  // In order, with QoS as given; waits while the broker has much to acknowledge, and for the rate that may
  // not be exceeded. False when it is to end.
  bool publish(const node::Message& message);
  // A line has been dealt with; `total` is 0 when it is not known.
  void count_line(std::uint64_t total);
  // A line that is left out: named, the first few, and counted.
  void bad_line(std::uint64_t number, std::string_view why);
  // Waits for the last acknowledgement and sums up; gives the exit status.
  int finish();

  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const PlayOptions& options() const { return options_; }
  [[nodiscard]] bool interrupted() const { return stopped_ || link_.interrupted(); }
  // After an interruption, when publish() says no more.
  void last_words(const node::Message& message);

 private:
  void keep_rate();
  void show_progress(std::uint64_t total);
  void clear_progress();
  int sum_up(double seconds);

  const Context& context_;
  const PlayOptions& options_;
  Interrupt interrupt_;  // before any thread of the link
  Link link_;
  node::Steady begun_, shown_;
  node::Steady next_;  // when the next message may be published
  std::optional<wire::Time> first_;
  std::uint64_t lines_ = 0, messages_ = 0, bad_ = 0;
  bool terminal_ = false, progress_ = false, stopped_ = false;
};

// Runs for the two formats that are known. They give the exit status.
int play_recording(const Context& context, const PlayOptions& options);
int play_house(const Context& context, const PlayOptions& options);

// True when the line is one of the house recordings that play_house() reads (house_lines.hpp).
bool is_house_line(std::string_view line);

}  // namespace gable::cli
