#pragma once
// SimDevice: what every simulated device can do. The house calls it: commands when they come, advance()
// exactly at the moment that due() named. A device keeps no clock and reports nothing by itself: the house
// compares its state before and after. Pure.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/description.hpp"
#include "protocol/random.hpp"
#include "protocol/rooms.hpp"

namespace gable::virtual_house {

using OrderId = std::uint64_t;  // 0 is none

// A command that the contract has already checked against the announced entity.
struct Order {
  OrderId id = 0;
  std::string entity;  // key
  std::string service;
  Fields data;
};

enum class Verdict { done, under_way, failed, rejected };

struct Outcome {
  Verdict verdict = Verdict::done;
  std::string reason;  // for failed and rejected
};

struct SentEvent {
  std::string entity, type;
};

struct Finished {
  OrderId order = 0;
  Outcome outcome;
};

// One turn of a device: the moment, its surroundings, and where it leaves what it has to tell.
struct Turn {
  Moment now;
  Rooms& rooms;
  const Weather& weather;
  std::vector<SentEvent> events;
  std::vector<Finished> finished;
};

class SimDevice {
 public:
  SimDevice(DeviceSpec spec, std::uint64_t seed) : spec_(std::move(spec)), random_(seed) {}
  virtual ~SimDevice() = default;
  SimDevice(const SimDevice&) = delete;
  SimDevice& operator=(const SimDevice&) = delete;

  [[nodiscard]] const DeviceSpec& spec() const { return spec_; }
  // Never changes.
  [[nodiscard]] virtual std::vector<EntitySpec> entities() const = 0;
  // Complete; empty for entities without a state (buttons, events).
  [[nodiscard]] virtual Fields state(std::string_view entity) const = 0;
  // When the device wants its next advance(); kNever: not by itself.
  [[nodiscard]] virtual Moment due() const { return kNever; }

  // Once, at the beginning.
  virtual void start(Turn&) {}
  virtual void advance(Turn&) {}
  virtual Outcome obey(const Order& order, Turn& turn);
  // Somebody moves in `area`.
  virtual void on_walk(std::string_view, Turn&) {}
  // Somebody goes through this door.
  virtual void on_passage(Turn&) {}
  // A finger on a button; false when there is no such button or kind of press.
  virtual bool press(std::string_view button, std::string_view kind, Turn& turn);
  // Makes an input show `value`, a measurement for `hold`. False when this is no input, or not such a value.
  virtual bool set_sensor(std::string_view entity, const Value& value, Span hold, Turn& turn);

 protected:
  // The room that the device stands in; null when it has none.
  [[nodiscard]] Room* room(Turn& turn) const { return turn.rooms.find(spec_.area); }
  // For an order that takes time: remembers it, and answers the one that it replaces.
  Outcome begin(const Order& order, Turn& turn);
  // Answers the order under way, if any.
  void finish(Turn& turn, Outcome outcome = {});
  [[nodiscard]] Random& random() { return random_; }

 private:
  DeviceSpec spec_;
  Random random_;
  OrderId under_way_ = 0;
};

// The only entity of a device.
EntitySpec single(std::string domain, std::string device_class = {});
// One of several.
EntitySpec keyed(std::string key, std::string domain, std::string name, std::string device_class = {});
Outcome not_understood(const Order& order);

// A measurement on its way to the tree: a new value shows only when it differs by at least `step` from the
// one that is shown, so that noise causes no messages.
class Display {
 public:
  Display(double step, int digits) : step_(step), digits_(digits) {}
  void show(double value);
  // At least this part of the shown value must be the difference, too.
  void relative(double part) { part_ = part; }
  [[nodiscard]] Value value() const { return rounded(shown_, digits_); }
  [[nodiscard]] double number() const { return shown_; }

 private:
  double step_, part_ = 0, shown_ = 0;
  int digits_;
  bool empty_ = true;
};

}  // namespace gable::virtual_house
