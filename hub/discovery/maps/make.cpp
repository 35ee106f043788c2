#include "discovery/maps/make.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "template/json_values.hpp"

namespace gable::discovery::maps {

namespace {

namespace jinja = rules::jinja;

std::string text_at(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? std::string() : text_of(*value).value_or("");
}

DeviceInfo device_of(const wire::Object& said) {
  DeviceInfo device;
  if (const wire::Value* value = said.find("identifiers")) {
    const wire::List one{*value};
    for (const wire::Value& item : value->as_list() != nullptr ? *value->as_list() : one) {
      if (std::string text = text_of(item).value_or(""); !text.empty())
        device.identifiers.push_back(std::move(text));
    }
  }
  const wire::Value* connections = said.find("connections");
  if (connections != nullptr && connections->as_list() != nullptr) {
    for (const wire::Value& item : *connections->as_list()) {
      const wire::List* pair = item.as_list();
      if (pair != nullptr && pair->size() == 2)
        device.connections.emplace_back(text_of((*pair)[0]).value_or(""), text_of((*pair)[1]).value_or(""));
    }
  }
  device.name = text_at(said, "name");
  device.manufacturer = text_at(said, "manufacturer");
  device.model = text_at(said, "model");
  device.model_id = text_at(said, "model_id");
  device.serial_number = text_at(said, "serial_number");
  device.sw_version = text_at(said, "sw_version");
  device.hw_version = text_at(said, "hw_version");
  device.suggested_area = text_at(said, "suggested_area");
  device.via_device = text_at(said, "via_device");
  const std::string url = text_at(said, "configuration_url");
  if (url.starts_with("http://") || url.starts_with("https://")) device.configuration_url = url;
  return device;
}

class Maker {
 public:
  Maker(const DeviceMap& map, const std::string& source, const Limits& limits,
        std::vector<std::string>& faults)
      : map_(map), source_(source), limits_(limits), faults_(faults) {}

  std::vector<Component> make(Scope& scope) {
    if (!add(map_.variables, scope, "the variables")) return {};
    const auto device = map_.device.evaluate(scope);
    if (!device) return failed("device", device.error());
    device_ = device_of(*device->as_object());
    if (!device_.known()) {
      faults_.emplace_back("'device' has neither identifiers nor connections");
      return {};
    }
    const auto common = std::holds_alternative<Tree::Members>(map_.common.content)
                            ? map_.common.evaluate(scope)
                            : wire::Result<wire::Value>(wire::Object{});
    if (!common) return failed("common", common.error());
    common_ = *common->as_object();
    for (const ComponentMap& component : map_.components) add_all(component, scope);
    return std::move(made_);
  }

 private:
  std::vector<Component> failed(std::string_view what, const wire::Error& error) {
    faults_.push_back("'" + std::string(what) + "': " + error.message());
    return {};
  }

  bool add(const Named& named, Scope& scope, const std::string& what) {
    for (const auto& [name, expression] : named) {
      const auto value = expression.evaluate(scope);
      if (!value) {
        faults_.push_back(what + ": '" + name + "' cannot be calculated: " + value.error().text);
        return false;
      }
      scope.push_back({name, jinja::from_wire(*value)});
    }
    return true;
  }

  void add_all(const ComponentMap& component, const Scope& scope) {
    if (!component.for_each) {
      Scope own = scope;
      add_one(component, own);
      return;
    }
    const auto items = component.for_each->evaluate(scope);
    if (!items || items->as_list() == nullptr) {
      faults_.push_back(component.where + ": 'for_each' must give a list: " +
                        (items ? "it gave a " + std::string(items->type_name()) : items.error().text));
      return;
    }
    const wire::List& list = *items->as_list();
    if (list.size() > limits_.items)
      faults_.push_back(component.where + ": only the first " + std::to_string(limits_.items) + " are read");
    for (std::size_t i = 0; i < std::min(list.size(), limits_.items); ++i) {
      Scope own = scope;
      own.push_back({"item", jinja::from_wire(list[i])});
      own.push_back({"index", jinja::Value::size(i)});
      add_one(component, own);
    }
  }

  void add_one(const ComponentMap& component, Scope& scope) {
    // First of all: variables often make sense only where it holds, but it may need them.
    if (component.when && component.variables.empty() && !component.when->holds(scope)) return;
    if (!add(component.variables, scope, component.where)) return;
    if (component.when && !component.when->holds(scope)) return;
    const auto key = component.key.evaluate(scope);
    const auto config = component.config.evaluate(scope);
    if (!key || !config) {
      faults_.push_back(component.where + ": " + (key ? config : key).error().message());
      return;
    }
    const std::string name = text_of(*key).value_or("");
    if (name.empty() || made_.size() >= limits_.components ||
        !names_.insert(component.platform + " " + name).second) {
      faults_.push_back(component.where + ": '" + name + "' is left out: " +
                        (made_.size() >= limits_.components ? "the device has too many components"
                                                            : "expected a key of its own"));
      return;
    }
    Component& made = made_.emplace_back();
    made.platform = component.platform;
    made.key = name + " " + source_;
    made.device = device_;
    made.origin = {"device map " + map_.name, {}, {}};
    made.config = common_;
    for (const wire::Member& member : *config->as_object()) made.config.set(member.key, member.value);
    if (!made.config.contains("unique_id")) made.config.set("unique_id", source_ + " " + name);
  }

  const DeviceMap& map_;
  const std::string& source_;
  const Limits& limits_;
  std::vector<std::string>& faults_;
  DeviceInfo device_;
  wire::Object common_;
  std::set<std::string> names_;
  std::vector<Component> made_;
};

}  // namespace

std::vector<Component> components_of(const DeviceMap& map, const std::string& source, Scope scope,
                                     const Limits& limits, std::vector<std::string>& faults) {
  return Maker(map, source, limits, faults).make(scope);
}

}  // namespace gable::discovery::maps
