// The half of the reader that follows !include and !secret. Knows nothing of YAML's syntax.

#include <algorithm>
#include <functional>
#include <utility>

#include "node/config_reader.hpp"
#include "wire/json.hpp"

namespace gable::node {
namespace {

constexpr std::string_view kSecretsFile = "secrets.yaml";

struct Loaded {
  ConfigNode root;
  std::size_t height = 0;
};

class Loader {
 public:
  Loader(const ConfigFiles& files, const ConfigReadOptions& options, std::vector<ConfigWarning>& warnings)
      : files_(files), options_(options), warnings_(warnings) {}

  // The file that was asked for by its user; it may lie anywhere.
  ConfigNode load_first(const std::string& path) {
    const std::string root = options_.root.empty() ? parent_folder(path) : options_.root;
    const auto real_root = files_.resolve(root);
    const auto real = files_.resolve(path);
    if (!real || !real_root) {
      throw ConfigError(place(path), "cannot be read", (real ? real_root.error() : real.error()).text);
    }
    root_ = *real_root;
    return load(path, *real, ConfigPosition{}, 0).root;
  }

 private:
  static ConfigPosition place(const std::string& path) {
    return {std::make_shared<const std::string>(path), 0, 0};
  }

  // `from`: the include that asks for it, null file for the first.
  Loaded load(const std::string& path, const std::string& real, const ConfigPosition& from,
              std::size_t depth) {
    const ConfigPosition& blamed = from.file ? from : place(path);
    if (std::find(open_.begin(), open_.end(), real) != open_.end()) {
      throw ConfigError(blamed, "'" + path + "' includes itself");
    }
    if (open_.size() > options_.limits.includes) {
      throw ConfigError(blamed,
                        "more than " + std::to_string(options_.limits.includes) + " files within files");
    }
    if (++loads_ > options_.limits.files) {
      throw ConfigError(blamed, "more than " + std::to_string(options_.limits.files) + " files");
    }
    const auto text = files_.read_file(real, options_.limits.bytes);
    if (!text) throw ConfigError(blamed, text.error().text);
    ParsedConfig parsed = parse_config_file(path, *text, options_, warnings_);
    nodes_ += parsed.nodes;
    if (nodes_ > options_.limits.total_nodes) {
      throw ConfigError(blamed,
                        "more than " + std::to_string(options_.limits.total_nodes) + " values in all files");
    }
    if (depth + parsed.height > options_.limits.depth) {
      throw ConfigError(blamed, "nested more than " + std::to_string(options_.limits.depth) + " deep");
    }
    if (!parsed.references) return {std::move(parsed.root), parsed.height};
    open_.push_back(real);
    ConfigNode root = resolve(parsed.root, path, depth);
    open_.pop_back();
    return {std::move(root), parsed.height};
  }

  // `path` is the file in which `node` stands, `depth` the lists and maps around it.
  ConfigNode resolve(const ConfigNode& node, const std::string& path, std::size_t depth) {
    if (node.tag() == "!secret") return secret(node, path);
    if (node.tag().starts_with("!include")) return include(node, path, depth);
    if (node.is_list()) {
      ConfigNode::Items items;
      for (const ConfigNode& item : node.items()) items.push_back(resolve(item, path, depth + 1));
      return ConfigNode::list(node.position(), std::move(items)).tagged(node.tag());
    }
    if (!node.is_map()) return node;
    ConfigNode::Entries entries;
    for (const ConfigEntry& entry : node.entries()) {
      entries.push_back({entry.key, entry.position, resolve(entry.value, path, depth + 1)});
    }
    return ConfigNode::map(node.position(), std::move(entries)).tagged(node.tag());
  }

  // An included path, checked to lie within the root folder. Returns {as shown, real}.
  std::pair<std::string, std::string> locate(const ConfigNode& node, const std::string& path) {
    const std::string& target = node.as_name();
    std::string shown = join_path(parent_folder(path), target);
    auto real = files_.resolve(shown);
    if (!real) node.fail(real.error().text);
    check_inside(node, *real);
    return {std::move(shown), std::move(*real)};
  }

