#include <exception>
#include <fstream>
#include <ostream>

#include "setup/broker_files.hpp"
#include "setup/house.hpp"
#include "setup/private_files.hpp"
#include "setup/setup.hpp"
#include "wire/json.hpp"

namespace gable::setup {

namespace fs = std::filesystem;

namespace {

// Names within the bundle are relative to the file they stand in, so that it works wherever it is unpacked.
std::string bridge_configuration(const House& house, const std::string& bridge) {
  return "# How the bridge " + bridge + " reaches its house. Add what the bridge itself needs below.\n" +
         "broker:\n  url: " + house.url(bridge) +
         "\n  password_file: password\n  ca_file: ca.crt\nroot: " + house.root + "\n";
}

std::string drop_in(const std::string& bridge) {
  const std::string from = ":/etc/gable/" + bridge + "/";
  return "# The bridge gets its files as credentials, which nobody else can read.\n"
         "[Service]\n"
         "LoadCredential=bridge.yaml" +
         from +
         "bridge.yaml\n"
         "LoadCredential=password" +
         from +
         "password\n"
         "LoadCredential=ca.crt" +
         from +
         "ca.crt\n"
         "Environment=\"CONFIG=--config %d/bridge.yaml\"\n";
}

std::string read_me(const House& house, const std::string& host, const std::string& bridge) {
  const std::string unit = "gable-bridge@" + bridge;
  return "The bridge " + bridge + " on " + host + ", for the house at " + house.hosts.front() +
         "\n\n"
         "In the folder of this file, with the program gable-bridge-" +
         bridge +
         " installed:\n"
         "  gable-bridge-" +
         bridge +
         " --config bridge.yaml\n\n"
         "As a service, as root, with the unit gable-bridge@.service installed:\n"
         "  install -D -m 0600 -t /etc/gable/" +
         bridge +
         " bridge.yaml password ca.crt\n"
         "  install -D -m 0644 house.conf /etc/systemd/system/" +
         unit +
         ".service.d/house.conf\n"
         "  systemctl daemon-reload\n"
         "  systemctl enable --now " +
         unit +
         "\n\n"
         "`password` lets whoever has it act as this bridge: delete the bundle when you are done.\n";
}

// Packs the bundle into `out`; the file is private and appears complete or not at all.
void pack(const House& house, const EnrollOptions& options, const fs::path& out) {
  const TemporaryDirectory work(house.directory);
  const std::string name = "gable-" + options.bridge;
  const fs::path folder = work.path() / name;
  make_directory(folder);
  write_private(folder / "ca.crt", read_text(house.file("ca.crt")));
  write_private(folder / "password", read_text(house.password_file(options.bridge)));
  write_private(folder / "bridge.yaml", bridge_configuration(house, options.bridge));
  write_private(folder / "house.conf", drop_in(options.bridge));
  write_private(folder / "README.txt", read_me(house, options.host, options.bridge));
  const fs::path packed = work.path() / "bundle.tar.gz";
  run_program({"tar", "--create", "--gzip", "--owner=0", "--group=0", "--numeric-owner", "--file",
               packed.string(), "--directory", work.path().string(), name});
  write_private(out, read_text(packed));
}

void print(const fs::path& bundle, const Report& report, const EnrollOptions& options, std::ostream& out) {
  // The access rules serve every bridge by its user name; only a new user needs the broker to look again.
  const bool reload = !report.made.empty();
  if (options.json) {
    wire::Object document;
    document.set("bundle", bundle.string());
    document.set("user", options.bridge);
    document.set("host", options.host);
    document.set("new_user", reload);
    out << wire::to_json(document) << "\n";
    return;
  }
  out << "made  " << bundle.string() << "\n";
  if (reload)
    out << "The user " << options.bridge << " is new: let the broker read its users again (kill -HUP).\n";
  out << "Carry the bundle to " << options.host << " and unpack it: tar -xzf " << bundle.filename().string()
      << "; its README.txt says what goes where.\n"
      << "It holds a password: copy it over a protected way (scp), then delete it.\n";
}

}  // namespace

int run_enroll(const EnrollOptions& options, std::ostream& out, std::ostream& err) {
  try {
    House house;
    house.directory = fs::absolute(options.directory).lexically_normal();
    check_host(options.host);
    check_user(options.bridge);
    if (!load(house) || !fs::exists(house.file("ca.crt"))) {
      throw SetupError(house.directory.string() + " holds no house yet: gable setup --yes makes one");
    }
    for (const std::string& person : house.people) {
      if (person == options.bridge) throw SetupError("'" + person + "' is a person here: take another name");
    }
    add_missing(house.bridges, {options.bridge});
    Report report;
    save(house);
    make_users(house, report);
    write_broker_files(house, report);  // some bridges may do more than others
    const fs::path bundle = options.out.empty() ? "gable-" + options.bridge + "-" + options.host + ".tar.gz"
                                                : options.out.string();
    hand_over(house);
    pack(house, options, bundle);
    print(bundle, report, options, out);
    return 0;
  } catch (const std::exception& error) {
    err << "gable enroll: " << error.what() << "\n";
    return 2;
  }
}

}  // namespace gable::setup
