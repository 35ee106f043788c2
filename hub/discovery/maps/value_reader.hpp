#pragma once
// Reads the values of a device map: expressions, texts with `<< >>`, and lists and maps of them.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/maps/device_map.hpp"
#include "discovery/maps/reading.hpp"

namespace gable::discovery::maps {

class ValueReader {
 public:
  explicit ValueReader(Reading& reading) : reading_(reading) {}

  // `texts:`; each may use those above it.
  void read_texts(Node node);

  // What is wrong has been said, and something empty comes back.
  std::optional<Expression> expression(Node node, std::string_view what);
  std::optional<Condition> condition(Node node, std::string_view what);
  Named expressions(Node node, std::string_view what);
  Pattern pattern(Node node, std::string_view what);
  std::vector<Send> sends(Node node, std::string_view what);
  // A map whose keys are among `known`.
  Tree object(Node node, std::string_view what, std::span<const std::string_view> known);
  // One key; what it holds is checked as far as it is known already.
  void member(const rules::yaml::Entry& entry, Tree::Members& members);

 private:
  Tree tree(Node node, const std::string& key);
  void check_later(Node node, const std::string& key, const Pattern& pattern);
  void complain(Node node, std::string_view what, const wire::Error& error);

  Reading& reading_;
  Texts texts_;
};

}  // namespace gable::discovery::maps
