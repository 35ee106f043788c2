#include "setup/broker_files.hpp"

#include <pwd.h>
#include <unistd.h>

#include <string_view>

#include "setup/private_files.hpp"

namespace gable::setup {

namespace fs = std::filesystem;

namespace {

// Lines of `acl` below this one are kept.
constexpr std::string_view kOwnLines = "# ── Lines below this one are yours and are kept ──\n";

// What people may see: the entity plane and the device plane, but not each other's private replies.
constexpr const char* kReadable[] = {"state",   "value", "desired", "availability", "meta", "event", "result",
                                     "problem", "trace", "hub",     "set",          "call", "bridge"};

std::string rules_of_person(const House& house, const std::string& person) {
  const std::string line = "topic ";
  std::string text = "\nuser " + person + "\n";
  // The pattern below would make a bridge of everybody; people are none.
  text += line + "deny " + house.root + "/bridge/" + person + "/#\n";
  for (const char* plane : kReadable) text += line + "read " + house.root + "/" + plane + "/#\n";
  for (const char* written : {"set/#", "call/#", "hub/request/#", "bridge/+/set/#", "bridge/+/request/#"}) {
    text += line + "write " + house.root + "/" + written + "\n";
  }
  return text;
}

// A voice asks the hub to have its words played: the one thing that a bridge may ask of the house.
std::string rules_of_bridge(const House& house, const std::string& bridge) {
  if (bridge != "notify") return {};
  return "\nuser " + bridge + "\ntopic write " + house.root + "/call/media_player/play_media\n";
}

std::string own_lines(const House& house) {
  const std::string text = read_text(house.file("acl"));
  const auto found = text.find(kOwnLines);
  return found == std::string::npos ? std::string() : text.substr(found + kOwnLines.size());
}

std::string tls_lines(const House& house) {
  return "cafile " + house.file("ca.crt").string() + "\ncertfile " + house.file("broker.crt").string() +
         "\nkeyfile " + house.file("broker.key").string() + "\ntls_version tlsv1.2\n";
}

// Beyond this machine only with TLS; a password is wanted here as there.
std::string page_listener(const House& house) {
  if (house.page == "off") return {};
  const bool open = house.page == "everywhere";
  std::string text = "# The page, and MQTT for it over WebSockets.\nlistener " +
                     std::to_string(house.page_port) + (open ? "" : " 127.0.0.1") + "\nprotocol websockets\n";
  if (!house.page_files.empty()) text += "http_dir " + house.page_files + "\n";
  return text + (open ? tls_lines(house) : std::string()) + "\n";
}

std::string configuration(const House& house) {
  const auto path = [&house](const char* name) { return house.file(name).string(); };
  return "# Written by gable setup. Start the broker with: mosquitto -c " + path("mosquitto.conf") +
         "\n\n"
         "# Every client shows a name and a password, and may then do what acl says of it. TLS hides both.\n"
         "listener " +
         std::to_string(house.port) + "\n" + tls_lines(house) +
         "allow_anonymous false\n"
         "password_file " +
         path("users") +
         "\n"
         "acl_file " +
         path("acl") + "\n\n" + page_listener(house) +
         "# Who runs it: mosquitto started by root changes to this user before it reads the files above.\n"
         "user " +
         house.broker_user +
         "\n\n"
         "# Small messages leave at once, not after 44 ms.\n"
         "set_tcp_nodelay true\n"
         "# No limit by number, which drops QoS 1 messages in silence, but by memory: 100 MB a client.\n"
         "max_queued_messages 0\n"
         "max_queued_bytes 100000000\n"
         "max_inflight_messages 200\n"
         "message_size_limit 8388608\n"
         "persistent_client_expiration 7d\n"
         "# Retained messages survive a crash but for the last 99 changes, which hub and bridges repeat.\n"
         "persistence true\n"
         "persistence_location " +
         path("broker-data") +
         "/\n"
         "autosave_on_changes true\n"
         "autosave_interval 100\n\n"
         "log_dest stderr\n"
         "log_type error\n"
         "log_type warning\n"
         "log_type notice\n"
         "log_timestamp_format %Y-%m-%dT%H:%M:%S\n";
}

void write_if_new(const House& house, const char* name, const std::string& text, Report& report) {
  if (read_text(house.file(name)) == text) {
    report.kept.emplace_back(name);
    return;
  }
  write_private(house.file(name), text);
  report.made.emplace_back(name);
}

// The file of hashes, with those of `created` ("user:password" lines) added.
void add_hashes(const House& house, const std::string& created) {
  const TemporaryDirectory work(house.directory);
  const fs::path fresh = work.path() / "users";
  write_private(fresh, created);
  // Replaces each password in the file by its hash, so that none ever stands on a command line.
  run_program({"mosquitto_passwd", "-U", fresh.string()});
  write_private(house.file("users"), read_text(house.file("users")) + read_text(fresh));
}

bool has_hash(const std::string& users, const std::string& user) {
  return users.starts_with(user + ":") || users.find("\n" + user + ":") != std::string::npos;
}

}  // namespace

void make_users(const House& house, Report& report) {
  make_directory(house.file("passwords"));
  std::vector<std::string> all = {kHubUser};
  add_missing(all, house.bridges);
  add_missing(all, house.people);
  const std::string users = read_text(house.file("users"));
  std::string created;
  for (const std::string& user : all) {
    if (has_hash(users, user)) {
      report.kept.push_back("user " + user);
      continue;
    }
    // A password without a hash is left over from a run that was cut short: it is taken, not replaced.
    std::string password = read_text(house.password_file(user));
    if (!password.empty() && password.back() == '\n') password.pop_back();
    if (password.empty()) {
      password = random_password();
      write_private(house.password_file(user), password + "\n");
    }
    created += user;
    created += ":" + password + "\n";
    report.made.push_back("user " + user + " (passwords/" + user + ")");
  }
  if (!created.empty()) add_hashes(house, created);
}

std::string access_rules(const House& house, const std::string& own) {
  const std::string& root = house.root;
  std::string text =
      "# Who may read and write what. Written by gable setup and gable enroll.\n\n"
      "# The hub writes everything of the house, speaks with devices that announce themselves (zigbee2mqtt,\n"
      "# Tasmota, Shelly), wherever they are, and reads how the broker does.\n"
      "user " +
      std::string(kHubUser) +
      "\n"
      "topic readwrite #\n"
      "topic read $SYS/#\n";
  for (const std::string& person : house.people) text += rules_of_person(house, person);
  for (const std::string& bridge : house.bridges) text += rules_of_bridge(house, bridge);
  text +=
      "\n# A bridge is a user with its own part of the tree, and nothing else. It may see whether the hub "
      "is\n"
      "# there, and answer those who asked it something, each under a topic that only they can read.\n"
      "pattern readwrite " +
      root +
      "/bridge/%u/#\n"
      "pattern read " +
      root +
      "/hub/status\n"
      "pattern write " +
      root +
      "/client/+/#\n"
      "pattern readwrite " +
      root + "/client/%u/#\n\n";
  return text + std::string(kOwnLines) + own;
}

void write_broker_files(const House& house, Report& report) {
  make_directory(house.file("broker-data"));
  write_if_new(house, "acl", access_rules(house, own_lines(house)), report);
  write_if_new(house, "mosquitto.conf", configuration(house), report);
}

std::string current_user() {
  const passwd* entry = ::getpwuid(::geteuid());
  return entry == nullptr ? "root" : entry->pw_name;
}

void hand_over(const House& house) {
  if (house.broker_user == current_user()) return;
  const passwd* entry = ::getpwnam(house.broker_user.c_str());
  if (entry == nullptr) throw SetupError("there is no user " + house.broker_user + " to run the broker");
  for (const char* name :
       {"ca.crt", "broker.key", "broker.crt", "users", "acl", "mosquitto.conf", "broker-data"}) {
    if (::chown(house.file(name).c_str(), entry->pw_uid, entry->pw_gid) != 0) {
      throw SetupError("only root can hand " + house.file(name).string() + " to the user " +
                       house.broker_user);
    }
  }
  fs::permissions(house.directory, fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add);
}

}  // namespace gable::setup
