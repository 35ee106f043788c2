#include "host_config.hpp"

#include "node/config_reader.hpp"

namespace gable::host {

namespace {

void read_selection(const node::ConfigNode& root, std::string_view key, Selection& selection) {
  const node::ConfigNode* node = root.find(key);
  if (node == nullptr) return;
  node->expect_keys({"include", "exclude"});
  if (const auto* include = node->find("include")) selection.include = include->as_text_list();
  if (const auto* exclude = node->find("exclude")) selection.exclude = exclude->as_text_list();
}

HostConfig read_root(const node::ConfigNode& root) {
  root.expect_keys({"interval", "name", "marker", "disks", "interfaces", "temperatures"});
  HostConfig config = default_config();
  if (const auto* interval = root.find("interval")) {
    config.interval = interval->as_duration();
    if (config.interval < std::chrono::seconds(1)) interval->fail_expected("at least one second");
    if (config.interval > std::chrono::hours(24)) interval->fail_expected("at most one day");
  }
  if (const auto* name = root.find("name")) config.name = name->as_name();
  if (const auto* marker = root.find("marker")) {
    config.marker = marker->as_name();
    if (!config.marker.starts_with('/')) marker->fail_expected("an absolute path");
  }
  read_selection(root, "disks", config.machine.disks);
  read_selection(root, "interfaces", config.machine.interfaces);
  read_selection(root, "temperatures", config.machine.temperatures);
  return config;
}

}  // namespace

HostConfig default_config() {
  HostConfig config;
  config.machine.interfaces.exclude = {"lo",    "veth*", "docker*", "br-*",   "virbr*",
                                       "vnet*", "tap*",  "sit*",    "dummy*", "ifb*"};
  return config;
}

HostConfig read_host_config(const node::ConfigNode& own) { return read_root(own); }

HostConfig read_host_text(const std::string& name, std::string_view yaml) {
  return read_root(node::parse_config(name, yaml).root);
}

}  // namespace gable::host
