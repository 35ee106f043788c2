#include "language/blueprint_use.hpp"

#include <algorithm>

#include "language/values.hpp"
#include "wire/domains.hpp"
#include "yaml/splice.hpp"

namespace gable::rules {

namespace {

struct Input {
  std::string_view name;
  std::optional<yaml::Node> fallback;
};

struct Blueprint {
  std::string domain;
  std::vector<Input> inputs;

  [[nodiscard]] const Input* find(std::string_view name) const {
    const auto found =
        std::find_if(inputs.begin(), inputs.end(), [name](const Input& input) { return input.name == name; });
    return found == inputs.end() ? nullptr : &*found;
  }
};

void wrong_type(Reading& reading, yaml::Node node, std::string_view what, std::string_view expected) {
  reading.error(node, "wrong_type",
                std::string(what) + ": expected " + std::string(expected) + ", got " + shown(node));
}

void read_inputs(Reading& reading, yaml::Node map, Blueprint& out);

void read_input(Reading& reading, const yaml::Entry& entry, Blueprint& out) {
  const auto name = entry.key.as_text();
  if (!name) return wrong_type(reading, entry.key, "the name of an input", "a text");
  if (entry.value.is_null()) return out.inputs.push_back({*name, std::nullopt});
  if (!entry.value.is_map()) return wrong_type(reading, entry.value, "an input", "a map");
  Fields fields(reading, entry.value, "an input");
  fields.take("name");
  fields.take("description");
  if (const auto section = fields.take("input")) {
    fields.take("icon");
    fields.take("collapsed");
    read_inputs(reading, *section, out);
  } else {
    fields.take("selector");
    out.inputs.push_back({*name, fields.take("default")});
  }
  fields.finish();
}

void read_inputs(Reading& reading, yaml::Node map, Blueprint& out) {
  if (map.is_null()) return;
  if (!map.is_map()) return wrong_type(reading, map, "the inputs of a blueprint", "a map");
  for (const yaml::Entry& entry : map.entries()) read_input(reading, entry, out);
}

std::optional<Blueprint> read_blueprint(Reading& reading, yaml::Node root) {
  const auto head = root.find("blueprint");
  if (!head || !head->is_map()) {
    reading.error(root, "bad_blueprint", "this is no blueprint: it has no map 'blueprint'");
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  Blueprint out;
  Fields fields(reading, *head, "a blueprint");
  fields.require("name");
  if (const auto domain = fields.require("domain"))
    out.domain = read_choice(reading, *domain, "domain", {"automation", "script", "template"});
  for (const std::string_view key : {"description", "author", "source_url", "homeassistant", "icon"})
    fields.take(key);
  if (const auto inputs = fields.take("input")) read_inputs(reading, *inputs, out);
  fields.finish();
  if (reading.errors() != before) return std::nullopt;
  return out;
}

// What a rule says of its blueprint.
struct Use {
  std::string path;
  yaml::Node path_node;
  std::optional<yaml::Node> inputs;
};

std::optional<Use> read_use(Reading& reading, yaml::Node node) {
  if (!node.is_map()) {
    wrong_type(reading, node, "use_blueprint", "a map with a path");
    return std::nullopt;
  }
  Fields fields(reading, node, "use_blueprint");
  const auto path = fields.require("path");
  const auto inputs = fields.take("input");
  fields.finish();
  if (!path) return std::nullopt;
  Use use{read_text(reading, *path, "path"), *path, std::nullopt};
  if (inputs && !inputs->is_null()) {
    if (!inputs->is_map()) wrong_type(reading, *inputs, "input", "a map");
    use.inputs = inputs;
  }
  return use;
}

// Inputs that the blueprint does not have, and those that it needs and does not get.
void compare_inputs(Reading& reading, const Blueprint& blueprint, const Use& use) {
  std::vector<std::string_view> names;
  for (const Input& input : blueprint.inputs) names.push_back(input.name);
  if (use.inputs) {
    for (const yaml::Entry& entry : use.inputs->entries()) {
      const std::string name = yaml::text_of(entry.key);
      if (blueprint.find(name) != nullptr) continue;
      const std::string_view near = wire::nearest(name, names);
      // A newer version of it may have dropped one, and the rule works without.
      reading.warn(entry.key, "unknown_input",
                   "the blueprint has no input '" + name + "'" + wire::did_you_mean(name, names),
                   std::string(near));
    }
  }
  for (const Input& input : blueprint.inputs) {
    const bool given = use.inputs && use.inputs->find(input.name);
    if (given || input.fallback) continue;
    reading.error(use.path_node, "missing_input",
                  "the blueprint needs the input '" + std::string(input.name) + "'");
  }
}

// What is written beside use_blueprint stands for what the blueprint has there.
std::vector<yaml::Entry> entries_of(yaml::Node blueprint, yaml::Node rule) {
  std::vector<yaml::Entry> entries;
  for (const yaml::Entry& entry : blueprint.entries())
    if (entry.key.as_text() != "blueprint") entries.push_back(entry);
  for (const yaml::Entry& entry : rule.entries())
    if (entry.key.as_text() != "use_blueprint") entries.push_back(entry);
  return entries;
}

// The rule of this blueprint; nothing, after errors, when it does not fit.
std::optional<yaml::Document> fill(Reading& reading, yaml::Node root, yaml::Node rule, const Use& use,
                                   std::string_view domain) {
  const std::size_t before = reading.errors();
  const auto blueprint = read_blueprint(reading, root);
  if (!blueprint) return std::nullopt;
  if (blueprint->domain != domain) {
    reading.error(use.path_node, "wrong_domain",
                  "'" + use.path + "' is a blueprint for the domain " + blueprint->domain + ", not " +
                      std::string(domain));
  }
  compare_inputs(reading, *blueprint, use);
  if (reading.errors() != before) return std::nullopt;
  const yaml::InputOf input = [&](std::string_view name) -> std::optional<yaml::Node> {
    const auto given = use.inputs ? use.inputs->find(name) : std::nullopt;
    if (given) return given;
    const Input* known = blueprint->find(name);
    return known != nullptr ? known->fallback : std::nullopt;
  };
  auto filled = yaml::splice(entries_of(root, rule), input);
  if (filled) return std::move(*filled);
  reading.error(use.path_node, "bad_blueprint", "'" + use.path + "': " + filled.error().message());
  return std::nullopt;
}

void collect_holes(yaml::Node node, std::vector<yaml::Node>& out) {
  if (node.tag() == yaml::Tag::input) out.push_back(node);
  for (const yaml::Node item : node.items()) collect_holes(item, out);
  for (const yaml::Entry& entry : node.entries()) collect_holes(entry.value, out);
}

}  // namespace

Expansion expand_blueprint(Collector& collector, yaml::Node rule, std::string_view domain) {
  Reading& reading = collector.reading;
  const auto use_node = rule.find("use_blueprint");
  const auto use = use_node ? read_use(reading, *use_node) : std::nullopt;
  if (!use) return {};
  const auto found = collector.blueprints.find(domain, use->path);
  if (!found && found.error().code == wire::ErrorCode::failed) {
    return {std::nullopt, Finding{Severity::waits,
                                  reading.place(use->path_node),
                                  "missing_blueprint",
                                  "the blueprint '" + use->path + "' is not there: " + found.error().text,
                                  {}}};
  }
  if (found) return {fill(reading, (*found)->root(), rule, *use, domain), std::nullopt};
  reading.error(use->path_node, "bad_blueprint", "'" + use->path + "': " + found.error().message());
  return {};
}

void check_blueprint(Collector& collector, yaml::Node root) {
  Reading& reading = collector.reading;
  if (const auto blueprint = read_blueprint(reading, root)) {
    std::vector<yaml::Node> holes;
    for (const yaml::Entry& entry : root.entries())
      if (entry.key.as_text() != "blueprint") collect_holes(entry.value, holes);
    std::vector<std::string_view> names;
    for (const Input& input : blueprint->inputs) names.push_back(input.name);
    for (const yaml::Node hole : holes) {
      const std::string name(hole.written());
      if (blueprint->find(name) != nullptr) continue;
      reading.error(hole, "unknown_input",
                    "the blueprint has no input '" + name + "'" + wire::did_you_mean(name, names),
                    std::string(wire::nearest(name, names)));
    }
  }
  for (Finding& finding : reading.take()) collector.rules.findings.push_back(std::move(finding));
}

}  // namespace gable::rules
