// A read-only sensor: a temperature in a file, as Linux has it in /sys/class/thermal/thermal_zone0/temp.
#include <fstream>
#include <stdexcept>

#include "bridge/run.hpp"

int main(int argc, char** argv) {
  using namespace std::chrono_literals;
  gable::bridge::About about{.name = "thermometer", .summary = "A temperature from a file"};
  about.options = {{"--file", "FILE", "holds thousandths of a degree Celsius"}};
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    const auto cellar = bridge.add("cellar", gable::bridge::sensor("temperature", "°C").named("Cellar"));
    cellar.poll(10s, [file = bridge.option("--file")]() -> gable::bridge::Object {
      double thousandths = 0;
      if (!(std::ifstream(file) >> thousandths)) throw std::runtime_error("cannot read " + file);
      return {{"state", thousandths / 1000}};
    });
  });
}
