#include "node/arguments.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "node/broker_url.hpp"
#include "wire/domains.hpp"

namespace gable::node {

namespace {

std::string check_broker(const std::string& url) {
  const auto parsed = parse_broker_url(url);
  return parsed ? std::string() : parsed.error().text;
}

std::string check_log_level(const std::string& text) {
  if (parse_log_level(text)) return {};
  return "'" + text + "' is not a log level; take one of trace, debug, info, warning, error, off";
}

std::string check_root(const std::string& text) {
  bool good = !text.empty() && text.size() <= 64;
  for (const char c : text) {
    good = good && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                    c == '-');
  }
  return good ? std::string() : "'" + text + "' is not a root: one topic level of letters, digits, _ and -";
}

void add_common(CLI::App& app, CommonArguments& common) {
  app.add_option("--config", common.config, "read the configuration from FILE")->type_name("FILE");
  app.add_option(
         "--broker", common.broker,
         "the broker, as mqtt://[user:password@]host[:1883] or mqtts://…:8883[?ca=FILE&cert=FILE&key=FILE]; "
         "else $GABLE_BROKER")
      ->type_name("URL")
      ->check(check_broker);
  app.add_option("--root", common.root, "first level of the topic tree")
      ->type_name("NAME")
      ->check(check_root);
  app.add_option_function<std::string>(
         "--log-level", [&common](const std::string& text) { common.log_level = parse_log_level(text); },
         "trace, debug, info, warning, error or off")
      ->type_name("LEVEL")
      ->check(check_log_level);
  app.add_flag("--json", common.json, "write JSON instead of text for people");
}

}  // namespace

struct Arguments::Impl {
  [[nodiscard]] std::string unknown_command(int argc, const char* const* argv) const;
  std::optional<int> from_environment(std::ostream& err);

  std::unique_ptr<CLI::App> root;  // null in a subcommand
  CLI::App* app = nullptr;
  CommonArguments common;  // unused in a subcommand, which falls through to its parent's
  std::vector<std::unique_ptr<Arguments>> commands;
};

Arguments::Arguments(const std::string& program, const std::string& description)
    : impl_(std::make_unique<Impl>()) {
  impl_->root = std::make_unique<CLI::App>(description, program);
  impl_->app = impl_->root.get();
  impl_->app->set_version_flag("--version", program + " " GABLE_VERSION);
  impl_->app->get_formatter()->column_width(34);
  add_common(*impl_->app, impl_->common);
}

Arguments::Arguments(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Arguments::~Arguments() = default;

void Arguments::option(const std::string& names, const std::string& value, std::string& target,
                       const std::string& help) {
  impl_->app->add_option(names, target, help)->type_name(value);
}

void Arguments::option(const std::string& names, const std::string& value, std::vector<std::string>& target,
                       const std::string& help) {
  // One value each time it is given, so that it does not swallow what follows.
  impl_->app->add_option(names, target, help)->type_name(value)->type_size(1)->allow_extra_args(false);
}

void Arguments::option(const std::string& names, const std::string& value, double& target,
                       const std::string& help) {
  impl_->app->add_option(names, target, help)->type_name(value);
}

void Arguments::flag(const std::string& names, bool& target, const std::string& help) {
  impl_->app->add_flag(names, target, help);
}

void Arguments::positional(const std::string& name, std::string& target, const std::string& help,
                           bool required) {
  impl_->app->add_option(name, target, help)->required(required)->type_name("");
}

void Arguments::positional(const std::string& name, std::vector<std::string>& target, const std::string& help,
                           bool required) {
  impl_->app->add_option(name, target, help)->required(required)->type_name("");
}

Arguments& Arguments::command(const std::string& name, const std::string& help) {
  auto impl = std::make_unique<Impl>();
  impl->app = impl_->app->add_subcommand(name, help);
  impl->app->fallthrough();
  impl_->app->require_subcommand(1);
  impl_->commands.push_back(std::unique_ptr<Arguments>(new Arguments(std::move(impl))));
  return *impl_->commands.back();
}

void Arguments::epilog(const std::string& text) { impl_->app->footer(text); }

// The first word where a command should be, if it is none; else empty.
std::string Arguments::Impl::unknown_command(int argc, const char* const* argv) const {
  if (commands.empty() || !app->get_subcommands().empty() || argc < 2) return {};
  const std::string_view word = argv[1];
  if (word.empty() || word.starts_with('-')) return {};
  std::vector<std::string> names;
  for (const auto& command : commands) names.push_back(command->impl_->app->get_name());
  return "there is no command '" + std::string(word) + "'" +
         wire::did_you_mean(word, std::vector<std::string_view>(names.begin(), names.end()));
}

// The command line of a process can be read by everyone on the machine, its environment cannot.
std::optional<int> Arguments::Impl::from_environment(std::ostream& err) {
  const char* broker = std::getenv("GABLE_BROKER");
  if (broker == nullptr || !common.broker.empty()) return std::nullopt;
  common.broker = broker;
  if (common.broker.empty()) return std::nullopt;
  const std::string wrong = check_broker(common.broker);
  if (wrong.empty()) return std::nullopt;
  err << app->get_name() << ": $GABLE_BROKER: " << wrong << '\n';
  return kExitUsage;
}

std::optional<int> Arguments::parse(int argc, const char* const* argv) {
  return parse(argc, argv, std::cout, std::cerr);
}

std::optional<int> Arguments::parse(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
  try {
    impl_->app->parse(argc, argv);
  } catch (const CLI::Success& success) {
    impl_->app->exit(success, out, err);
    return kExitOk;
  } catch (const CLI::ParseError& error) {
    const std::string wrong = impl_->unknown_command(argc, argv);
    const auto begun = impl_->app->get_subcommands();
    std::string name = impl_->app->get_name();
    err << name << ": " << (wrong.empty() ? error.what() : wrong);
    if (!begun.empty()) name += " " + begun.front()->get_name();
    err << "\nTry '" << name << " --help' for what can be given.\n";
    return kExitUsage;
  }
  return impl_->from_environment(err);
}

const CommonArguments& Arguments::common() const { return impl_->common; }

std::string Arguments::selected() const {
  const auto given = impl_->app->get_subcommands();
  return given.empty() ? std::string() : given.front()->get_name();
}

}  // namespace gable::node
