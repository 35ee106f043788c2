#pragma once
// The keys of one map in a rule file: each is asked for by its name, and what nobody has asked for when the
// reader is done is an unknown key. Thus the list of what is allowed stands nowhere but in the code that uses
// it.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/reading.hpp"

namespace gable::rules {

class Fields {
 public:
  // `what` is for messages: "a state trigger". `map` must be a map (the caller has looked).
  Fields(Reading& reading, yaml::Node map, std::string what);

  // A value from elsewhere, in the place of the map's own. `key` outlives this.
  void give(std::string_view key, yaml::Node value) { given_.emplace_back(key, value); }
  // The value of the key; nothing when it is not there. A null value is given: what it means depends.
  std::optional<yaml::Node> take(std::string_view key);
  // Two spellings of one thing, the present one first. Both together are an error.
  std::optional<yaml::Node> take(std::string_view newer, std::string_view older);
  // An error ("missing_key") when it is not there.
  std::optional<yaml::Node> require(std::string_view key);
  // Known and without a meaning for us: metadata of editors, keys that have long been obsolete.
  void ignore(std::initializer_list<std::string_view> keys);
  // Every other key, for maps whose keys are free. They count as taken.
  std::vector<yaml::Entry> rest();

  // Errors ("unknown_key") for the keys that nobody took, with the nearest that somebody asked for.
  void finish();

  [[nodiscard]] yaml::Node node() const { return map_; }
  [[nodiscard]] Reading& reading() { return reading_; }
  [[nodiscard]] const std::string& what() const { return what_; }

 private:
  Reading& reading_;
  yaml::Node map_;
  std::string what_;
  std::vector<std::string_view> asked_;  // for suggestions
  std::vector<bool> taken_;              // by the place of the entry in the map
  std::vector<std::pair<std::string_view, yaml::Node>> given_;
};

}  // namespace gable::rules
