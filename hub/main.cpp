// gable-hub: wiring only.

#include <malloc.h>

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

#include "app/program.hpp"
#include "node/arguments.hpp"
#include "node/config_tree.hpp"
#include "node/out_of_memory.hpp"

namespace {

// What comes with Gable, where an installation has put it: ../share/gable beside the folder of this program.
// Empty: there is no such folder.
std::string shipped(const char* what) {
  std::error_code code;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", code);
  const auto folder = program.parent_path().parent_path() / "share" / "gable" / what;
  return !code && std::filesystem::is_directory(folder, code) ? folder.string() : std::string();
}

}  // namespace

int main(int argc, char** argv) {
  gable::node::end_when_out_of_memory();
  namespace node = gable::node;
  // One heap for all threads: what one thread has allocated another one frees, and heaps apart would each
  // keep what the start needed (a fifth more memory with 10,000 entities).
  mallopt(M_ARENA_MAX, 1);
  node::Arguments arguments("gable-hub", "Keeps the state of the house and answers its commands, over MQTT.");
  std::string state, rules, rules_mode, maps;
  gable::hub::ProgramOptions options;
  arguments.option("--state", "DIR", state,
                   "where the store and the journal live (default: state_dir of the file, else ./state)");
  arguments.option("--rules", "DIR", rules, "where the rule files are");
  arguments.option("--rules-mode", "MODE", rules_mode,
                   "live, shadow (rules decide and do nothing) or off; else rules_mode of the file");
  arguments.option("--blueprints", "DIR", options.blueprints,
                   "blueprints beside those in the rules' own folder: those that come with Gable (default: "
                   "../share/gable/blueprints, if installed)");
  arguments.option("--maps", "DIR", maps,
                   "device maps beside those in the folder `maps` of the configuration: those that come with "
                   "Gable (default: ../share/gable/maps, if installed)");
  arguments.epilog(
      "Without --config the hub starts with an empty house on mqtt://127.0.0.1:1883.\n"
      "Look at it: mosquitto_sub -v -t 'gable/state/#'   or: gable ls");
  if (const auto status = arguments.parse(argc, argv)) return *status;
  const auto& common = arguments.common();
  if (common.log_level) node::set_log(*common.log_level);
  options.config = common.config;
  if (!common.broker.empty()) options.overrides.broker = common.broker;
  if (!common.root.empty()) options.overrides.root = common.root;
  if (!state.empty()) options.overrides.state_dir = state;
  if (!rules.empty()) options.overrides.rules = rules;
  if (!rules_mode.empty()) options.overrides.rules_mode = rules_mode;
  if (maps.empty()) maps = shipped("maps");
  if (!maps.empty()) options.overrides.maps = maps;
  if (options.blueprints.empty()) options.blueprints = shipped("blueprints");
  try {
    return gable::hub::run_hub(options);
  } catch (const node::ConfigError& error) {
    std::cerr << "gable-hub: " << error.what() << '\n';
    return node::kExitUsage;
  } catch (const std::exception& error) {
    // Nothing that somebody has to write differently, so it may be worth starting again.
    std::cerr << "gable-hub: ended by an error: " << error.what() << '\n';
    return node::kExitFailed;
  }
}
