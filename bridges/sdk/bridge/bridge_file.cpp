#include "bridge/bridge_file.hpp"

#include <filesystem>
#include <fstream>
#include <utility>

#include "node/broker_url.hpp"
#include "node/config_reader.hpp"

namespace gable::bridge {

namespace {

constexpr std::string_view kLocalBroker = "mqtt://127.0.0.1:1883";

void read_broker(const node::ConfigNode& node, const std::filesystem::path& folder, BridgeFile& file) {
  if (node.is_scalar()) {
    file.broker_url = node.as_name();
    return;
  }
  node.expect_keys({"url", "password_file", "ca_file", "certificate_file", "key_file"});
  if (const auto* url = node.find("url")) {
    file.broker_url = url->as_name();
    if (const auto parsed = node::parse_broker_url(file.broker_url); !parsed) url->fail(parsed.error().text);
  }
  const auto path_of = [&](std::string_view key, std::string& target) {
    if (const auto* name = node.find(key)) target = (folder / name->as_name()).string();
  };
  path_of("password_file", file.password_file);
  path_of("ca_file", file.ca_file);
  path_of("certificate_file", file.certificate_file);
  path_of("key_file", file.key_file);
}

std::string read_password(const std::string& path) {
  std::ifstream file(path);
  std::string password;
  if (!file || !std::getline(file, password))
    throw node::ConfigError("the password file " + path + " cannot be read");
  if (!password.empty() && password.back() == '\r') password.pop_back();
  return password;
}

}  // namespace

BridgeFile read_bridge_file(const node::ConfigFiles& files, const std::string& path) {
  const node::ConfigNode root = node::read_config(files, path).root;
  BridgeFile file;
  node::ConfigNode::Entries own;
  for (const node::ConfigEntry& entry : root.entries()) {
    if (entry.key == "broker") {
      read_broker(entry.value, std::filesystem::path(path).parent_path(), file);
    } else if (entry.key == "root") {
      file.root = entry.value.as_name();
    } else if (entry.key == "id") {
      file.id = entry.value.as_name();
    } else {
      own.push_back(entry);
    }
  }
  file.own = node::ConfigNode::map(root.position(), std::move(own));
  return file;
}

node::ConnectOptions connect_options(const BridgeFile& file, const std::string& url) {
  const std::string chosen = !url.empty()              ? url
                             : file.broker_url.empty() ? std::string(kLocalBroker)
                                                       : file.broker_url;
  auto parsed = node::parse_broker_url(chosen);
  if (!parsed) throw node::ConfigError(parsed.error().text);
  node::ConnectOptions options = *parsed;
  if (options.password.empty() && !options.user.empty() && !file.password_file.empty()) {
    options.password = read_password(file.password_file);
  }
  if (options.tls) {
    if (options.tls->ca_file.empty()) options.tls->ca_file = file.ca_file;
    if (options.tls->certificate_file.empty()) options.tls->certificate_file = file.certificate_file;
    if (options.tls->key_file.empty()) options.tls->key_file = file.key_file;
  }
  return options;
}

}  // namespace gable::bridge
