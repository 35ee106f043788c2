#pragma once
// The house as templates see it: composed states (design, section 4) and the registry. Made for one
// evaluation; what it returns lives as long as it does.

#include <deque>
#include <string>

#include "core/registry.hpp"
#include "template/house/house.hpp"

namespace gable::hub {

// The attributes of the entity as rules read them: those of its state (none while it is unavailable) and,
// from its description, Home Assistant's: friendly_name, unit_of_measurement, device_class,
// supported_features …
wire::Object composed_attributes(const Entity& entity);

class TemplateHouse final : public rules::jinja::House {
 public:
  // Borrows the registry, which must not change meanwhile.
  explicit TemplateHouse(const Registry& registry) : registry_(registry) {}

  [[nodiscard]] std::optional<rules::jinja::EntityState> state(std::string_view entity_id) const override;
  [[nodiscard]] Names entities(std::string_view domain) const override;
  [[nodiscard]] std::optional<rules::jinja::EntityEntry> entity(std::string_view entity_id) const override;
  [[nodiscard]] std::optional<rules::jinja::DeviceEntry> device(std::string_view device_id) const override;
  [[nodiscard]] Names devices() const override;
  [[nodiscard]] std::vector<rules::jinja::AreaEntry> areas() const override;
  [[nodiscard]] std::vector<rules::jinja::FloorEntry> floors() const override;
  [[nodiscard]] std::vector<rules::jinja::LabelEntry> labels() const override;
  [[nodiscard]] Names labels_of(std::string_view id) const override;
  [[nodiscard]] std::optional<Place> place() const override;
  [[nodiscard]] bool imperial() const override;

 private:
  std::string_view keep(std::string text) const { return kept_texts_.emplace_back(std::move(text)); }
  [[nodiscard]] const Device* find_device(std::string_view id) const;

  const Registry& registry_;
  // What had to be composed, for as long as somebody may look at it.
  mutable std::deque<std::string> kept_texts_;
  mutable std::deque<wire::Object> kept_attributes_;
};

}  // namespace gable::hub
