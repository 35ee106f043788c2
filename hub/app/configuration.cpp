#include "app/configuration.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "app/configuration_parts.hpp"
#include "core/rules/rule_listing.hpp"
#include "node/broker_url.hpp"
#include "node/config_reader.hpp"
#include "wire/topic.hpp"

namespace gable::hub {
namespace {

constexpr std::string_view kDefaultBroker = "mqtt://127.0.0.1:1883";
constexpr const char* kZones = "/usr/share/zoneinfo";

constexpr std::size_t kLongestMap = 256 * std::size_t{1024};

class Reader {
 public:
  Reader(const node::ConfigFiles& files, const std::string& path, const ConfigOverrides& overrides)
      : files_(files), folder_(path.empty() ? "." : node::parent_folder(path)), overrides_(overrides) {}

  HubConfig read(const node::ConfigDocument& document) {
    const ConfigNode& root = document.root;
    for (const node::ConfigWarning& warning : document.warnings) warn(warning.position, warning.text);
    expect_top_keys(root);
    take(root, "root", config_.root, name_of);
    if (overrides_.root) config_.root = *overrides_.root;
    check_root(root);
    read_paths(root);
    read_broker(root.find("broker"));
    read_journal(root);
    read_house(root);
    return std::move(config_);
  }

 private:
  static void expect_top_keys(const ConfigNode& root) {
    root.expect_keys({"broker",        "root",      "state_dir",      "rules",        "house",
                      "homeassistant", "areas",     "floors",         "labels",       "zones",
                      "zone",          "persons",   "person",         "entities",     "plain",
                      "journal",       "limits",    "input_boolean",  "input_number", "input_select",
                      "input_text",    "timer",     "input_datetime", "input_button", "counter",
                      "schedule",      "group",     "shell_command",  "rest_command", "allow_commands",
                      "rules_mode",    "discovery", "announce",       "ids"});
  }

  void warn(const node::ConfigPosition& position, const std::string& text) {
    config_.warnings.push_back(position.text() + ": " + text);
  }

  [[nodiscard]] std::string beside(const std::string& path) const { return node::join_path(folder_, path); }

  void check_root(const ConfigNode& root) const {
    try {
      const wire::TopicTree tree(config_.root);
    } catch (const std::invalid_argument&) {
      const std::string text = "'" + config_.root + "' cannot be the root of the topics";
      const std::string hint = "one level of letters, digits, _ and -, at most 64";
      if (overrides_.root) throw node::ConfigError(text, hint);
      root.at("root").fail(text, hint);
    }
  }

  void read_paths(const ConfigNode& root) {
    const auto path_of = [&](const ConfigNode& node) { return beside(node.as_name()); };
    config_.state_dir = beside(config_.state_dir);
    take(root, "state_dir", config_.state_dir, path_of);
    if (overrides_.state_dir) config_.state_dir = *overrides_.state_dir;
    read_rules(root);
    if (overrides_.rules) {
      config_.rules = *overrides_.rules;
      if (const auto found = files_.list_dir(config_.rules); !found) {
        throw node::ConfigError("the folder of rules: " + found.error().text);
      }
    } else if (!config_.rules.empty()) {
      const ConfigNode& named = root.at("rules");
      if (const auto found = files_.list_dir(config_.rules); !found)
        (named.is_map() ? named.at("folder") : named).fail(found.error().text);
    } else if (files_.list_dir(beside("rules"))) {
      config_.rules = beside("rules");
    }
  }

  // rules: DIR, or {folder: DIR, mode: shadow}.
  void read_rules(const ConfigNode& root) {
    const auto folder = [&](const ConfigNode& node) { return beside(node.as_name()); };
    take(root, "rules_mode", config_.rules_mode, mode_of);
    const ConfigNode* rules = root.find("rules");
    if (rules != nullptr && rules->is_map()) {
      rules->expect_keys({"folder", "mode"});
      take(*rules, "folder", config_.rules, folder);
      take(*rules, "mode", config_.rules_mode, mode_of);
    } else {
      take(root, "rules", config_.rules, folder);
    }
    if (!overrides_.rules_mode) return;
    const auto mode = enforcement_of(*overrides_.rules_mode);
    if (!mode)
      throw node::ConfigError("--rules-mode: '" + *overrides_.rules_mode + "' is no mode of rules",
                              "live, shadow or off");
    config_.rules_mode = *mode;
  }

  static rules::Enforcement mode_of(const ConfigNode& node) {
    const auto mode = enforcement_of(node.as_text());
    if (!mode) node.fail("'" + node.as_text() + "' is no mode of rules", "live, shadow or off");
    return *mode;
  }

