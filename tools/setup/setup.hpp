#pragma once
// `gable setup` and `gable enroll`: what a house needs so that other machines may join it. Everything lies in
// one directory: the house's own CA, the broker's certificate, its configuration, users and access rules, and
// a password file for each user. Called from the command line, once, on the calling thread.

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace gable::setup {

// $XDG_CONFIG_HOME/gable/keys or ~/.config/gable/keys; /etc/gable/keys for root.
std::filesystem::path default_directory();

struct SetupOptions {
  std::filesystem::path directory = default_directory();
  std::string root;                  // first level of all topics; empty: as before, at first gable
  std::vector<std::string> hosts;    // names and addresses of the broker, the first is what others are told;
                                     // added to those of before and to this machine's own name
  std::vector<std::string> bridges;  // one user for each, added to those of before; at first host and virtual
  std::vector<std::string> people;   // likewise
  std::uint16_t port = 0;            // of the TLS listener; 0: as before, at first 8883
  std::string page;  // who reaches the page's WebSocket listener: here (this machine, without TLS),
                     // everywhere (with TLS), off; empty: as before, at first here
  std::uint16_t page_port = 0;  // its port; 0: as before, at first 8090
  std::string page_files;       // the built page, for the broker to serve; empty: as before, at first nowhere
  std::string broker_user;      // who runs mosquitto; empty: as before, at first whoever calls this
  bool yes = false;             // false: only says what it would do
  bool json = false;
};

// Makes what is missing. Never replaces a CA, a key or a password; says what it made, what it kept and what
// to do next. Returns the exit status: 0 done, 2 it could not (the text on `err` says why), 3 `yes` is
// needed.
int run_setup(const SetupOptions& options, std::ostream& out, std::ostream& err);

struct EnrollOptions {
  std::filesystem::path directory = default_directory();
  std::string host;           // the machine that it is for
  std::string bridge;         // the bridge's id, which is its user name
  std::filesystem::path out;  // empty: gable-<bridge>-<host>.tar.gz in the current directory
  bool json = false;
};

// Makes one bundle to carry to another machine: certificate of the CA, user, password, configuration, a
// drop-in for systemd and a page that says where they go. Gives the bridge a user if it has none. Exit status
// as above.
int run_enroll(const EnrollOptions& options, std::ostream& out, std::ostream& err);

}  // namespace gable::setup
