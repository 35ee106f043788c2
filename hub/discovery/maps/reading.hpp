#pragma once
// What the readers of device maps share: mistakes, and the keys of one map, each asked for by its name; what
// nobody asked for is an unknown key.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wire/result_type.hpp"
#include "yaml/node.hpp"

namespace gable::discovery::maps {

using rules::yaml::Node;

// What stands there, for messages: 'on' in quotes, "a list".
std::string shown(Node node);

class Reading {
 public:
  void error(Node node, std::string text);
  [[nodiscard]] const std::vector<wire::Error>& errors() const { return errors_; }

 private:
  std::vector<wire::Error> errors_;
};

class Keys {
 public:
  // `what` is for messages: "a message". `map` must be a map.
  Keys(Reading& reading, Node map, std::string what);

  std::optional<Node> take(std::string_view key);
  // An error when it is not there.
  std::optional<Node> require(std::string_view key);
  // The others, in their order. `known`: what else they may be called; an error for all else, with the
  // nearest.
  std::vector<rules::yaml::Entry> rest(std::span<const std::string_view> known);
  void finish() { rest({}); }

 private:
  Reading& reading_;
  Node map_;
  std::string what_;
  std::vector<std::string_view> asked_;
};

// An error and nothing when it is no text (numbers are taken as they are written).
std::optional<std::string> read_text(Reading& reading, Node node, std::string_view what);
bool read_boolean(Reading& reading, Node node, std::string_view what);
// A name of a variable: letters, digits and _, no digit first.
bool check_name(Reading& reading, Node node, std::string_view name);
bool check_map(Reading& reading, Node node, std::string_view what);

}  // namespace gable::discovery::maps
