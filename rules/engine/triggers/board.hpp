#pragma once
// Board: which trigger listens to what. One look-up by name finds all that something concerns. Owned by the
// desk; triggers put themselves on it and take themselves off.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/surroundings.hpp"
#include "engine/triggers/timers.hpp"
#include "engine/triggers/trigger_desk.hpp"

namespace gable::rules {

using Watches = std::vector<std::shared_ptr<Watch>>;

// What can be listened to. Those without names of their own have the empty one.
enum class Subject : std::uint8_t {
  entity,  // changes of one entity
  domain,  // of any entity of a domain
  states,  // of any entity
  event,   // of one type, or of all: "*"
  topic,   // MQTT, a filter
  registry,
  resume,  // the first HouseStarted: what was restored goes on
  start,
  stop,
  count
};

class Board {
 public:
  Board(Surroundings& surroundings, TriggerDesk::OnFire on_fire)
      : surroundings_(surroundings), on_fire_(std::move(on_fire)) {}

  [[nodiscard]] Surroundings& surroundings() const { return surroundings_; }
  [[nodiscard]] Timers& timers() { return timers_; }
  [[nodiscard]] const Timers& timers() const { return timers_; }
  void fire(const Fired& fired) const { on_fire_(fired); }

  // The first who wants a topic filter subscribes to it, the last one unsubscribes.
  void add(Subject subject, std::string_view name, std::shared_ptr<Watch> watch);
  void remove(Subject subject, std::string_view name, const Watch& watch);

  [[nodiscard]] bool any(Subject subject) const { return !index(subject).empty(); }
  [[nodiscard]] bool any(Subject subject, std::string_view name) const;
  // Copies, so that whoever is told may add and remove; in firing order, each once.
  [[nodiscard]] Watches listeners(Subject subject, std::string_view name = {}) const;
  [[nodiscard]] Watches listeners_of_entity(std::string_view entity) const;
  [[nodiscard]] Watches listeners_of_event(std::string_view type) const;
  [[nodiscard]] Watches listeners_of_topic(std::string_view topic) const;

  // HouseStarted has come: rows of the past have been read.
  bool started = false;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Index = std::unordered_map<std::string, Watches, Hash, std::equal_to<>>;

  [[nodiscard]] const Index& index(Subject subject) const {
    return indexes_[static_cast<std::size_t>(subject)];
  }
  void collect(Subject subject, std::string_view name, Watches& out) const;

  Surroundings& surroundings_;
  TriggerDesk::OnFire on_fire_;
  Timers timers_;
  std::array<Index, static_cast<std::size_t>(Subject::count)> indexes_;
  std::vector<std::string> wildcards_;  // the filters that are more than one topic
};

}  // namespace gable::rules
