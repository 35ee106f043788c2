// Whole files: what kind of rules they hold, and where those are.
#include <algorithm>
#include <array>

#include "language/parse.hpp"
#include "language/rule_parts.hpp"
#include "wire/domains.hpp"
#include "yaml/includes.hpp"

namespace gable::rules {

namespace {

using Kind = FileKinds::Kind;
using AddOne = void (*)(Collector&, yaml::Node);

bool has(yaml::Node node, std::initializer_list<std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [node](std::string_view key) { return node.find(key).has_value(); });
}

bool has_template_domain(yaml::Node node) {
  const auto entries = node.entries();
  return std::any_of(entries.begin(), entries.end(), [](const yaml::Entry& entry) {
    const auto key = entry.key.as_text();
    return key && is_template_domain(*key);
  });
}

// Whether `sensor:` and its like hold entities of `platform: …`, as configurations do, and no template ones.
bool has_platforms(yaml::Node node) {
  const auto entries = node.entries();
  return std::any_of(entries.begin(), entries.end(), [](const yaml::Entry& entry) {
    if (entry.value.find("platform")) return true;
    const auto items = entry.value.items();
    return std::any_of(items.begin(), items.end(),
                       [](yaml::Node item) { return item.find("platform").has_value(); });
  });
}

// What a map by itself is.
enum class Single : std::uint8_t { none, automation, script, scene, template_block };

Single single_of(yaml::Node node) {
  const bool triggered = has(node, {"trigger", "triggers"});
  const bool entities = has_template_domain(node);
  if (entities && triggered) return Single::template_block;
  if (triggered || has(node, {"action", "actions", "use_blueprint"})) return Single::automation;
  if (has(node, {"sequence"})) return Single::script;
  if (has(node, {"entities"}) && has(node, {"name"})) return Single::scene;
  return Single::none;
}

void add_single(Collector& collector, yaml::Node node, Single single) {
  switch (single) {
    case Single::automation:
      return read_automation(collector, node);
    case Single::script:
      return read_script(collector, {}, node, node);
    case Single::scene:
      return read_scene(collector, node);
    case Single::template_block:
      return read_template_block(collector, node);
    case Single::none:
      break;
  }
}

void keep(Collector& collector) {
  for (Finding& finding : collector.reading.take()) collector.rules.findings.push_back(std::move(finding));
}

// One, or a list of them.
void add_all(Collector& collector, yaml::Node node, AddOne add) {
  if (node.is_null()) return;
  if (!node.is_list()) return add(collector, node);
  for (const yaml::Node item : node.items()) add(collector, item);
}

void add_scripts(Collector& collector, yaml::Node node) {
  if (node.is_null()) return;
  if (!node.is_map()) {
    collector.reading.error(node, "wrong_type",
                            "script: expected a map of names and scripts, got " + shown(node));
    return keep(collector);
  }
  for (const yaml::Entry& entry : node.entries())
    read_script(collector, yaml::text_of(entry.key), entry.key, entry.value);
}

// Scenes of other platforms (hue, deconz …) are for their bridges.
void add_scene(Collector& collector, yaml::Node node) {
  const auto platform = node.find("platform");
  if (!platform || platform->as_text() == "homeassistant") read_scene(collector, node);
}

void add_legacy(Collector& collector, std::string_view domain, yaml::Node node) {
  const auto add = [&](yaml::Node item) {
    const auto platform = item.find("platform");
    if (platform && platform->as_text() == "template") read_legacy_template(collector, domain, item);
  };
  if (node.is_map()) add(node);
  for (const yaml::Node item : node.items()) add(item);
}

// `automation`, and `automation whatever`: several of them may stand in one file.
std::string_view domain_of(std::string_view key) {
  const std::size_t blank = key.find(' ');
  return key.substr(0, blank);
}

bool is_ours(std::string_view key) {
  const std::string_view domain = domain_of(key);
  return domain == "automation" || domain == "script" || domain == "scene" || domain == "template" ||
         key == "homeassistant";
}

// A misspelt `automaton:` would be left to others, who do not know it either.
void warn_of_near(Collector& collector, yaml::Node key_node) {
  constexpr std::array<std::string_view, 5> kOurs{"automation", "script", "scene", "template",
                                                  "homeassistant"};
  constexpr std::array<std::string_view, 3> kOfOthers{"pyscript", "scrape", "stripe"};
  const std::string_view key = key_node.written();
  const std::string_view near = wire::nearest(key, kOurs);
  const bool known = std::find(kOfOthers.begin(), kOfOthers.end(), key) != kOfOthers.end();
  if (near.empty() || known || wire::find_domain(key) != nullptr) return;
  collector.reading.warn(
      key_node, "unknown_key",
      "'" + std::string(key) + "' is no key of rules; did you mean '" + std::string(near) + "'?",
      std::string(near));
  keep(collector);
}

void add_configuration(Collector& collector, yaml::Node root) {
  for (const yaml::Entry& entry : root.entries()) {
    const auto key = entry.key.as_text();
    if (!key) continue;
    const std::string_view domain = domain_of(*key);
    if (domain == "automation") add_all(collector, entry.value, read_automation);
    if (domain == "script") add_scripts(collector, entry.value);
    if (domain == "scene") add_all(collector, entry.value, add_scene);
    if (domain == "template") add_all(collector, entry.value, read_template_block);
    if (is_template_domain(domain)) add_legacy(collector, domain, entry.value);
    if (!is_ours(*key)) warn_of_near(collector, entry.key);
  }
}

void add_packages(Collector& collector, const yaml::Document& document) {
  const auto packages = yaml::packages_of(document);
  if (!packages) {
    const wire::Error& error = packages.error();
    collector.rules.findings.push_back(
        {Severity::error, place_of(collector.rules, error.where), "bad_packages", error.text, {}});
    return;
  }
  for (const yaml::Package& package : *packages) add_configuration(collector, package.content);
}

void refuse(Collector& collector, yaml::Node node) {
  collector.reading.error(
      node, "unknown_rule",
      "this is no rule: expected an automation (triggers, actions), a script (sequence), a "
      "scene (name, entities) or a template block");
  keep(collector);
}

void add_item(Collector& collector, yaml::Node item) {
  const Single single = item.is_map() ? single_of(item) : Single::none;
  if (single != Single::none) return add_single(collector, item, single);
  if (has_template_domain(item)) return read_template_block(collector, item);
  refuse(collector, item);
}

// Configurations hold lists and maps. A text or number is a part of a rule whose main part is not there.
bool looks_like_a_part(yaml::Node root) {
  const auto entries = root.entries();
  return std::any_of(entries.begin(), entries.end(), [](const yaml::Entry& entry) {
    return entry.value.is_scalar() && !entry.value.is_null() && entry.value.tag() == yaml::Tag::none;
  });
}

bool looks_like_scripts(yaml::Node root) {
  const auto entries = root.entries();
  return !entries.empty() && std::all_of(entries.begin(), entries.end(), [](const yaml::Entry& entry) {
    return has(entry.value, {"sequence", "use_blueprint"});
  });
}

void add_map(Collector& collector, const yaml::Document& document) {
  const yaml::Node root = document.root();
  if (root.find("blueprint")) return check_blueprint(collector, root);
  const auto entries = root.entries();
  const bool configuration = std::any_of(entries.begin(), entries.end(), [](const yaml::Entry& entry) {
    const auto key = entry.key.as_text();
    return key && is_ours(*key);
  });
  const Single single = configuration ? Single::none : single_of(root);
  if (single != Single::none) return add_single(collector, root, single);
  if (!configuration && looks_like_scripts(root)) return add_scripts(collector, root);
  if (!configuration && has_template_domain(root) && !has_platforms(root))
    return read_template_block(collector, root);
  if (!configuration && looks_like_a_part(root)) return refuse(collector, root);
  add_configuration(collector, root);
  add_packages(collector, document);
}

// Names of files say less than what is in them: a package may be called scripts.yaml, and subscriptions.yaml
// holds no scripts.
bool agrees(yaml::Node root, Kind kind) {
  if (root.is_map()) {
    const auto entries = root.entries();
    const bool configuration = std::any_of(entries.begin(), entries.end(), [](const yaml::Entry& entry) {
      const auto key = entry.key.as_text();
      return key && is_ours(*key) && !has(entry.value, {"sequence", "use_blueprint"});
    });
    return !configuration && (kind == Kind::scripts || !looks_like_scripts(root));
  }
  const auto items = root.items();
  if (kind == Kind::scripts && root.is_list()) return false;
  constexpr std::array kSingles{std::pair{Single::automation, Kind::automations},
                                std::pair{Single::scene, Kind::scenes},
                                std::pair{Single::template_block, Kind::template_entities}};
  return std::none_of(kSingles.begin(), kSingles.end(), [&](const auto& single) {
    return single.second != kind && !items.empty() && single_of(items[0]) == single.first;
  });
}

// A file whose kind somebody knows: what !include puts under `automation:`, `script:` …
void add_known(Collector& collector, yaml::Node root, Kind kind) {
  switch (kind) {
    case Kind::automations:
      return add_all(collector, root, read_automation);
    case Kind::scripts:
      return single_of(root) == Single::script ? read_script(collector, {}, root, root)
                                               : add_scripts(collector, root);
    case Kind::scenes:
      return add_all(collector, root, add_scene);
    case Kind::template_entities:
      return add_all(collector, root, read_template_block);
    case Kind::unknown:
      break;
  }
}

}  // namespace

