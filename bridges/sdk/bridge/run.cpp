#include "bridge/run.hpp"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <list>
#include <stdexcept>
#include <utility>

#include "bridge/bridge_file.hpp"
#include "bridge/command_memory_file.hpp"
#include "bridge/runtime.hpp"
#include "node/arguments.hpp"
#include "node/clock.hpp"
#include "node/config_files.hpp"
#include "node/id_source.hpp"
#include "node/logging.hpp"
#include "node/out_of_memory.hpp"
#include "node/paho_port.hpp"
#include "node/service_manager.hpp"
#include "node/signals.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::bridge {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// systemd gives up on a service after 90 s; a broker may take longer.
constexpr auto kReadyAtLast = 60s;

// The command line of one bridge.
struct Given {
  std::string id, state;
  bool scan = false, describe = false;
  std::list<std::pair<Option, std::string>> values;  // stable addresses for the parser
  std::list<std::pair<Option, bool>> flags;

  [[nodiscard]] std::map<std::string, std::string, std::less<>> options() const {
    std::map<std::string, std::string, std::less<>> result;
    for (const auto& [option, value] : values) {
      if (!value.empty()) result.insert_or_assign(option.name, value);
    }
    for (const auto& [option, set] : flags) {
      if (set) result.insert_or_assign(option.name, "true");
    }
    return result;
  }
};

void declare(const About& about, node::Arguments& arguments, Given& given) {
  arguments.option("--id", "NAME", given.id, "the bridge's name on the tree; without it " + about.name);
  arguments.option("--state", "DIR", given.state, "directory for what the bridge must remember");
  arguments.flag("--describe", given.describe, "print the devices as JSON and end; needs no broker");
  if (about.scan) arguments.flag("--scan", given.scan, "look for devices, print what was found and end");
  for (const Option& option : about.options) {
    if (option.value.empty()) {
      auto& flag = given.flags.emplace_back(option, false);
      arguments.flag(option.name, flag.second, option.help);
    } else {
      auto& value = given.values.emplace_back(option, std::string());
      arguments.option(option.name, option.value, value.second, option.help);
    }
  }
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// Where the bridge keeps what it must remember; made when it is not there.
std::string state_directory(const std::string& given, const std::string& id) {
  fs::path path = given;
  if (path.empty()) path = environment("STATE_DIRECTORY").substr(0, environment("STATE_DIRECTORY").find(':'));
  if (path.empty() && !environment("XDG_STATE_HOME").empty()) {
    path = fs::path(environment("XDG_STATE_HOME")) / "gable" / id;
  }
  if (path.empty() && !environment("HOME").empty()) {
    path = fs::path(environment("HOME")) / ".local" / "state" / "gable" / id;
  }
  if (path.empty())
    throw node::ConfigError("there is no place for the bridge's state", "give one with --state DIR");
  std::error_code error;
  if (fs::create_directories(path, error)) fs::permissions(path, fs::perms::owner_all, error);
  if (!fs::is_directory(path)) {
    throw node::ConfigError("the state directory " + path.string() + " cannot be made",
                            "give another with --state DIR");
  }
  return fs::absolute(path).string();
}

node::LogLevel node_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return node::LogLevel::debug;
    case LogLevel::info:
      return node::LogLevel::info;
    case LogLevel::warning:
      return node::LogLevel::warning;
    case LogLevel::error:
      return node::LogLevel::error;
  }
  return node::LogLevel::info;
}

RuntimeOptions runtime_options(const About& about, const node::CommonArguments& common, const Given& given) {
  BridgeFile file;
  if (!common.config.empty()) {
    file = read_bridge_file(node::DiskFiles(), common.config);
  } else if (about.needs_config) {
    throw node::ConfigError("this bridge needs a configuration", "give it with --config FILE");
  }
  RuntimeOptions options;
  options.about = about;
  options.id = !given.id.empty() ? given.id : file.id.empty() ? about.name : file.id;
  if (!wire::valid_device_id(options.id)) {
    throw node::ConfigError("\"" + options.id + "\" is no name for a bridge: [A-Za-z0-9_.:-]{1,128}");
  }
  if (!common.root.empty() || !file.root.empty())
    options.root = common.root.empty() ? file.root : common.root;
  options.connect = connect_options(file, common.broker);
  options.config_file = common.config;
  options.config = std::move(file.own);
  options.options = given.options();
  options.log = [](LogLevel level, std::string_view text) { node::log(node_level(level), text); };
  return options;
}

// Runs until a signal, Bridge::stop() or a refusal that is for good.
int serve(RuntimeOptions options, const Setup& setup, bool describe) {
  const node::SystemClock clock;
  node::Loop loop(clock);
  node::RandomIds ids;
  options.session_id = ids.next();
  options.seed = ids.seed();
  CommandMemoryFile memory(options.state_dir + "/seen-commands");
  if (!describe) options.memory = &memory;

  // Before any thread exists, so that all inherit the blocked signals.
  Runtime* running = nullptr;
  const node::Signals signals(loop, [&](int) {
    if (running != nullptr) running->stop("stopped");
    loop.stop();
  });
  node::ServiceManager manager(loop);
  int status = node::kExitOk;
  bool said_ready = false;
  const auto ready = [&](std::string_view text) {
    if (!std::exchange(said_ready, true)) manager.ready(text);
    manager.status(text);
  };
  options.status = [&](wire::ParticipantStatus now, const std::string& reason) {
    if (now != wire::ParticipantStatus::starting) ready(reason.empty() ? to_string(now) : reason);
  };
  options.refused_for_good = [&] {
    status = node::kExitFailed;
    loop.stop();
  };

  node::PahoPort port;
  Runtime runtime(loop, port, std::move(options));
  runtime.set_up(setup);
  if (describe) {
    std::cout << wire::to_json(runtime.describe()) << "\n";
    return node::kExitOk;
  }
  running = &runtime;
  runtime.start();
  loop.after(kReadyAtLast, [&] { ready("waiting for the broker"); });
  try {
    loop.run();
  } catch (const std::exception& error) {
    // An author's handler; unlike a mistake in the configuration, it may be worth starting again.
    node::log_error(std::string("ended by an exception: ") + error.what());
    status = node::kExitFailed;
  }
  manager.stopping();
  runtime.stop("stopped");
  running = nullptr;
  return status;
}

int scan(const About& about, RuntimeOptions options) {
  const node::SystemClock clock;
  node::Loop loop(clock);
  node::PahoPort port;
  Runtime runtime(loop, port, std::move(options));
  return about.scan(runtime.bridge());
}

}  // namespace

int run(int argc, char** argv, const About& about, const Setup& setup) {
  node::end_when_out_of_memory();
  node::Arguments arguments("gable-bridge-" + about.name, about.summary);
  Given given;
  declare(about, arguments, given);
  if (const auto status = arguments.parse(argc, argv)) return *status;
  node::set_log(arguments.common().log_level.value_or(node::LogLevel::info));
  try {
    RuntimeOptions options = runtime_options(about, arguments.common(), given);
    if (given.scan) return scan(about, std::move(options));
    options.state_dir = state_directory(given.state, options.id);
    return serve(std::move(options), setup, given.describe);
  } catch (const node::ConfigError& error) {
    // What its configuration forbids will not be better the next time: the service manager leaves it alone.
    node::log_error(error.what());
    return node::kExitUsage;
  } catch (const std::logic_error& error) {  // nor what its author did wrong
    node::log_error(error.what());
    return node::kExitUsage;
  } catch (const std::exception& error) {
    node::log_error(error.what());
    return node::kExitFailed;
  }
}

}  // namespace gable::bridge
