#pragma once
// Template entities: states computed from others, rendered again when what they read changes, or when a
// trigger of their block fires. Home Assistant's template integration.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/book/desks.hpp"
#include "engine/book/template_actions.hpp"
#include "engine/engine.hpp"

namespace gable::rules {

class TemplateEntityDesk {
 public:
  explicit TemplateEntityDesk(BookParts parts) : p_(parts) {}

  // True: states are computed, the effects of actions withheld.
  void set_shadow(bool shadow) { shadow_ = shadow; }
  // Blocks that did not change keep their states, runs, holds and delays. `kept`: entities that stay though
  // `entities` does not have them.
  void load(std::vector<TemplateGroup> groups, std::vector<TemplateEntity> entities,
            const std::set<std::string>& kept, LoadReport& report);
  // A row of ours; before start().
  void restore(const std::string& entity, const wire::Object& row);
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
  // `name` as runs know it: "switch.pump#turn_on", or "template#…" for the actions of a block.
  [[nodiscard]] std::optional<Runnable> runnable(const std::string& name) const;

 private:
  struct Group {
    TemplateGroup content;
    std::string name;  // "template#" and its fingerprint: the same when other blocks come and go
    std::unique_ptr<Scope> variables;
    TriggerOwner owner = 0;
  };
  struct Entry {
    TemplateEntity content;
    std::string id;          // "sensor.dew_point"
    Group* group = nullptr;  // of content.group
    bool begun = false;      // its state is computed from now on
    jinja::Reads reads;
    std::string state;                                  // as shown last; empty: never
    std::optional<std::string> next;                    // the state that a delay holds back …
    std::optional<Instant> due;                         // … and when it comes
    std::optional<std::chrono::microseconds> stays_on;  // auto_off as rendered last
    std::optional<Instant> off_at;                      // … and when it is over; stored
    Instant rendered{};                                 // for the limit on templates that read a whole domain
    bool stale = false;  // something changed that the limit kept from being rendered
  };
  struct Result {
    std::string state;
    wire::Object attributes;
  };
  using Groups = std::vector<std::unique_ptr<Group>>;
  using Entries = std::map<std::string, std::unique_ptr<Entry>>;

  // Of `former` what has the same text, else a new one.
  void put_group(Groups& former, TemplateGroup content);
  void put_entity(Entries& former, TemplateEntity content, LoadReport& report);
  // Of the former ones; with their blocks.
  void keep(const std::set<std::string>& kept, Entries& former, Groups& former_groups);
  [[nodiscard]] Group* find_group(std::string_view name) const;
  void end(const Group& group);
  void end_actions(const Entry& entry);

  void attach(Group& group);
  void begin(Entry& entry);
  // Adds the variables to `scope`; an error's text.
  std::string define(const Variables& variables, Scope& scope, jinja::Reads* reads) const;
  void render(Entry& entry, const Scope& scope);
  void render_plain(Entry& entry);
  void render_group(const Group& group, const Scope& scope);
  Result compute(Entry& entry, const Scope& scope);
  void put(Entry& entry, const Result& result, const Scope& scope);
  // The entity is in this state from now on; what a delay held back is forgotten.
  void arrive(Entry& entry, const std::string& state);
  void keep_off_at(Entry& entry, std::optional<Instant> when);
  [[nodiscard]] std::optional<std::chrono::microseconds> rendered_period(const std::optional<Period>& period,
                                                                         const Scope& scope) const;
  void show(Entry& entry, std::string state, const wire::Object& attributes);
  void run_action(Entry& entry, const EntityAction& action, const ServiceCall& call);
  void index();
  static bool state_based(const Entry& entry) { return entry.group->content.triggers.empty(); }
  [[nodiscard]] Instant allowed_at(const Entry& entry) const;

  BookParts p_;
  Groups groups_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::unordered_map<std::string, Entry*> by_id_;
  std::unordered_map<TriggerOwner, Group*> owners_;
  // Who reads what. Rebuilt lazily: reads change with every rendering, seldom in truth.
  std::unordered_multimap<std::string, Entry*> by_entity_, by_domain_;
  std::vector<Entry*> all_, timed_;
  std::map<std::string, wire::Object> shown_;  // attributes by entity, for delays
  std::optional<Instant> next_minute_;
  bool started_ = false;
  bool shadow_ = false;
};

}  // namespace gable::rules
