#include "gable/play_map.hpp"

#include "node/config_reader.hpp"

namespace gable::cli {

PlayMap PlayMap::read(const std::string& path) {
  const auto document = node::read_config(node::DiskFiles{}, path);
  PlayMap map;
  for (const auto& entry : document.root.entries()) map.prefixes_.emplace(entry.key, entry.value.as_text());
  return map;
}

std::string PlayMap::apply(std::string_view text) const {
  const std::pair<const std::string, std::string>* best = nullptr;
  for (const auto& entry : prefixes_) {
    if (text.starts_with(entry.first) && (best == nullptr || entry.first.size() > best->first.size()))
      best = &entry;
  }
  if (best == nullptr) return std::string(text);
  return best->second + std::string(text.substr(best->first.size()));
}

}  // namespace gable::cli
