#include "discovery/signature.hpp"

#include "wire/json.hpp"

namespace gable::discovery {

namespace {

constexpr std::uint64_t kBasis = 0xcbf29ce484222325ULL;
constexpr std::uint64_t kPrime = 0x100000001b3ULL;

void add(std::string_view text, std::uint64_t& hash) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  // Not the same as if the next text began here.
  hash = (hash ^ 0xFFU) * kPrime;
}

void add(const DeviceInfo& device, std::uint64_t& hash) {
  for (const std::string& text : device.identifiers) add(text, hash);
  for (const auto& [kind, value] : device.connections) {
    add(kind, hash);
    add(value, hash);
  }
  for (const std::string* text : {&device.name, &device.manufacturer, &device.model, &device.model_id,
                                  &device.serial_number, &device.sw_version, &device.hw_version,
                                  &device.suggested_area, &device.via_device, &device.configuration_url})
    add(*text, hash);
}

}  // namespace

std::uint64_t signature_of(std::string_view text) {
  std::uint64_t hash = kBasis;
  add(text, hash);
  return hash;
}

std::uint64_t signature_of(const std::vector<Component>& components) {
  std::uint64_t hash = kBasis;
  if (!components.empty()) add(components.front().device, hash);
  for (const Component& component : components) {
    add(component.platform, hash);
    add(component.key, hash);
    add(component.origin.sw_version, hash);
    add(wire::to_json(component.config), hash);
  }
  return hash;
}

}  // namespace gable::discovery
