#pragma once
// A file's rules: automations, scripts, scenes and template entities, checked and compiled, each with what
// was found wrong.

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "language/action.hpp"
#include "wire/value.hpp"

namespace gable::rules {

enum class RunMode : std::uint8_t { single, restart, queued, parallel };

// Who acts: nobody (off), the rule (live), or the rule without its effects (shadow).
enum class Enforcement : std::uint8_t { live, shadow, off };

// Our additions, as keys of an automation or script; the defaults are Home Assistant's behaviour. (None of
// them may be one of its keys: `conditions:` is, so the option is not `conditions: snapshot`.)
struct Options {
  Enforcement enforcement = Enforcement::live;  // enforce: live | shadow | off
  bool snapshot_conditions = false;  // snapshot_conditions: true; read the triggering event's state
  bool ignore_unavailable = false;   // ignore_unavailable: true; a trip through it is no change
  bool run_missed_once = false;      // missed: skip | run_once
  bool dst_run_once = false;         // dst: skip | run_once
};

struct RunLimits {
  RunMode mode = RunMode::single;
  std::uint32_t max = 10;
  std::string max_exceeded = "warning";  // log level, or "silent"
};

struct Automation {
  Place place;
  std::string id;         // object id of its entity: automation.<id>
  std::string unique_id;  // `id:` of the file
  std::string alias, description;
  RunLimits limits;
  std::optional<bool> initial_state;
  Variables trigger_variables;  // rendered when the triggers are put in force
  Variables variables;
  std::vector<Trigger> triggers;
  bool triggers_have_templates = false;
  Conditions conditions;
  Sequence actions;
  Options options;
  std::uint64_t fingerprint = 0;  // of its text: a rule that did not change keeps its runs and holds
  Findings findings;
  [[nodiscard]] bool refused() const;
};

struct ScriptField {
  std::string name;
  bool required = false;
  std::optional<jinja::Value> fallback;  // default:
};

struct Script {
  Place place;
  std::string id, alias, description, icon;
  RunLimits limits;
  std::vector<ScriptField> fields;
  Variables variables;
  Sequence sequence;
  Options options;
  std::uint64_t fingerprint = 0;
  Findings findings;
  [[nodiscard]] bool refused() const;
};

// The states that a scene puts entities in.
struct SceneEntity {
  std::string entity;
  jinja::Value state;       // text
  jinja::Value attributes;  // dict
  Place place;
};

struct Scene {
  Place place;
  std::string id, unique_id, name, icon;
  std::vector<SceneEntity> entities;
  std::uint64_t fingerprint = 0;
  Findings findings;
  [[nodiscard]] bool refused() const;
};

// A template entity: state-based (rendered when what it reads changes) or trigger-based (rendered when a
// trigger fires).
struct TemplateEntity {
  Place place;
  std::string domain;  // sensor, binary_sensor, switch, …
  std::string id, unique_id, name;
  std::vector<std::pair<std::string, Templated>>
      templates;  // "state", "availability", "icon", "attributes.x" …
  std::vector<std::pair<std::string, Sequence>> actions;  // "turn_on", "set_value" …
  Variables variables;                                    // of this entity, after those of its group
  wire::Object description;                               // device_class, unit_of_measurement, min, max …
  std::optional<Period> delay_on, delay_off, auto_off;
  std::uint32_t group = 0;  // index into RuleSet::template_groups
  Findings findings;
  [[nodiscard]] bool refused() const;
};

// Entities of one block; with triggers they are rendered together when one fires.
struct TemplateGroup {
  Place place;
  std::vector<Trigger> triggers;
  Conditions conditions;
  Sequence actions;
  Variables variables;
  std::uint64_t fingerprint = 0;  // of the whole block, its entities too
};

// The names that the rules of a set have, so that each is given once.
struct TakenNames {
  std::unordered_map<std::string, std::uint32_t> entities;  // "automation.night_light", and its last number
  std::unordered_map<std::string, Place> unique_ids;        // "automation 1700000000000"
};

struct RuleSet {
  std::vector<std::string> files;
  std::vector<Automation> automations;
  std::vector<Script> scripts;
  std::vector<Scene> scenes;
  std::vector<TemplateGroup> template_groups;
  std::vector<TemplateEntity> template_entities;
  Findings findings;  // of no rule: a file that cannot be read, a key that nobody knows
  // Paths that were asked for, by whether they could be read, with all that they include.
  std::set<std::string> readable, unreadable;
  TakenNames names;
};

}  // namespace gable::rules
