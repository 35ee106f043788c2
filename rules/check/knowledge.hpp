#pragma once
// What the checker knows of the house that the rules are for: its entities with all that they can, its
// devices, areas and labels, and the commands that its configuration has. Offline it knows nothing but the
// table of domains. A value type; filled once, then only read.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "language/rule.hpp"
#include "wire/description.hpp"
#include "wire/value.hpp"

namespace gable::rules {

struct KnownEntity {
  wire::EntityDescription description;  // its domain is never null
  bool described = false;               // features, unit, options and bounds above are what it announced
  bool reports = false;                 // it has a state, so that `attributes` are those that it has
  bool disabled = false;
  std::vector<std::string> attributes;
};

class Knowledge {
 public:
  // Offline: every well-formed entity of a known domain may be there.
  Knowledge() = default;
  // Rows of hub/request/entities, or of `gable ls --json`: an array, or an object of `entities` and, where
  // they are known, `areas`, `floors`, `labels`, `devices` and `commands` ("shell_command.backup"). What an
  // entity can stands in `description` (as it was announced) or in its attributes as Home Assistant names
  // them; what another system called it and its device, in `aliases` and `device_aliases`. Errors: malformed.
  static wire::Result<Knowledge> of_house(const wire::Value& house);

  // Rules that are there besides those that are checked, and those themselves.
  void add_rules(const RuleSet& rules);

  [[nodiscard]] bool live() const { return live_; }
  // What another system called an entity: "9b7c…" or "automation.old" → "light.kitchen".
  void add_alias(std::string alias, std::string entity) {
    aliases_.insert_or_assign(std::move(alias), std::move(entity));
  }
  // The entity that is meant; what is no alias stays as it is.
  [[nodiscard]] std::string_view meant(std::string_view id) const;
  // Null: there is none, or nobody knows.
  [[nodiscard]] const KnownEntity* entity(std::string_view id) const;
  // Made by a rule: automation.night, script.alarm, a scene or a template entity.
  [[nodiscard]] bool made_by_rules(std::string_view id) const { return made_.contains(id); }
  [[nodiscard]] bool may_exist(std::string_view id) const;
  // The most similar id that there is; empty when none is.
  [[nodiscard]] std::string nearest_entity(std::string_view id) const;
  // "script.alarm" as a service; offered by a rule or the house.
  [[nodiscard]] std::string nearest_script(std::string_view name) const;

  // Nothing where nobody knows which there are.
  using Names = std::optional<std::set<std::string, std::less<>>>;
  Names areas, floors, labels, devices, commands;

 private:
  bool add_row(const wire::Object& row);

  bool live_ = false;
  std::map<std::string, KnownEntity, std::less<>> entities_;
  std::map<std::string, std::string, std::less<>> aliases_;
  std::set<std::string, std::less<>> made_;
};

}  // namespace gable::rules
