#include "app/zone_database.hpp"

#include <date/tz.h>

#include "node/config_tree.hpp"

namespace gable::hub {

struct ZoneDatabase::Zone {
  const date::time_zone* zone = nullptr;
};

ZoneDatabase::ZoneDatabase(const std::string& name) : zone_(std::make_unique<Zone>()) { set(name); }
ZoneDatabase::~ZoneDatabase() = default;

void ZoneDatabase::set(const std::string& name) {
  try {
    zone_->zone = date::locate_zone(name);
  } catch (const std::exception&) {
    throw node::ConfigError("there is no time zone '" + name + "' in this system's database",
                            "see timedatectl list-timezones");
  }
}

std::chrono::seconds ZoneDatabase::offset(wire::Time utc) const { return zone_->zone->get_info(utc).offset; }

std::chrono::seconds ZoneDatabase::saving(wire::Time utc) const { return zone_->zone->get_info(utc).save; }

std::string ZoneDatabase::abbreviation(wire::Time utc) const { return zone_->zone->get_info(utc).abbrev; }

std::string_view ZoneDatabase::name() const { return zone_->zone->name(); }

}  // namespace gable::hub
