#include "import/configuration.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "yaml/includes.hpp"

namespace gable::importing {

namespace {

using rules::yaml::Node;
using std::string_view;

constexpr string_view kMain = "configuration.yaml";

// Secrets are not looked up, so that their names can go on standing for them.
class WithoutSecrets final : public rules::yaml::FileSource {
 public:
  explicit WithoutSecrets(rules::yaml::FileSource& files) : files_(files) {}
  wire::Result<std::string> read(const std::string& path, std::size_t limit) override {
    if (path == "secrets.yaml" || path.ends_with("/secrets.yaml"))
      return wire::Error{wire::ErrorCode::failed, "secrets are not read", path};
    return files_.read(path, limit);
  }
  wire::Result<std::vector<Entry>> list(const std::string& directory) override {
    return files_.list(directory);
  }

 private:
  rules::yaml::FileSource& files_;
};

template <std::size_t Size>
bool is_in(const std::array<string_view, Size>& words, string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<string_view, 14> kBlocks{"input_boolean",  "input_number", "input_select", "input_text",
                                              "input_datetime", "input_button", "counter",      "timer",
                                              "schedule",       "group",        "zone",         "person",
                                              "shell_command",  "rest_command"};
// Read where the rules are.
constexpr std::array<string_view, 4> kRules{"automation", "script", "scene", "template"};
// May hold entities of `platform: template`, which are rules too.
constexpr std::array<string_view, 16> kPlatforms{"sensor",  "binary_sensor",  "switch",
                                                 "light",   "cover",          "fan",
                                                 "lock",    "vacuum",         "alarm_control_panel",
                                                 "weather", "climate",        "media_player",
                                                 "camera",  "device_tracker", "notify",
                                                 "tts"};
// Home Assistant's own page and machinery.
constexpr std::array<string_view, 47> kOwn{"default_config",
                                           "frontend",
                                           "http",
                                           "logger",
                                           "recorder",
                                           "history",
                                           "logbook",
                                           "lovelace",
                                           "config",
                                           "api",
                                           "auth",
                                           "cloud",
                                           "map",
                                           "my",
                                           "mobile_app",
                                           "ssdp",
                                           "zeroconf",
                                           "dhcp",
                                           "usb",
                                           "system_health",
                                           "system_log",
                                           "sun",
                                           "energy",
                                           "media_source",
                                           "stream",
                                           "webhook",
                                           "websocket_api",
                                           "wake_word",
                                           "assist_pipeline",
                                           "assist_satellite",
                                           "conversation",
                                           "intent",
                                           "backup",
                                           "analytics",
                                           "application_credentials",
                                           "bluetooth",
                                           "hardware",
                                           "homeassistant_alerts",
                                           "image_upload",
                                           "trace",
                                           "tag",
                                           "blueprint",
                                           "onboarding",
                                           "panel_custom",
                                           "panel_iframe",
                                           "discovery",
                                           "updater"};
constexpr std::array<string_view, 9> kHouse{"name",      "latitude",    "longitude", "elevation", "radius",
                                            "time_zone", "unit_system", "country",   "language"};

class Reader {
 public:
  explicit Reader(Configuration& out) : out_(out) {}

  void read(const rules::yaml::Document& document) {
    for (const auto& file : document.files()) out_.files.push_back(file.path);
    for (const auto& warning : document.warnings()) remark("YAML", warning.where, warning.text);
    const Node root = document.root();
    if (!root.is_map() && !root.is_null())
      throw FolderError(root.where() + ": expected the blocks of a configuration, such as automation:");
    read_blocks(root, true);
    const auto packages = rules::yaml::packages_of(document);
    if (!packages) throw FolderError(packages.error().message());
    for (const rules::yaml::Package& package : *packages) read_blocks(package.content, false);
    tell_own();
  }

 private:
  void remark(std::string what, std::string where, std::string why) {
    out_.remarks.push_back({std::move(what), std::move(where), std::move(why)});
  }

  void read_blocks(Node blocks, bool top) {
    for (const rules::yaml::Entry entry : blocks.entries()) {
      const std::string key = rules::yaml::text_of(entry.key);
      // `input_boolean kitchen:` and `input_boolean guests:` are both input_boolean.
      const std::string domain = key.substr(0, key.find(' '));
      if (is_in(kBlocks, domain)) {
        read_block(domain, entry.value);
      } else if (domain == "homeassistant") {
        read_house(entry.value, top);
      } else if (is_in(kPlatforms, domain)) {
        read_platforms(domain, entry);
      } else if (is_in(kOwn, domain)) {
        own_.emplace(domain, entry.key.where());
      } else if (domain == "mqtt") {
        read_mqtt(entry);
      } else if (!is_in(kRules, domain)) {
        remark(domain, entry.key.where(), "an integration: what it makes needs a bridge here");
      }
    }
  }

  void read_block(const std::string& domain, Node block) {
    if (block.is_list()) {
      std::size_t number = 0;
      for (const Node item : block.items())
        out_.blocks.push_back({domain, std::to_string(number++), value_of(item), item.where()});
      return;
    }
    if (!block.is_map() && !block.is_null())
      throw FolderError(block.where() + ": " + domain + ": expected a map of names and options");
    for (const rules::yaml::Entry entry : block.entries()) {
      out_.blocks.push_back(
          {domain, rules::yaml::text_of(entry.key), value_of(entry.value), entry.key.where()});
    }
  }

  void read_house(Node block, bool top) {
    for (const rules::yaml::Entry entry : block.entries()) {
      const std::string key = rules::yaml::text_of(entry.key);
      if (key == "packages" || entry.value.is_null()) continue;
      if (top && is_in(kHouse, key)) {
        wire::Value value = value_of(entry.value);
        if (!value.is_null()) out_.house.set(key, std::move(value));
      } else if (key == "customize") {
        for (const rules::yaml::Entry one : entry.value.entries())
          out_.customize.push_back(
              {"customize", rules::yaml::text_of(one.key), value_of(one.value), one.key.where()});
      } else {
        remark("homeassistant: " + key, entry.key.where(), "not used here");
      }
    }
  }

  void read_platforms(const std::string& domain, const rules::yaml::Entry& entry) {
    const auto tell = [&](Node item) {
      const auto platform = item.find("platform");
      const std::string name = platform ? rules::yaml::text_of(*platform) : std::string();
      if (name.empty() || name == "template") return;
      remark(domain + ": platform " + name, item.where(),
             "an integration: what it makes needs a bridge here");
    };
    if (entry.value.is_map()) tell(entry.value);
    for (const Node item : entry.value.items()) tell(item);
  }

  void read_mqtt(const rules::yaml::Entry& entry) {
    const std::size_t before = out_.described.size();
    note_unique_ids(entry.value);
    const std::size_t count = out_.described.size() - before;
    remark(
        "mqtt", entry.key.where(),
        (count == 0 ? std::string("entities") : std::to_string(count) + " entities with a unique_id") +
            " that stand in a file and are announced by nobody; Gable's device maps describe such devices");
  }

  void note_unique_ids(Node node) {
    if (const auto id = node.find("unique_id")) out_.described.insert(rules::yaml::text_of(*id));
    for (const Node item : node.items()) note_unique_ids(item);
    for (const rules::yaml::Entry entry : node.entries()) note_unique_ids(entry.value);
  }

  wire::Value value_of(Node node) {
    using rules::yaml::Tag;
    if (node.tag() == Tag::secret) return wire::Object{{kSecretMark, std::string(node.written())}};
    if (node.tag() != Tag::none) {
      remark(std::string(to_string(node.tag())) + " " + std::string(node.written()), node.where(),
             "its value is not in the folder; what it stands for was left out");
      return {};
    }
    if (node.is_list()) {
      wire::List list;
      for (const Node item : node.items()) list.push_back(value_of(item));
      return list;
    }
    if (!node.is_map()) return rules::yaml::to_value(node);
    wire::Object map;
    for (const rules::yaml::Entry entry : node.entries())
      map.set(rules::yaml::text_of(entry.key), value_of(entry.value));
    return map;
  }

  // One line for all of them.
  void tell_own() {
    if (own_.empty()) return;
    std::string names;
    for (const auto& [name, where] : own_) names += (names.empty() ? "" : ", ") + name;
    remark(names, own_.begin()->second, "Home Assistant's own page and machinery: nothing to take over");
  }

  Configuration& out_;
  std::map<std::string, std::string> own_;  // and where
};

}  // namespace

Configuration read_configuration(rules::yaml::FileSource& files) {
  const auto names = names_in(files, "");
  if (std::none_of(names.begin(), names.end(), [](const auto& entry) { return entry.name == kMain; })) {
    throw FolderError(
        "there is no configuration.yaml: expected the configuration folder of Home Assistant, the one in "
        "which "
        "configuration.yaml and .storage lie");
  }
  WithoutSecrets source(files);
  rules::yaml::Limits limits;
  limits.keep_missing_secrets = true;
  const auto document = rules::yaml::load(source, kMain, limits);
  if (!document) throw FolderError(document.error().message());
  Configuration out;
  Reader(out).read(*document);
  return out;
}

}  // namespace gable::importing
