#pragma once
// Watch: one trigger in force. Each platform has a class of its own that says what it listens to and when it
// fires.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/triggers/board.hpp"
#include "language/trigger.hpp"
#include "template/value/dict.hpp"

namespace gable::rules {

// What all triggers of an owner share.
struct Holder {
  TriggerOwner owner = 0;
  std::uint64_t sequence = 0;  // in which order owners were attached
  TriggerDesk::Attachment attachment;
};

struct Seat {
  std::shared_ptr<const Holder> holder;
  const Trigger* trigger = nullptr;  // borrowed while the watch is in force
  std::size_t index = 0;
};

class Watch : public std::enable_shared_from_this<Watch> {
 public:
  Watch(Board& board, Seat seat) : board_(board), seat_(std::move(seat)) {}
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  virtual ~Watch() = default;

  // Puts itself on the board, armed by what it finds.
  virtual void begin(Instant now) = 0;
  // Takes itself off. Nothing is told to it afterwards; what it borrowed may be gone.
  virtual void end();

  virtual void on_state(const StateChanged&, Instant /*now*/) {}
  // Its first real state in our time, after unavailable or unknown: nothing fires by it. Only for those that
  // ignore trips.
  virtual void on_known(const std::string& /*entity*/, const StateSnapshot&, Instant /*now*/) {}
  virtual void on_event(const BusEvent&, Instant /*now*/) {}
  virtual void on_message(const MqttMessage&, Instant /*now*/) {}
  virtual void on_due(std::size_t /*cookie*/, Instant /*due*/, Instant /*now*/) {}
  virtual void on_registry(Instant /*now*/) {}
  virtual void on_resume(Instant /*now*/) {}
  virtual void on_start(Instant /*now*/) {}
  virtual void on_stop(Instant /*now*/) {}
  // A row that it saved before a restart; false when it can do nothing with it.
  virtual bool restore(const std::string& /*key*/, const wire::Object&) { return false; }
  // A trip through unavailable or unknown is no change to it.
  [[nodiscard]] virtual bool ignores_trips() const { return false; }

  [[nodiscard]] bool in_force() const { return in_force_; }
  [[nodiscard]] FiringOrder order() const { return {seat_.holder->sequence, seat_.index}; }

 protected:
  using Fields = std::shared_ptr<jinja::Dict>;
  using Field = std::pair<std::string_view, jinja::Value>;

  [[nodiscard]] Board& board() const { return board_; }
  [[nodiscard]] Surroundings& surroundings() const { return board_.surroundings(); }
  [[nodiscard]] const Seat& seat() const { return seat_; }
  [[nodiscard]] const Trigger& trigger() const { return *seat_.trigger; }
  [[nodiscard]] const Options& options() const { return seat_.holder->attachment.options; }
  // trigger_variables, or the waiting run's.
  [[nodiscard]] const Scope& variables() const;

  void listen(Subject subject, std::string_view name = {});
  void unlisten(Subject subject, std::string_view name = {});
  Timers::Key wake(Instant due, std::size_t cookie);

  // The variable `trigger`: what every platform has, then these.
  [[nodiscard]] Fields fields(std::initializer_list<Field> own) const;
  // The owner may detach itself in here: the caller touches nothing borrowed afterwards.
  void fire(const Fields& fields, const Context& cause, Instant now);
  // Begins with who complains.
  void complain(std::string_view level, const std::string& text) const;

 private:
  Board& board_;
  Seat seat_;
  bool in_force_ = true;
  std::vector<std::pair<Subject, std::string>> listening_;
};

// Of the kind that the trigger is.
std::shared_ptr<Watch> make_watch(Board& board, Seat seat);

}  // namespace gable::rules
