// Values that are one or several: texts, entity ids, variables; and `enabled`.

#include <algorithm>

#include "language/values.hpp"
#include "template/house/entity_ids.hpp"

namespace gable::rules {

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

void split(std::string_view text, std::vector<std::string>& out) {
  for (;;) {
    const std::size_t comma = text.find(',');
    out.emplace_back(trimmed(text.substr(0, comma)));
    if (comma == text.npos) return;
    text.remove_prefix(comma + 1);
  }
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// What somebody may have meant: blanks and dashes for underscores.
std::string repaired(std::string id) {
  std::ranges::replace_if(
      id, [](char c) { return c == ' ' || c == '-'; }, '_');
  return jinja::is_valid_entity_id(id) ? id : std::string();
}

void add_entity(Reading& reading, yaml::Node node, std::string_view what, const std::string& text,
                EntityIds& out) {
  std::string id = lower(text);
  if (jinja::is_valid_entity_id(id) || jinja::is_registry_id(id)) {
    out.push_back(std::move(id));
    return;
  }
  if (id.find("{{") != id.npos || id.find("{%") != id.npos) {
    reading.error(node, "bad_entity_id",
                  std::string(what) + ": a template is not possible here, the entities have to be named");
    return;
  }
  const std::string shown_id = node.is_secret() ? std::string("a secret") : "'" + text + "'";
  reading.error(node, "bad_entity_id",
                std::string(what) + ": " + shown_id + " is no entity id; expected one like light.kitchen",
                node.is_secret() ? std::string() : repaired(std::move(id)));
}

}  // namespace

std::vector<std::string> read_texts(Reading& reading, yaml::Node node, std::string_view what,
                                    bool split_commas) {
  std::vector<std::string> texts;
  if (node.is_list()) {
    for (const yaml::Node item : node.items()) texts.push_back(read_text(reading, item, what));
    return texts;
  }
  std::string text = read_text(reading, node, what);
  if (split_commas) {
    split(text, texts);
  } else {
    texts.push_back(std::move(text));
  }
  return texts;
}

EntityIds read_entity_ids(Reading& reading, yaml::Node node, std::string_view what) {
  EntityIds ids;
  const std::size_t before = reading.errors();
  if (node.is_list()) {
    for (const yaml::Node item : node.items()) {
      const std::size_t errors = reading.errors();
      const std::string text = read_text(reading, item, what);
      if (reading.errors() == errors) add_entity(reading, item, what, text, ids);
    }
  }
  // `{}` is how blueprints say that an entity need not be given.
  if (node.is_list() || (node.is_map() && node.empty())) {
    if (node.empty()) reading.warn(node, "no_entities", std::string(what) + " is empty: this never happens");
    return ids;
  }
  const std::vector<std::string> texts = read_texts(reading, node, what, true);
  if (reading.errors() != before) return ids;
  const bool is_template = yaml::text_of(node).find('{') != std::string::npos;
  if (is_template) {
    add_entity(reading, node, what, yaml::text_of(node), ids);
    return ids;
  }
  for (const std::string& text : texts) add_entity(reading, node, what, text, ids);
  return ids;
}

std::optional<Templated> read_enabled(Reading& reading, yaml::Node node) {
  if (node.is_text()) {
    Templated templated = templated_text(reading, node, "enabled");
    if (!templated.is_literal()) return templated;
  }
  const bool enabled = read_boolean(reading, node, "enabled");
  if (enabled) return std::nullopt;
  Templated off{jinja::Value(false)};
  off.place = reading.place(node);
  return off;
}

Variables read_variables(Reading& reading, yaml::Node node, std::string_view what) {
  Variables variables;
  if (!node.is_map()) {
    reading.error(node, "wrong_type",
                  std::string(what) + ": expected a map of names and values, got " + shown(node));
    return variables;
  }
  for (const yaml::Entry& entry : node.entries()) {
    if (!entry.key.is_text()) {
      reading.error(entry.key, "wrong_type",
                    std::string(what) + ": expected a name, got " + shown(entry.key) + "; put it in quotes");
      continue;
    }
    variables.emplace_back(yaml::text_of(entry.key), templated_value(reading, entry.value));
  }
  return variables;
}

}  // namespace gable::rules
