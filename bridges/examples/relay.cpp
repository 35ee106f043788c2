// A switch: a file that holds 1 or 0, as Linux has it for an output pin in /sys/class/gpio/gpio17/value.
#include <fstream>
#include <stdexcept>

#include "bridge/run.hpp"

using gable::bridge::Command, gable::bridge::Object, gable::bridge::Reply;

int main(int argc, char** argv) {
  using namespace std::chrono_literals;
  gable::bridge::About about{.name = "relay", .summary = "A switch behind a file"};
  about.options = {{"--file", "FILE", "holds 1 or 0"}};
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    const std::string file = bridge.option("--file");
    const auto pump = bridge.add("pump", gable::bridge::switch_entity().named("Pump"));
    pump.on_command([file](const Command& command, const Reply& reply) {
      std::ofstream out(file);
      out << (command.is("turn_on") ? 1 : 0) << std::flush;
      if (!out) return reply.failed("cannot write " + file);
      reply.done(command.expected);
    });
    pump.poll(1s, [file]() -> Object {
      int value = 0;
      if (!(std::ifstream(file) >> value)) throw std::runtime_error("cannot read " + file);
      return {{"state", value != 0 ? "on" : "off"}};
    });
  });
}
