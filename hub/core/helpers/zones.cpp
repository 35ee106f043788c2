#include "core/helpers/zones.hpp"

#include "template/house/places.hpp"

namespace gable::hub {

namespace {

constexpr double kMetres = 1000;  // of a kilometre

std::optional<double> number_at(const wire::Object& attributes, std::string_view name) {
  const wire::Value* found = attributes.find(name);
  return found != nullptr && found->is_number() ? std::optional(found->number_or(0)) : std::nullopt;
}

class Nearest {
 public:
  Nearest(const Location& at, double accuracy) : at_{at.latitude, at.longitude}, accuracy_(accuracy) {}

  void look_at(const std::string& name, const Location& centre, double radius) {
    const auto away = rules::jinja::kilometres_between(at_, {centre.latitude, centre.longitude});
    if (!away || *away * kMetres - accuracy_ >= radius) return;
    if (found_ && (*away > away_ || (*away == away_ && radius >= radius_))) return;
    found_ = name;
    away_ = *away;
    radius_ = radius;
  }
  [[nodiscard]] const std::optional<std::string>& found() const { return found_; }

 private:
  rules::jinja::House::Place at_;
  double accuracy_;
  std::optional<std::string> found_;
  double away_ = 0, radius_ = 0;
};

}  // namespace

std::optional<std::string> place_name(const House& house, const wire::Object& attributes) {
  const auto latitude = number_at(attributes, "latitude"), longitude = number_at(attributes, "longitude");
  if (!latitude || !longitude) return std::nullopt;
  Nearest nearest({*latitude, *longitude}, number_at(attributes, "gps_accuracy").value_or(0));
  if (house.info.location) nearest.look_at("home", *house.info.location, house.info.radius);
  for (const Zone& zone : house.zones) {
    if (!zone.passive) nearest.look_at(zone.name, zone.location, zone.radius);
  }
  return nearest.found().value_or("not_home");
}

}  // namespace gable::hub
