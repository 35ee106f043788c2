#include "discovery/maps/value_reader.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace gable::discovery::maps {

void ValueReader::complain(Node node, std::string_view what, const wire::Error& error) {
  std::string text = std::string(what) + " is wrong: " + error.text;
  if (const std::size_t colon = error.where.find(':'); colon != std::string::npos) {
    text += " (line " + error.where.substr(0, colon) + ", column " + error.where.substr(colon + 1) +
            " of the expression)";
  }
  reading_.error(node, std::move(text));
}

void ValueReader::read_texts(Node node) {
  if (!check_map(reading_, node, "'texts'")) return;
  for (const rules::yaml::Entry& entry : node.entries()) {
    const std::string name = rules::yaml::text_of(entry.key);
    if (!check_name(reading_, entry.key, name)) continue;
    texts_.insert_or_assign(name, std::make_shared<const Pattern>(pattern(entry.value, "'" + name + "'")));
  }
}

std::optional<Expression> ValueReader::expression(Node node, std::string_view what) {
  const auto text = read_text(reading_, node, what);
  if (!text) return std::nullopt;
  auto made = Expression::compile(*text);
  if (made) return std::move(*made);
  complain(node, what, made.error());
  return std::nullopt;
}

std::optional<Condition> ValueReader::condition(Node node, std::string_view what) {
  const auto text = read_text(reading_, node, what);
  if (!text) return std::nullopt;
  auto made = Condition::compile(*text);
  if (made) return std::move(*made);
  complain(node, what, made.error());
  return std::nullopt;
}

Named ValueReader::expressions(Node node, std::string_view what) {
  Named made;
  if (!check_map(reading_, node, what)) return made;
  for (const rules::yaml::Entry& entry : node.entries()) {
    const std::string name = rules::yaml::text_of(entry.key);
    if (!check_name(reading_, entry.key, name)) continue;
    if (auto value = expression(entry.value, "'" + name + "'")) made.emplace_back(name, std::move(*value));
  }
  return made;
}

Pattern ValueReader::pattern(Node node, std::string_view what) {
  const auto text = read_text(reading_, node, what);
  if (!text) return {};
  auto made = Pattern::compile(*text, texts_);
  if (made) return std::move(*made);
  complain(node, what, made.error());
  return {};
}

std::vector<Send> ValueReader::sends(Node node, std::string_view what) {
  std::vector<Send> made;
  if (!node.is_list()) {
    reading_.error(node,
                   std::string(what) + " must be a list of messages {topic, payload}, not " + shown(node));
    return made;
  }
  for (const Node item : node.items()) {
    if (!check_map(reading_, item, "a message to send")) continue;
    Keys keys(reading_, item, "a message to send");
    Send send;
    if (const auto topic = keys.require("topic")) send.topic = pattern(*topic, "'topic'");
    if (const auto payload = keys.require("payload")) send.payload = pattern(*payload, "'payload'");
    keys.finish();
    made.push_back(std::move(send));
  }
  return made;
}

Tree ValueReader::object(Node node, std::string_view what, std::span<const std::string_view> known) {
  Tree::Members members;
  Keys keys(reading_, node, std::string(what));
  for (const rules::yaml::Entry& entry : keys.rest(known)) member(entry, members);
  return {std::move(members)};
}

void ValueReader::member(const rules::yaml::Entry& entry, Tree::Members& members) {
  const std::string key = rules::yaml::text_of(entry.key);
  members.push_back({key, tree(entry.value, key)});
}

Tree ValueReader::tree(Node node, const std::string& key) {
  if (node.tag() != rules::yaml::Tag::none) {
    reading_.error(node, "a device map has no tags: " + shown(node));
    return {};
  }
  if (node.is_list()) {
    Tree::List list;
    for (const Node item : node.items()) list.push_back(tree(item, key));
    return {std::move(list)};
  }
  if (node.is_map()) {
    Tree::Members members;
    for (const rules::yaml::Entry& entry : node.entries()) member(entry, members);
    return {std::move(members)};
  }
  if (!node.is_text()) return {rules::yaml::to_value(node)};
  Pattern made = pattern(node, "'" + key + "'");
  check_later(node, key, made);
  return {std::move(made)};
}

// What messages and commands will go through must compile now.
void ValueReader::check_later(Node node, const std::string& key, const Pattern& pattern) {
  if (!key.ends_with("_template")) {
    if (pattern.outline().find("{{") != std::string::npos && key != "payload") {
      reading_.error(node, "'" + key +
                               "' is no template: what is known when the device is announced is written "
                               "<< expression >>");
    }
    return;
  }
  const auto compiled = rules::jinja::Template::compile(pattern.outline());
  if (!compiled) complain(node, "'" + key + "'", compiled.error());
}

}  // namespace gable::discovery::maps
