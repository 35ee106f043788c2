#pragma once
// What the parts of the configuration reader share. Used by configuration*.cpp only.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/house.hpp"
#include "node/config_tree.hpp"

namespace gable::hub {

using node::ConfigEntry;
using node::ConfigNode;

// Reads `key` into `out` when the map has it with a value.
template <class T, class Read>
void take(const ConfigNode& map, std::string_view key, T& out, const Read& read) {
  const ConfigNode* node = map.find(key);
  if (node != nullptr && !node->is_null()) out = read(*node);
}

inline std::string text_of(const ConfigNode& node) { return node.as_text(); }
inline std::string name_of(const ConfigNode& node) { return node.as_name(); }
inline bool bool_of(const ConfigNode& node) { return node.as_bool(); }
inline std::vector<std::string> texts_of(const ConfigNode& node) { return node.as_text_list(); }

// "living_room" → "Living room".
std::string readable_id(std::string_view id);
// Error at `node` when the text is no object id, with the slug it could be.
void check_object_id(const ConfigNode& node, const std::string& id);

// Calls `each` for a block of things with ids, in either form:
//   kitchen: {name: Kitchen}   kitchen: Kitchen   kitchen:          (id → body, name or nothing)
//   - name: Kitchen            - Kitchen                            (id from `id:` or the name's slug)
// `body` is a map or null; `place` is where errors about the id point to.
struct Named {
  std::string id, name;
  ConfigNode body, place;
};
void each_named(const ConfigNode& block, const std::function<void(const Named&)>& each);

// configuration_house.cpp
void read_house_info(const ConfigNode& block, HouseInfo& info);
void read_floors(const ConfigNode& block, House& house);
void read_labels(const ConfigNode& block, House& house);
void read_areas(const ConfigNode& block, House& house);  // after floors and labels
void read_zones(const ConfigNode& block, House& house);
void read_persons(const ConfigNode& block, House& house);
void read_entities(const ConfigNode& block, House& house);  // after areas and labels
void read_customize(const ConfigNode& block, House& house, std::vector<std::string>& warnings);
void read_plain(const ConfigNode& block, House& house);

// configuration_commands.cpp
void read_shell_commands(const ConfigNode& block, House& house);
void read_rest_commands(const ConfigNode& block, House& house);

// configuration_discovery.cpp
void read_discovery(const ConfigNode& block, House& house);
void read_ids(const ConfigNode& block, House& house);
void read_announce(const ConfigNode& block, House& house);

// configuration_helpers.cpp
bool is_helper_domain(std::string_view domain);
void read_helpers(std::string_view domain, const ConfigNode& block, House& house);

}  // namespace gable::hub
