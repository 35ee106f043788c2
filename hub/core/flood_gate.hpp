#pragma once
// Who is heard first. A house says some hundred messages a second; one device or bridge that has gone mad
// says as many as the broker carries, and everybody else would wait behind it. So once much comes in, it is
// counted who says it: the messages of a source that says too much wait until the others have been heard, and
// of a topic that says too much only the last message counts (hub/decisions/0016-floods.md).
//
// A source is one of our bridges (`<root>/bridge/<id>`), another kind of our tree (`<root>/set`), or the
// first level of somebody else's topics. Commands, results and events of our tree are never left out.

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/event.hpp"

namespace gable::hub {

struct FloodLimits {
  // Messages within a second.
  std::size_t calm = 2'000;    // of all together: up to here nobody is counted
  std::size_t source = 5'000;  // of one source; what is more waits
  std::size_t topic = 500;     // of one topic; of what is more only the last is handled, now and then
  // Messages that wait.
  std::size_t crowd = 2'000;     // from here on a newer one replaces the one of its topic
  std::size_t waiting = 20'000;  // from here on the oldest of them has its turn whoever else waits
};

// What a source did in the last second.
struct Flood {
  std::string source;
  std::string topic;             // the one that says most, if one says too much
  std::size_t per_second = 0;    // messages of that topic, or of the whole source
  std::uint64_t left_out = 0;    // messages that were not handled since the flood began
  std::chrono::seconds lasts{};  // since it began
  bool over = false;             // this is the last report of it
};

class FloodGate {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  // `root`: the beginning of our own topics.
  explicit FloodGate(std::string root, FloodLimits limits = {});

  // True: the message has been taken (moved from) and waits in here. False: it is to be handled now.
  bool hold(MessageIn& message, Steady now);

  // The next message that has its turn when nobody else has anything to say; nothing if none waits.
  std::optional<MessageIn> next();
  [[nodiscard]] bool waits() const { return !lane_.empty(); }
  [[nodiscard]] bool full() const { return lane_.size() >= limits_.waiting; }

  // What those topics said last that say too much; to be asked for a few times a second while there are any.
  std::vector<MessageIn> latest(Steady now);
  [[nodiscard]] bool muffles() const { return !topics_.empty(); }

  // Who floods, and who no longer does; to be asked for once a second while anybody does.
  std::vector<Flood> report(Steady now);
  [[nodiscard]] bool floods() const { return floods_ > 0; }

 private:
  // Counted once its slot is full: several topics share one.
  struct Topic {
    std::string source;
    std::size_t said = 0, said_before = 0;  // in this second, and in the one before
    bool muffled = false;
    std::optional<MessageIn> last;  // that has not been handled
  };
  struct Source {
    std::size_t said = 0, said_before = 0;  // without what is muffled
    bool waits = false;
    std::uint64_t left_out = 0;
    std::optional<Steady> since;  // of the flood
  };
  using Lane = std::list<MessageIn>;

  [[nodiscard]] std::string_view source_name(std::string_view topic) const;
  [[nodiscard]] bool may_be_left_out(std::string_view topic) const;
  [[nodiscard]] bool is_own(std::string_view topic) const;
  Source& source(std::string_view name);
  bool muffle(MessageIn& message, std::string_view source_name, Steady now);
  void line_up(MessageIn& message, Source& from);
  // Begins the next second when this one is over.
  void keep_time(Steady now);
  void forget_quiet();
  void begin_flood(Source& source, Steady now);
  [[nodiscard]] Flood flood_of(const std::string& name, const Source& source, Steady now) const;

  std::string root_;  // with its slash
  FloodLimits limits_;
  Steady second_{};  // when this second began
  std::size_t said_ = 0;
  std::size_t floods_ = 0;                         // sources with `since`
  std::array<std::uint16_t, 1'024> slots_{};       // messages of this second by their topic's hash
  std::unordered_map<std::string, Topic> topics_;  // that may say too much
  std::map<std::string, Source, std::less<>> sources_;
  Lane lane_;                                                  // that wait, oldest first
  std::unordered_map<std::string_view, Lane::iterator> last_;  // the newest of each topic in the lane
};

}  // namespace gable::hub
