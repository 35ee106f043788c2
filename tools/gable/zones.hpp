#pragma once
// Time zones by name out of the system's database, for rules in simulated time.

#include <map>
#include <memory>
#include <string>

#include "simulation/scenario/run_scenario.hpp"

namespace gable::cli {

class Zones final : public rules::simulation::ZoneSource {
 public:
  Zones();
  ~Zones() override;
  const rules::jinja::TimeZone* find(const std::string& name) override;
  // This machine's; null where nobody said which.
  const rules::jinja::TimeZone* here();

 private:
  class Zone;
  std::map<std::string, std::unique_ptr<Zone>> zones_;  // null: there is none of this name
};

}  // namespace gable::cli