  void read_broker(const ConfigNode* block) {
    static const ConfigNode kNone;
    if (block == nullptr) block = &kNone;
    block->expect_keys(
        {"url", "user", "password", "password_file", "ca_file", "certificate_file", "key_file"});
    if (overrides_.broker) {
      const auto options = node::parse_broker_url(*overrides_.broker);
      if (!options) throw node::ConfigError("--broker: " + options.error().text);
      config_.broker = *options;
      return;
    }
    const ConfigNode* url = block->find("url");
    const auto options = node::parse_broker_url(url == nullptr ? kDefaultBroker : url->as_name());
    if (!options) url->fail(options.error().text);
    config_.broker = *options;
    take(*block, "user", config_.broker.user, text_of);
    take(*block, "password", config_.broker.password, text_of);
    take(*block, "password_file", config_.broker.password,
         [&](const ConfigNode& node) { return read_password(node); });
    read_tls(*block);
  }

  std::string read_password(const ConfigNode& node) const {
    constexpr std::size_t kLongest = 4096;
    auto text = files_.read_file(beside(node.as_name()), kLongest);
    if (!text) node.fail(text.error().text);
    while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
    if (text->empty()) node.fail("the file is empty");
    return *text;
  }

  void read_tls(const ConfigNode& block) {
    const auto file = [&](std::string_view key, auto member) {
      const ConfigNode* node = block.find(key);
      if (node == nullptr || node->is_null()) return;
      if (!config_.broker.tls) node->fail("'" + std::string(key) + "' needs a url that begins with mqtts://");
      const std::string path = beside(node->as_name());
      if (const auto found = files_.resolve(path); !found) node->fail(found.error().text);
      (*config_.broker.tls).*member = path;
    };
    file("ca_file", &node::TlsOptions::ca_file);
    file("certificate_file", &node::TlsOptions::certificate_file);
    file("key_file", &node::TlsOptions::key_file);
    const auto& tls = config_.broker.tls;
    if (tls && tls->certificate_file.empty() != tls->key_file.empty()) {
      block.fail("certificate_file and key_file come together or not at all");
    }
  }

  void read_journal(const ConfigNode& root) {
    if (const ConfigNode* block = root.find("journal")) {
      block->expect_keys({"days", "megabytes"});
      take(*block, "days", config_.journal.days,
           [](const ConfigNode& node) { return static_cast<int>(node.as_int(1, 3650)); });
      take(*block, "megabytes", config_.journal.megabytes,
           [](const ConfigNode& node) { return static_cast<std::uint64_t>(node.as_int(16, 1'000'000)); });
    }
    if (const ConfigNode* block = root.find("limits")) {
      block->expect_keys({"queue"});
      take(*block, "queue", config_.limits.queue,
           [](const ConfigNode& node) { return static_cast<std::size_t>(node.as_int(100, 1'000'000)); });
    }
  }

  void read_house(const ConfigNode& root) {
    House& house = config_.house;
    house.info.time_zone.clear();
    const ConfigNode* theirs = root.find("homeassistant");
    if (theirs != nullptr) read_house_info(house_keys(*theirs), house.info);
    if (const ConfigNode* block = root.find("house")) read_house_info(*block, house.info);
    if (house.info.time_zone.empty()) house.info.time_zone = machine_time_zone();
    const auto part = [&](const char* key, void (*reader)(const ConfigNode&, House&)) {
      if (const ConfigNode* block = root.find(key)) reader(*block, house);
    };
    part("floors", read_floors);
    part("labels", read_labels);
    part("areas", read_areas);
    part("zones", read_zones);
    part("persons", read_persons);
    part("entities", read_entities);
    part("plain", read_plain);
    part("discovery", read_discovery);
    if (overrides_.maps) read_maps(*overrides_.maps);
    if (files_.list_dir(beside("maps"))) read_maps(beside("maps"));
    part("announce", read_announce);
    part("ids", read_ids);
    take(root, "allow_commands", house.allow_commands, bool_of);
    read_shared(root);
    if (theirs == nullptr) return;
    if (const ConfigNode* customize = theirs->find("customize"))
      read_customize(*customize, house, config_.warnings);
    if (const ConfigNode* packages = theirs->find("packages")) read_packages(*packages);
  }

