#pragma once
// A small house for tests, and what one wants to know of its outputs.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "protocol/house.hpp"

namespace gable::virtual_house {

using namespace std::chrono_literals;

// Friday, 20 March 2026, 06:00.
inline const Moment kStart = std::chrono::local_days(std::chrono::year(2026) / 3 / 20) + 6h;

inline DeviceSpec device_spec(std::string id, std::string kind, Fields options = {},
                              std::string area = "kitchen") {
  DeviceSpec spec;
  spec.id = std::move(id);
  spec.kind = std::move(kind);
  spec.name = spec.id;
  spec.area = std::move(area);
  spec.options = std::move(options);
  return spec;
}

inline HouseSpec house_of(std::vector<DeviceSpec> devices) {
  HouseSpec spec;
  spec.seed = 7;
  spec.areas = {
      {"kitchen", "Kitchen", false, 20}, {"hall", "Hall", false, 18}, {"garden", "Garden", true, 0}};
  spec.devices = std::move(devices);
  return spec;
}

// A house with one device, and time that the test moves.
class Bench {
 public:
  explicit Bench(DeviceSpec device) : id_(device.id), house_(house_of({std::move(device)}), kStart) {
    house_.take();
  }

  House& house() { return house_; }
  [[nodiscard]] Moment now() const { return house_.now(); }
  void wait(Span span) { house_.advance(house_.now() + span); }
  Outcome order(std::string service, Fields data = {}, std::string entity = {}) {
    return house_.order(id_, {++last_, std::move(entity), std::move(service), std::move(data)}, house_.now());
  }
  Outcome fault(FaultKind kind, Span seconds = 0s) {
    FaultSpec fault{kind, kind == FaultKind::delay ? 0s : seconds, kind == FaultKind::delay ? seconds : 0s};
    return house_.fault(id_, fault, house_.now());
  }
  [[nodiscard]] OrderId last_order() const { return last_; }
  [[nodiscard]] Fields state(std::string_view entity = {}) const { return house_.find(id_)->state(entity); }
  [[nodiscard]] std::string text(std::string_view name = "state", std::string_view entity = {}) const {
    const Fields fields = state(entity);
    const Value* value = fields.find(name);
    return value == nullptr ? "missing" : text_of(*value);
  }
  [[nodiscard]] double number(std::string_view name, std::string_view entity = {}) const {
    return state(entity).number(name, -1000);
  }
  // Outputs since the last call, as lines without date and device: "06:00:01.000 state=on".
  std::vector<std::string> lines() {
    std::vector<std::string> out;
    for (const Output& output : house_.take()) {
      std::string line = text_of(output).substr(11);
      line.erase(12, 1 + output.device.size());
      out.push_back(std::move(line));
    }
    return out;
  }

 private:
  std::string id_;
  House house_;
  OrderId last_ = 0;
};

}  // namespace gable::virtual_house
