#pragma once
// Reads: what one evaluation looked at, so that a change touches only the templates that read it. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace gable::rules::jinja {

class Reads {
 public:
  void entity(std::string_view entity_id) { insert(entities_, entity_id); }
  // All entities of a domain: any that comes, goes or changes.
  void domain(std::string_view domain) { insert(domains_, domain); }
  void all() { all_ = true; }
  // The clock: to be rendered again at each minute.
  void time() { time_ = true; }
  // Areas, floors, labels, devices: when the registry changes.
  void registry() { registry_ = true; }
  // All that the other one read, too.
  void merge(const Reads& other);

  // Sorted, without doubles.
  [[nodiscard]] const std::vector<std::string>& entities() const { return entities_; }
  [[nodiscard]] const std::vector<std::string>& domains() const { return domains_; }
  [[nodiscard]] bool reads_all() const { return all_; }
  [[nodiscard]] bool reads_time() const { return time_; }
  [[nodiscard]] bool reads_registry() const { return registry_; }
  // Would a change of this entity make a difference?
  [[nodiscard]] bool touches(std::string_view entity_id) const;

 private:
  static void insert(std::vector<std::string>& sorted, std::string_view name);

  std::vector<std::string> entities_;
  std::vector<std::string> domains_;
  bool all_ = false;
  bool time_ = false;
  bool registry_ = false;
};

}  // namespace gable::rules::jinja
