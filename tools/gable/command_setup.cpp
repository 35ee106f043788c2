// `gable setup` and `gable enroll`: the command line of tools/setup.

#include <sstream>

#include "gable/commands.hpp"
#include "setup/setup.hpp"

namespace gable::cli {

namespace {

struct SetupArguments {
  setup::SetupOptions options;
  std::string directory;
  double port = 0, page_port = 0;
};

struct EnrollArguments {
  setup::EnrollOptions options;
  std::string directory, out;
};

// Names may be given one each time or several in one, with commas between them.
std::vector<std::string> each_name(const std::vector<std::string>& given) {
  std::vector<std::string> names;
  for (const std::string& text : given) {
    std::istringstream words(text);
    for (std::string word; std::getline(words, word, ',');) {
      if (!word.empty()) names.push_back(word);
    }
  }
  return names;
}

int run(const SetupArguments& given, const Context& context) {
  setup::SetupOptions options = given.options;
  if (!given.directory.empty()) options.directory = given.directory;
  if (given.port < 0 || given.port > 65'535) return context.refuse("--port takes 1 to 65535");
  if (given.page_port < 0 || given.page_port > 65'535) return context.refuse("--page-port takes 1 to 65535");
  options.port = static_cast<std::uint16_t>(given.port);
  options.page_port = static_cast<std::uint16_t>(given.page_port);
  options.root = context.root_given ? context.root : std::string();
  options.hosts = each_name(options.hosts);
  options.bridges = each_name(options.bridges);
  options.people = each_name(options.people);
  options.json = context.json;
  return setup::run_setup(options, context.out, context.err);
}

int run(const EnrollArguments& given, const Context& context) {
  setup::EnrollOptions options = given.options;
  if (!given.directory.empty()) options.directory = given.directory;
  options.out = given.out;
  options.json = context.json;
  return setup::run_enroll(options, context.out, context.err);
}

}  // namespace

NamedRunner add_setup(node::Arguments& all) {
  auto& arguments =
      all.command("setup", "Make the house's own CA, broker certificate, users and access rules");
  auto given = std::make_shared<SetupArguments>();  // shared by the parser's targets and the runner
  arguments.flag("--yes", given->options.yes, "do it; without this it only says what it would do");
  arguments.option("--dir,--directory", "DIR", given->directory,
                   "where everything lies (" + setup::default_directory().string() + ")");
  arguments.option("--host,--hosts", "NAMES", given->options.hosts,
                   "names or addresses of the broker: a,b or one each time");
  arguments.option("--bridge,--bridges", "NAMES", given->options.bridges,
                   "bridges that get a user (host,virtual)");
  arguments.option("--person,--people", "NAMES", given->options.people, "people who get a user: anna,ben");
  arguments.option("--port", "PORT", given->port, "of the TLS listener (8883)");
  arguments.option("--page", "WHO", given->options.page,
                   "who reaches the page: here, everywhere (TLS) or off (here)");
  arguments.option("--page-port", "PORT", given->page_port, "of the page (8090)");
  arguments.option("--page-files", "DIR", given->options.page_files,
                   "the built page, for the broker to serve");
  arguments.option("--broker-user", "USER", given->options.broker_user, "who runs mosquitto");
  return {"setup", [given](const Context& context) { return run(*given, context); }};
}

NamedRunner add_enroll(node::Arguments& all) {
  auto& arguments = all.command("enroll", "Make one bundle that lets a bridge on another machine join");
  auto given = std::make_shared<EnrollArguments>();  // shared by the parser's targets and the runner
  arguments.positional("HOST", given->options.host, "the machine that it is for");
  arguments.positional("BRIDGE", given->options.bridge, "the bridge's id");
  arguments.option("--dir,--directory", "DIR", given->directory, "what gable setup made");
  arguments.option("--out", "FILE", given->out, "the bundle (gable-BRIDGE-HOST.tar.gz)");
  return {"enroll", [given](const Context& context) { return run(*given, context); }};
}

}  // namespace gable::cli
