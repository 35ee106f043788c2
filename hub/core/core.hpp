#pragma once
// The core of the hub: handle(event, now) → effects. Pure: no clock, thread, lock, socket, file or log. It
// owns every part of the hub's knowledge; main owns it; the runner's one thread calls it.

#include <memory>
#include <optional>
#include <string>

#include "core/effects.hpp"
#include "core/event.hpp"
#include "core/helpers/zone_rules.hpp"
#include "core/house.hpp"

namespace gable::hub {

class Registry;

struct CoreOptions {
  std::string root = "gable";
  std::string session;  // new for every start; part of command ids
};

class Core {
 public:
  // `zone` must outlive the core.
  Core(const CoreOptions& options, const ZoneRules& zone);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  // Before anything else: every row of the store, table by table in the order of Table; then start().
  // A row that cannot be read is named in the log and left out.
  void restore(Turn& turn, Table table, const std::string& key, const std::string& json);
  void start(Turn& turn, const House& house);

  void handle(const Event& event, Turn& turn);
  // Does what rules put off until their commands have left, and renders what changed since the last flush.
  // The runner calls it when its queue is empty, or after a bounded number of events; that is what makes
  // documents coalesce under load.
  void flush(Turn& turn);

  [[nodiscard]] std::optional<Time> next_deadline() const;
  [[nodiscard]] const Registry& registry() const;
  // What the last RulesChanged did: {"added","changed","removed","refused","unchanged","findings"}.
  [[nodiscard]] wire::Object last_load() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> p_;
};

}  // namespace gable::hub
