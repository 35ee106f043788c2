#pragma once
// What really happened, as nobody within the world sees it: the checker's evidence. Filled by the world's
// parts, read when the world has ended.

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "wire/value.hpp"
#include "world/clock.hpp"

namespace gable::sim {

// One message of a device that must not be lost: a press.
struct Press {
  std::string device;
  std::int64_t number = 0;
  Steady at;
  bool sent = false;   // its bridge was there to see it
  bool taken = false;  // the broker had somebody to give it to
  Steady taken_at;
  int heard = 0;  // times in the hub's journal
};

// One command that a person gave.
struct Wish {
  std::string id, topic, payload;
  Steady at;
  bool taken = false;
  Steady taken_at;
  std::set<std::string> results;  // answers that came back, final ones only, each once
};

struct Actuation {
  std::string bridge, device, id, service;
  Steady at;
};

class History {
 public:
  explicit History(const WorldTime& time) : time_(time) {}

  void note(const std::string& text);
  // Each line of the log as it is made; may be empty.
  std::function<void(const std::string&)> listener;

  std::vector<Press> presses;
  std::vector<Wish> wishes;
  std::vector<Actuation> actuations;
  // Every value that a device ever had, by entity; numbers and words as the state's text.
  std::map<std::string, std::set<std::string>> values;
  // Command ids that the hub sent to bridges, and those that its journal names, with the results there.
  std::set<std::string> sent;
  std::map<std::string, int> commanded;                      // id → lines
  std::map<std::string, std::vector<std::string>> ended;     // id → final statuses
  std::vector<std::pair<std::string, std::string>> changes;  // entity → what the hub's journal says it became
  // What the hub is to say once: marks, which a rule says aloud, and answers. A message of QoS 1 is sent
  // again only by the process that sent it, and only while the broker has not answered.
  struct Said {
    unsigned process = 0;
    bool answered = false;
    int needless = 0;
  };
  std::map<std::string, Said> said;  // by topic, a space, payload
  std::vector<std::string> bus;
  bool unsaved_lost = false;  // the hub died while its disk took nothing
  std::vector<Steady> hub_starts, hub_crashes, hub_connections, fresh_sessions;
  std::vector<Steady> troubles;                 // when a fault struck
  std::vector<Steady> restored;                 // when the broker died that came back as it was before
  std::map<std::string, std::uint64_t> faults;  // by kind
  std::uint64_t lines = 0;
  std::uint64_t digest = 14695981039346656037ULL;  // FNV-1a of the log

  [[nodiscard]] const WorldTime& time() const { return time_; }

 private:
  const WorldTime& time_;
};

}  // namespace gable::sim
