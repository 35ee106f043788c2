#pragma once
// Template entities: states computed from others, rendered again when what they read changes, or when a
// trigger of their block fires. Home Assistant's template integration.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/book/desks.hpp"
#include "engine/engine.hpp"

namespace gable::rules {

class TemplateEntityDesk {
 public:
  explicit TemplateEntityDesk(BookParts parts) : p_(parts) {}

  // True: states are computed, the effects of actions withheld.
  void set_shadow(bool shadow) { shadow_ = shadow; }
  void load(std::vector<TemplateGroup> groups, std::vector<TemplateEntity> entities, LoadReport& report);
  // The house is complete: states are computed from now on.
  void start();

  bool on_fired(const Fired& fired);
  bool on_end(const RunEnd& end);
  void on_state(const std::string& entity);
  void on_registry();
  void on_time();
  ServiceOutcome call(const ServiceCall& call);

  [[nodiscard]] bool owns(const std::string& entity) const { return by_id_.contains(entity); }
  [[nodiscard]] bool listens_to(const std::string& entity) const;
  [[nodiscard]] std::optional<Instant> next_deadline() const;
  // `name` as runs know it: "switch.pump#turn_on".
  [[nodiscard]] std::optional<Runnable> runnable(const std::string& name) const;

 private:
  struct Group {
    TemplateGroup content;
    std::unique_ptr<Scope> variables;
    TriggerOwner owner = 0;
    std::optional<Fired> waiting;  // its actions run; the entities follow
  };
  struct Entry {
    TemplateEntity content;
    std::string id;  // "sensor.dew_point"
    jinja::Reads reads;
    std::string state;                // as shown last; empty: never
    std::optional<std::string> next;  // the state that a delay holds back …
    std::optional<Instant> due;       // … and when it comes; also auto_off
    Instant rendered{};               // for the limit on templates that read a whole domain
    bool stale = false;               // something changed that the limit kept from being rendered
  };
  struct Result {
    std::string state;
    wire::Object attributes;
  };

  void attach(Group& group);
  void render(Entry& entry, const Scope& scope);
  void render_plain(Entry& entry);
  void render_group(std::size_t group, const Scope& scope);
  Result compute(Entry& entry, const Scope& scope);
  void put(Entry& entry, const Result& result, const Scope& scope);
  void show(Entry& entry, std::string state, const wire::Object& attributes);
  void index();
  [[nodiscard]] bool state_based(const Entry& entry) const;
  [[nodiscard]] Instant allowed_at(const Entry& entry) const;

  BookParts p_;
  std::vector<std::unique_ptr<Group>> groups_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::unordered_map<std::string, Entry*> by_id_;
  std::unordered_map<TriggerOwner, std::size_t> owners_;
  // Who reads what. Rebuilt lazily: reads change with every rendering, seldom in truth.
  std::unordered_multimap<std::string, Entry*> by_entity_, by_domain_;
  std::vector<Entry*> all_, timed_;
  std::map<std::string, wire::Object> shown_;  // attributes by entity, for delays
  std::optional<Instant> next_minute_;
  bool started_ = false;
  bool shadow_ = false;
};

}  // namespace gable::rules
