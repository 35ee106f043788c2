#include "support/mosquitto.hpp"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace gable::test {
namespace {

// What the test decides itself, whatever the given configuration says.
constexpr std::array<std::string_view, 12> kOwnSettings{
    "listener", "port", "bind_address",    "persistence_location", "persistence_file", "log_dest",
    "pid_file", "user", "allow_anonymous", "include_dir",          "password_file",    "acl_file"};

// Until deploy/ has one: the settings that Gable relies on.
constexpr std::string_view kFallback =
    "set_tcp_nodelay true\nmax_queued_messages 0\npersistence true\nautosave_on_changes "
    "true\nautosave_interval 1\n";

std::string house_config() {
  std::ifstream file(std::filesystem::path(GABLE_SOURCE_DIR) / "deploy" / "mosquitto.conf");
  if (!file) return std::string(kFallback);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool is_own(const std::string& line) {
  const auto word = std::string_view(line).substr(0, line.find(' '));
  return std::find(kOwnSettings.begin(), kOwnSettings.end(), word) != kOwnSettings.end();
}

bool accepts(std::uint16_t port) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const bool connected = connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(probe);
  return connected;
}

}  // namespace

MosquittoOptions MosquittoOptions::defaults() {
  MosquittoOptions options;
  options.config = "persistence true\n";
  return options;
}

Mosquitto::Mosquitto(MosquittoOptions options) : options_(std::move(options)), port_(free_port()) {
  write_files();
  start();
}

Mosquitto::~Mosquitto() = default;

std::string Mosquitto::config_text() const {
  std::istringstream given(options_.config ? *options_.config : house_config());
  std::ostringstream text;
  for (std::string line; std::getline(given, line);) {
    if (!is_own(line)) text << line << '\n';
  }
  const auto& path = directory();
  text << "listener " << port_ << " 127.0.0.1\npersistence_location " << path.string()
       << "/\nlog_dest stderr\n"
       << "allow_anonymous " << (options_.users.empty() ? "true" : "false") << '\n';
  // Started by root it would take another user, who may not read the temporary folder.
  if (geteuid() == 0) text << "user root\n";
  if (!options_.users.empty()) text << "password_file " << (path / "passwords").string() << '\n';
  if (options_.acl) text << "acl_file " << (path / "acl").string() << '\n';
  if (const auto& tls = options_.tls) {
    text << "cafile " << tls->ca_file << "\ncertfile " << tls->certificate_file << "\nkeyfile "
         << tls->key_file << '\n';
    if (tls->client_certificates) text << "require_certificate true\nuse_identity_as_username true\n";
  }
  return text.str();
}

void Mosquitto::write_files() const {
  std::ofstream(directory() / "mosquitto.conf") << config_text();
  if (options_.acl) std::ofstream(directory() / "acl") << *options_.acl;
  if (options_.users.empty()) return;
  const auto passwords = directory() / "passwords";
  {
    std::ofstream file(passwords);
    for (const auto& [name, password] : options_.users) file << name << ':' << password << '\n';
  }
  ChildProcess hash({"mosquitto_passwd", "-U", passwords.string()}, directory() / "passwd.log");
  if (hash.wait(std::chrono::seconds(30)) != 0)
    throw std::runtime_error("mosquitto_passwd: " + hash.output());
}

void Mosquitto::start() {
  if (process_) throw std::logic_error("mosquitto runs already");
  process_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"mosquitto", "-c", (directory() / "mosquitto.conf").string()},
      directory() / "mosquitto.log");
  const bool settled =
      wait_until([this] { return accepts(port_) || !process_->running(); }, std::chrono::seconds(10));
  if (!settled || !process_->running()) throw std::runtime_error("mosquitto does not accept:\n" + log());
}

void Mosquitto::stop() {
  process_->signal(SIGCONT);
  process_->signal(SIGTERM);
  const auto status = process_->wait(std::chrono::seconds(10));
  process_.reset();
  if (status != 0) throw std::runtime_error("mosquitto did not stop in order:\n" + log());
}

void Mosquitto::kill() { process_.reset(); }

void Mosquitto::wipe() {
  if (process_) throw std::logic_error("stop mosquitto first");
  std::filesystem::remove(directory() / "mosquitto.db");
}

void Mosquitto::pause() { process_->signal(SIGSTOP); }

void Mosquitto::resume() { process_->signal(SIGCONT); }

std::string Mosquitto::log() const {
  std::ostringstream text;
  text << std::ifstream(directory() / "mosquitto.log").rdbuf();
  return text.str();
}

}  // namespace gable::test
