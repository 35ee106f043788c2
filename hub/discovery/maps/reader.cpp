#include "discovery/maps/reader.hpp"

#include <algorithm>
#include <utility>

#include "discovery/maps/keys.hpp"
#include "discovery/maps/message_reader.hpp"
#include "discovery/maps/reading.hpp"
#include "discovery/maps/value_reader.hpp"
#include "wire/domains.hpp"
#include "yaml/loader.hpp"

namespace gable::discovery::maps {

namespace {

constexpr std::size_t kMostComponents = 200, kMostMessages = 50;

class Reader {
 public:
  explicit Reader(Reading& reading) : reading_(reading), values_(reading) {}

  DeviceMap read(Node root) {
    Keys keys(reading_, root, "a device map");
    if (const auto name = keys.require("map"); name && name->is_text()) {
      if (check_name(reading_, *name, name->written())) map_.name = name->written();
    } else if (name) {
      reading_.error(*name, "'map' must be a name, not " + shown(*name));
    }
    if (const auto title = keys.take("title"))
      map_.title = read_text(reading_, *title, "'title'").value_or("");
    if (const auto texts = keys.take("texts")) values_.read_texts(*texts);
    if (const auto announce = keys.require("announce")) messages(*announce);
    if (const auto variables = keys.take("variables"))
      map_.variables = values_.expressions(*variables, "'variables'");
    if (const auto device = keys.require("device")) read_device(*device);
    if (const auto common = keys.take("common"); common && check_map(reading_, *common, "'common'"))
      map_.common = values_.object(*common, "'common'", component_keys());
    if (const auto components = keys.require("components")) read_components(*components);
    if (const auto start = keys.take("start")) map_.start = values_.sends(*start, "'start'");
    keys.finish();
    return std::move(map_);
  }

 private:
  void messages(Node node) {
    if (!check_map(reading_, node, "'announce'")) return;
    if (node.empty() || node.size() > kMostMessages) {
      reading_.error(node, "'announce' must name the messages that make a device known: 1 to " +
                               std::to_string(kMostMessages));
      return;
    }
    MessageReader reader(reading_, values_);
    for (const rules::yaml::Entry& entry : node.entries()) reader.read(entry, map_);
  }

  void read_device(Node node) {
    if (!check_map(reading_, node, "'device'")) return;
    map_.device = values_.object(node, "'device'", device_keys());
    if (!node.find("identifiers") && !node.find("connections"))
      reading_.error(node, "'device' needs 'identifiers' or 'connections', so that it is known again");
  }

  void read_components(Node node) {
    if (!node.is_list() || node.empty() || node.size() > kMostComponents) {
      reading_.error(node, "'components' must be a list of 1 to " + std::to_string(kMostComponents) +
                               " entries, not " + shown(node));
      return;
    }
    for (const Node item : node.items()) {
      if (check_map(reading_, item, "a component")) read_component(item);
    }
  }

  void read_component(Node node) {
    ComponentMap made;
    made.where = node.where();
    Keys keys(reading_, node, "a component");
    if (const auto platform = keys.require("platform")) {
      made.platform = read_text(reading_, *platform, "'platform'").value_or("");
      if (std::ranges::find(platforms(), made.platform) == platforms().end()) {
        reading_.error(*platform, "there is no platform '" + made.platform + "'" +
                                      wire::did_you_mean(made.platform, platforms()));
      }
    }
    if (const auto key = keys.require("key")) made.key = values_.pattern(*key, "'key'");
    if (const auto each = keys.take("for_each")) made.for_each = values_.expression(*each, "'for_each'");
    if (const auto when = keys.take("when")) made.when = values_.condition(*when, "'when'");
    if (const auto variables = keys.take("variables"))
      made.variables = values_.expressions(*variables, "'variables'");
    Tree::Members members;
    for (const rules::yaml::Entry& entry : keys.rest(component_keys())) values_.member(entry, members);
    made.config.content = std::move(members);
    map_.components.push_back(std::move(made));
  }

  Reading& reading_;
  ValueReader values_;
  DeviceMap map_;
};

}  // namespace

ReadMap read_map(std::string_view name, std::string_view text) {
  ReadMap result;
  const auto document = rules::yaml::parse(name, text);
  if (!document) {
    result.errors.push_back(document.error());
    return result;
  }
  Reading reading;
  std::optional<DeviceMap> map;
  if (check_map(reading, document->root(), "a device map")) map = Reader(reading).read(document->root());
  for (const rules::yaml::Warning& warning : document->warnings())
    result.errors.push_back({wire::ErrorCode::malformed, warning.text, warning.where});
  result.errors.insert(result.errors.end(), reading.errors().begin(), reading.errors().end());
  if (result.errors.empty()) result.map = std::move(map);
  return result;
}

}  // namespace gable::discovery::maps
