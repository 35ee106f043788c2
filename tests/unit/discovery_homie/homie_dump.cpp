// Reads messages as JSON lines {"topic", "payload"} and prints one JSON line for each device that is
// announced in the end, then one with counts. With "each" changes are asked for after every message, else
// once.

#include <iostream>
#include <map>
#include <string>

#include "discovery/binding.hpp"
#include "discovery/homie/formats.hpp"
#include "discovery/homie/homie.hpp"
#include "wire/json.hpp"

namespace {

using namespace gable;
using namespace gable::discovery::homie;

wire::Object shown(const discovery::DeviceInfo& device) {
  wire::List identifiers(device.identifiers.begin(), device.identifiers.end());
  wire::List connections;
  for (const auto& [kind, value] : device.connections) connections.emplace_back(wire::List{kind, value});
  return {{"identifiers", std::move(identifiers)},
          {"connections", std::move(connections)},
          {"name", device.name},
          {"model", device.model},
          {"sw_version", device.sw_version},
          {"via_device", device.via_device}};
}

// What the platform of the component has to say against it.
wire::List faults_of(const discovery::Component& component, discovery::Templates& templates) {
  const auto bound = discovery::bind(component, templates);
  if (!bound) return {bound.error().message()};
  return {(*bound)->faults.begin(), (*bound)->faults.end()};
}

wire::Object shown(const Announced& device, discovery::Templates& templates) {
  wire::List properties, components;
  for (const Node& node : device.model.nodes) {
    for (const Property& property : node.properties) {
      properties.emplace_back(wire::List{node.id + "/" + property.id, to_string(property.datatype),
                                         property.settable, property.retained, property.unit,
                                         property.format});
    }
  }
  for (const discovery::Component& component : device.components) {
    components.emplace_back(wire::Object{{"platform", component.platform},
                                         {"key", component.key},
                                         {"config", component.config},
                                         {"faults", faults_of(component, templates)}});
  }
  return {{"base", device.model.base},
          {"version", device.model.version},
          {"device", device.components.empty() ? wire::Object{} : shown(device.components.front().device)},
          {"properties", std::move(properties)},
          {"components", std::move(components)}};
}

class Dump {
 public:
  explicit Dump(bool each) : each_(each) {}

  void take(const wire::Object& message) {
    homie_.take(message.find("topic")->string_or(""), message.find("payload")->string_or(""));
    if (each_) keep();
  }

  void print() {
    keep();
    homie_.settle();
    const std::int64_t before = announced_;
    keep();
    for (const auto& [base, device] : devices_) std::cout << wire::to_json(shown(device, templates_)) << '\n';
    wire::Object alerts, targets;
    for (const auto& [base, now] : alerts_) {
      wire::Object& list = *alerts.set(base, wire::Object{}).as_object();
      for (const Alert& alert : now) list.set(alert.id, alert.text);
    }
    for (const auto& [topic, value] : targets_) targets.set(topic, value);
    wire::List faults(faults_.begin(), faults_.end());
    const wire::Object counts{
        {"announced", before},         {"settled", announced_ - before},
        {"removed", removed_},         {"bytes", static_cast<std::int64_t>(homie_.bytes())},
        {"alerts", std::move(alerts)}, {"targets", std::move(targets)},
        {"faults", std::move(faults)}};
    std::cout << wire::to_json(counts) << '\n';
  }

 private:
  void keep() {
    Changes changes = homie_.changes();
    for (Announced& device : changes.announced) {
      ++announced_;
      const std::string base = device.model.base;
      devices_.insert_or_assign(base, std::move(device));
    }
    for (const std::string& base : changes.removed) {
      ++removed_;
      devices_.erase(base);
    }
    for (Alerts& alerts : changes.alerts) alerts_.insert_or_assign(alerts.base, std::move(alerts.alerts));
    for (const Target& target : changes.targets) targets_.insert_or_assign(target.topic, target.value);
    for (const Fault& fault : changes.faults) faults_.push_back(fault.base + ": " + fault.text);
  }

  Homie homie_;
  bool each_;
  discovery::Templates templates_;
  std::map<std::string, Announced> devices_;
  std::map<std::string, std::vector<Alert>> alerts_;
  std::map<std::string, std::string> targets_;
  std::vector<std::string> faults_;
  std::int64_t announced_ = 0, removed_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  Dump dump(count > 1 && std::string(arguments[1]) == "each");
  for (std::string line; std::getline(std::cin, line);) {
    const auto message = gable::wire::parse_object(line, gable::wire::kDocumentLimits);
    if (!message) {
      std::cerr << "not a message: " << message.error().message() << '\n';
      return 1;
    }
    dump.take(*message);
  }
  dump.print();
  return 0;
}