  [[nodiscard]] bool inside(const std::string& real) const {
    if (root_ == "/") return true;
    return real.starts_with(root_) && (real.size() == root_.size() || real[root_.size()] == '/');
  }

  void check_inside(const ConfigNode& node, const std::string& real) const {
    if (!inside(real)) node.fail("'" + real + "' is outside of the configuration's folder '" + root_ + "'");
  }

  ConfigNode include(const ConfigNode& node, const std::string& path, std::size_t depth) {
    if (!node.is_scalar()) node.fail_expected("a file name after " + node.tag());
    const auto [shown, real] = locate(node, path);
    if (node.tag() == "!include") return load(shown, real, node.position(), depth).root;
    if (node.tag() == "!include_dir_list") return include_list(node, shown, depth);
    if (node.tag() == "!include_dir_named") return include_named(node, shown, depth);
    if (node.tag() == "!include_dir_merge_list") return include_merged_list(node, shown, depth);
    return include_merged_map(node, shown, depth);
  }

  // Calls `each` with every non-empty file below the folder: sorted, a folder's files before its folders.
  void each_file(const ConfigNode& node, const std::string& folder, std::size_t depth,
                 const std::function<void(const std::string& stem, const ConfigNode& root)>& each) {
    if (depth > options_.limits.depth) node.fail("folders within folders without end in '" + folder + "'");
    const auto entries = files_.list_dir(folder);
    if (!entries) node.fail(entries.error().text);
    for (const ConfigFiles::Entry& entry : *entries) {
      if (!wire::valid_utf8(entry.name))
        node.fail("the name of a file in '" + folder + "' is not UTF-8", "rename it");
    }
    constexpr std::string_view kEnding = ".yaml";
    for (const ConfigFiles::Entry& entry : *entries) {
      const bool wanted =
          entry.name.size() > kEnding.size() && entry.name.ends_with(kEnding) && entry.name != kSecretsFile;
      if (entry.directory || entry.name.starts_with('.') || !wanted) continue;
      const std::string shown = join_path(folder, entry.name);
      const auto real = files_.resolve(shown);
      if (!real) node.fail(real.error().text);
      check_inside(node, *real);
      const ConfigNode root = load(shown, *real, node.position(), depth).root;
      const bool empty = root.is_null() || (root.is_map() && root.entries().empty());
      if (!empty) each(entry.name.substr(0, entry.name.size() - kEnding.size()), root);
    }
    for (const ConfigFiles::Entry& entry : *entries) {
      if (!entry.directory || entry.name.starts_with('.')) continue;
      const std::string shown = join_path(folder, entry.name);
      const auto real = files_.resolve(shown);
      if (!real) node.fail(real.error().text);
      check_inside(node, *real);
      each_file(node, shown, depth + 1, each);
    }
  }

  ConfigNode include_list(const ConfigNode& node, const std::string& folder, std::size_t depth) {
    ConfigNode::Items items;
    each_file(node, folder, depth + 1,
              [&](const std::string&, const ConfigNode& root) { items.push_back(root); });
    return ConfigNode::list(node.position(), std::move(items));
  }

  ConfigNode include_named(const ConfigNode& node, const std::string& folder, std::size_t depth) {
    ConfigNode::Entries entries;
    each_file(node, folder, depth + 1, [&](const std::string& stem, const ConfigNode& root) {
      put(entries, {stem, root.position(), root});
    });
    return ConfigNode::map(node.position(), std::move(entries));
  }

  ConfigNode include_merged_list(const ConfigNode& node, const std::string& folder, std::size_t depth) {
    ConfigNode::Items items;
    each_file(node, folder, depth, [&](const std::string&, const ConfigNode& root) {
      items.insert(items.end(), root.items().begin(), root.items().end());
    });
    return ConfigNode::list(node.position(), std::move(items));
  }