  // Device maps; one in the house's own folder stands for one of the same name that came with Gable.
  void read_maps(const std::string& folder) {
    const auto found = files_.list_dir(folder);
    if (!found) throw node::ConfigError("the folder of device maps: " + found.error().text);
    auto& maps = config_.house.discovery.maps;
    for (const auto& entry : *found) {
      if (!entry.name.ends_with(".yaml")) continue;
      auto text = files_.read_file(node::join_path(folder, entry.name), kLongestMap);
      if (!text) throw node::ConfigError(entry.name + ": " + text.error().text);
      std::erase_if(maps, [&](const auto& map) { return map.first == entry.name; });
      maps.emplace_back(entry.name, std::move(*text));
    }
  }

  // The blocks that a package may hold too.
  void read_shared(const ConfigNode& blocks) {
    for (const ConfigEntry& entry : blocks.entries()) {
      if (is_helper_domain(entry.key)) read_helpers(entry.key, entry.value, config_.house);
      if (entry.key == "zone") read_zones(entry.value, config_.house);
      if (entry.key == "person") read_persons(entry.value, config_.house);
      if (entry.key == "shell_command") read_shell_commands(entry.value, config_.house);
      if (entry.key == "rest_command") read_rest_commands(entry.value, config_.house);
    }
  }

  void read_packages(const ConfigNode& packages) {
    // `packages: !include_dir_named packages`, or a list of such maps.
    if (packages.is_list()) {
      for (const ConfigNode& item : packages.items()) read_packages(item);
      return;
    }
    for (const ConfigEntry& package : packages.entries()) {
      for (const ConfigEntry& entry : package.value.entries()) {
        if (is_helper_domain(entry.key) || entry.key == "zone" || entry.key == "person") continue;
        if (entry.key == "shell_command" || entry.key == "rest_command") continue;
        if (entry.key == "homeassistant") {
          if (const ConfigNode* customize = entry.value.find("customize")) {
            read_customize(*customize, config_.house, config_.warnings);
          }
          continue;
        }
        warn(entry.position, "'" + entry.key + "' in a package is not used here");
      }
      read_shared(package.value);
    }
  }

  // Of `homeassistant:` what describes the house; the rest of what it may hold is passed over with a warning.
  ConfigNode house_keys(const ConfigNode& block) {
    constexpr std::array<std::string_view, 14> kUnused{"currency",
                                                       "temperature_unit",
                                                       "external_url",
                                                       "internal_url",
                                                       "allowlist_external_dirs",
                                                       "media_dirs",
                                                       "auth_providers",
                                                       "auth_mfa_modules",
                                                       "legacy_templates",
                                                       "allowlist_external_urls",
                                                       "customize_domain",
                                                       "customize_glob",
                                                       "debug",
                                                       "whitelist_external_dirs"};
    ConfigNode::Entries kept;
    for (const ConfigEntry& entry : block.entries()) {
      if (entry.key == "customize" || entry.key == "packages") continue;
      if (std::find(kUnused.begin(), kUnused.end(), entry.key) != kUnused.end()) {
        warn(entry.position, "'" + entry.key + "' is not used here");
      } else {
        kept.push_back(entry);
      }
    }
    return ConfigNode::map(block.position(), std::move(kept));
  }

  const node::ConfigFiles& files_;
  std::string folder_;
  const ConfigOverrides& overrides_;
  HubConfig config_;
};

}  // namespace

HubConfig read_configuration(const node::ConfigFiles& files, const std::string& path,
                             const ConfigOverrides& overrides) {
  const node::ConfigDocument document =
      path.empty() ? node::ConfigDocument{} : node::read_config(files, path);
  return Reader(files, path, overrides).read(document);
}

bool time_zone_exists(const std::string& name) {
  namespace fs = std::filesystem;
  const bool safe =
      !name.empty() && name.front() != '/' && name.find("..") == std::string::npos &&
      name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") ==
          std::string::npos;
  if (name == "UTC" || !safe) return safe;
  std::error_code code;
  if (!fs::is_directory(kZones, code)) {
    throw node::ConfigError("this machine has no time zone database in " + std::string(kZones),
                            "install tzdata");
  }
  std::ifstream file(std::string(kZones) + "/" + name, std::ios::binary);
  std::string magic(4, '\0');
  return file.read(magic.data(), 4) && magic == "TZif";
}

std::string machine_time_zone() {
  std::error_code code;
  const std::string target = std::filesystem::read_symlink("/etc/localtime", code).string();
  constexpr std::string_view kFolder = "zoneinfo/";
  const std::size_t place = target.find(kFolder);
  if (code || place == std::string::npos) return "UTC";
  const std::string name = target.substr(place + kFolder.size());
  return time_zone_exists(name) ? name : "UTC";
}

}  // namespace gable::hub
