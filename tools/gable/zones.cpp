#include "gable/zones.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace gable::cli {

// Remembers the stretch between two changes of the clocks that it was asked for last: a test stays within it.
class Zones::Zone final : public rules::jinja::TimeZone {
 public:
  explicit Zone(const date::time_zone* zone) : zone_(zone) {}
  [[nodiscard]] std::chrono::seconds offset(rules::jinja::Instant utc) const override {
    return info(utc).offset;
  }
  [[nodiscard]] std::chrono::seconds saving(rules::jinja::Instant utc) const override {
    return info(utc).save;
  }
  [[nodiscard]] std::string abbreviation(rules::jinja::Instant utc) const override {
    return info(utc).abbrev;
  }
  [[nodiscard]] std::string_view name() const override { return zone_->name(); }

 private:
  const date::sys_info& info(rules::jinja::Instant utc) const {
    if (!known_ || utc < last_.begin || utc >= last_.end) last_ = zone_->get_info(utc), known_ = true;
    return last_;
  }

  const date::time_zone* zone_;
  mutable date::sys_info last_;
  mutable bool known_ = false;
};

Zones::Zones() = default;
Zones::~Zones() = default;

const rules::jinja::TimeZone* Zones::find(const std::string& name) {
  if (const auto known = zones_.find(name); known != zones_.end()) return known->second.get();
  std::unique_ptr<Zone>& zone = zones_[name];
  try {
    zone = std::make_unique<Zone>(date::locate_zone(name));
  } catch (const std::exception&) {
    return nullptr;  // the database has none such
  }
  return zone.get();
}

const rules::jinja::TimeZone* Zones::here() {
  try {
    return find(date::current_zone()->name());
  } catch (const std::exception&) {
    return nullptr;
  }
}

}  // namespace gable::cli