  ConfigNode include_merged_map(const ConfigNode& node, const std::string& folder, std::size_t depth) {
    ConfigNode::Entries entries;
    each_file(node, folder, depth, [&](const std::string&, const ConfigNode& root) {
      for (const ConfigEntry& entry : root.entries()) put(entries, entry);
    });
    return ConfigNode::map(node.position(), std::move(entries));
  }

  void put(ConfigNode::Entries& entries, ConfigEntry entry) {
    const auto old = std::find_if(entries.begin(), entries.end(),
                                  [&](const ConfigEntry& e) { return e.key == entry.key; });
    if (old == entries.end()) {
      entries.push_back(std::move(entry));
      return;
    }
    const std::string text = "the key '" + entry.key + "' stands in two files";
    const std::string first = "first at " + old->position.text();
    if (options_.duplicates == DuplicateKeys::refuse) entry.fail(text, first);
    warnings_.push_back({entry.position, text + " (" + first + "); the last one counts"});
    *old = std::move(entry);
  }

  // From secrets.yaml beside the file, or in a folder above it up to the root folder. The secret itself never
  // stands in a message: errors blame the place of use.
  ConfigNode secret(const ConfigNode& node, const std::string& path) {
    const std::string& name = node.as_name();
    std::string folder = parent_folder(path);
    while (true) {
      const auto real = files_.resolve(folder);
      if (!real || !inside(*real)) break;
      const ConfigNode secrets = secrets_in(folder);
      if (const ConfigNode* value = secrets.find(name)) {
        if (!value->is_scalar()) node.fail("the secret '" + name + "' is not a text");
        return ConfigNode::scalar(node.position(), value->as_text(), value->is_plain()).tagged("!secret");
      }
      if (*real == root_) break;
      folder = join_path(folder, "..");
    }
    node.fail("there is no secret '" + name + "'",
              "add it to " + join_path(parent_folder(path), kSecretsFile));
  }

  ConfigNode secrets_in(const std::string& folder) {
    const std::string path = join_path(folder, kSecretsFile);
    const auto real = files_.resolve(path);
    if (!real) return {};
    for (const auto& [known, node] : secrets_) {
      if (known == *real) return node;
    }
    const auto text = files_.read_file(*real, options_.limits.bytes);
    if (!text) throw ConfigError(place(path), text.error().text);
    secrets_.emplace_back(*real, parse_config_file(path, *text, options_, warnings_).root);
    return secrets_.back().second;
  }

  const ConfigFiles& files_;
  const ConfigReadOptions& options_;
  std::vector<ConfigWarning>& warnings_;
  std::string root_;
  std::vector<std::string> open_;  // real paths of the files that are being read
  std::vector<std::pair<std::string, ConfigNode>> secrets_;
  std::size_t nodes_ = 0, loads_ = 0;
};

const ConfigNode* find_reference(const ConfigNode& node) {
  if (node.tag() == "!secret" || node.tag().starts_with("!include")) return &node;
  if (node.is_list()) {
    for (const ConfigNode& item : node.items()) {
      if (const ConfigNode* found = find_reference(item)) return found;
    }
  }
  if (node.is_map()) {
    for (const ConfigEntry& entry : node.entries()) {
      if (const ConfigNode* found = find_reference(entry.value)) return found;
    }
  }
  return nullptr;
}

}  // namespace

ConfigDocument read_config(const ConfigFiles& files, const std::string& path,
                           const ConfigReadOptions& options) {
  ConfigDocument document;
  document.root = Loader(files, options, document.warnings).load_first(path);
  return document;
}

ConfigDocument parse_config(const std::string& name, std::string_view text,
                            const ConfigReadOptions& options) {
  ConfigDocument document;
  ParsedConfig parsed = parse_config_file(name, text, options, document.warnings);
  if (const ConfigNode* reference = parsed.references ? find_reference(parsed.root) : nullptr) {
    reference->fail(reference->tag() + " works in files only");
  }
  document.root = std::move(parsed.root);
  return document;
}

}  // namespace gable::node