void read_document(RuleSet& rules, const yaml::Document& document, BlueprintSource& blueprints,
                   FileKinds kinds) {
  Reading reading(rules.files);
  Collector collector{rules, reading, blueprints};
  for (const yaml::Warning& warning : document.warnings()) {
    rules.findings.push_back({Severity::warning, place_of(rules, warning.where), "yaml", warning.text, {}});
  }
  const yaml::Node root = document.root();
  if (root.is_null()) return;
  if (kinds.kind != Kind::unknown && agrees(root, kinds.kind)) return add_known(collector, root, kinds.kind);
  if (root.is_map()) return add_map(collector, document);
  if (root.is_list()) {
    for (const yaml::Node item : root.items()) add_item(collector, item);
    return;
  }
  reading.error(root, "wrong_type", "a file of rules: expected a list or a map, got " + shown(root));
  keep(collector);
}

void read_file(RuleSet& rules, yaml::FileSource& files, std::string_view path, BlueprintSource& blueprints,
               FileKinds kinds) {
  // One missing secret must not stop the rules that do not need it.
  yaml::Limits limits;
  limits.keep_missing_secrets = true;
  const auto document = yaml::load(files, path, limits);
  (document ? rules.readable : rules.unreadable).emplace(path);
  if (document) return read_document(rules, *document, blueprints, kinds);
  const wire::Error& error = document.error();
  const Place place = place_of(rules, error.where);
  rules.unreadable.insert(rules.files[place.file]);
  rules.findings.push_back({Severity::error, place, "unreadable", error.text, {}});
}

}  // namespace gable::rules
