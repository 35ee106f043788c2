#include "setup/setup.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <ostream>

#include "setup/broker_files.hpp"
#include "setup/house.hpp"
#include "setup/private_files.hpp"
#include "wire/json.hpp"

namespace gable::setup {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> own_hosts() {
  std::array<char, 254> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {"localhost", "127.0.0.1", "::1"};
  const std::string host = name.data();
  if (host.find('.') != std::string::npos) return {host, "localhost", "127.0.0.1", "::1"};
  // .local: as multicast DNS finds it in a home network without a name server.
  return {host, host + ".local", "localhost", "127.0.0.1", "::1"};
}

void plan_page(const SetupOptions& options, House& house) {
  if (!options.page.empty()) {
    check_page(options.page);
    house.page = options.page;
  }
  if (options.page_port != 0) house.page_port = options.page_port;
  if (!options.page_files.empty())
    house.page_files = fs::absolute(options.page_files).lexically_normal().string();
  if (!house.page_files.empty()) check_page_files(house.page_files);
  if (house.page != "off" && house.page_port == house.port)
    throw SetupError("port " + std::to_string(house.port) +
                     " cannot be the page's and the house's: --page-port");
}

// What is to be: what was before, with what is asked for now.
House plan(const SetupOptions& options) {
  House house;
  house.directory = fs::absolute(options.directory).lexically_normal();
  const bool known = load(house);
  for (const std::string& host : options.hosts) check_host(host);
  for (const std::string& user : options.bridges) check_user(user);
  for (const std::string& user : options.people) check_user(user);
  if (!options.root.empty()) check_root(options.root);
  if (!options.root.empty()) house.root = options.root;
  if (options.port != 0) house.port = options.port;
  plan_page(options, house);
  if (!options.broker_user.empty()) house.broker_user = options.broker_user;
  if (house.broker_user.empty()) house.broker_user = current_user();
  // A host that is asked for comes first, so that others are told of it.
  std::vector<std::string> hosts = options.hosts;
  add_missing(hosts, house.hosts);
  if (!known) add_missing(hosts, own_hosts());
  house.hosts = hosts;
  if (!known && options.bridges.empty()) house.bridges = {"host", "virtual"};
  add_missing(house.bridges, options.bridges);
  add_missing(house.people, options.people);
  for (const std::string& person : house.people) {
    for (const std::string& bridge : house.bridges) {
      if (person == bridge) throw SetupError("'" + person + "' is both a bridge and a person: rename one");
    }
  }
  return house;
}

std::vector<std::string> next_steps(const House& house) {
  const std::string password = house.password_file(kHubUser).string();
  std::vector<std::string> steps = {
      "start the broker: mosquitto -c " + house.file("mosquitto.conf").string() +
          " (or, if it runs: kill -HUP its process)",
      "tell the hub, in its configuration: broker: {url: \"" + house.url(kHubUser) +
          "\", password_file: " + password + ", ca_file: " + house.file("ca.crt").string() + "}",
      "for a bridge on another machine: gable enroll MACHINE BRIDGE",
      "give people their passwords, which are in " + house.file("passwords").string(),
      "keep a copy of " + house.file("ca.key").string() + " in a safe place",
  };
  if (house.page == "off") return steps;
  steps.push_back(
      house.page_files.empty()
          ? "for the page: gable setup --yes --page-files \"$(tools/dashboard/build.sh)\", then " +
                house.page_url()
          : "the page: " + house.page_url() + " (" + house.page_files + " must be readable by " +
                house.broker_user + ")");
  if (house.page == "everywhere")
    steps.push_back("browsers must trust " + house.file("ca.crt").string() +
                    ": import it there as an authority");
  return steps;
}

wire::List texts(const std::vector<std::string>& words) {
  wire::List list;
  for (const std::string& word : words) list.emplace_back(word);
  return list;
}

void print(const House& house, const Report& report, bool json, std::ostream& out) {
  if (json) {
    wire::Object document;
    document.set("directory", house.directory.string());
    document.set("config", house.file("mosquitto.conf").string());
    document.set("ca_file", house.file("ca.crt").string());
    document.set("url", house.url(kHubUser));
    document.set("root", house.root);
    if (house.page != "off") document.set("page", house.page_url());
    document.set("hosts", texts(house.hosts));
    document.set("bridges", texts(house.bridges));
    document.set("people", texts(house.people));
    document.set("made", texts(report.made));
    document.set("kept", texts(report.kept));
    document.set("next", texts(next_steps(house)));
    out << wire::to_json(document) << "\n";
    return;
  }
  out << "In " << house.directory.string() << ":\n";
  for (const std::string& what : report.made) out << "  made  " << what << "\n";
  for (const std::string& what : report.kept) out << "  kept  " << what << "\n";
  out << "Next:\n";
  for (const std::string& step : next_steps(house)) out << "  - " << step << "\n";
}

int describe_only(const House& house, std::ostream& out) {
  out << "gable setup makes in " << house.directory.string()
      << " what is missing of: the house's own certificate\n"
      << "authority, a certificate for a broker at";
  for (const std::string& host : house.hosts) out << " " << host;
  out << ",\nits configuration (TLS on port " << house.port;
  if (house.page != "off") out << ", the page at " << house.page_url();
  out << ") and access rules, and users with passwords: " << kHubUser;
  for (const std::string& user : house.bridges) out << " " << user;
  for (const std::string& user : house.people) out << " " << user;
  out << ".\nNothing that is there is replaced. Do it with --yes.\n";
  return 3;
}

}  // namespace

fs::path default_directory() {
  if (::geteuid() == 0) return "/etc/gable/keys";
  const char* configured = std::getenv("XDG_CONFIG_HOME");
  if (configured != nullptr && *configured == '/') return fs::path(configured) / "gable" / "keys";
  const char* home = std::getenv("HOME");
  return fs::path(home == nullptr ? "." : home) / ".config" / "gable" / "keys";
}

int run_setup(const SetupOptions& options, std::ostream& out, std::ostream& err) {
  try {
    const House house = plan(options);
    if (!options.yes) return describe_only(house, out);
    Report report;
    make_directory(house.directory);
    fs::permissions(house.directory, fs::perms::owner_all);
    save(house);
    make_authority(house, report);
    make_broker_certificate(house, report);
    make_users(house, report);
    write_broker_files(house, report);
    hand_over(house);
    print(house, report, options.json, out);
    return 0;
  } catch (const std::exception& error) {
    err << "gable setup: " << error.what() << "\n";
    return 2;
  }
}

}  // namespace gable::setup
