#pragma once
// The configuration file of a bridge: what every bridge has in it (broker, root, id) apart from what is the
// author's.
//
//   broker: {url: "mqtts://host@house.lan", password_file: password, ca_file: ca.crt}
//   root: gable
//   …                                    the bridge's own keys
//
// File names are relative to the file they stand in. Used once, by run().

#include <string>

#include "node/config_files.hpp"
#include "node/config_tree.hpp"
#include "node/mqtt_port.hpp"

namespace gable::bridge {

struct BridgeFile {
  std::string broker_url, password_file, ca_file, certificate_file, key_file;
  std::string root, id;
  // The rest, for the author; null when there is no file.
  node::ConfigNode own;
};

// Throws ConfigError with file, line and column.
BridgeFile read_bridge_file(const node::ConfigFiles& files, const std::string& path);

// Where to connect: `url` of the command line, else the file's, else this machine. Reads the password file.
// Throws ConfigError.
node::ConnectOptions connect_options(const BridgeFile& file, const std::string& url);

}  // namespace gable::bridge
