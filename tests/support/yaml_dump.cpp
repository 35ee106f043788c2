// Reads documents from standard input, each as a line with its number of bytes and then the bytes, and prints
// a line of JSON for each: {"value": …, "warnings": [where, …]} or {"error": text, "where": place}. Values
// name their types: integers {"i": digits}, reals {"f": text}, dates {"d": text}, maps {"m": [[key, value],
// …]}, tagged ones
// {"t": tag, "v": text}; null, booleans, texts and lists are themselves.

#include <iostream>
#include <iterator>
#include <string>

#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace {

using gable::rules::yaml::Entry;
using gable::rules::yaml::Kind;
using gable::rules::yaml::Node;
using gable::wire::List;
using gable::wire::Object;
using gable::wire::Value;

Value tagged(Node node);

Value list_of(Node node) {
  List list;
  for (const Node item : node.items()) list.push_back(tagged(item));
  return list;
}

Value map_of(Node node) {
  List pairs;
  for (const Entry entry : node.entries()) pairs.push_back(List{tagged(entry.key), tagged(entry.value)});
  return Object{{"m", std::move(pairs)}};
}

Value tagged(Node node) {
  const std::string text = text_of(node);
  if (node.tag() != gable::rules::yaml::Tag::none) {
    return Object{{"t", std::string(to_string(node.tag()))}, {"v", text}};
  }
  switch (node.kind()) {
    case Kind::null:
      return {};
    case Kind::boolean:
      return node.as_boolean().value_or(false);
    case Kind::integer:
      return Object{{"i", text}};
    case Kind::real:
      return Object{{"f", text}};
    case Kind::timestamp:
      return Object{{"d", text}};
    case Kind::list:
      return list_of(node);
    case Kind::map:
      return map_of(node);
    case Kind::text:
      break;
  }
  return text;
}

Value dump(std::string_view text) {
  const auto document = gable::rules::yaml::parse("t", text);
  if (!document) return Object{{"error", document.error().text}, {"where", document.error().where}};
  List warnings;
  for (const auto& warning : document->warnings()) warnings.emplace_back(warning.where);
  return Object{{"value", tagged(document->root())}, {"warnings", std::move(warnings)}};
}

}  // namespace

int main() {
  const std::string input((std::istreambuf_iterator<char>(std::cin)), {});
  std::string_view rest(input);
  while (!rest.empty()) {
    const std::size_t line = rest.find('\n');
    const std::size_t size = std::stoul(std::string(rest.substr(0, line)));
    std::cout << gable::wire::to_json(dump(rest.substr(line + 1, size))) << '\n';
    rest.remove_prefix(line + 1 + size);
  }
}
