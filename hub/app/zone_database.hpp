#pragma once
// The house's time zone out of the system's time-zone database (Howard Hinnant's date library reads it).

#include <memory>
#include <string>

#include "core/helpers/zone_rules.hpp"

namespace gable::hub {

class ZoneDatabase final : public ZoneRules {
 public:
  // `name` as in "Europe/Berlin". Throws node::ConfigError naming it when the database has none such.
  explicit ZoneDatabase(const std::string& name);
  ~ZoneDatabase() override;

  // Another zone from now on (reload). As the constructor.
  void set(const std::string& name);
  [[nodiscard]] std::chrono::seconds offset(wire::Time utc) const override;
  [[nodiscard]] std::chrono::seconds saving(wire::Time utc) const override;
  [[nodiscard]] std::string abbreviation(wire::Time utc) const override;
  [[nodiscard]] std::string_view name() const override;

 private:
  struct Zone;
  std::unique_ptr<Zone> zone_;
};

}  // namespace gable::hub
