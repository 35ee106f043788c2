#pragma once
// The real mosquitto for tests: on a free port of 127.0.0.1, its files in a temporary folder, never left
// behind.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "support/child_process.hpp"

namespace gable::test {

struct MosquittoOptions {
  // Configuration text; listener, persistence and log lines in it are replaced. Nothing: ours,
  // deploy/mosquitto.conf.
  std::optional<std::string> config;
  std::map<std::string, std::string> users;  // name → password; empty: everybody may connect
  std::optional<std::string> acl;            // text of an ACL file
  struct Tls {
    std::string ca_file, certificate_file, key_file;
    bool client_certificates = false;  // demanded, and the common name is the user
  };
  std::optional<Tls> tls;

  // As Debian ships it: every default, persistence on.
  static MosquittoOptions defaults();
};

class Mosquitto {
 public:
  // Starts it and waits until it accepts. Throws std::runtime_error with its log when it does not.
  explicit Mosquitto(MosquittoOptions options = {});
  ~Mosquitto();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const std::filesystem::path& directory() const { return directory_.path(); }
  [[nodiscard]] std::string log() const;

  // In order (it saves its database), or as a power cut.
  void stop();
  void kill();
  // After stop() or kill(); the same port, what its database held.
  void start();
  // Loses the database. Only while it is stopped.
  void wipe();
  // Freezes and thaws the process.
  void pause();
  void resume();

 private:
  void write_files() const;
  [[nodiscard]] std::string config_text() const;
  MosquittoOptions options_;
  TemporaryDirectory directory_;
  std::uint16_t port_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace gable::test
