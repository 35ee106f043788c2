// gable: the command line of a house. Wiring only.

#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <iostream>

#include "gable/commands.hpp"
#include "node/config_tree.hpp"

namespace {

using gable::cli::NamedRunner;

constexpr const char* kHelp =
    "The broker is --broker, else $GABLE_BROKER, else mqtt://127.0.0.1:1883.\n"
    "Exit status: 0 done, 1 it did not succeed, 2 the command line is wrong.";

std::vector<NamedRunner> declare(gable::node::Arguments& all) {
  namespace cli = gable::cli;
  std::vector<NamedRunner> runners;
  for (const auto add :
       {cli::add_ls,     cli::add_get,     cli::add_set,         cli::add_call,         cli::add_watch,
        cli::add_why,    cli::add_history, cli::add_logbook,     cli::add_problems,     cli::add_bridges,
        cli::add_forget, cli::add_rename,  cli::add_customize,   cli::add_refresh,      cli::add_reload,
        cli::add_record, cli::add_play,    cli::add_conformance, cli::add_broker_check, cli::add_setup,
        cli::add_enroll, cli::add_check,   cli::add_template,    cli::add_test,         cli::add_completion,
        cli::add_rules,  cli::add_trace,   cli::add_shadow,      cli::add_live,         cli::add_replay,
        cli::add_look,   cli::add_import}) {
    runners.push_back(add(all));
  }
  return runners;
}

// What could not be written was not done, whatever the command says. The reader of a pipe that has gone needs
// no message.
int written(int status) {
  if (std::cout.flush()) return status;
  struct stat output {};
  const bool pipe =
      fstat(STDOUT_FILENO, &output) == 0 && (S_ISFIFO(output.st_mode) || S_ISSOCK(output.st_mode));
  if (!pipe) std::cerr << "gable: the output cannot be written\n";
  return status == gable::node::kExitOk ? gable::node::kExitFailed : status;
}

int run(int argc, char** argv) {
  gable::node::Arguments all("gable", "Look at a house on MQTT, command it, and find out why");
  const auto runners = declare(all);
  all.epilog(kHelp);
  if (const auto status = all.parse(argc, argv)) return *status;
  if (!all.common().config.empty()) {
    std::cerr << "gable: takes no --config; give --broker and --root\n";
    return gable::node::kExitUsage;
  }
  const auto context = gable::cli::make_context(all.common(), std::cout, std::cerr);
  if (!context) {
    std::cerr << "gable: " << context.error().message() << '\n';
    return gable::node::kExitUsage;
  }
  for (const auto& [name, runner] : runners) {
    if (name == all.selected()) return written(runner(*context));
  }
  return gable::node::kExitUsage;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const gable::node::ConfigError& error) {
    std::cerr << "gable: " << error.what() << '\n';
    return gable::node::kExitUsage;
  } catch (const std::exception& error) {
    std::cerr << "gable: " << error.what() << '\n';
    return gable::node::kExitFailed;
  }
}
