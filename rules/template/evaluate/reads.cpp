// Reads: sorted names, each once.

#include "template/evaluate/reads.hpp"

#include <algorithm>

namespace gable::rules::jinja {

bool Reads::touches(std::string_view entity_id) const {
  if (all_ || std::binary_search(entities_.begin(), entities_.end(), entity_id)) return true;
  const std::string_view domain = entity_id.substr(0, entity_id.find('.'));
  return std::binary_search(domains_.begin(), domains_.end(), domain);
}

void Reads::merge(const Reads& other) {
  for (const std::string& name : other.entities_) insert(entities_, name);
  for (const std::string& name : other.domains_) insert(domains_, name);
  all_ = all_ || other.all_;
  time_ = time_ || other.time_;
  registry_ = registry_ || other.registry_;
}

void Reads::insert(std::vector<std::string>& sorted, std::string_view name) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), name);
  if (at == sorted.end() || *at != name) sorted.emplace(at, name);
}

}  // namespace gable::rules::jinja
