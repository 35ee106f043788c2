#include "discovery/homie/legacy.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "discovery/homie/formats.hpp"

namespace gable::discovery::homie {

namespace {

using Names = std::span<const std::string_view>;
constexpr std::array<std::string_view, 7> kOfDevice{"$homie", "$name", "$state", "$nodes",
                                                    "$mac",   "$type", "$stats"};
constexpr std::array<std::string_view, 4> kOfNode{"$name", "$type", "$properties", "$array"};
constexpr std::array<std::string_view, 6> kOfProperty{"$name",     "$datatype", "$settable",
                                                      "$retained", "$unit",     "$format"};
constexpr std::array<std::string_view, 8> kStats{"battery",  "cpuload", "cputemp", "freeheap",
                                                 "interval", "signal",  "supply",  "uptime"};
constexpr std::string_view kArrayMark = "[]";

bool among(Names names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

std::string_view value_at(const std::map<std::string, std::string, std::less<>>& attributes,
                          std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

// "relay[]" → "relay"
std::string_view plain_id(std::string_view entry) {
  if (entry.ends_with(kArrayMark)) entry.remove_suffix(kArrayMark.size());
  return entry;
}

}  // namespace

bool LegacyDevice::put(Attributes& attributes, std::string_view name, std::string_view payload,
                       const Limits& limits) {
  const auto known = attributes.find(name);
  const std::size_t before = known == attributes.end() ? 0 : name.size() + known->second.size();
  if (payload.empty()) {
    if (known != attributes.end()) attributes.erase(known);
    bytes_ -= before;
    return true;
  }
  const std::size_t after = name.size() + payload.size();
  if (payload.size() > limits.attribute || bytes_ - before + after > limits.device_bytes) return false;
  if (known == attributes.end()) {
    attributes.emplace(name, payload);
  } else {
    known->second = payload;
  }
  bytes_ += after - before;
  return true;
}

bool LegacyDevice::take(std::span<const std::string_view> levels, std::string_view payload,
                        const Limits& limits) {
  const std::string_view first = levels.front();
  if (levels.size() == 1) {
    const bool kept = !among(kOfDevice, first) || put(attributes_, first, payload, limits);
    if (attribute("$homie").empty() && attribute("$state").empty()) forget_stats();
    return kept;
  }
  if (first == "$fw" && levels.size() == 2 && (levels[1] == "name" || levels[1] == "version"))
    return put(attributes_, "$fw/" + std::string(levels[1]), payload, limits);
  // Only that it is there: what it says is for the entity.
  if (first == "$stats" && levels.size() == 2 && among(kStats, levels[1]))
    return put(attributes_, "$stats/" + std::string(levels[1]), payload.empty() ? "" : "1", limits);
  return !valid_id(first) || take_node(levels, payload, limits);
}

bool LegacyDevice::take_node(std::span<const std::string_view> levels, std::string_view payload,
                             const Limits& limits) {
  const bool of_node = levels.size() == 2 && among(kOfNode, levels[1]);
  const bool of_property = levels.size() == 3 && valid_id(levels[1]) && among(kOfProperty, levels[2]);
  if (!of_node && !of_property) return true;
  auto node = nodes_.find(levels[0]);
  if (node == nodes_.end()) {
    if (payload.empty()) return true;
    // Elements of an array may have names of their own.
    if (nodes_.size() >= 2 * limits.nodes) return false;
    node = nodes_.emplace(levels[0], KnownNode{}).first;
  }
  bool kept = true;
  if (of_node) {
    kept = put(node->second.attributes, levels[1], payload, limits);
  } else {
    auto property = node->second.properties.find(levels[1]);
    if (property == node->second.properties.end() && !payload.empty()) {
      if (property_count_ >= limits.properties) return false;
      property = node->second.properties.emplace(levels[1], Attributes{}).first;
      ++property_count_;
    }
    if (property != node->second.properties.end()) kept = put(property->second, levels[2], payload, limits);
  }
  if (payload.empty()) sweep(levels[0]);
  return kept;
}

// Those that are not retained have been seen, but nobody will take them back.
void LegacyDevice::forget_stats() {
  std::erase_if(attributes_, [this](const auto& entry) {
    const bool stat = entry.first.starts_with("$stats/");
    if (stat) bytes_ -= entry.first.size() + entry.second.size();
    return stat;
  });
}

void LegacyDevice::sweep(std::string_view node) {
  const auto found = nodes_.find(node);
  if (found == nodes_.end()) return;
  auto& properties = found->second.properties;
  property_count_ -= std::erase_if(properties, [](const auto& entry) { return entry.second.empty(); });
  if (properties.empty() && found->second.attributes.empty()) nodes_.erase(found);
}

std::string_view LegacyDevice::attribute(std::string_view name) const { return value_at(attributes_, name); }

int LegacyDevice::version() const {
  const std::string_view homie = attribute("$homie");
  if (homie.starts_with("3.") || homie == "3") return 3;
  return homie.starts_with("4.") || homie == "4" ? 4 : 0;
}

bool LegacyDevice::complete(std::string_view entry) const {
  const auto node = nodes_.find(plain_id(entry));
  if (node == nodes_.end()) return false;
  if (entry.ends_with(kArrayMark) && value_at(node->second.attributes, "$array").empty()) return false;
  const std::string_view listed = value_at(node->second.attributes, "$properties");
  if (listed.empty()) return false;
  return std::ranges::all_of(split_list(listed), [&node](const std::string& id) {
    const auto property = node->second.properties.find(id);
    return !valid_id(id) ||
           (property != node->second.properties.end() && !value_at(property->second, "$datatype").empty());
  });
}

bool LegacyDevice::complete() const {
  const std::string_view listed = attribute("$nodes");
  return !listed.empty() && std::ranges::all_of(split_list(listed), [this](const std::string& entry) {
    return !valid_id(plain_id(entry)) || complete(entry);
  });
}

Node LegacyDevice::node_of(std::string_view id, const KnownNode& known,
                           std::vector<std::string>& faults) const {
  Node node{std::string(id),
            std::string(value_at(known.attributes, "$name")),
            std::string(value_at(known.attributes, "$type")),
            {}};
  for (std::string& listed : split_list(value_at(known.attributes, "$properties"))) {
    const std::string name = "property '" + node.id + "/" + listed + "'";
    if (!valid_id(listed)) {
      faults.push_back(name + " is left out: an id has letters, digits and '-' only");
      continue;
    }
    if (std::ranges::any_of(node.properties, [&](const Property& other) { return other.id == listed; }))
      continue;
    const auto found = known.properties.find(listed);
    const Attributes& said = found == known.properties.end() ? Attributes{} : found->second;
    const std::string_view word = value_at(said, "$datatype");
    const auto datatype = datatype_of(word);
    if (!datatype) {
      faults.push_back(
          name + (word.empty() ? " says no $datatype" : " has the $datatype '" + std::string(word) + "'") +
          ": it is taken as a string");
    }
    node.properties.push_back({std::move(listed), std::string(value_at(said, "$name")),
                               datatype.value_or(Datatype::text), std::string(value_at(said, "$format")),
                               std::string(value_at(said, "$unit")), value_at(said, "$settable") == "true",
                               value_at(said, "$retained") != "false"});
  }
  return node;
}

void LegacyDevice::expand(const Node& node, std::string_view range, const Limits& limits,
                          Model& model) const {
  const auto elements = array_range(range, limits.nodes);
  if (!elements) return;
  for (int i = elements->first; i <= elements->last; ++i) {
    if (model.nodes.size() > limits.nodes || model.property_count() > limits.properties) return;
    Node element = node;
    element.id += "_" + std::to_string(i);
    const auto own = nodes_.find(element.id);
    const std::string_view name = own == nodes_.end() ? "" : value_at(own->second.attributes, "$name");
    if (!name.empty()) {
      element.name = name;
    } else if (!element.name.empty()) {
      element.name += " " + std::to_string(i);
    }
    model.nodes.push_back(std::move(element));
  }
}

void LegacyDevice::add_node(const std::string& entry, const Limits& limits, Model& model,
                            std::vector<std::string>& faults) const {
  const std::string_view id = plain_id(entry);
  const auto known = nodes_.find(id);
  if (!valid_id(id) || known == nodes_.end()) {
    faults.push_back("node '" + std::string(id) + "' of $nodes is left out: it says no $properties");
    return;
  }
  if (std::ranges::any_of(model.nodes, [&](const Node& other) { return other.id == id; })) return;
  Node node = node_of(id, known->second, faults);
  if (entry.ends_with(kArrayMark)) {
    expand(node, value_at(known->second.attributes, "$array"), limits, model);
  } else {
    model.nodes.push_back(std::move(node));
  }
}

Model LegacyDevice::model(std::string_view base, const Limits& limits,
                          std::vector<std::string>& faults) const {
  Model model;
  model.base = base;
  model.version = version();
  model.homie = attribute("$homie");
  model.name = attribute("$name");
  model.type = attribute("$fw/name").empty() ? attribute("$type") : attribute("$fw/name");
  model.sw_version = attribute("$fw/version");
  model.mac = attribute("$mac");
  for (const std::string& entry : split_list(attribute("$nodes"))) {
    add_node(entry, limits, model, faults);
    if (model.nodes.size() > limits.nodes || model.property_count() > limits.properties) {
      model.nodes.pop_back();
      faults.push_back("the nodes after '" + std::string(plain_id(entry)) +
                       "' are left out: a device has at most " + std::to_string(limits.nodes) +
                       " nodes and " + std::to_string(limits.properties) + " properties");
      break;
    }
  }
  const std::vector<std::string> stats = split_list(attribute("$stats"));
  for (const std::string_view stat : kStats) {
    const bool listed = std::ranges::find(stats, stat) != stats.end();
    if (listed || !attribute("$stats/" + std::string(stat)).empty()) model.stats.emplace_back(stat);
  }
  return model;
}

}  // namespace gable::discovery::homie
